//! The names of months and weekdays.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::problem::Language;

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_WEEKDAYS: [&str; 7] =
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH_WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `septembre`, `September`.
#[must_use]
pub fn month(date: NaiveDate, language: Language) -> &'static str {
    let index = date.month0() as usize;
    match language {
        Language::French => FRENCH_MONTHS[index],
        Language::English => ENGLISH_MONTHS[index],
    }
}

/// `lundi`, `Monday`.
#[must_use]
pub fn weekday(day: Weekday, language: Language) -> &'static str {
    let index = day.num_days_from_monday() as usize;
    match language {
        Language::French => FRENCH_WEEKDAYS[index],
        Language::English => ENGLISH_WEEKDAYS[index],
    }
}

/// `1er` for a French month's first day, else the number alone.
#[must_use]
pub fn day_of_month(date: NaiveDate, language: Language) -> String {
    match (date.day(), language) {
        (1, Language::French) => "1er".to_owned(),
        (day, _) => day.to_string(),
    }
}

/// `1er septembre 2017`, `1 September 2017`.
#[must_use]
pub fn full(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", day_of_month(date, language), month(date, language), date.year())
}

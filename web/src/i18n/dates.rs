//! Dates, times and durations as each language writes them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use domain::calendar::utc_to_paris;
pub(crate) use domain::dates::weekday;
use domain::dates::{day_of_month, month};
use domain::problem::Language;
use domain::week::Week;

const FRENCH_MONTHS: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];
const ENGLISH_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

fn short_month(date: NaiveDate, language: Language) -> &'static str {
    let index = date.month0() as usize;
    match language {
        Language::French => FRENCH_MONTHS[index],
        Language::English => ENGLISH_MONTHS[index],
    }
}

/// `lun.`
pub(crate) fn short_weekday(day: Weekday, language: Language) -> String {
    let stop = if language == Language::French { "." } else { "" };
    format!("{}{stop}", &weekday(day, language)[..3])
}

/// `lundi 23`.
pub(crate) fn day(date: NaiveDate, language: Language) -> String {
    format!("{} {}", weekday(date.weekday(), language), day_of_month(date, language))
}

/// `lundi 23 nov.`
pub(crate) fn day_and_month(date: NaiveDate, language: Language) -> String {
    format!("{} {}", day(date, language), short_month(date, language))
}

/// `Novembre 2026`.
pub(crate) fn month_name(date: NaiveDate, language: Language) -> String {
    format!("{} {}", capital(month(date, language)), date.year())
}

/// Words at the beginning of a heading.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// `4 déc.`
pub(crate) fn short_date(date: NaiveDate, language: Language) -> String {
    format!("{} {}", day_of_month(date, language), short_month(date, language))
}

/// `23 au 27 novembre`, `30 octobre au 3 novembre`; with the years where it spans two.
pub(crate) fn week_range(week: Week, language: Language) -> String {
    let (first, last) = (week.monday(), week.day(Weekday::Fri));
    let same_month = first.month() == last.month();
    let same_year = first.year() == last.year();
    let mut from = day_of_month(first, language);
    if !same_month {
        from = format!("{from} {}", month(first, language));
    }
    if !same_year {
        from = format!("{from} {}", first.year());
    }
    let mut to = format!("{} {}", day_of_month(last, language), month(last, language));
    if !same_year {
        to = format!("{to} {}", last.year());
    }
    match language {
        Language::French => format!("{from} au {to}"),
        Language::English => format!("{from} to {to}"),
    }
}

/// `12 h 00`, in Paris.
fn time_of_day(instant: DateTime<Utc>, language: Language) -> String {
    clock(utc_to_paris(instant).time(), language)
}

/// `15 h 45`.
pub(crate) fn clock(time: NaiveTime, language: Language) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match language {
        Language::French => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        Language::English => format!("{hour}:{minute:02}"),
    }
}

/// `mardi 12 sept. 12 h 00`, in Paris.
pub(crate) fn instant(instant: DateTime<Utc>, language: Language) -> String {
    let date = utc_to_paris(instant).date();
    let comma = if language == Language::English { "," } else { "" };
    format!("{}{comma} {}", day_and_month(date, language), time_of_day(instant, language))
}

/// What is left of the last day before a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeLeft {
    Hours { hours: i64, minutes: i64 },
    Minutes(i64),
    Seconds(i64),
}

impl TimeLeft {
    /// `None` from a day on, and when nothing is left.
    pub(crate) fn until(deadline: DateTime<Utc>, now: DateTime<Utc>) -> Option<Self> {
        let left = deadline - now;
        if left <= TimeDelta::zero() || left >= TimeDelta::days(1) {
            return None;
        }
        // Up to the next second: “0 s” would say that it is over.
        let seconds = (left.num_milliseconds() + 999) / 1000;
        Some(match seconds {
            0..60 => Self::Seconds(seconds),
            60..3600 => Self::Minutes(seconds / 60),
            _ => Self::Hours { hours: seconds / 3600, minutes: seconds % 3600 / 60 },
        })
    }
}

/// `3 h 20`.
impl std::fmt::Display for TimeLeft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hours { hours, minutes } => write!(f, "{hours}\u{a0}h\u{a0}{minutes:02}"),
            Self::Minutes(minutes) => write!(f, "{minutes}\u{a0}min"),
            Self::Seconds(seconds) => write!(f, "{seconds}\u{a0}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: Language = Language::French;
    const EN: Language = Language::English;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn week(text: &str) -> Week {
        Week::of(date(text))
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_say_each_month_once() {
        assert_eq!(week_range(week("2026-11-23"), FR), "23 au 27 novembre");
        assert_eq!(week_range(week("2017-10-30"), FR), "30 octobre au 3 novembre");
        assert_eq!(week_range(week("2026-06-01"), FR), "1er au 5 juin");
        assert_eq!(week_range(week("2025-12-29"), FR), "29 décembre 2025 au 2 janvier 2026");
        assert_eq!(week_range(week("2026-11-23"), EN), "23 to 27 November");
        assert_eq!(week_range(week("2017-10-30"), EN), "30 October to 3 November");
    }

    #[test]
    fn days_are_named() {
        assert_eq!(day(date("2026-11-24"), FR), "mardi 24");
        assert_eq!(day(date("2026-12-01"), FR), "mardi 1er");
        assert_eq!(day(date("2026-12-01"), EN), "Tuesday 1");
        assert_eq!(short_date(date("2026-12-01"), FR), "1er déc.");
        assert_eq!(month_name(date("2026-08-01"), FR), "Août 2026");
        assert_eq!(short_date(date("2026-12-04"), EN), "4 Dec");
        assert_eq!(short_weekday(Weekday::Wed, FR), "mer.");
        assert_eq!(short_weekday(Weekday::Wed, EN), "Wed");
    }

    #[test]
    fn deadlines_are_told_in_paris_time() {
        assert_eq!(instant(utc("2017-09-12T10:00:00Z"), FR), "mardi 12 sept. 12\u{a0}h\u{a0}00");
        assert_eq!(instant(utc("2017-10-31T11:00:00Z"), FR), "mardi 31 oct. 12\u{a0}h\u{a0}00");
        assert_eq!(instant(utc("2017-09-12T10:00:00Z"), EN), "Tuesday 12 Sept, 12:00");
    }

    #[test]
    fn the_last_day_is_counted_down() {
        let deadline = utc("2017-09-12T10:00:00Z");
        let left = |now: &str| TimeLeft::until(deadline, utc(now)).map(|left| left.to_string());
        assert_eq!(left("2017-09-11T10:00:00Z"), None);
        assert_eq!(left("2017-09-11T10:00:01Z").as_deref(), Some("23\u{a0}h\u{a0}59"));
        assert_eq!(left("2017-09-12T06:39:30Z").as_deref(), Some("3\u{a0}h\u{a0}20"));
        assert_eq!(left("2017-09-12T09:00:00Z").as_deref(), Some("1\u{a0}h\u{a0}00"));
        assert_eq!(left("2017-09-12T09:47:59Z").as_deref(), Some("12\u{a0}min"));
        assert_eq!(left("2017-09-12T09:59:00Z").as_deref(), Some("1\u{a0}min"));
        assert_eq!(left("2017-09-12T09:59:15Z").as_deref(), Some("45\u{a0}s"));
        assert_eq!(left("2017-09-12T09:59:59.999Z").as_deref(), Some("1\u{a0}s"));
        assert_eq!(left("2017-09-12T10:00:00Z"), None);
    }
}

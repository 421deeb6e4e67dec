//! French public holidays, worked out.

use chrono::{Days, NaiveDate};

/// Easter Sunday in the Gregorian calendar, by Gauss's method with the corrections of Meeus.
#[must_use]
pub fn easter_sunday(year: i32) -> NaiveDate {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let skipped_leap_days = century - century / 4;
    let moon_correction = (8 * century + 13) / 25;
    let epact = (19 * golden + skipped_leap_days - moon_correction + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days_after_22_march = epact + weekday - 7 * late;
    let march_22 = NaiveDate::from_ymd_opt(year, 3, 22).unwrap_or(NaiveDate::MIN);
    march_22 + Days::new(days_after_22_march.unsigned_abs().into())
}

/// The eleven public holidays of a civil year (Code du travail, art. L3133-1), by date.
#[must_use]
pub fn public_holidays(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let fixed =
        |month, day, name| NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, name));
    let easter = easter_sunday(year);
    let mut days: Vec<_> = [
        fixed(1, 1, "Jour de l'an"),
        Some((easter + Days::new(1), "Lundi de Pâques")),
        fixed(5, 1, "Fête du Travail"),
        fixed(5, 8, "Victoire de 1945"),
        Some((easter + Days::new(39), "Ascension")),
        Some((easter + Days::new(50), "Lundi de Pentecôte")),
        fixed(7, 14, "Fête nationale"),
        fixed(8, 15, "Assomption"),
        fixed(11, 1, "Toussaint"),
        fixed(11, 11, "Armistice de 1918"),
        fixed(12, 25, "Noël"),
    ]
    .into_iter()
    .flatten()
    .collect();
    days.sort_by_key(|(date, _)| *date);
    days
}

/// The name of the public holiday that a day is.
#[must_use]
pub fn public_holiday(date: NaiveDate) -> Option<&'static str> {
    use chrono::Datelike;
    public_holidays(date.year()).into_iter().find(|(day, _)| *day == date).map(|(_, name)| name)
}

//! Weeks: ISO weeks, named by their Monday.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Beyond these years a date is a typing error; in between, every rule and both databases can
/// count.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A date as addresses have it: `2017-09-18`, and no other form of it.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok()?;
    (YEARS.contains(&date.year()) && date.to_string() == text).then_some(date)
}

/// A request's date: the one form of it, and no other year than [`YEARS`].
pub(crate) fn date_in_json<'de, D: Deserializer<'de>>(json: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(json)?;
    parse_date(&text).ok_or_else(|| D::Error::custom(format!("no date, as 2017-09-18: {text:?}")))
}

/// An ISO week, named by its Monday; in JSON the Monday's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date, example = "2017-09-18"))]
#[serde(try_from = "NaiveDate", into = "NaiveDate")]
pub struct Week(NaiveDate);

/// The date is no Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a week is named by its Monday; {0} is none")]
pub struct NotMonday(pub NaiveDate);

impl Week {
    /// The week that starts on this Monday.
    pub fn starting(monday: NaiveDate) -> Result<Self, NotMonday> {
        if monday.weekday() == Weekday::Mon { Ok(Self(monday)) } else { Err(NotMonday(monday)) }
    }

    /// The week in which a day lies.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.week(Weekday::Mon).first_day())
    }

    /// Its Monday.
    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.0
    }

    /// Its Sunday.
    #[must_use]
    pub fn sunday(self) -> NaiveDate {
        self.day(Weekday::Sun)
    }

    /// The date of a weekday.
    #[must_use]
    pub fn day(self, weekday: Weekday) -> NaiveDate {
        self.0 + Days::new(u64::from(weekday.num_days_from_monday()))
    }

    /// Monday to Friday: the days that the planning shows.
    pub fn school_days(self) -> impl Iterator<Item = NaiveDate> {
        (0..5).map(move |day| self.0 + Days::new(day))
    }

    /// The week before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - Days::new(7))
    }

    /// The week after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + Days::new(7))
    }
}

impl TryFrom<NaiveDate> for Week {
    type Error = NotMonday;
    fn try_from(monday: NaiveDate) -> Result<Self, NotMonday> {
        Self::starting(monday)
    }
}

impl From<Week> for NaiveDate {
    fn from(week: Week) -> Self {
        week.0
    }
}

impl std::fmt::Display for Week {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_have_one_form_and_a_sane_year() {
        assert_eq!(parse_date("2017-09-18"), Some(date("2017-09-18")));
        assert_eq!(parse_date("1900-01-01"), Some(date("1900-01-01")));
        assert_eq!(parse_date("2199-12-31"), Some(date("2199-12-31")));
        for wrong in [
            "2017-9-18",
            "18-09-2017",
            "2017-02-30",
            " 2017-09-18",
            "1899-12-31",
            "2200-01-01",
            "+262142-12-31",
            "-262143-01-01",
            "",
        ] {
            assert_eq!(parse_date(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_week_is_named_by_its_monday() {
        assert_eq!(Week::of(date("2017-09-24")).monday(), date("2017-09-18"));
        assert_eq!(Week::starting(date("2017-09-19")), Err(NotMonday(date("2017-09-19"))));
    }

    #[test]
    fn a_week_spans_the_year_end() {
        let week = Week::of(date("2018-01-01"));
        assert_eq!(week.previous().monday(), date("2017-12-25"));
        assert_eq!(week.previous().sunday(), date("2017-12-31"));
        assert_eq!(week.school_days().last(), Some(date("2018-01-05")));
    }

    proptest! {
        #[test]
        fn each_day_lies_in_its_week(offset in 0..20_000u64) {
            let day = date("2000-01-01") + Days::new(offset);
            let week = Week::of(day);
            prop_assert!(week.monday() <= day && day <= week.sunday());
            prop_assert_eq!(week.day(day.weekday()), day);
            prop_assert_eq!(week.next().previous(), week);
        }
    }
}

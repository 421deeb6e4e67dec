//! The school calendar: years, terms, closed days.

mod clock_time;
mod public_holidays;
mod school_holidays;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::TermId;

pub use clock_time::{paris_to_utc, utc_to_paris};
pub use public_holidays::{easter_sunday, public_holiday, public_holidays};
pub use school_holidays::{SchoolHoliday, Zone, last_known_year, school_holidays};

/// A school year, named by the year in which it starts; runs from 1 September to 31 August.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The school year in which a day lies.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 9 { date.year() } else { date.year() - 1 })
    }

    /// 1 September.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 9, 1).unwrap_or(NaiveDate::MIN)
    }

    /// 31 August.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0 + 1, 8, 31).unwrap_or(NaiveDate::MAX)
    }
}

/// `2017-2018`.
impl std::fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

/// A term (*trimestre*): first and last day, both included, and the days on which parents
/// subscribe, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Term {
    pub id: TermId,
    pub year: SchoolYear,
    /// 1 to 3.
    pub number: u8,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub subscribe_from: NaiveDate,
    pub subscribe_until: NaiveDate,
}

impl Term {
    /// All its days, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last_day;
        self.first_day.iter_days().take_while(move |day| *day <= last)
    }

    /// Whether the day lies in the term.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first_day <= date && date <= self.last_day
    }
}

/// Why nothing runs on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    PublicHoliday,
    SchoolHoliday,
    /// A bridge, a strike: decided by the commune.
    Other,
}

impl ClosedReason {
    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublicHoliday => "public_holiday",
            Self::SchoolHoliday => "school_holiday",
            Self::Other => "other",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PublicHoliday, Self::SchoolHoliday, Self::Other]
            .into_iter()
            .find(|reason| reason.as_str() == text)
    }
}

/// A day on which nothing runs (*jour fermé*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosedDay {
    pub date: NaiveDate,
    pub reason: ClosedReason,
    /// As on the screen: `Armistice de 1918`.
    pub label: String,
}

/// The closed days of a school year in a zone: public holidays and school holidays. Where both
/// fall on one day, the school holiday names it.
#[must_use]
pub fn closed_days(year: SchoolYear, zone: Zone) -> Vec<ClosedDay> {
    let mut days = BTreeMap::new();
    for civil_year in [year.0, year.0 + 1] {
        for (date, name) in public_holidays(civil_year) {
            days.insert(date, (ClosedReason::PublicHoliday, name.to_owned()));
        }
    }
    for holiday in school_holidays(year, zone) {
        for date in holiday.first_day.iter_days().take_while(|day| *day <= holiday.last_day) {
            days.insert(date, (ClosedReason::SchoolHoliday, holiday.name.clone()));
        }
    }
    days.into_iter()
        .filter(|(date, _)| SchoolYear::of(*date) == year)
        .map(|(date, (reason, label))| ClosedDay { date, reason, label })
        .collect()
}

/// The terms and closed days that a commune runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    terms: Vec<Term>,
    closed: BTreeMap<NaiveDate, ClosedDay>,
}

impl Calendar {
    /// A calendar of these terms and closed days, in any order.
    #[must_use]
    pub fn new(mut terms: Vec<Term>, closed: impl IntoIterator<Item = ClosedDay>) -> Self {
        terms.sort_by_key(|term| term.first_day);
        Self { terms, closed: closed.into_iter().map(|day| (day.date, day)).collect() }
    }

    /// The terms, by first day.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The closed days, by date.
    pub fn closed_days(&self) -> impl Iterator<Item = &ClosedDay> {
        self.closed.values()
    }

    /// The term in which a day lies.
    #[must_use]
    pub fn term_of(&self, date: NaiveDate) -> Option<&Term> {
        self.terms.iter().find(|term| term.contains(date))
    }

    /// The closed day that a date is.
    #[must_use]
    pub fn closed_on(&self, date: NaiveDate) -> Option<&ClosedDay> {
        self.closed.get(&date)
    }

    /// Whether school is on: in a term, from Monday to Friday, and no closed day.
    #[must_use]
    pub fn is_school_day(&self, date: NaiveDate) -> bool {
        date.weekday().num_days_from_monday() < 5
            && self.term_of(date).is_some()
            && self.closed_on(date).is_none()
    }

    /// The school days of a term, in order.
    pub fn school_days<'a>(&'a self, term: &Term) -> impl Iterator<Item = NaiveDate> + 'a {
        term.days().filter(|day| self.is_school_day(*day))
    }
}

#[cfg(test)]
mod tests;

//! School holidays by zone: facts of the ministry's calendar, kept as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::SchoolYear;

const TABLE: &str = include_str!("../../data/school-holidays.csv");

/// The zone of an academy: A, B or C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Zone {
    A,
    B,
    C,
}

impl Zone {
    /// `A`, `B` or `C`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::A, Self::B, Self::C].into_iter().find(|zone| zone.as_str() == text)
    }
}

/// A holiday: first and last day without school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolHoliday {
    pub name: String,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

/// The last school year whose holidays are known.
#[must_use]
pub fn last_known_year() -> Option<SchoolYear> {
    TABLE.lines().filter_map(|line| line.split_once('-')?.0.parse().ok()).map(SchoolYear).max()
}

/// The holidays of a school year in a zone, by date; empty for a year that the table lacks
/// (it has 2017-2018 and 2024-2025 to 2027-2028).
#[must_use]
pub fn school_holidays(year: SchoolYear, zone: Zone) -> Vec<SchoolHoliday> {
    let year = year.to_string();
    TABLE
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(',');
            if fields.next()? != year || fields.next()? != zone.as_str() {
                return None;
            }
            Some(SchoolHoliday {
                name: fields.next()?.to_owned(),
                first_day: fields.next()?.parse().ok()?,
                last_day: fields.next()?.parse().ok()?,
            })
        })
        .collect()
}

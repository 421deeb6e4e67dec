//! Bus packages: one or two round trips a day (manual, 3.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is paid for the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BusPackage {
    /// One round trip a day.
    #[serde(rename = "1AR")]
    OneRoundTrip,
    /// Two round trips a day.
    #[serde(rename = "2AR")]
    TwoRoundTrips,
}

impl BusPackage {
    /// The name in JSON, in the database and on the invoice.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneRoundTrip => "1AR",
            Self::TwoRoundTrips => "2AR",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::OneRoundTrip, Self::TwoRoundTrips].into_iter().find(|p| p.as_str() == text)
    }

    /// Trips a day that it pays for.
    #[must_use]
    pub fn trips_a_day(self) -> u32 {
        match self {
            Self::OneRoundTrip => 2,
            Self::TwoRoundTrips => 4,
        }
    }

    /// Trips booked on a day beyond the package: what the coordinator's weekly check looks for.
    #[must_use]
    pub fn excess(self, trips: u32) -> u32 {
        trips.saturating_sub(self.trips_a_day())
    }
}

/// The trips that a child has booked on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BusDay {
    pub date: NaiveDate,
    /// 1 to 4.
    pub trips: u32,
    /// What is paid for that day; null when a subscription has ended since.
    pub package: Option<BusPackage>,
}

impl BusDay {
    /// Trips beyond what is paid for.
    #[must_use]
    pub fn excess(&self) -> u32 {
        self.package.map_or(self.trips, |package| package.excess(self.trips))
    }
}

/// The weekly check: of these children's days, those of the children who have booked more trips on
/// one of them than their package pays for. The order stays.
pub fn over_package<T>(
    children: impl IntoIterator<Item = (T, Vec<BusDay>)>,
) -> impl Iterator<Item = (T, Vec<BusDay>)> {
    children.into_iter().filter(|(_, days)| days.iter().any(|day| day.excess() > 0))
}

#[cfg(test)]
mod tests {
    use super::BusPackage::{OneRoundTrip, TwoRoundTrips};
    use super::*;

    #[test]
    fn the_check_finds_who_booked_more_than_is_paid_for() {
        let day =
            |date: &str, trips, package| BusDay { date: date.parse().unwrap(), trips, package };
        let week = |monday, tuesday, package| {
            vec![day("2017-09-18", monday, package), day("2017-09-19", tuesday, package)]
        };
        let children = [
            ("two a day", week(2, 2, Some(OneRoundTrip))),
            ("three on Tuesday", week(2, 3, Some(OneRoundTrip))),
            ("four, and paid", week(4, 4, Some(TwoRoundTrips))),
            ("no package any more", vec![day("2017-09-18", 1, None)]),
        ];
        let found: Vec<_> = over_package(children).map(|(who, days)| (who, days.len())).collect();
        assert_eq!(found, [("three on Tuesday", 2), ("no package any more", 1)]);
    }

    #[test]
    fn the_third_trip_is_beyond_one_round_trip() {
        assert_eq!([0, 1, 2, 3, 4].map(|trips| OneRoundTrip.excess(trips)), [0, 0, 0, 1, 2]);
        assert_eq!([0, 4, 5].map(|trips| TwoRoundTrips.excess(trips)), [0, 0, 1]);
    }

    #[test]
    fn names_read_back() {
        for package in [OneRoundTrip, TwoRoundTrips] {
            assert_eq!(BusPackage::parse(package.as_str()), Some(package));
        }
    }
}

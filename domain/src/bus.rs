//! Bus packages: one or two round trips a day (manual, 3.1).

use serde::{Deserialize, Serialize};

/// What is paid for the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::BusPackage::{OneRoundTrip, TwoRoundTrips};

    #[test]
    fn the_third_trip_is_beyond_one_round_trip() {
        assert_eq!([0, 1, 2, 3, 4].map(|trips| OneRoundTrip.excess(trips)), [0, 0, 0, 1, 2]);
        assert_eq!([0, 4, 5].map(|trips| TwoRoundTrips.excess(trips)), [0, 0, 1]);
    }

    #[test]
    fn names_read_back() {
        for package in [OneRoundTrip, TwoRoundTrips] {
            assert_eq!(super::BusPackage::parse(package.as_str()), Some(package));
        }
    }
}

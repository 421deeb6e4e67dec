//! What stands on an invoice.

use serde::{Deserialize, Serialize};

use crate::activity::ServiceKind;
use crate::bus::BusPackage;
use crate::problem::Language;

/// What a price is set for and an invoice's line bills (manual, 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Item {
    /// A meal with an inscription.
    #[serde(rename = "meal")]
    Meal,
    /// A meal without one.
    #[serde(rename = "unexpected_meal")]
    UnexpectedMeal,
    /// One round trip a day, for a term.
    #[serde(rename = "bus_1ar")]
    OneRoundTrip,
    /// Two round trips a day, for a term.
    #[serde(rename = "bus_2ar")]
    TwoRoundTrips,
    /// One TAP activity a week, for a term.
    #[serde(rename = "tap_1")]
    OneTap,
    /// Two TAP activities a week, for a term.
    #[serde(rename = "tap_2")]
    TwoTaps,
}

impl Item {
    /// All items, in the order of an invoice.
    pub const ALL: [Self; 6] = [
        Self::Meal,
        Self::UnexpectedMeal,
        Self::OneRoundTrip,
        Self::TwoRoundTrips,
        Self::OneTap,
        Self::TwoTaps,
    ];

    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meal => "meal",
            Self::UnexpectedMeal => "unexpected_meal",
            Self::OneRoundTrip => "bus_1ar",
            Self::TwoRoundTrips => "bus_2ar",
            Self::OneTap => "tap_1",
            Self::TwoTaps => "tap_2",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.as_str() == text)
    }

    /// The service that it belongs to: a child has one item of a service on a day or in a term.
    #[must_use]
    pub fn service(self) -> ServiceKind {
        match self {
            Self::Meal | Self::UnexpectedMeal => ServiceKind::Canteen,
            Self::OneRoundTrip | Self::TwoRoundTrips => ServiceKind::Bus,
            Self::OneTap | Self::TwoTaps => ServiceKind::Tap,
        }
    }

    /// Whether it is care for the yearly tax certificate, see [`super::care_paid`].
    #[must_use]
    pub fn is_care(self) -> bool {
        self.service() == ServiceKind::Tap
    }

    /// As on an invoice.
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Meal, Language::French) => "Repas",
            (Self::Meal, Language::English) => "Meal",
            (Self::UnexpectedMeal, Language::French) => "Repas sans inscription",
            (Self::UnexpectedMeal, Language::English) => "Meal without an inscription",
            (Self::OneRoundTrip, Language::French) => "Bus · forfait 1AR",
            (Self::OneRoundTrip, Language::English) => "Bus · package 1AR",
            (Self::TwoRoundTrips, Language::French) => "Bus · forfait 2AR",
            (Self::TwoRoundTrips, Language::English) => "Bus · package 2AR",
            (Self::OneTap, Language::French) => "TAP · 1 activité par semaine",
            (Self::OneTap, Language::English) => "TAP · 1 activity a week",
            (Self::TwoTaps, Language::French) => "TAP · 2 activités par semaine",
            (Self::TwoTaps, Language::English) => "TAP · 2 activities a week",
        }
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<BusPackage> for Item {
    fn from(package: BusPackage) -> Self {
        match package {
            BusPackage::OneRoundTrip => Self::OneRoundTrip,
            BusPackage::TwoRoundTrips => Self::TwoRoundTrips,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_are_those_of_the_json() {
        for item in Item::ALL {
            assert_eq!(Item::parse(item.as_str()), Some(item));
            assert_eq!(serde_json::to_string(&item).unwrap(), format!("\"{item}\""));
        }
    }
}

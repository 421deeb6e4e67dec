//! The numbers of invoices, credit notes and receipts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What is numbered, each kind by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// *Facture*: F.
    Invoice,
    /// *Avoir*: A.
    CreditNote,
    /// *Quittance*: Q; the régie's journal.
    Receipt,
}

impl Series {
    const ALL: [Self; 3] = [Self::Invoice, Self::CreditNote, Self::Receipt];

    /// The letter before the year.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Invoice => 'F',
            Self::CreditNote => 'A',
            Self::Receipt => 'Q',
        }
    }
}

/// `F2026001184`: letter, year of issue, and a counter that begins with 1 each year, goes up by one
/// and is never used again. 11 characters of A-Z and 0-9, 15 at most: `PayFiP`'s reference takes 6
/// to 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    series: Series,
    year: u16,
    counter: u32,
}

/// In JSON it is its text.
#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
    use utoipa::{PartialSchema, ToSchema};

    impl PartialSchema for super::DocumentNumber {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some("^[FAQ][0-9]{4}[0-9]{6,}$"))
                .examples(["F2026001184"])
                .description(Some("Letter, year of issue, counter"))
                .into()
        }
    }

    impl ToSchema for super::DocumentNumber {}
}

/// The text is no document's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a document's number is a letter (F, A or Q), a year and six digits, as F2026001184")]
pub struct InvalidNumber;

impl DocumentNumber {
    /// The number of a series with that counter in a year from 1900 to 2199; the counter begins
    /// with 1.
    pub fn new(series: Series, year: i32, counter: u32) -> Result<Self, InvalidNumber> {
        let year = u16::try_from(year).map_err(|_| InvalidNumber)?;
        if (1900..=2199).contains(&year) && counter > 0 {
            Ok(Self { series, year, counter })
        } else {
            Err(InvalidNumber)
        }
    }

    /// Reads a number, in the one form that it has.
    pub fn parse(text: &str) -> Result<Self, InvalidNumber> {
        let mut letters = text.chars();
        let letter = letters.next();
        let series = Series::ALL.into_iter().find(|series| Some(series.letter()) == letter);
        let (year, counter) = letters.as_str().split_at_checked(4).ok_or(InvalidNumber)?;
        let year = year.parse().map_err(|_| InvalidNumber)?;
        let counter = counter.parse().map_err(|_| InvalidNumber)?;
        let number = Self::new(series.ok_or(InvalidNumber)?, year, counter)?;
        if number.to_string() == text { Ok(number) } else { Err(InvalidNumber) }
    }

    /// Its series.
    #[must_use]
    pub fn series(self) -> Series {
        self.series
    }

    /// Its year: `PayFiP`'s *exercice*.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year.into()
    }

    /// Its counter.
    #[must_use]
    pub fn counter(self) -> u32 {
        self.counter
    }
}

impl std::fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:04}{:06}", self.series.letter(), self.year, self.counter)
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = InvalidNumber;
    fn try_from(text: String) -> Result<Self, InvalidNumber> {
        Self::parse(&text)
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.to_string()
    }
}

/// The first number that is missing: in each series and year they run from 1 without a gap. For
/// the check of a database.
#[must_use]
pub fn first_gap(numbers: impl IntoIterator<Item = DocumentNumber>) -> Option<DocumentNumber> {
    let mut years: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
    for number in numbers {
        years.entry((number.series, number.year)).or_default().insert(number.counter);
    }
    years.into_iter().find_map(|((series, year), counters)| {
        let (counter, _) = (1..).zip(counters).find(|(expected, counter)| expected != counter)?;
        Some(DocumentNumber { series, year, counter })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_have_one_form() {
        for (series, text) in [
            (Series::Invoice, "F2026001184"),
            (Series::CreditNote, "A2026000041"),
            (Series::Receipt, "Q2017000001"),
            (Series::Invoice, "F20261000000"),
        ] {
            let number = DocumentNumber::parse(text).unwrap();
            assert_eq!((number.series(), number.to_string()), (series, text.to_owned()));
            let json = serde_json::to_string(&number).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<DocumentNumber>(&json).unwrap(), number);
        }
        for wrong in [
            "",
            "F",
            "F2026",
            "F2026000000",
            "F202600118",
            "F20260001184",
            "f2026001184",
            "X2026001184",
            "F2026+00118",
            "F+026001184",
            "F1899000001",
            "F2026001184 ",
            "É2026001184",
            "F202é001184",
            "F20269999999999",
        ] {
            assert_eq!(DocumentNumber::parse(wrong), Err(InvalidNumber), "{wrong:?}");
        }
    }

    #[test]
    fn a_gap_is_found_in_its_series_and_year() {
        let number = |text| DocumentNumber::parse(text).unwrap();
        let whole = ["F2026000002", "A2026000001", "F2026000001", "F2025000001"].map(number);
        assert_eq!(first_gap(whole), None);
        let broken = ["F2026000002", "A2026000001", "F2026000004", "F2026000001"].map(number);
        assert_eq!(first_gap(broken), Some(number("F2026000003")));
        assert_eq!(first_gap([number("A2026000002")]), Some(number("A2026000001")));
    }

    proptest! {
        #[test]
        fn every_number_fits_payfip_and_reads_back(
            series in prop::sample::select(&Series::ALL[..]),
            year in 1900..=2199,
            counter in 1..=u32::MAX,
        ) {
            let number = DocumentNumber::new(series, year, counter).unwrap();
            let text = number.to_string();
            prop_assert!((6..=30).contains(&text.len()));
            prop_assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
            prop_assert_eq!(DocumentNumber::parse(&text), Ok(number));
        }
    }
}

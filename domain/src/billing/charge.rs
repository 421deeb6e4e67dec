//! Charges, one by one, and the lines that they are grouped into.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BillingError, Item, Month, Price, PricingRule};
use crate::activity::ServiceKind;
use crate::cents::Cents;
use crate::ids::{ChildId, TermId};

/// One unit of what a family owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Charge {
    pub child: ChildId,
    pub item: Item,
    pub occasion: Occasion,
    pub price: Price,
}

/// What a charge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// A term; priced by the day on which the family confirmed the item.
    Term { term: TermId, confirmed_on: NaiveDate },
    /// A day, which prices it too.
    Day(NaiveDate),
}

/// What one invoice is about: a term's bus and TAP, or a month's canteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Term(TermId),
    Month(Month),
}

/// What a line is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    Term {
        term: TermId,
        confirmed_on: NaiveDate,
    },
    /// At least one day.
    Days(BTreeSet<NaiveDate>),
}

/// A line of an invoice or of a credit note: charges of one child, item and price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceLine {
    pub child: ChildId,
    pub item: Item,
    pub taken: Taken,
    /// What one costs, reduction taken off. Positive on a credit note too.
    pub unit_price: Cents,
    pub rule: PricingRule,
}

/// What a child can be billed once: its meal of a day, its bus or TAP of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Term(ChildId, TermId, ServiceKind),
    Day(ChildId, NaiveDate, ServiceKind),
}

impl Charge {
    pub(super) fn key(&self) -> Key {
        let service = self.item.service();
        match self.occasion {
            Occasion::Term { term, .. } => Key::Term(self.child, term, service),
            Occasion::Day(date) => Key::Day(self.child, date, service),
        }
    }
}

impl Period {
    /// Whether something for that occasion belongs to it.
    #[must_use]
    pub fn covers(self, occasion: Occasion) -> bool {
        match (self, occasion) {
            (Self::Term(own), Occasion::Term { term, .. }) => own == term,
            (Self::Month(month), Occasion::Day(date)) => month.contains(date),
            (Self::Term(_), Occasion::Day(_)) | (Self::Month(_), Occasion::Term { .. }) => false,
        }
    }
}

impl InvoiceLine {
    /// How many it bills.
    #[must_use]
    pub fn quantity(&self) -> u32 {
        match &self.taken {
            Taken::Term { .. } => 1,
            Taken::Days(days) => u32::try_from(days.len()).unwrap_or(u32::MAX),
        }
    }

    /// Quantity times unit price: the reduction is rounded before, per unit.
    pub fn amount(&self) -> Result<Cents, BillingError> {
        self.unit_price.checked_mul(self.quantity().into()).ok_or(BillingError::Overflow)
    }

    /// The charges that it consists of.
    pub fn charges(&self) -> impl Iterator<Item = Charge> {
        let (term, days) = match &self.taken {
            Taken::Term { term, confirmed_on } => {
                (Some(Occasion::Term { term: *term, confirmed_on: *confirmed_on }), None)
            }
            Taken::Days(days) => (None, Some(days.iter().map(|day| Occasion::Day(*day)))),
        };
        let price = Price { unit: self.unit_price, rule: self.rule };
        term.into_iter().chain(days.into_iter().flatten()).map(move |occasion| Charge {
            child: self.child,
            item: self.item,
            occasion,
            price,
        })
    }
}

/// The sum of lines.
pub fn total<'a>(lines: impl IntoIterator<Item = &'a InvoiceLine>) -> Result<Cents, BillingError> {
    lines.into_iter().try_fold(Cents::ZERO, |sum, line| {
        sum.checked_add(line.amount()?).ok_or(BillingError::Overflow)
    })
}

/// Groups charges by child, item, unit price and pricing rule, whatever their order: by child, then
/// item, then first day.
#[must_use]
pub fn lines(charges: &[Charge]) -> Vec<InvoiceLine> {
    let mut grouped: BTreeMap<_, BTreeSet<NaiveDate>> = BTreeMap::new();
    for charge in charges {
        let (term, day) = match charge.occasion {
            Occasion::Term { term, confirmed_on } => (Some((term, confirmed_on)), None),
            Occasion::Day(date) => (None, Some(date)),
        };
        grouped.entry((charge.child, charge.item, term, charge.price)).or_default().extend(day);
    }
    let mut grouped: Vec<_> = grouped.into_iter().collect();
    grouped.sort_by_key(|((child, item, ..), days)| (*child, *item, days.first().copied()));
    grouped
        .into_iter()
        .map(|((child, item, term, price), days)| InvoiceLine {
            child,
            item,
            taken: term.map_or(Taken::Days(days), |(term, confirmed_on)| Taken::Term {
                term,
                confirmed_on,
            }),
            unit_price: price.unit,
            rule: price.rule,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::price;
    use crate::billing::tests::{canteen_2017, child, delorme};
    use crate::testing::date;

    fn meal(number: u128, day: &str) -> Charge {
        let price = price(&[canteen_2017()], &delorme(), Item::Meal, Some(2), date(day)).unwrap();
        Charge { child: child(number), item: Item::Meal, occasion: Occasion::Day(date(day)), price }
    }

    #[test]
    fn meals_of_one_price_are_one_line_with_their_days() {
        let charges = [
            meal(2, "2018-01-09"),
            meal(2, "2017-10-03"),
            meal(1, "2017-10-02"),
            meal(2, "2017-10-02"),
        ];
        let found = lines(&charges);
        let short: Vec<_> = found
            .iter()
            .map(|line| (line.child, line.quantity(), line.amount().unwrap()))
            .collect();
        assert_eq!(
            short,
            [
                (child(1), 1, Cents(486)),
                (child(2), 2, Cents(972)), // 2 × 4.86
                (child(2), 1, Cents(302)),
            ]
        );
        assert_eq!(total(&found), Ok(Cents(1760)));
        let mut again: Vec<_> = found.iter().flat_map(InvoiceLine::charges).collect();
        again.sort();
        let mut charges = charges.to_vec();
        charges.sort();
        assert_eq!(again, charges);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        let line = lines(&[meal(1, "2017-10-02"), meal(1, "2017-10-03")]).remove(0);
        let huge = InvoiceLine { unit_price: Cents(i64::MAX / 2), ..line };
        assert!(huge.amount().is_ok());
        assert_eq!(total([&huge, &huge]), Err(BillingError::Overflow));
        let beyond = InvoiceLine { unit_price: Cents(i64::MAX), ..huge };
        assert_eq!(beyond.amount(), Err(BillingError::Overflow));
    }

    #[test]
    fn a_line_is_kept_as_json() {
        let line = lines(&[meal(1, "2017-10-02")]).remove(0);
        let json = serde_json::to_value(&line).unwrap();
        assert_eq!(json["taken"], serde_json::json!({ "days": ["2017-10-02"] }));
        assert_eq!(serde_json::from_value::<InvoiceLine>(json).unwrap(), line);
        let taken =
            Taken::Term { term: TermId(uuid::Uuid::nil()), confirmed_on: date("2017-08-28") };
        let json = serde_json::to_string(&taken).unwrap();
        assert!(json.starts_with(r#"{"term":{"term":"00000000"#), "{json}");
        assert_eq!(serde_json::from_str::<Taken>(&json).unwrap(), taken);
    }
}

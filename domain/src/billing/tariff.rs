//! Tariffs: what the commune's council has voted for a service, and since when.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Item;
use crate::activity::ServiceKind;
use crate::cents::Cents;

/// The prices of a service from a day on, until a later tariff of that service takes their place
/// as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tariff {
    pub service: ServiceKind,
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub from: NaiveDate,
    /// The lowest quotient of each bracket, in whole euros: 0 first, then rising.
    pub brackets: Vec<u32>,
    pub prices: Vec<ItemPrices>,
    /// Percent (0 to 100) off the unit price, by the child's rank: the eldest's first, the last one
    /// for all later ranks. Empty: no reductions.
    pub reductions: Vec<u8>,
}

/// An item's prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemPrices {
    pub item: Item,
    /// One a bracket, in their order.
    pub by_bracket: Vec<Cents>,
    /// For families from outside of the commune; null: as for all others.
    pub outside: Option<Cents>,
}

/// A span of quotients (*tranche*) with one price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bracket {
    /// 1 for the lowest.
    pub number: u32,
    /// Lowest and highest quotient, in whole euros; the highest bracket has no end.
    pub from: u32,
    pub to: Option<u32>,
}

impl Tariff {
    /// The tariff of a service that holds on a day.
    #[must_use]
    pub fn on(tariffs: &[Self], service: ServiceKind, day: NaiveDate) -> Option<&Self> {
        tariffs
            .iter()
            .filter(|tariff| tariff.service == service && tariff.from <= day)
            .max_by_key(|tariff| tariff.from)
    }

    /// The bracket of a quotient; the highest without one (product rule, “Invoices”). `None` in a
    /// tariff without brackets.
    #[must_use]
    pub fn bracket(&self, quotient: Option<u32>) -> Option<Bracket> {
        let index = match quotient {
            Some(value) => self.brackets.iter().rposition(|from| *from <= value)?,
            None => self.brackets.len().checked_sub(1)?,
        };
        Some(Bracket {
            number: u32::try_from(index).ok()?.checked_add(1)?,
            from: *self.brackets.get(index)?,
            to: self.brackets.get(index + 1).and_then(|next| next.checked_sub(1)),
        })
    }

    /// The prices of an item, if it has any.
    #[must_use]
    pub fn prices(&self, item: Item) -> Option<&ItemPrices> {
        self.prices.iter().find(|prices| prices.item == item)
    }

    /// The reduction of a rank, in percent; none for a child that is not subscribed.
    #[must_use]
    pub fn reduction(&self, rank: Option<u32>) -> u8 {
        let index = rank.and_then(|rank| usize::try_from(rank).ok()?.checked_sub(1));
        index
            .and_then(|index| self.reductions.get(index).or(self.reductions.last()))
            .copied()
            .unwrap_or(0)
    }

    /// Whether it may be set beside those that are known. The first of a service begins on any day and a
    /// known one is put right on its own day; a new one begins on a day to come, as days that are over
    /// may have been billed.
    #[must_use]
    pub fn may_be_set(&self, known: &[Self], today: NaiveDate) -> bool {
        let mut own = known.iter().filter(|tariff| tariff.service == self.service).peekable();
        self.from > today || own.peek().is_none() || own.any(|tariff| tariff.from == self.from)
    }

    /// €10,000: what costs more is a typing error.
    pub const HIGHEST_PRICE: Cents = Cents(1_000_000);

    /// All that is wrong with it. Positions count from 0.
    #[must_use]
    pub fn faults(&self) -> Vec<TariffFault> {
        let mut faults = Vec::new();
        if self.brackets.first() != Some(&0) {
            faults.push(TariffFault::FirstBracketNotZero);
        }
        for (at, pair) in (1..).zip(self.brackets.windows(2)) {
            if pair[0] >= pair[1] {
                faults.push(TariffFault::BracketNotRising { at });
            }
        }
        if self.prices.is_empty() {
            faults.push(TariffFault::NoPrices);
        }
        let mut items = BTreeSet::new();
        for (at, prices) in self.prices.iter().enumerate() {
            if prices.item.service() != self.service {
                faults.push(TariffFault::OtherService { at });
            }
            if !items.insert(prices.item) {
                faults.push(TariffFault::ItemTwice { at });
            }
            if prices.by_bracket.len() != self.brackets.len() {
                faults.push(TariffFault::PriceCount { at });
            }
            let mut all = prices.by_bracket.iter().chain(&prices.outside);
            if all.clone().any(|price| *price < Cents::ZERO) {
                faults.push(TariffFault::NegativePrice { at });
            }
            if all.any(|price| *price > Self::HIGHEST_PRICE) {
                faults.push(TariffFault::PriceTooHigh { at });
            }
        }
        for (at, percent) in self.reductions.iter().enumerate() {
            if *percent > 100 {
                faults.push(TariffFault::ReductionAbove100 { at });
            }
        }
        faults
    }
}

/// What is wrong with a tariff, and at which position of which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TariffFault {
    FirstBracketNotZero,
    BracketNotRising { at: usize },
    NoPrices,
    OtherService { at: usize },
    ItemTwice { at: usize },
    PriceCount { at: usize },
    NegativePrice { at: usize },
    PriceTooHigh { at: usize },
    ReductionAbove100 { at: usize },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::tests::canteen_2017;
    use crate::testing::date;

    #[test]
    fn a_bracket_has_its_bounds() {
        let tariff = canteen_2017();
        let bracket = |quotient| {
            let found = tariff.bracket(quotient).unwrap();
            (found.number, found.from, found.to)
        };
        assert_eq!(bracket(Some(0)), (1, 0, Some(400)));
        assert_eq!(bracket(Some(400)), (1, 0, Some(400)));
        assert_eq!(bracket(Some(401)), (2, 401, Some(700)));
        assert_eq!(bracket(Some(u32::MAX)), (6, 2001, None));
        assert_eq!(bracket(None), (6, 2001, None));
        let none = Tariff { brackets: vec![], ..tariff.clone() };
        assert_eq!(none.bracket(Some(1)).or(none.bracket(None)), None);
    }

    #[test]
    fn the_last_reduction_holds_for_later_ranks() {
        let tariff = canteen_2017();
        let reductions = [None, Some(1), Some(2), Some(3), Some(9), Some(0)];
        assert_eq!(reductions.map(|rank| tariff.reduction(rank)), [0, 0, 10, 25, 25, 0]);
        let none = Tariff { reductions: vec![], ..tariff };
        assert_eq!(none.reduction(Some(2)), 0);
    }

    #[test]
    fn a_new_tariff_begins_on_a_day_to_come() {
        let (known, today) = ([canteen_2017()], date("2018-01-01"));
        let on = |day: &str| Tariff { from: date(day), ..canteen_2017() };
        assert!(on("2018-01-02").may_be_set(&known, today));
        assert!(!on("2018-01-01").may_be_set(&known, today));
        assert!(known[0].may_be_set(&known, today), "put right");
        assert!(on("2017-01-01").may_be_set(&[], today), "the first");
        let bus = Tariff { service: ServiceKind::Bus, ..on("2017-01-01") };
        assert!(bus.may_be_set(&known, today), "another service's first");
    }

    #[test]
    fn what_costs_more_than_any_service_is_a_fault() {
        let priced = |cents| {
            let mut tariff = canteen_2017();
            tariff.prices[0].by_bracket[0] = Cents(cents);
            tariff.faults()
        };
        assert_eq!(priced(Tariff::HIGHEST_PRICE.0), []);
        assert_eq!(priced(Tariff::HIGHEST_PRICE.0 + 1), [TariffFault::PriceTooHigh { at: 0 }]);
    }

    #[test]
    fn a_later_tariff_takes_the_place_of_an_earlier_one() {
        let old = canteen_2017();
        let new = Tariff { from: date("2018-01-01"), ..old.clone() };
        let tariffs = [new, old];
        let on = |service, day| Tariff::on(&tariffs, service, date(day)).map(|tariff| tariff.from);
        assert_eq!(on(ServiceKind::Canteen, "2017-08-31"), None);
        assert_eq!(on(ServiceKind::Canteen, "2017-09-01"), Some(date("2017-09-01")));
        assert_eq!(on(ServiceKind::Canteen, "2018-01-01"), Some(date("2018-01-01")));
        assert_eq!(on(ServiceKind::Bus, "2018-01-01"), None);
    }

    #[test]
    fn every_fault_of_a_tariff_is_found() {
        let good = canteen_2017();
        assert!(good.faults().is_empty());
        let mut bad = good.clone();
        bad.brackets = vec![1, 400, 400, 300, 500, 600];
        bad.prices[1].item = Item::Meal;
        bad.prices[1].outside = Some(Cents(-1));
        bad.prices[0].by_bracket.pop();
        let prices = bad.prices[0].clone();
        bad.prices.push(ItemPrices { item: Item::OneTap, ..prices });
        bad.reductions = vec![0, 101];
        assert_eq!(
            bad.faults(),
            [
                TariffFault::FirstBracketNotZero,
                TariffFault::BracketNotRising { at: 2 },
                TariffFault::BracketNotRising { at: 3 },
                TariffFault::PriceCount { at: 0 },
                TariffFault::ItemTwice { at: 1 },
                TariffFault::NegativePrice { at: 1 },
                TariffFault::OtherService { at: 2 },
                TariffFault::PriceCount { at: 2 },
                TariffFault::ReductionAbove100 { at: 1 },
            ]
        );
        let empty = Tariff { brackets: vec![], prices: vec![], reductions: vec![], ..good };
        assert_eq!(empty.faults(), [TariffFault::FirstBracketNotZero, TariffFault::NoPrices]);
    }
}

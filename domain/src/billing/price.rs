//! What an item costs a family on a day, and by which rule.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BillingError, Bracket, Household, Item, QuotientBasis, Tariff};
use crate::cents::Cents;

/// The rule that priced a line, kept on it: all that a person needs to work the price out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricingRule {
    /// The day from which the tariff holds.
    pub tariff_from: NaiveDate,
    /// The unit price before the reduction.
    pub full_price: Cents,
    pub rate: Rate,
    /// The child's rank among those subscribed to the service, 1 for the eldest; null for one that
    /// is not subscribed.
    pub rank: Option<u32>,
    /// The reduction of that rank: 0 to 100.
    pub percent: u8,
}

/// Which of a tariff's prices applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rate {
    /// The one for families from outside of the commune.
    Outside,
    /// A bracket's: the highest where no quotient is known.
    Bracket { bracket: Bracket, quotient: QuotientBasis },
}

/// A unit price and its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// What one costs, the reduction taken off and rounded half up to the cent.
    pub unit: Cents,
    pub rule: PricingRule,
}

/// What one of an item costs a family on a day, for a child of that rank (product rule,
/// “Invoices”). Where no tariff has a price there is an error, never a price of zero.
pub fn price(
    tariffs: &[Tariff],
    family: &Household,
    item: Item,
    rank: Option<u32>,
    day: NaiveDate,
) -> Result<Price, BillingError> {
    let tariff = Tariff::on(tariffs, item.service(), day);
    let (tariff, prices) = tariff
        .and_then(|tariff| Some((tariff, tariff.prices(item)?)))
        .ok_or(BillingError::NoTariff { item, day })?;
    let outside = prices.outside.filter(|_| family.is_outside(day));
    let (full_price, rate) = outside
        .map(|price| (price, Rate::Outside))
        .or_else(|| {
            let quotient = family.quotient_on(day);
            let bracket = tariff.bracket(match quotient {
                QuotientBasis::Known(quotient) => Some(quotient.value),
                QuotientBasis::Missing | QuotientBasis::Outdated { .. } => None,
            })?;
            let index = usize::try_from(bracket.number).ok()?.checked_sub(1)?;
            Some((*prices.by_bracket.get(index)?, Rate::Bracket { bracket, quotient }))
        })
        .filter(|(price, _)| *price >= Cents::ZERO)
        .ok_or(BillingError::BadTariff { item, from: tariff.from })?;
    let percent = tariff.reduction(rank);
    let rule = PricingRule { tariff_from: tariff.from, full_price, rate, rank, percent };
    Ok(Price { unit: full_price.reduced_by(percent), rule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::tests::{bus_2017, canteen_2017, delorme, quotient};
    use crate::billing::{Residence, TariffFault};
    use crate::testing::date;

    fn meal(family: &Household, rank: Option<u32>, day: &str) -> Result<Price, BillingError> {
        price(&[canteen_2017()], family, Item::Meal, rank, date(day))
    }

    #[test]
    fn a_meal_by_bracket_rank_and_day() {
        let family = delorme();
        // QF 1120 until the end of the year, 640 from then on.
        for (rank, day, cents) in [
            (Some(1), "2017-10-02", 540),
            (Some(2), "2017-10-02", 486), // 5.40 less 10 %
            (Some(3), "2017-10-02", 405), // 5.40 less 25 %
            (None, "2017-10-02", 540),
            (Some(1), "2018-01-08", 335),
            (Some(2), "2018-01-08", 302), // 3.35 less 10 % = 3.015, half up
            (Some(3), "2018-01-08", 251), // 3.35 less 25 % = 2.5125
        ] {
            assert_eq!(meal(&family, rank, day).unwrap().unit, Cents(cents), "{rank:?} {day}");
        }
    }

    #[test]
    fn without_a_quotient_the_highest_bracket() {
        let nobody = Household::default();
        let found = meal(&nobody, Some(1), "2017-10-02").unwrap();
        assert_eq!(found.unit, Cents(720));
        let bracket = Bracket { number: 6, from: 2001, to: None };
        let quotient = QuotientBasis::Missing;
        assert_eq!(found.rule.rate, Rate::Bracket { bracket, quotient });
        let late = meal(&delorme(), Some(1), "2018-09-03").unwrap();
        let quotient = QuotientBasis::Outdated { until: date("2018-08-31") };
        assert_eq!(late.rule.rate, Rate::Bracket { bracket, quotient });
        assert_eq!(late.unit, Cents(720));
    }

    #[test]
    fn families_from_outside_pay_their_own_rate_where_there_is_one() {
        let residences = vec![Residence { from: date("2017-10-16"), outside: true }];
        let family = Household { residences, ..delorme() };
        let rate = |day| meal(&family, Some(2), day).unwrap();
        assert_eq!(rate("2017-10-15").unit, Cents(486));
        assert_eq!(rate("2017-10-16").unit, Cents(765)); // 8.50 less 10 %
        assert_eq!(rate("2017-10-16").rule.rate, Rate::Outside);
        // The bus has none.
        let bus = price(&[bus_2017()], &family, Item::OneRoundTrip, Some(1), date("2017-10-16"));
        assert_eq!(bus.unwrap().unit, Cents(5400));
    }

    #[test]
    fn without_a_tariff_there_is_no_price() {
        let day = date("2017-08-31");
        let error = BillingError::NoTariff { item: Item::Meal, day };
        assert_eq!(meal(&delorme(), Some(1), "2017-08-31"), Err(error));
        let day = date("2017-10-02");
        let bus = price(&[canteen_2017()], &delorme(), Item::OneRoundTrip, None, day);
        assert_eq!(bus, Err(BillingError::NoTariff { item: Item::OneRoundTrip, day }));
    }

    #[test]
    fn a_tariff_that_is_wrong_prices_nothing() {
        let mut tariff = canteen_2017();
        tariff.prices[0].by_bracket.truncate(3);
        assert_eq!(tariff.faults(), [TariffFault::PriceCount { at: 0 }]);
        let error = Err(BillingError::BadTariff { item: Item::Meal, from: tariff.from });
        let day = date("2017-10-02");
        let mut tariffs = [tariff];
        assert_eq!(price(&tariffs, &delorme(), Item::Meal, None, day), error);
        tariffs[0].prices[0].by_bracket = vec![Cents(-1); 6];
        assert_eq!(price(&tariffs, &delorme(), Item::Meal, None, day), error);
        tariffs[0].brackets.clear();
        assert_eq!(price(&tariffs, &delorme(), Item::Meal, None, day), error);
    }

    #[test]
    fn the_rule_is_kept_as_json() {
        let rule = meal(&delorme(), Some(2), "2017-10-02").unwrap().rule;
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(
            json,
            concat!(
                r#"{"tariff_from":"2017-09-01","full_price":540,"rate":{"kind":"bracket","#,
                r#""bracket":{"number":4,"from":1001,"to":1400},"quotient":{"kind":"known","#,
                r#""value":1120,"from":"2017-09-01","until":"2017-12-31","source":"caf"}},"#,
                r#""rank":2,"percent":10}"#
            )
        );
        assert_eq!(serde_json::from_str::<PricingRule>(&json).unwrap(), rule);
        for rate in [
            Rate::Outside,
            Rate::Bracket {
                bracket: Bracket { number: 6, from: 2001, to: None },
                quotient: QuotientBasis::Outdated { until: date("2017-08-31") },
            },
            Rate::Bracket {
                bracket: Bracket { number: 6, from: 2001, to: None },
                quotient: QuotientBasis::Known(quotient(9, "2017-09-01", "2017-12-31")),
            },
        ] {
            let json = serde_json::to_string(&rate).unwrap();
            assert_eq!(serde_json::from_str::<Rate>(&json).unwrap(), rate, "{json}");
        }
    }
}

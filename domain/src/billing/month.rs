//! The canteen's month: from inscriptions and roll-calls to meals that are billed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    BillingError, Charge, Correction, Household, Issued, Item, Occasion, Period, QuotientBasis,
    Rate, Tariff, corrections, price,
};
use crate::activity::ServiceKind;
use crate::attendance::Attendance;
use crate::calendar::Calendar;
use crate::ids::ChildId;

/// A calendar month, `2017-10`, as it is written in JSON too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "2017-10"))]
#[serde(try_from = "String", into = "String")]
pub struct Month(NaiveDate);

/// The text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2017-10")]
pub struct InvalidMonth;

impl TryFrom<String> for Month {
    type Error = InvalidMonth;
    fn try_from(text: String) -> Result<Self, InvalidMonth> {
        Self::parse(&text).ok_or(InvalidMonth)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl Month {
    /// The month in which a day lies.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// Reads `2017-10`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let month = Self(crate::week::parse_date(&format!("{text}-01"))?);
        (month.to_string() == text).then_some(month)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.0
            .checked_add_months(Months::new(1))
            .and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX)
    }

    /// Whether it can be billed on a day: from its last day on.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.last_day() <= today
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// A child at the canteen's table on a day, or expected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meal {
    pub child: ChildId,
    pub date: NaiveDate,
    pub inscribed: bool,
    /// `None` where no roll was called.
    pub attendance: Option<Attendance>,
}

impl Meal {
    /// What is billed for it: an inscription unless its absence is justified, and a presence
    /// without an inscription.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        match (self.inscribed, self.attendance) {
            (true, Some(Attendance::JustifiedAbsence)) => None,
            (true, _) => Some(Item::Meal),
            (false, Some(Attendance::Present)) => Some(Item::UnexpectedMeal),
            (false, _) => None,
        }
    }
}

/// The days, both included, on which a child is subscribed to the canteen: a term's, or up to the
/// day on which it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscribedDays {
    pub child: ChildId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

/// What is known of a family's month.
#[derive(Clone, Copy, Debug)]
pub struct CanteenFacts<'a> {
    pub month: Month,
    /// Those of other months are left aside. A child eats once a day, however often it is named.
    pub meals: &'a [Meal],
    pub subscribed: &'a [SubscribedDays],
    pub calendar: &'a Calendar,
}

/// What the guichet should look at before it trusts a family's month. All but the presence on a
/// closed day is billed all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Anomaly {
    /// Its rank is a guess: the last.
    BirthDateMissing { child: ChildId },
    /// Billed in the highest bracket.
    QuotientMissing,
    /// Billed in the highest bracket.
    QuotientOutdated { until: NaiveDate },
    /// Billed as such, or as a meal where that has no tariff.
    UnexpectedPresence { child: ChildId, date: NaiveDate },
    /// Billed without a sibling reduction.
    NotSubscribed { child: ChildId, date: NaiveDate },
    /// Seen at the table on a day on which nothing runs: not billed.
    PresentOnClosedDay { child: ChildId, date: NaiveDate },
}

/// The meals of a month to be billed, each priced by its own day, and what looks odd, in order.
///
/// A meal on a day closed since is not billed: the planning has none either. Without a tariff for
/// one of the meals the family's month is not billed at all, so that a forgotten tariff credits
/// nothing.
pub fn canteen_charges(
    tariffs: &[Tariff],
    family: &Household,
    facts: CanteenFacts<'_>,
) -> Result<(Vec<Charge>, BTreeSet<Anomaly>), BillingError> {
    let mut anomalies = BTreeSet::new();
    let mut eaten: BTreeMap<(NaiveDate, ChildId), Item> = BTreeMap::new();
    for meal in facts.meals.iter().filter(|meal| facts.month.contains(meal.date)) {
        let Some(item) = meal.item() else { continue };
        let Meal { child, date, .. } = *meal;
        if facts.calendar.closed_on(date).is_some() {
            if meal.attendance == Some(Attendance::Present) {
                anomalies.insert(Anomaly::PresentOnClosedDay { child, date });
            }
            continue;
        }
        // An inscription goes before a presence without one.
        let known = eaten.entry((date, child)).or_insert(item);
        *known = item.min(*known);
    }

    let mut charges = Vec::new();
    for ((date, child), mut item) in eaten {
        let subscribed = |child| {
            facts
                .subscribed
                .iter()
                .any(|days| days.child == child && days.first_day <= date && date <= days.last_day)
        };
        let rank = family.rank(child, subscribed)?;
        if rank.is_none() {
            anomalies.insert(Anomaly::NotSubscribed { child, date });
        }
        if item == Item::UnexpectedMeal {
            anomalies.insert(Anomaly::UnexpectedPresence { child, date });
            let tariff = Tariff::on(tariffs, ServiceKind::Canteen, date);
            if tariff.is_some_and(|tariff| tariff.prices(item).is_none()) {
                item = Item::Meal;
            }
        }
        let price = price(tariffs, family, item, rank, date)?;
        if let Rate::Bracket { quotient, .. } = price.rule.rate {
            anomalies.extend(match quotient {
                QuotientBasis::Known(_) => None,
                QuotientBasis::Missing => Some(Anomaly::QuotientMissing),
                QuotientBasis::Outdated { until } => Some(Anomaly::QuotientOutdated { until }),
            });
        }
        let siblings = || family.children.iter().filter(|child| subscribed(child.id));
        if siblings().nth(1).is_some() {
            let unknown = siblings().filter(|child| child.birth_date.is_none());
            anomalies.extend(unknown.map(|child| Anomaly::BirthDateMissing { child: child.id }));
        }
        charges.push(Charge { child, item, occasion: Occasion::Day(date), price });
    }
    Ok((charges, anomalies))
}

/// What puts a family's month at the canteen right, and what looks odd. A commune without any tariff
/// does not bill.
pub fn canteen_correction(
    tariffs: &[Tariff],
    family: &Household,
    facts: CanteenFacts<'_>,
    issued: Issued<'_>,
) -> Result<(Correction, BTreeSet<Anomaly>), BillingError> {
    if tariffs.is_empty() {
        return Ok(Default::default());
    }
    let (charges, anomalies) = canteen_charges(tariffs, family, facts)?;
    Ok((corrections(Period::Month(facts.month), issued, &charges)?, anomalies))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::date;

    #[test]
    fn a_month_has_its_days() {
        let february = Month::parse("2018-02").unwrap();
        assert_eq!(february, Month::of(date("2018-02-15")));
        assert_eq!(
            (february.first_day(), february.last_day()),
            (date("2018-02-01"), date("2018-02-28"))
        );
        assert!(february.contains(date("2018-02-28")) && !february.contains(date("2018-03-01")));
        assert!(!february.contains(date("2017-02-01")));
        assert_eq!(Month::of(date("2017-12-31")).last_day(), date("2017-12-31"));
        for wrong in ["2018-2", "2018-13", "2018-02-01", "", "0018-02"] {
            assert_eq!(Month::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_billed_of_a_roll_call() {
        let child = ChildId(uuid::Uuid::nil());
        let item = |inscribed, attendance| {
            Meal { child, date: date("2017-10-02"), inscribed, attendance }.item()
        };
        let justified = Some(Attendance::JustifiedAbsence);
        for (attendance, inscribed, not) in [
            (None, Some(Item::Meal), None),
            (Some(Attendance::Present), Some(Item::Meal), Some(Item::UnexpectedMeal)),
            (Some(Attendance::Absent), Some(Item::Meal), None),
            (justified, None, None),
        ] {
            assert_eq!(item(true, attendance), inscribed, "{attendance:?}");
            assert_eq!(item(false, attendance), not, "{attendance:?}");
        }
    }
}

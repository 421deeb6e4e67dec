//! A term's bus packages and TAP, all children together (manual, 5.1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    BillingError, Charge, Correction, Household, Issued, Item, Occasion, Period, Standing, Tariff,
    corrections, price,
};
use crate::activity::ActivitySlug;
use crate::ids::{ChildId, TermId};
use crate::subscription::{Choice, Subscription};

/// What a term's subscriptions are billed as, each with its day of confirmation, which is today
/// where they are being chosen: a package, and one or two TAP activities. The canteen is billed by the
/// month.
#[must_use]
pub fn term_items(
    term: TermId,
    subscriptions: &[Subscription],
    today: NaiveDate,
) -> BTreeMap<(ChildId, Item), NaiveDate> {
    let mut items = BTreeMap::new();
    let mut taps: BTreeMap<ChildId, (BTreeSet<&ActivitySlug>, NaiveDate)> = BTreeMap::new();
    for held in subscriptions.iter().filter(|held| held.term == term) {
        let confirmed_on = held.confirmed_on.unwrap_or(today);
        match &held.choice {
            Choice::Canteen { .. } => {}
            Choice::Bus { package, .. } => {
                items.insert((held.child, Item::from(*package)), confirmed_on);
            }
            Choice::Tap { activities } => {
                let (all, last) = taps.entry(held.child).or_insert((BTreeSet::new(), confirmed_on));
                all.extend(activities);
                *last = confirmed_on.max(*last);
            }
        }
    }
    items.extend(taps.into_iter().filter_map(|(child, (activities, confirmed_on))| {
        let item = match activities.len() {
            0 => return None,
            1 => Item::OneTap,
            // There is no third: see `subscription::may_take_tap`.
            _ => Item::TwoTaps,
        };
        Some(((child, item), confirmed_on))
    }));
    items
}

/// What a family's subscriptions of a term cost, those that are being chosen as if they were
/// confirmed today.
///
/// What stands billed keeps the price of its own day of confirmation; but a rank that changes,
/// because a sibling joins or leaves, changes the price by that day's tariff, and so does a quotient
/// that is entered afterwards for that day. `standing` is what [`super::Issued::standing`] gives for
/// the term: nothing, the first time.
pub fn term_charges(
    tariffs: &[Tariff],
    family: &Household,
    term: TermId,
    subscriptions: &[Subscription],
    standing: &[Standing],
    today: NaiveDate,
) -> Result<Vec<Charge>, BillingError> {
    let items = term_items(term, subscriptions, today);
    let charge = |(&(child, item), &confirmed_on): (&(ChildId, Item), &NaiveDate)| {
        let confirmed_on = standing
            .iter()
            .filter(|billed| billed.charge.child == child && billed.charge.item == item)
            .find_map(|billed| match billed.charge.occasion {
                Occasion::Term { term: of, confirmed_on } if of == term => Some(confirmed_on),
                Occasion::Term { .. } | Occasion::Day(_) => None,
            })
            .unwrap_or(confirmed_on);
        let takes_service = |sibling| {
            items.keys().any(|(of, other)| *of == sibling && other.service() == item.service())
        };
        let rank = family.rank(child, takes_service)?;
        let price = price(tariffs, family, item, rank, confirmed_on)?;
        Ok(Charge { child, item, occasion: Occasion::Term { term, confirmed_on }, price })
    };
    items.iter().map(charge).collect()
}

/// What puts a family's term right, when its subscriptions are these and what is new of them is
/// confirmed today: the lines of the invoice, and of credit notes for what is not taken any more. A
/// commune without any tariff does not bill.
pub fn term_correction(
    tariffs: &[Tariff],
    family: &Household,
    term: TermId,
    subscriptions: &[Subscription],
    issued: Issued<'_>,
    today: NaiveDate,
) -> Result<Correction, BillingError> {
    if tariffs.is_empty() {
        return Ok(Correction::default());
    }
    let period = Period::Term(term);
    let standing = issued.standing(period)?;
    let wanted = term_charges(tariffs, family, term, subscriptions, &standing, today)?;
    corrections(period, issued, &wanted)
}

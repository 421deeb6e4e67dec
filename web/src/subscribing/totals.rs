//! What the choices cost, by the same rules as the invoice.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::{
    BillingError, Correction, DocumentNumber, InvoiceLine, Issued, Item, Price, price,
    term_correction, total,
};
use domain::calendar::utc_to_paris;
use domain::cents::Cents;
use domain::ids::ChildId;
use domain::subscribing::Choices;
use domain::subscription::Subscription;
use domain::wire::SubscriptionForm;

/// What would be billed if the form were confirmed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Totals {
    /// The children's that have some, in the order of the form.
    pub(super) children: Vec<ChildTotal>,
    /// The invoice's total.
    pub(super) total: Cents,
    /// What is credited of earlier invoices, as where a sibling joins.
    pub(super) credits: Vec<(DocumentNumber, Cents)>,
    /// What the family pays more in all: the invoice less the credits. Below zero: in its favour.
    pub(super) more: Cents,
    /// Whose lines are credited and billed again, as their reduction is another.
    pub(super) billed_again: Vec<ChildId>,
}

impl Totals {
    /// Whether no paper would be made.
    pub(super) fn is_nothing(&self) -> bool {
        self.children.is_empty() && self.credits.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChildTotal {
    pub(super) child: ChildId,
    pub(super) lines: Vec<InvoiceLine>,
    pub(super) total: Cents,
}

/// The day of the form, in Paris: a confirmation's prices go by it.
pub(super) fn today(form: &SubscriptionForm) -> NaiveDate {
    utc_to_paris(form.now).date()
}

/// What the children have and would have, of all services.
fn wanted<'a>(
    form: &SubscriptionForm,
    choices: impl IntoIterator<Item = &'a Choices>,
) -> Vec<Subscription> {
    let new = choices.into_iter().flat_map(|choices| choices.draft(form.term.id));
    form.held.iter().cloned().chain(new).collect()
}

pub(super) fn totals<'a>(
    form: &SubscriptionForm,
    choices: impl IntoIterator<Item = &'a Choices>,
) -> Result<Totals, BillingError> {
    let issued = Issued { invoices: &form.invoices, credit_notes: &form.credit_notes };
    let Correction { bill, credit } = term_correction(
        &form.tariffs,
        &form.household,
        form.term.id,
        &wanted(form, choices),
        issued,
        today(form),
    )?;
    // Of the form, then those of a sibling that is another guardian's.
    let shown = form.children.iter().map(|child| child.id);
    let others: BTreeSet<_> = bill.iter().map(|line| line.child).collect();
    let others = others.into_iter().filter(|id| form.children.iter().all(|child| child.id != *id));
    let children = shown.chain(others).map(|child| {
        let lines: Vec<_> = bill.iter().filter(|line| line.child == child).cloned().collect();
        Ok(ChildTotal { child, total: total(&lines)?, lines })
    });
    let mut children = children.collect::<Result<Vec<_>, BillingError>>()?;
    children.retain(|child| !child.lines.is_empty());
    let credited: Vec<_> = credit.values().flatten().collect();
    let is_billed_again = |line: &InvoiceLine| {
        credited.iter().any(|old| {
            (old.child, old.item) == (line.child, line.item)
                && old.rule.percent != line.rule.percent
        })
    };
    let again = children.iter().filter(|of| of.lines.iter().any(is_billed_again));
    let billed_again = again.map(|of| of.child).collect();
    let credits = credit.iter().map(|(invoice, lines)| Ok((*invoice, total(lines)?)));
    let credits = credits.collect::<Result<Vec<_>, BillingError>>()?;
    let total = total(&bill)?;
    let more = credits.iter().try_fold(total, |left, (_, credit)| left.checked_sub(*credit));
    let more = more.ok_or(BillingError::Overflow)?;
    Ok(Totals { children, total, credits, more, billed_again })
}

/// What one of an item would cost a child, beside what the siblings have and would have.
///
/// A meal is shown at the price of the term's first day, or of today where that has passed.
pub(super) fn price_of<'a>(
    form: &SubscriptionForm,
    choices: impl IntoIterator<Item = &'a Choices>,
    child: ChildId,
    item: Item,
) -> Result<Price, BillingError> {
    let service = item.service();
    let wanted = wanted(form, choices);
    let takes = |other: ChildId| {
        let takes_it = |one: &Subscription| one.child == other && one.choice.service() == service;
        other == child || wanted.iter().any(takes_it)
    };
    let rank = form.household.rank(child, takes)?;
    let day = match service {
        ServiceKind::Canteen => today(form).max(form.term.first_day),
        ServiceKind::Bus | ServiceKind::Tap => today(form),
    };
    price(&form.tariffs, &form.household, item, rank, day)
}

#[cfg(test)]
mod tests {
    use domain::billing::{Invoice, Series};
    use domain::bus::BusPackage;
    use domain::subscription::{Choice, Rhythm};
    use domain::type_week::TypeWeek;

    use super::*;
    use crate::subscribing::sheet::Sheet;
    use crate::subscribing::testing::{child, form, slug, term};

    fn with_bus(number: u128, taps: &[&str]) -> Choices {
        let mut sheet = Sheet::empty(child(number));
        sheet.set_package(Some(BusPackage::OneRoundTrip));
        for tap in taps {
            sheet.take_tap(&slug(tap), true);
        }
        sheet.choices
    }

    #[test]
    fn siblings_are_priced_together() {
        let both = [with_bus(1, &["tap-echecs"]), with_bus(2, &["tap-echecs", "tap-jardin"])];
        let found = totals(&form(), &both).unwrap();
        let sums: Vec<_> = found.children.iter().map(|of| (of.child, of.total.0)).collect();
        // 54.00 + 27.00; 54.00 less 20 % + 48.00 less 10 %.
        assert_eq!(sums, [(child(1), 8100), (child(2), 4320 + 4320)]);
        assert_eq!(found.total, Cents(8100 + 8640));
        assert_eq!((found.credits.len(), found.more), (0, found.total));
        assert!(found.billed_again.is_empty());
        let tom_alone = totals(&form(), [&both[1]]).unwrap();
        assert_eq!(tom_alone.total, Cents(5400 + 4800), "the eldest subscribed has no reduction");
    }

    #[test]
    fn the_canteen_alone_bills_nothing_now() {
        let mut sheet = Sheet::empty(child(1));
        sheet.set_canteen(Some(Rhythm::Occasional));
        let found = totals(&form(), [&sheet.choices]).unwrap();
        assert_eq!(found.total, Cents::ZERO);
        assert!(found.is_nothing());
        let tom = price_of(&form(), [&sheet.choices], child(2), Item::Meal).unwrap();
        assert_eq!((tom.unit, tom.rule.percent), (Cents(486), 10));
        let lea = price_of(&form(), [&sheet.choices], child(1), Item::Meal).unwrap();
        assert_eq!(lea.unit, Cents(540));
    }

    #[test]
    fn an_elder_sibling_that_joins_lowers_what_stands_billed() {
        let mut form = form();
        let (rhythm, type_week) = (Rhythm::Occasional, TypeWeek::default());
        let choice = Choice::Bus { rhythm, type_week, package: BusPackage::OneRoundTrip };
        let tom = with_bus(2, &[]);
        let lines = totals(&form, [&tom]).unwrap().children[0].lines.clone();
        let number = DocumentNumber::new(Series::Invoice, 2017, 1).unwrap();
        let day = today(&form);
        form.invoices = vec![Invoice { number, issued_on: day, due_on: day, lines }];
        form.held = vec![Subscription::new(child(2), term(), choice)];
        let found = totals(&form, [&with_bus(1, &[])]).unwrap();
        assert_eq!(found.credits, [(number, Cents(5400))]);
        // Léa's 54.00, and Tom's again less 20 %.
        assert_eq!((found.total, found.more), (Cents(5400 + 4320), Cents(4320)));
        assert_eq!(found.billed_again, [child(2)]);
        let sums = found.children.iter().map(|of| of.total);
        assert_eq!(Cents::checked_sum(sums), Some(found.total), "the column adds up");
    }

    #[test]
    fn credits_beyond_the_bill_are_in_the_family_s_favour() {
        let mut form = form();
        let number = DocumentNumber::new(Series::Invoice, 2017, 1).unwrap();
        let day = today(&form);
        let lines = totals(&form, [&with_bus(2, &[])]).unwrap().children[0].lines.clone();
        form.invoices = vec![Invoice { number, issued_on: day, due_on: day, lines }];
        // The guichet has ended Tom's bus meanwhile.
        let found = totals(&form, [&with_bus(1, &["tap-echecs"])]).unwrap();
        assert_eq!((found.total, found.more), (Cents(8100), Cents(2700)));
        let mut chess = with_bus(1, &["tap-echecs"]);
        chess.bus = None;
        let found = totals(&form, [&chess]).unwrap();
        assert_eq!((found.total, found.more), (Cents(2700), Cents(-2700)));
        assert!(found.billed_again.is_empty());
    }

    #[test]
    fn without_its_tariff_there_is_no_total_and_without_any_nothing_to_pay() {
        let mut form = form();
        form.tariffs.retain(|tariff| tariff.service != ServiceKind::Bus);
        assert!(totals(&form, [&with_bus(1, &[])]).is_err());
        assert!(totals(&form, []).is_ok());
        form.tariffs.clear();
        let free = totals(&form, [&with_bus(1, &[])]).unwrap();
        assert_eq!((free.total, free.children.len()), (Cents::ZERO, 0));
    }
}

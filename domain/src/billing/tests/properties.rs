//! What holds whatever families do.

use std::collections::BTreeSet;

use chrono::Days;
use proptest::prelude::*;

use super::term::{bus, tap};
use super::*;
use crate::attendance::Attendance;
use crate::billing::{
    CanteenFacts, Charge, Meal, Month, Period, Residence, SubscribedDays, canteen_charges,
    corrections, lines, term_charges, term_items, total,
};
use crate::bus::BusPackage;
use crate::calendar::Calendar;
use crate::subscription::Subscription;
use crate::testing::neuvecelle;

fn day(offset: u64) -> chrono::NaiveDate {
    date("2017-10-20") + Days::new(offset)
}

fn meals() -> impl Strategy<Value = Vec<Meal>> {
    let attendance = prop::option::of(prop::sample::select(vec![
        Attendance::Present,
        Attendance::Absent,
        Attendance::JustifiedAbsence,
    ]));
    let meal = (1..=3u128, 0..60u64, any::<bool>(), attendance).prop_map(
        |(number, offset, inscribed, attendance)| Meal {
            child: child(number),
            date: day(offset),
            inscribed,
            attendance,
        },
    );
    proptest::collection::vec(meal, 0..60)
}

fn subscribed() -> impl Strategy<Value = Vec<SubscribedDays>> {
    let span = (1..=3u128, 0..60u64, 0..60u64).prop_map(|(number, first, length)| SubscribedDays {
        child: child(number),
        first_day: day(first),
        last_day: day(first + length),
    });
    proptest::collection::vec(span, 0..5)
}

fn households() -> impl Strategy<Value = Household> {
    let quotients = proptest::collection::vec((0..3000u32, 0..60u64, 0..60u64), 0..4);
    let residences = proptest::collection::vec((0..60u64, any::<bool>()), 0..3);
    let born = proptest::collection::vec(prop::option::of(0..3000u64), 3);
    (quotients, residences, born).prop_map(|(quotients, residences, born)| Household {
        children: (1..)
            .zip(born)
            .map(|(number, born)| BilledChild {
                id: child(number),
                birth_date: born.map(|offset| date("2006-01-01") + Days::new(offset)),
            })
            .collect(),
        quotients: quotients
            .into_iter()
            .map(|(value, from, length)| {
                let source = QuotientSource::Caf;
                FamilyQuotient { value, from: day(from), until: day(from + length), source }
            })
            .collect(),
        residences: residences
            .into_iter()
            .map(|(from, outside)| Residence { from: day(from), outside })
            .collect(),
    })
}

type Facts = (Vec<Meal>, Vec<SubscribedDays>, Household);

fn facts() -> impl Strategy<Value = Facts> {
    (meals(), subscribed(), households())
}

fn november() -> Month {
    Month::parse("2017-11").unwrap()
}

fn charges((meals, subscribed, family): &Facts, calendar: &Calendar) -> Vec<Charge> {
    let facts = CanteenFacts { month: november(), meals, subscribed, calendar };
    canteen_charges(&tariffs(), family, facts).unwrap().0
}

fn subscriptions() -> impl Strategy<Value = Vec<Subscription>> {
    let package = prop::option::of(prop::sample::select(vec![
        BusPackage::OneRoundTrip,
        BusPackage::TwoRoundTrips,
    ]));
    let taps = prop::sample::select(vec![
        &[][..],
        &["tap-echecs"][..],
        &["tap-judo"][..],
        &["tap-echecs", "tap-judo"][..],
    ]);
    proptest::collection::vec((package, taps), 3).prop_map(|children| {
        (1..)
            .zip(children)
            .flat_map(|(number, (package, taps))| {
                let bus = package.map(|package| bus(number, package));
                bus.into_iter().chain([tap(number, taps)])
            })
            .collect()
    })
}

/// What stands billed is what was wanted, and it is the money: billed less credited.
fn check_standing(papers: &Papers, period: Period, wanted: &[Charge]) -> Result<(), TestCaseError> {
    let standing = papers.issued().standing(period).unwrap();
    let stands: BTreeSet<_> =
        standing.iter().map(|s| (s.charge.key(), s.charge.item, s.charge.price.unit)).collect();
    let wished: BTreeSet<_> =
        wanted.iter().map(|charge| (charge.key(), charge.item, charge.price.unit)).collect();
    prop_assert_eq!(stands.len(), standing.len(), "nothing is billed twice");
    prop_assert_eq!(stands, wished);
    let billed = total(papers.invoices.iter().flat_map(|invoice| &invoice.lines)).unwrap();
    let credited = total(papers.credit_notes.iter().flat_map(|note| &note.lines)).unwrap();
    let sum = Cents::checked_sum(wanted.iter().map(|charge| charge.price.unit)).unwrap();
    prop_assert_eq!(billed.checked_sub(credited), Some(sum));
    Ok(())
}

proptest! {
    #[test]
    fn lines_bill_each_meal_once_and_sum_to_the_total(facts in facts()) {
        let charges = charges(&facts, &neuvecelle().calendar);
        let lines = lines(&charges);
        let amounts: Vec<_> = lines.iter().map(|line| line.amount().unwrap()).collect();
        let sum = Cents::checked_sum(charges.iter().map(|charge| charge.price.unit));
        prop_assert_eq!(Some(total(&lines).unwrap()), sum);
        prop_assert_eq!(Cents::checked_sum(amounts), sum);
        let mut billed = BTreeSet::new();
        for charge in lines.iter().flat_map(InvoiceLine::charges) {
            prop_assert!(billed.insert(charge.key()), "billed twice: {charge:?}");
        }
        prop_assert_eq!(billed.len(), charges.len());
        // And each comes from a meal that is to be billed.
        for charge in &charges {
            let meals = facts.0.iter().filter(|meal| meal.child == charge.child);
            let mut sources = meals.filter(|meal| {
                charge.occasion == crate::billing::Occasion::Day(meal.date)
            });
            prop_assert!(sources.any(|meal| meal.item() == Some(charge.item)));
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter(
        (facts, shuffled) in facts().prop_flat_map(|(meals, subscribed, family)| {
            let shuffled = (
                Just(meals.clone()).prop_shuffle(),
                Just(subscribed.clone()).prop_shuffle(),
                (
                    Just(family.children.clone()).prop_shuffle(),
                    Just(family.quotients.clone()).prop_shuffle(),
                    Just(family.residences.clone()).prop_shuffle(),
                )
                    .prop_map(|(children, quotients, residences)| Household {
                        children,
                        quotients,
                        residences,
                    }),
            );
            (Just((meals, subscribed, family)), shuffled)
        }),
    ) {
        let calendar = neuvecelle().calendar;
        let (one, other) = (charges(&facts, &calendar), charges(&shuffled, &calendar));
        prop_assert_eq!(&one, &other);
        let mut backwards = other;
        backwards.reverse();
        prop_assert_eq!(lines(&one), lines(&backwards));
    }

    /// However often the facts of a month change, each run puts it right, and a second one after it
    /// does nothing.
    #[test]
    fn a_month_can_be_run_again(months in proptest::collection::vec(facts(), 1..4)) {
        let calendar = neuvecelle().calendar;
        let period = Period::Month(november());
        let mut papers = Papers::default();
        for facts in months {
            let wanted = charges(&facts, &calendar);
            let found = corrections(period, papers.issued(), &wanted).unwrap();
            papers.issue(found, "2017-11-30");
            check_standing(&papers, period, &wanted)?;
            prop_assert!(corrections(period, papers.issued(), &wanted).unwrap().is_empty());
        }
    }

    /// The same of a term, as its family chooses again and again.
    #[test]
    fn a_term_can_be_confirmed_again(
        family in households(),
        choices in proptest::collection::vec((subscriptions(), 0..30u64), 1..5),
    ) {
        let period = Period::Term(first_term());
        let mut papers = Papers::default();
        let mut today = day(0);
        for (wanted, later) in choices {
            today = today + Days::new(later);
            let charges = |papers: &Papers, today| {
                let standing = papers.issued().standing(period).unwrap();
                term_charges(&tariffs(), &family, first_term(), &wanted, &standing, today).unwrap()
            };
            let before = charges(&papers, today);
            let backwards: Vec<_> = wanted.iter().rev().cloned().collect();
            prop_assert_eq!(
                term_items(first_term(), &wanted, today),
                term_items(first_term(), &backwards, today)
            );
            let found = corrections(period, papers.issued(), &before).unwrap();
            papers.issue(found, "2017-11-30");
            check_standing(&papers, period, &before)?;
            // On a later day, by another bracket: what is confirmed stays.
            today = today + Days::new(40);
            let found = corrections(period, papers.issued(), &charges(&papers, today)).unwrap();
            prop_assert!(found.is_empty(), "{found:?}");
        }
    }
}

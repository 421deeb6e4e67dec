//! A term of the Delorme family's, with the arithmetic written out.

use super::*;
use crate::activity::ActivitySlug;
use crate::billing::{
    Balance, BillingError, Correction, InvoiceState, Occasion, Period, corrections, credit_left,
    set_off, term_charges, term_items, total,
};
use crate::bus::BusPackage::{self, OneRoundTrip, TwoRoundTrips};
use crate::subscription::{Choice, Rhythm, Subscription};
use crate::type_week::TypeWeek;

/// A quotient of 1120 all through the autumn: the bus's second bracket, TAP's second.
fn family() -> Household {
    Household { quotients: vec![quotient(1120, "2017-01-01", "2017-12-31")], ..delorme() }
}

pub(super) fn bus(number: u128, package: BusPackage) -> Subscription {
    let (rhythm, type_week) = (Rhythm::Occasional, TypeWeek::default());
    let choice = Choice::Bus { rhythm, type_week, package };
    Subscription::new(child(number), first_term(), choice)
}

pub(super) fn tap(number: u128, slugs: &[&str]) -> Subscription {
    let activities = slugs.iter().map(|slug| ActivitySlug::parse(slug).unwrap()).collect();
    let choice = Choice::Tap { activities };
    Subscription::new(child(number), first_term(), choice)
}

fn confirmed() -> Vec<Subscription> {
    vec![
        bus(1, TwoRoundTrips),
        bus(2, OneRoundTrip),
        bus(3, OneRoundTrip),
        tap(1, &["tap-echecs", "tap-judo"]),
        tap(2, &["tap-echecs"]),
    ]
}

/// What the family's choices change on a day; the papers are issued.
fn confirm(
    papers: &mut Papers,
    family: &Household,
    wanted: &[Subscription],
    day: &str,
) -> Correction {
    let period = Period::Term(first_term());
    let standing = papers.issued().standing(period).unwrap();
    let charges =
        term_charges(&tariffs(), family, first_term(), wanted, &standing, date(day)).unwrap();
    let found = corrections(period, papers.issued(), &charges).unwrap();
    papers.issue(found.clone(), day);
    found
}

fn credits(found: &Correction) -> Vec<(u32, Vec<Short>)> {
    found.credit.iter().map(|(invoice, lines)| (invoice.counter(), short(lines))).collect()
}

#[test]
fn three_children_on_one_invoice() {
    let mut papers = Papers::default();
    let found = confirm(&mut papers, &family(), &confirmed(), "2017-08-28");
    assert_eq!(
        short(&found.bill),
        [
            (1, Item::TwoRoundTrips, 1, 9600, 9600),
            (1, Item::TwoTaps, 1, 4800, 4800),
            (2, Item::OneRoundTrip, 1, 4320, 4320), // 54.00 less 20 %
            (2, Item::OneTap, 1, 2430, 2430),       // 27.00 less 10 %
            (3, Item::OneRoundTrip, 1, 2700, 2700), // 54.00 less 50 %
        ]
    );
    // 96.00 + 48.00 + 43.20 + 24.30 + 27.00
    assert_eq!(papers.invoices[0].total(), Ok(Cents(23850)));
    assert!(found.credit.is_empty());
    assert!(confirm(&mut papers, &family(), &confirmed(), "2017-08-29").is_empty());
}

#[test]
fn another_package_is_credited_and_billed() {
    let mut papers = Papers::default();
    confirm(&mut papers, &family(), &confirmed(), "2017-08-28");
    let mut wanted = confirmed();
    wanted[1] = bus(2, TwoRoundTrips);
    let found = confirm(&mut papers, &family(), &wanted, "2017-10-10");
    // 96.00 less 20 %; nobody's rank changes.
    assert_eq!(short(&found.bill), [(2, Item::TwoRoundTrips, 1, 7680, 7680)]);
    assert_eq!(credits(&found), [(1, vec![(2, Item::OneRoundTrip, 1, 4320, 4320)])]);
    assert!(confirm(&mut papers, &family(), &wanted, "2017-10-11").is_empty());
}

#[test]
fn what_is_added_has_the_bracket_of_its_own_day() {
    let mut family = family();
    // TAP's first bracket from 15 October on.
    family.quotients.push(quotient(640, "2017-10-15", "2018-08-31"));
    let mut papers = Papers::default();
    confirm(&mut papers, &family, &confirmed(), "2017-08-28");
    let mut wanted = confirmed();
    wanted.push(tap(3, &["tap-judo"]));
    let found = confirm(&mut papers, &family, &wanted, "2017-10-20");
    // 18.35 less 10 % = 16.515, half up. What was confirmed in August keeps its price.
    assert_eq!(short(&found.bill), [(3, Item::OneTap, 1, 1652, 1652)]);
    assert!(found.credit.is_empty());
    // Another activity instead: still one a week.
    wanted[5] = tap(3, &["tap-echecs"]);
    assert!(confirm(&mut papers, &family, &wanted, "2017-10-21").is_empty());
    // Tom's is cancelled; Zoé, now the second of two, has 10 % as before.
    wanted.remove(4);
    let found = confirm(&mut papers, &family, &wanted, "2017-10-22");
    assert_eq!(credits(&found), [(1, vec![(2, Item::OneTap, 1, 2430, 2430)])]);
    assert!(found.bill.is_empty());
}

/// Tom takes 2AR in October, then Léa leaves in November: her siblings move up.
fn lea_leaves() -> (Papers, Correction) {
    let mut papers = Papers::default();
    confirm(&mut papers, &family(), &confirmed(), "2017-08-28");
    let mut wanted = confirmed();
    wanted[1] = bus(2, TwoRoundTrips);
    confirm(&mut papers, &family(), &wanted, "2017-10-10");
    wanted.retain(|held| held.child != child(1));
    let found = confirm(&mut papers, &family(), &wanted, "2017-11-06");
    assert!(confirm(&mut papers, &family(), &wanted, "2017-11-07").is_empty());
    (papers, found)
}

#[test]
fn a_child_who_leaves_moves_its_siblings_up() {
    let (papers, found) = lea_leaves();
    assert_eq!(
        credits(&found),
        [
            (
                1,
                vec![
                    (1, Item::TwoRoundTrips, 1, 9600, 9600),
                    (1, Item::TwoTaps, 1, 4800, 4800),
                    (2, Item::OneTap, 1, 2430, 2430),
                    (3, Item::OneRoundTrip, 1, 2700, 2700),
                ]
            ),
            (2, vec![(2, Item::TwoRoundTrips, 1, 7680, 7680)]),
        ]
    );
    assert_eq!(
        short(&found.bill),
        [
            (2, Item::TwoRoundTrips, 1, 9600, 9600), // now the eldest
            (2, Item::OneTap, 1, 2700, 2700),
            (3, Item::OneRoundTrip, 1, 4320, 4320), // 54.00 less 20 %
        ]
    );
    let confirmed_on = |line: &InvoiceLine| match line.taken {
        Taken::Term { confirmed_on, .. } => confirmed_on,
        Taken::Days(_) => panic!("a term's"),
    };
    let days: Vec<_> = found.bill.iter().map(confirmed_on).collect();
    assert_eq!(days, ["2017-10-10", "2017-08-28", "2017-08-28"].map(date));
    // 238.50 + 76.80 + 166.20 billed, 43.20 + 195.30 + 76.80 credited: 166.20 stand.
    let billed = papers.invoices.iter().flat_map(|invoice| &invoice.lines);
    let credited = papers.credit_notes.iter().flat_map(|note| &note.lines);
    assert_eq!((total(billed), total(credited)), (Ok(Cents(48150)), Ok(Cents(31530))));
}

#[test]
fn a_credit_note_larger_than_the_next_invoice() {
    let (papers, _) = lea_leaves();
    let [_, for_first, for_second] = papers.credit_notes.as_slice() else { panic!("three") };
    let (first, next) = (&papers.invoices[0], &papers.invoices[2]);
    let [a2, a3, f3] = [for_first.total(), for_second.total(), next.total()].map(Result::unwrap);
    assert_eq!([a2, a3, f3], [Cents(19530), Cents(7680), Cents(16620)]);

    // The first two invoices were paid: the credit goes to the third, the oldest note first.
    let set_offs = set_off([(for_second.number, a3), (for_first.number, a2)], f3);
    assert_eq!(set_offs.len(), 1);
    assert_eq!((set_offs[0].credit_note, set_offs[0].amount), (for_first.number, Cents(16620)));
    let third = Balance::of(f3, Cents::ZERO, set_offs[0].amount).unwrap();
    assert_eq!((third.due(), third.state()), (Cents::ZERO, InvoiceState::Credited));
    // 195.30 - 166.20 stay to the family's credit, beside 76.80; then 29.10 are refunded.
    assert_eq!(credit_left(a2, Cents(16620), Cents::ZERO), Ok(Cents(2910)));
    assert_eq!(credit_left(a2, Cents(16620), Cents(2910)), Ok(Cents::ZERO));

    // Nothing was paid: October's credit note and this one settle the first invoice.
    let october = papers.credit_notes[0].total().unwrap();
    let total = first.total().unwrap();
    let balance = Balance::of(total, Cents::ZERO, october).unwrap();
    assert_eq!((balance.due(), balance.state()), (Cents(19530), InvoiceState::PartlyCredited));
    let set_offs = set_off([(for_first.number, a2)], balance.due());
    let credited = october.checked_add(set_offs[0].amount).unwrap();
    let balance = Balance::of(total, Cents::ZERO, credited).unwrap();
    assert_eq!((balance.due(), balance.state()), (Cents::ZERO, InvoiceState::Credited));
}

#[test]
fn tap_given_one_by_one_is_counted_together_and_the_canteen_not_at_all() {
    let canteen = Choice::Canteen { rhythm: Rhythm::Occasional, type_week: TypeWeek::default() };
    let other_term = TermId(uuid::Uuid::from_u128(2));
    let held = [
        tap(1, &["tap-echecs"]),
        tap(1, &["tap-judo"]),
        tap(2, &[]),
        Subscription::new(child(3), first_term(), canteen),
        Subscription { term: other_term, ..bus(3, OneRoundTrip) },
    ];
    let today = date("2017-11-20");
    let items = term_items(first_term(), &held, today);
    assert_eq!(items, [((child(1), Item::TwoTaps), today)].into());
    // Once confirmed, by the day of the later one.
    let on =
        |day, held: &Subscription| Subscription { confirmed_on: Some(date(day)), ..held.clone() };
    let confirmed = [on("2017-11-14", &held[0]), on("2017-11-13", &held[1])];
    let items = term_items(first_term(), &confirmed, today);
    assert_eq!(items, [((child(1), Item::TwoTaps), date("2017-11-14"))].into());
}

#[test]
fn another_term_has_its_own_day_of_confirmation() {
    let mut papers = Papers::default();
    confirm(&mut papers, &family(), &[bus(1, OneRoundTrip)], "2017-08-28");
    let standing = papers.issued().standing(Period::Term(first_term())).unwrap();
    let second = TermId(uuid::Uuid::from_u128(2));
    let held = [Subscription { term: second, ..bus(1, OneRoundTrip) }];
    let today = date("2017-11-20");
    let charges = term_charges(&tariffs(), &family(), second, &held, &standing, today).unwrap();
    let occasion = Occasion::Term { term: second, confirmed_on: today };
    assert_eq!(charges[0].occasion, occasion);
    // Nor does the second term touch what the first is billed.
    let found = corrections(Period::Term(second), papers.issued(), &charges).unwrap();
    assert_eq!(short(&found.bill), [(1, Item::OneRoundTrip, 1, 5400, 5400)]);
    assert!(found.credit.is_empty());
}

#[test]
fn without_a_tariff_or_a_child_nothing_is_billed() {
    let day = date("2017-08-28");
    let charge = |tariffs: &[Tariff], number| {
        let held = [bus(number, OneRoundTrip)];
        term_charges(tariffs, &family(), first_term(), &held, &[], day)
    };
    let item = Item::OneRoundTrip;
    assert_eq!(charge(&[tap_2017()], 1), Err(BillingError::NoTariff { item, day }));
    assert_eq!(charge(&tariffs(), 9), Err(BillingError::UnknownChild { child: child(9) }));
}

#[test]
fn a_credit_note_of_what_was_never_billed_is_an_error() {
    let line = term_line(1, Item::OneTap, 2700);
    let invoices = [invoice(1, "2017-08-28", vec![line.clone()])];
    let twice = [
        credit_note(1, 1, "2017-09-01", vec![line.clone()]),
        credit_note(2, 1, "2017-09-02", vec![line]),
    ];
    let issued = Issued { invoices: &invoices, credit_notes: &twice };
    assert_eq!(
        corrections(Period::Term(first_term()), issued, &[]),
        Err(BillingError::CreditWithoutLine { credit_note: twice[1].number })
    );
}

//! A month of the Delorme family's canteen, with the arithmetic written out.

use super::*;
use crate::attendance::Attendance;
use crate::billing::{
    Anomaly, BillingError, CanteenFacts, Charge, Meal, Month, Period, SubscribedDays,
    canteen_charges, corrections, lines, total,
};
use crate::calendar::{Calendar, ClosedDay, ClosedReason};
use crate::testing::neuvecelle;

const NOVEMBER: &str = "2017-11";

/// A quotient of 1120 until 15 November, of 640 from then on.
fn family() -> Household {
    let quotients =
        vec![quotient(1120, "2017-09-01", "2018-08-31"), quotient(640, "2017-11-16", "2018-08-31")];
    Household { quotients, ..delorme() }
}

pub(super) fn meal(
    number: u128,
    day: &str,
    inscribed: bool,
    attendance: Option<Attendance>,
) -> Meal {
    Meal { child: child(number), date: date(day), inscribed, attendance }
}

fn inscribed(number: u128, day: &str) -> Meal {
    meal(number, day, true, None)
}

fn november() -> Vec<Meal> {
    vec![
        inscribed(1, "2017-11-06"),
        inscribed(1, "2017-11-07"),
        meal(1, "2017-11-09", true, Some(Attendance::Present)),
        inscribed(1, "2017-11-20"),
        // All Saints': closed since.
        inscribed(1, "2017-11-01"),
        inscribed(2, "2017-11-06"),
        meal(2, "2017-11-07", true, Some(Attendance::JustifiedAbsence)),
        meal(2, "2017-11-16", true, Some(Attendance::Absent)),
        meal(2, "2017-11-17", false, Some(Attendance::Present)),
        inscribed(3, "2017-11-06"),
        inscribed(3, "2017-11-09"),
        // Another month's.
        inscribed(3, "2017-12-04"),
    ]
}

/// All three until the end of the term; one of them leaves earlier.
fn subscribed(leaves: u128, last_day: &str) -> Vec<SubscribedDays> {
    let until = |number| if number == leaves { date(last_day) } else { date("2017-12-01") };
    (1..=3)
        .map(|number| SubscribedDays {
            child: child(number),
            first_day: date("2017-09-04"),
            last_day: until(number),
        })
        .collect()
}

fn charges(
    family: &Household,
    meals: &[Meal],
    subscribed: &[SubscribedDays],
    calendar: &Calendar,
) -> (Vec<Charge>, Vec<Anomaly>) {
    let month = Month::parse(NOVEMBER).unwrap();
    let facts = CanteenFacts { month, meals, subscribed, calendar };
    let (charges, anomalies) = canteen_charges(&tariffs(), family, facts).unwrap();
    (charges, anomalies.into_iter().collect())
}

/// Runs November; the papers are issued.
fn run(papers: &mut Papers, family: &Household, meals: &[Meal], calendar: &Calendar) -> Correction {
    let (charges, _) = charges(family, meals, &subscribed(3, "2017-11-10"), calendar);
    let period = Period::Month(Month::parse(NOVEMBER).unwrap());
    let found = corrections(period, papers.issued(), &charges).unwrap();
    papers.issue(found.clone(), "2017-11-30");
    found
}

#[test]
fn a_month_with_all_that_can_happen() {
    let calendar = neuvecelle().calendar;
    // Zoé leaves on the 10th.
    let leaves = subscribed(3, "2017-11-10");
    let (charges, anomalies) = charges(&family(), &november(), &leaves, &calendar);
    let found = lines(&charges);
    assert_eq!(
        short(&found),
        [
            (1, Item::Meal, 3, 540, 1620),          // 6, 7 and 9 November
            (1, Item::Meal, 1, 335, 335),           // the 20th, by the new quotient
            (2, Item::Meal, 1, 486, 486),           // 5.40 less 10 %; the 7th is justified
            (2, Item::Meal, 1, 302, 302),           // the 16th: 3.35 less 10 % = 3.015, half up
            (2, Item::UnexpectedMeal, 1, 437, 437), // 4.85 less 10 % = 4.365, half up
            (3, Item::Meal, 2, 405, 810),           // 5.40 less 25 %
        ]
    );
    assert_eq!(
        found[0].taken,
        Taken::Days(["2017-11-06", "2017-11-07", "2017-11-09"].map(date).into())
    );
    // 16.20 + 3.35 + 4.86 + 3.02 + 4.37 + 8.10
    assert_eq!(total(&found), Ok(Cents(3990)));
    let (child, date) = (child(2), date("2017-11-17"));
    assert_eq!(anomalies, [Anomaly::UnexpectedPresence { child, date }]);
}

#[test]
fn a_second_run_changes_nothing_and_a_later_correction_has_its_papers() {
    let calendar = neuvecelle().calendar;
    let (mut papers, mut meals) = (Papers::default(), november());
    run(&mut papers, &family(), &meals, &calendar);
    assert!(run(&mut papers, &family(), &meals, &calendar).is_empty());

    // Léa was ill on the 7th, and a meal of the 13th was forgotten.
    meals[1].attendance = Some(Attendance::JustifiedAbsence);
    meals.push(meal(1, "2017-11-13", false, Some(Attendance::Present)));
    let found = run(&mut papers, &family(), &meals, &calendar);
    let number = papers.invoices[0].number;
    assert_eq!(found.credit.keys().collect::<Vec<_>>(), [&number]);
    assert_eq!(short(&found.credit[&number]), [(1, Item::Meal, 1, 540, 540)]);
    assert_eq!(short(&found.bill), [(1, Item::UnexpectedMeal, 1, 690, 690)]);
    assert!(run(&mut papers, &family(), &meals, &calendar).is_empty());

    // The quotient of 640 holds from the 13th already: that meal's price alone is wrong.
    let mut corrected = family();
    corrected.quotients[1].from = date("2017-11-13");
    let found = run(&mut papers, &corrected, &meals, &calendar);
    let second = papers.invoices[1].number;
    assert_eq!(short(&found.credit[&second]), [(1, Item::UnexpectedMeal, 1, 690, 690)]);
    assert_eq!(short(&found.bill), [(1, Item::UnexpectedMeal, 1, 485, 485)]);
    assert_eq!(found.credit.len(), 1);
    assert!(run(&mut papers, &corrected, &meals, &calendar).is_empty());
}

#[test]
fn a_quotient_that_changes_within_its_bracket_makes_no_paper() {
    let calendar = neuvecelle().calendar;
    let mut papers = Papers::default();
    run(&mut papers, &family(), &november(), &calendar);
    let mut corrected = family();
    corrected.quotients[0].value = 1121;
    assert!(run(&mut papers, &corrected, &november(), &calendar).is_empty());
}

#[test]
fn a_strike_told_afterwards_is_credited() {
    let settings = neuvecelle();
    let mut papers = Papers::default();
    run(&mut papers, &family(), &november(), &settings.calendar);
    let (reason, label) = (ClosedReason::Other, "Grève".to_owned());
    let strike = ClosedDay { date: date("2017-11-06"), reason, label };
    let closed = settings.calendar.closed_days().cloned().chain([strike]);
    let calendar = Calendar::new(settings.calendar.terms().to_vec(), closed);
    let mut meals = november();
    meals[0].attendance = Some(Attendance::Present);
    let found = run(&mut papers, &family(), &meals, &calendar);
    assert!(found.bill.is_empty());
    let number = papers.invoices[0].number;
    assert_eq!(
        short(&found.credit[&number]),
        [(1, Item::Meal, 1, 540, 540), (2, Item::Meal, 1, 486, 486), (3, Item::Meal, 1, 405, 405),]
    );
    let leaves = subscribed(3, "2017-11-10");
    let (_, anomalies) = charges(&family(), &meals, &leaves, &calendar);
    let (child, date) = (child(1), date("2017-11-06"));
    assert!(anomalies.contains(&Anomaly::PresentOnClosedDay { child, date }));
}

#[test]
fn a_sibling_who_leaves_moves_the_others_up_from_that_day() {
    let calendar = neuvecelle().calendar;
    let leaves = subscribed(1, "2017-11-07");
    let meals = ["2017-11-07", "2017-11-09"].map(|day| inscribed(2, day));
    let (charges, _) = charges(&family(), &meals, &leaves, &calendar);
    assert_eq!(
        short(&lines(&charges)),
        [
            (2, Item::Meal, 1, 486, 486), // second of three
            (2, Item::Meal, 1, 540, 540), // first of two
        ]
    );
}

#[test]
fn what_the_guichet_should_look_at() {
    let calendar = neuvecelle().calendar;
    let mut family = family();
    family.children[1].birth_date = None;
    family.quotients = vec![quotient(1120, "2016-09-01", "2017-11-08")];
    let meals = [
        inscribed(2, "2017-11-07"),
        inscribed(2, "2017-11-09"),
        meal(3, "2017-11-20", false, Some(Attendance::Present)),
    ];
    let (charges, anomalies) = charges(&family, &meals, &subscribed(3, "2017-11-10"), &calendar);
    assert_eq!(
        short(&lines(&charges)),
        [
            (2, Item::Meal, 1, 405, 405), // the last of three: 5.40 less 25 %
            (2, Item::Meal, 1, 540, 540), // the highest bracket: 7.20 less 25 %
            (3, Item::UnexpectedMeal, 1, 870, 870), // and no rank
        ]
    );
    let (tom, zoe, day) = (child(2), child(3), date("2017-11-20"));
    assert_eq!(
        anomalies,
        [
            Anomaly::BirthDateMissing { child: tom },
            Anomaly::QuotientOutdated { until: date("2017-11-08") },
            Anomaly::UnexpectedPresence { child: zoe, date: day },
            Anomaly::NotSubscribed { child: zoe, date: day },
        ]
    );
}

#[test]
fn without_its_own_tariff_an_unexpected_meal_is_a_meal() {
    let calendar = neuvecelle().calendar;
    let mut canteen = canteen_2017();
    canteen.prices.pop();
    let month = Month::parse(NOVEMBER).unwrap();
    let meals = [meal(2, "2017-11-17", false, Some(Attendance::Present))];
    let subscribed = subscribed(0, "2017-12-01");
    let facts = CanteenFacts { month, meals: &meals, subscribed: &subscribed, calendar: &calendar };
    let (charges, anomalies) = canteen_charges(&[canteen], &family(), facts).unwrap();
    assert_eq!(short(&lines(&charges)), [(2, Item::Meal, 1, 302, 302)]);
    assert_eq!(anomalies.len(), 1);
    // And without any tariff there is nothing: an unexpected meal least of all for nothing.
    let error = BillingError::NoTariff { item: Item::UnexpectedMeal, day: date("2017-11-17") };
    assert_eq!(canteen_charges(&[], &family(), facts), Err(error));
}

#[test]
fn a_child_eats_once_a_day() {
    let calendar = neuvecelle().calendar;
    let both = [
        meal(2, "2017-11-06", false, Some(Attendance::Present)),
        inscribed(2, "2017-11-06"),
        inscribed(2, "2017-11-06"),
    ];
    let (charges, anomalies) = charges(&family(), &both, &subscribed(0, "2017-12-01"), &calendar);
    assert_eq!(short(&lines(&charges)), [(2, Item::Meal, 1, 486, 486)]);
    assert!(anomalies.is_empty());
}

#[test]
fn another_item_at_the_same_price_is_another_item() {
    let calendar = neuvecelle().calendar;
    let mut canteen = canteen_2017();
    canteen.prices[1].by_bracket = canteen.prices[0].by_bracket.clone();
    let subscribed = subscribed(0, "2017-12-01");
    let month = Month::parse(NOVEMBER).unwrap();
    let mut papers = Papers::default();
    for (inscribed, bills) in [(true, Item::Meal), (false, Item::UnexpectedMeal)] {
        let meals = [meal(1, "2017-11-06", inscribed, Some(Attendance::Present))];
        let facts =
            CanteenFacts { month, meals: &meals, subscribed: &subscribed, calendar: &calendar };
        let (charges, _) =
            canteen_charges(std::slice::from_ref(&canteen), &family(), facts).unwrap();
        let found = corrections(Period::Month(month), papers.issued(), &charges).unwrap();
        assert_eq!(short(&found.bill), [(1, bills, 1, 540, 540)]);
        papers.issue(found, "2017-11-30");
    }
    assert_eq!(papers.credit_notes.len(), 1);
}

#[test]
fn an_only_child_needs_no_birth_date() {
    let calendar = neuvecelle().calendar;
    let mut family = family();
    family.children[0].birth_date = None;
    let alone = &subscribed(0, "2017-12-01")[..1];
    let (charges, anomalies) = charges(&family, &[inscribed(1, "2017-11-06")], alone, &calendar);
    assert_eq!(short(&lines(&charges)), [(1, Item::Meal, 1, 540, 540)]);
    assert!(anomalies.is_empty());
}

#[test]
fn what_two_invoices_bill_is_credited_on_the_later_one() {
    let calendar = neuvecelle().calendar;
    let mut papers = Papers::default();
    let billed = run(&mut papers, &family(), &november(), &calendar).bill;
    papers.invoices.push(invoice(2, "2017-11-30", billed.clone()));
    let found = run(&mut papers, &family(), &november(), &calendar);
    let second = papers.invoices[1].number;
    assert_eq!(found, Correction { bill: vec![], credit: [(second, billed)].into() });
    assert!(run(&mut papers, &family(), &november(), &calendar).is_empty());
}

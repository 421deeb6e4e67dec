//! A form for this module's tests.

use chrono::{NaiveTime, Weekday};
use domain::activity::{Activity, ActivitySlug, ServiceKind, Weekdays};
use domain::billing::{BilledChild, Household, Item, ItemPrices, Tariff};
use domain::calendar::{SchoolYear, Term};
use domain::cents::Cents;
use domain::ids::{ChildId, TermId};
use domain::wire::{ChildView, OfferedActivity, SubscriptionForm};
use uuid::Uuid;

use super::sheet::judged;

pub(super) fn child(number: u128) -> ChildId {
    Uuid::from_u128(number).into()
}

pub(super) fn term() -> TermId {
    Uuid::from_u128(9).into()
}

pub(super) fn slug(text: &str) -> ActivitySlug {
    ActivitySlug::parse(text).unwrap()
}

pub(super) fn offered() -> Vec<OfferedActivity> {
    let no_wednesday = [Weekday::Mon, Weekday::Tue, Weekday::Thu, Weekday::Fri];
    let all = Weekdays::SCHOOL_WEEK;
    let one = |name: &str, service, weekdays: &[Weekday], seats_left| OfferedActivity {
        slug: slug(name),
        service,
        name: name.to_owned(),
        hint: String::new(),
        weekdays: Weekdays::of(weekdays),
        starts_at: NaiveTime::from_hms_opt(15, 45, 0).unwrap(),
        seats_left,
    };
    vec![
        one("cantine", ServiceKind::Canteen, &no_wednesday, None),
        one("bus-0830", ServiceKind::Bus, &all, None),
        one("bus-1130", ServiceKind::Bus, &no_wednesday, None),
        one("tap-echecs", ServiceKind::Tap, &[Weekday::Tue], Some(5)),
        one("tap-theatre", ServiceKind::Tap, &[Weekday::Tue], Some(1)),
        one("tap-judo", ServiceKind::Tap, &[Weekday::Thu], Some(0)),
        one("tap-jardin", ServiceKind::Tap, &[Weekday::Fri], Some(9)),
    ]
}

pub(super) fn activities() -> Vec<Activity> {
    offered().iter().map(judged).collect()
}

fn tariff(service: ServiceKind, prices: &[(Item, i64)], reductions: &[u8]) -> Tariff {
    let prices = prices.iter().map(|(item, cents)| ItemPrices {
        item: *item,
        by_bracket: vec![Cents(*cents)],
        outside: None,
    });
    Tariff {
        service,
        from: "2017-07-01".parse().unwrap(),
        brackets: vec![0],
        prices: prices.collect(),
        reductions: reductions.to_vec(),
    }
}

/// Léa (1) and Tom (2), the second term of 2017-2018 on 20 November, one price for all.
pub(super) fn form() -> SubscriptionForm {
    let day = |text: &str| text.parse().unwrap();
    let family = Uuid::from_u128(7).into();
    let one = |number, first_name: &str, born: &str| ChildView {
        id: child(number),
        family_id: family,
        first_name: first_name.to_owned(),
        last_name: "Delorme".to_owned(),
        birth_date: Some(day(born)),
        level: "CE2".to_owned(),
        class_name: "CE2 Mme Favre".to_owned(),
    };
    let children = vec![one(1, "Léa", "2008-02-11"), one(2, "Tom", "2011-06-30")];
    let billed = children
        .iter()
        .map(|child| BilledChild { id: child.id, birth_date: child.birth_date })
        .collect();
    SubscriptionForm {
        family_id: family,
        term: Term {
            id: term(),
            year: SchoolYear(2017),
            number: 2,
            first_day: day("2017-12-04"),
            last_day: day("2018-03-16"),
            subscribe_from: day("2017-11-06"),
            subscribe_until: day("2017-11-27"),
        },
        now: "2017-11-20T12:00:00Z".parse().unwrap(),
        children,
        activities: offered(),
        held: vec![],
        before: vec![],
        household: Household { children: billed, ..Household::default() },
        tariffs: vec![
            tariff(ServiceKind::Canteen, &[(Item::Meal, 540)], &[0, 10]),
            tariff(
                ServiceKind::Bus,
                &[(Item::OneRoundTrip, 5400), (Item::TwoRoundTrips, 9600)],
                &[0, 20],
            ),
            tariff(ServiceKind::Tap, &[(Item::OneTap, 2700), (Item::TwoTaps, 4800)], &[0, 10]),
        ],
        invoices: vec![],
        credit_notes: vec![],
        draft: None,
    }
}

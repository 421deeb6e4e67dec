//! A commune for this crate's tests: Neuvecelle in 2017-2018.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};

use crate::activity::{Activity, ActivitySlug, Service, ServiceKind, Weekdays};
use crate::calendar::{Calendar, SchoolYear, Term, Zone, closed_days};
use crate::deadline::{DeadlineRule, Deadlines};
use crate::ids::TermId;
use crate::settings::Settings;

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn term(number: u8, first: &str, last: &str) -> Term {
    Term {
        id: TermId(uuid::Uuid::from_u128(number.into())),
        year: SchoolYear(2017),
        number,
        first_day: date(first),
        last_day: date(last),
        subscribe_from: date(first) - Days::new(21),
        subscribe_until: date(first) - Days::new(7),
    }
}

pub(crate) fn activity(slug: &str, service: ServiceKind, weekdays: &[Weekday]) -> Activity {
    Activity {
        slug: ActivitySlug::parse(slug).unwrap(),
        service,
        name: slug.into(),
        hint: String::new(),
        weekdays: Weekdays::of(weekdays),
        starts_at: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
        wednesday_starts_at: None,
        minutes: 30,
        capacity: 64,
        position: 0,
    }
}

pub(crate) fn bus_0830() -> Activity {
    activity("bus-0830", ServiceKind::Bus, &Weekdays::SCHOOL_WEEK)
}

pub(crate) fn neuvecelle() -> Settings {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    let tuesday = DeadlineRule::WeekBefore { weekday: Weekday::Tue, at: noon };
    let deadlines = Some(Deadlines { add: tuesday, remove: tuesday });
    let no_wednesday = [Weekday::Mon, Weekday::Tue, Weekday::Thu, Weekday::Fri];
    Settings {
        commune: "Neuvecelle".into(),
        services: vec![
            Service { kind: ServiceKind::Canteen, deadlines },
            Service { kind: ServiceKind::Bus, deadlines },
            Service { kind: ServiceKind::Tap, deadlines: None },
        ],
        activities: vec![
            activity("cantine", ServiceKind::Canteen, &no_wednesday),
            bus_0830(),
            activity("bus-1130", ServiceKind::Bus, &no_wednesday),
            activity("tap-echecs", ServiceKind::Tap, &[Weekday::Tue]),
        ],
        calendar: Calendar::new(
            vec![
                term(1, "2017-09-04", "2017-12-01"),
                term(2, "2017-12-04", "2018-03-16"),
                term(3, "2018-03-19", "2018-07-06"),
            ],
            closed_days(SchoolYear(2017), Zone::A),
        ),
    }
}

//! A family's week for the tests: two children, canteen, one bus trip, two TAP activities.

use chrono::NaiveDate;
use domain::activity::{ActivitySlug, ServiceKind};
use domain::cell::CellState;
use domain::ids::{ChildId, FamilyId};
use domain::week::Week;
use domain::wire::{ActivityView, CellView, ChildView, DayView, WeekTerm, WeekView};

use super::CellKey;

pub(super) const CHILDREN: [ChildId; 2] =
    [ChildId(uuid::Uuid::from_u128(1)), ChildId(uuid::Uuid::from_u128(2))];

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn key(child: usize, activity: &str, day: &str) -> CellKey {
    CellKey {
        child: CHILDREN[child],
        activity: ActivitySlug::parse(activity).unwrap(),
        date: date(day),
    }
}

pub(super) fn cell_view(key: &CellKey, state: CellState) -> CellView {
    CellView {
        child_id: key.child,
        activity: key.activity.clone(),
        date: key.date,
        state,
        seats_left: Some(20),
        position: None,
        waiting: None,
        reason: None,
        deadline: None,
    }
}

pub(super) fn cell<'a>(view: &'a mut WeekView, key: &CellKey) -> &'a mut CellView {
    view.cells.iter_mut().find(|cell| CellKey::from(&**cell) == *key).unwrap()
}

fn child(index: usize, first_name: &str) -> ChildView {
    ChildView {
        id: CHILDREN[index],
        family_id: FamilyId(uuid::Uuid::from_u128(9)),
        first_name: first_name.into(),
        last_name: "Delorme".into(),
        birth_date: None,
        level: "CE2".into(),
        class_name: "CE2 Mme Favre".into(),
    }
}

fn activity(slug: &str, service: ServiceKind, name: &str) -> ActivityView {
    ActivityView {
        slug: ActivitySlug::parse(slug).unwrap(),
        service,
        name: name.into(),
        hint: String::new(),
    }
}

/// The week of 18 September 2017: canteen booked, bus free, chess on Tuesday, theatre on Thursday.
pub(super) fn week_view() -> WeekView {
    let monday = Week::of(date("2017-09-18"));
    let activities = vec![
        activity("cantine", ServiceKind::Canteen, "Cantine"),
        activity("bus-0830", ServiceKind::Bus, "Bus 8h30"),
        activity("tap-echecs", ServiceKind::Tap, "Échecs"),
        activity("tap-theatre", ServiceKind::Tap, "Théâtre"),
    ];
    let mut cells = Vec::new();
    for child in CHILDREN {
        for activity in &activities {
            for (index, date) in monday.school_days().enumerate() {
                let state = match (activity.slug.as_str(), index) {
                    ("cantine", _) => CellState::BookedOpen,
                    ("bus-0830", _) => CellState::FreeOpen,
                    ("tap-echecs", 1) | ("tap-theatre", 3) => CellState::Fixed,
                    _ => CellState::NotRunning,
                };
                let key = CellKey { child, activity: activity.slug.clone(), date };
                cells.push(cell_view(&key, state));
            }
        }
    }
    WeekView {
        monday,
        now: "2017-09-11T08:00:00Z".parse().unwrap(),
        open_until: Some("2017-09-12T10:00:00Z".parse().unwrap()),
        term: Some(WeekTerm {
            number: 1,
            first_day: date("2017-09-04"),
            last_day: date("2017-12-01"),
        }),
        first_week: Some(Week::of(date("2017-09-04"))),
        last_week: Some(Week::of(date("2018-07-06"))),
        days: monday
            .school_days()
            .map(|date| DayView { date, closed: None, closed_reason: None })
            .collect(),
        activities,
        children: vec![child(0, "Léa"), child(1, "Tom")],
        cells,
    }
}

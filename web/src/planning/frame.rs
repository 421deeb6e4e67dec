//! The shown week without its ticks: which tables, rows and cells there are.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{ActivitySlug, ServiceKind};
use domain::cell::CellState;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{ActivityView, CellView, ChildView, DayView, WeekView};

use crate::i18n::Words;

/// Names a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CellKey {
    pub(crate) child: ChildId,
    pub(crate) activity: ActivitySlug,
    pub(crate) date: NaiveDate,
}

impl From<&CellView> for CellKey {
    fn from(cell: &CellView) -> Self {
        Self { child: cell.child_id, activity: cell.activity.clone(), date: cell.date }
    }
}

/// As long as it stays equal, the tables on the screen are the same and only ticks change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) week: Week,
    pub(crate) open_until: Option<DateTime<Utc>>,
    pub(crate) in_term: bool,
    pub(crate) first_week: Option<Week>,
    pub(crate) last_week: Option<Week>,
    pub(crate) days: Vec<DayView>,
    pub(crate) children: Vec<ChildPlan>,
    /// What the activities are called.
    pub(crate) names: HashMap<ActivitySlug, String>,
}

/// One child's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChildPlan {
    pub(crate) child: ChildView,
    /// The first name, with the last name where two children share the first.
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

/// One activity, or all of a child's TAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) service: ServiceKind,
    /// Empty for the merged row of TAP, which the screen names.
    pub(crate) name: String,
    pub(crate) hint: String,
    /// One for each day.
    pub(crate) cells: Vec<Option<CellKey>>,
}

impl Frame {
    /// The tables of a week.
    pub(crate) fn of(view: &WeekView) -> Self {
        let states: HashMap<CellKey, CellState> =
            view.cells.iter().map(|cell| (cell.into(), cell.state)).collect();
        let children = view.children.iter().map(|child| ChildPlan {
            child: child.clone(),
            name: name(child, &view.children),
            rows: rows(child.id, view, &states),
        });
        Self {
            week: view.monday,
            open_until: view.open_until,
            in_term: view.term.is_some(),
            first_week: view.first_week,
            last_week: view.last_week,
            days: view.days.clone(),
            children: children.collect(),
            names: view
                .activities
                .iter()
                .map(|activity| (activity.slug.clone(), activity.name.clone()))
                .collect(),
        }
    }

    /// The label of a week in which every day is closed.
    pub(crate) fn closed_label(&self) -> Option<&str> {
        let all_closed = self.days.iter().all(|day| day.closed.is_some());
        self.days.first().filter(|_| all_closed)?.closed.as_deref()
    }

    /// The child and the row that a cell belongs to.
    pub(crate) fn find(&self, key: &CellKey) -> Option<(&ChildPlan, &Row)> {
        let plan = self.children.iter().find(|plan| plan.child.id == key.child)?;
        let row =
            plan.rows.iter().find(|row| row.cells.iter().flatten().any(|cell| cell == key))?;
        Some((plan, row))
    }
}

impl Row {
    pub(crate) fn title(&self, words: &'static Words) -> &str {
        if self.name.is_empty() { (words.cells.service)(self.service) } else { &self.name }
    }
}

fn name(child: &ChildView, all: &[ChildView]) -> String {
    if all.iter().filter(|other| other.first_name == child.first_name).count() > 1 {
        format!("{} {}", child.first_name, child.last_name)
    } else {
        child.first_name.clone()
    }
}

fn rows(child: ChildId, view: &WeekView, states: &HashMap<CellKey, CellState>) -> Vec<Row> {
    let cell = |activity: &ActivityView, date| {
        let key = CellKey { child, activity: activity.slug.clone(), date };
        states.contains_key(&key).then_some(key)
    };
    let dates = || view.days.iter().map(|day| day.date);
    let subscribed: Vec<&ActivityView> = view
        .activities
        .iter()
        .filter(|activity| dates().any(|date| cell(activity, date).is_some()))
        .collect();
    let (tap, others): (Vec<_>, Vec<_>) =
        subscribed.into_iter().partition(|activity| activity.service == ServiceKind::Tap);

    let mut rows: Vec<Row> = others
        .into_iter()
        .map(|activity| Row {
            service: activity.service,
            name: activity.name.clone(),
            hint: activity.hint.clone(),
            cells: dates().map(|date| cell(activity, date)).collect(),
        })
        .collect();
    if !tap.is_empty() {
        let names: Vec<_> = tap.iter().map(|activity| activity.name.as_str()).collect();
        let merged = |date| {
            let cells = tap.iter().filter_map(|activity| cell(activity, date));
            cells.min_by_key(|key| weight(states.get(key)))
        };
        rows.push(Row {
            service: ServiceKind::Tap,
            name: String::new(),
            hint: names.join(" · "),
            cells: dates().map(merged).collect(),
        });
    }
    rows
}

/// Of several activities on one day the row shows the one that has most to say.
fn weight(state: Option<&CellState>) -> u8 {
    match state {
        Some(state) if state.is_booked() => 0,
        Some(CellState::Closed) => 1,
        Some(CellState::NotRunning) | None => 3,
        Some(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::testing::{CHILDREN, cell, key, week_view};

    #[test]
    fn each_child_has_the_rows_it_is_subscribed_to() {
        let mut view = week_view();
        view.cells
            .retain(|cell| cell.child_id == CHILDREN[0] || cell.activity.as_str() == "cantine");
        let frame = Frame::of(&view);
        let names = |child: usize| -> Vec<&str> {
            frame.children[child].rows.iter().map(|row| row.name.as_str()).collect()
        };
        assert_eq!(names(0), ["Cantine", "Bus 8h30", ""]);
        assert_eq!(names(1), ["Cantine"]);
        assert!(frame.children[1].rows.iter().all(|row| row.cells.len() == 5));
    }

    #[test]
    fn tap_is_one_row_that_names_its_activities() {
        let frame = Frame::of(&week_view());
        let tap = frame.children[0].rows.last().unwrap();
        assert_eq!((tap.service, tap.hint.as_str()), (ServiceKind::Tap, "Échecs · Théâtre"));
        let shown: Vec<_> =
            tap.cells.iter().flatten().map(|key| key.activity.as_str().to_owned()).collect();
        // Chess on Tuesday, theatre on Thursday; on the other days neither runs.
        assert_eq!((shown[1].as_str(), shown[3].as_str()), ("tap-echecs", "tap-theatre"));
    }

    #[test]
    fn only_ticks_change_while_the_frame_is_equal() {
        let view = week_view();
        let mut ticked = view.clone();
        let cantine = cell(&mut ticked, &key(0, "cantine", "2017-09-18"));
        cantine.state = CellState::FreeOpen;
        assert_eq!(Frame::of(&view), Frame::of(&ticked));
        ticked.open_until = None;
        assert_ne!(Frame::of(&view), Frame::of(&ticked));
    }

    #[test]
    fn a_week_is_closed_when_all_its_days_are() {
        let mut view = week_view();
        view.days[3].closed = Some("Grève".into());
        assert_eq!(Frame::of(&view).closed_label(), None);
        for day in &mut view.days {
            day.closed = Some("Vacances de la Toussaint".into());
        }
        assert_eq!(Frame::of(&view).closed_label(), Some("Vacances de la Toussaint"));
    }

    #[test]
    fn namesakes_are_told_apart() {
        let mut view = week_view();
        assert_eq!(Frame::of(&view).children[0].name, "Léa");
        view.children[1].first_name = "Léa".into();
        view.children[1].last_name = "Marchand".into();
        let frame = Frame::of(&view);
        let names: Vec<_> = frame.children.iter().map(|plan| plan.name.as_str()).collect();
        assert_eq!(names, ["Léa Delorme", "Léa Marchand"]);
    }
}

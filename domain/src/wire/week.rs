//! A week of the planning.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ChildView;
use crate::activity::{Activity, ActivitySlug, ServiceKind};
use crate::calendar::{Calendar, ClosedReason};
use crate::cell::{CellState, Judged, Place};
use crate::ids::ChildId;
use crate::inscription::Refusal;
use crate::problem::ProblemCode;
use crate::seats::Seats;
use crate::week::Week;

/// A week of one child or of all of a guardian's children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekView {
    pub monday: Week,
    /// The server's time: clients count from it, not from their own clock.
    pub now: DateTime<Utc>,
    /// Until when something that is shown can be changed; in the past for a locked week, null where
    /// nothing ever can.
    pub open_until: Option<DateTime<Utc>>,
    pub term: Option<WeekTerm>,
    /// First and last week of the terms that the commune knows.
    pub first_week: Option<Week>,
    pub last_week: Option<Week>,
    /// Monday to Friday.
    pub days: Vec<DayView>,
    /// The rows: what at least one of the children is subscribed to, in the screen's order.
    pub activities: Vec<ActivityView>,
    pub children: Vec<ChildView>,
    /// One for every child, activity it is subscribed to, and day.
    pub cells: Vec<CellView>,
}

/// The term of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekTerm {
    /// 1 to 3.
    pub number: u8,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

impl WeekTerm {
    /// The term in which a week lies, if it does.
    #[must_use]
    pub fn of(calendar: &Calendar, week: Week) -> Option<Self> {
        let term = week.school_days().find_map(|date| calendar.term_of(date))?;
        Some(Self { number: term.number, first_day: term.first_day, last_day: term.last_day })
    }
}

/// A day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayView {
    pub date: NaiveDate,
    /// Why nothing runs: `Armistice de 1918`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_reason: Option<ClosedReason>,
}

impl DayView {
    /// Monday to Friday.
    #[must_use]
    pub fn of_week(calendar: &Calendar, week: Week) -> Vec<Self> {
        let day = |date| {
            let closed = calendar.closed_on(date);
            Self {
                date,
                closed: closed.map(|day| day.label.clone()),
                closed_reason: closed.map(|day| day.reason),
            }
        };
        week.school_days().map(day).collect()
    }
}

/// A row of the planning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityView {
    pub slug: ActivitySlug,
    pub service: ServiceKind,
    /// `Bus fin école`.
    pub name: String,
    /// `mer. 11h30`.
    pub hint: String,
}

impl From<&Activity> for ActivityView {
    fn from(activity: &Activity) -> Self {
        Self {
            slug: activity.slug.clone(),
            service: activity.service,
            name: activity.name.clone(),
            hint: activity.hint.clone(),
        }
    }
}

/// A cell: one child, one activity, one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CellView {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    pub date: NaiveDate,
    pub state: CellState,
    /// Seats that parents can still take; null where no session takes place.
    pub seats_left: Option<u32>,
    /// The child's place on the waiting list, 1 for the first in line: with `waiting`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Children on the waiting list, this one included: with `full` and `waiting`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<u32>,
    /// Why it can't be changed, with the code that a tick would be refused with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ProblemCode>,
    /// The deadline that passed, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DateTime<Utc>>,
}

impl CellView {
    /// The cell as it was judged.
    #[must_use]
    pub fn new(
        child_id: ChildId,
        activity: ActivitySlug,
        date: NaiveDate,
        judged: &Judged,
        seats: Option<Seats>,
        place: Place,
    ) -> Self {
        let takes_place = !matches!(judged.state, CellState::Closed | CellState::NotRunning);
        let deadline = match judged.refusal {
            Some(Refusal::DeadlinePassed { deadline }) => Some(deadline),
            _ => None,
        };
        Self {
            child_id,
            activity,
            date,
            state: judged.state,
            seats_left: seats.filter(|_| takes_place).map(Seats::left),
            position: place.waiting.filter(|_| judged.state == CellState::Waiting),
            waiting: seats
                .filter(|_| matches!(judged.state, CellState::Full | CellState::Waiting))
                .map(|seats| seats.waiting),
            reason: judged.refusal.as_ref().map(ProblemCode::from),
            deadline,
        }
    }
}

//! What the guichet sees and does.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{ActivityView, ChangeOrigin, ChildView, DayView, WeekTerm};
use crate::activity::ActivitySlug;
use crate::bus::{BusDay, BusPackage};
use crate::ids::ChildId;
use crate::week::Week;

/// A week of all activities, with the seats of each session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetWeekView {
    pub monday: Week,
    /// The server's time.
    pub now: DateTime<Utc>,
    /// Until when parents can change something of the week; null where they never can.
    pub open_until: Option<DateTime<Utc>>,
    pub term: Option<WeekTerm>,
    /// First and last week of the terms that the commune knows.
    pub first_week: Option<Week>,
    pub last_week: Option<Week>,
    /// Monday to Friday.
    pub days: Vec<DayView>,
    /// In the order of the screen.
    pub activities: Vec<ActivityView>,
    /// Those that take place, by activity and date.
    pub sessions: Vec<SessionView>,
}

/// A session's seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    pub activity: ActivitySlug,
    pub date: NaiveDate,
    pub capacity: u32,
    /// Above `capacity` where the guichet gave seats beyond it.
    pub taken: u32,
    /// Children on the waiting list.
    pub waiting: u32,
    /// Whether a seat that comes free goes to the first in line by itself: until the deadline.
    pub serves_waiting: bool,
}

/// A session with the children in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionDetail {
    pub session: SessionView,
    /// Those who have a seat, by name.
    pub children: Vec<Inscribed>,
    /// Those who wait for one, the first in line first.
    pub line: Vec<Inscribed>,
}

/// A child with a seat in a session, or on its waiting list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inscribed {
    pub child: ChildView,
    pub since: DateTime<Utc>,
    pub origin: ChangeOrigin,
}

/// Children found by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundChildren {
    /// By name, the first 20.
    pub children: Vec<ChildView>,
    /// There are others: a longer name finds fewer.
    pub more: bool,
}

/// A child's week as the guichet sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetChildWeek {
    pub monday: Week,
    pub child: ChildView,
    /// The adults to call.
    pub guardians: Vec<Contact>,
    /// One for every activity and day that takes place.
    pub days: Vec<GuichetDay>,
}

/// How to reach a child's guardian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// `Camille Delorme`.
    pub name: String,
    pub email: Option<String>,
    /// The mobile phone, or else the first that is known.
    pub phone: Option<String>,
}

/// One activity on one day for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetDay {
    pub session: SessionView,
    /// The child has a seat.
    pub booked: bool,
    /// Its place on the waiting list, 1 for the first in line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// The child is subscribed to the activity for that day's term.
    pub subscribed: bool,
    /// Whether the child's parents can change it themselves.
    pub parents_can: bool,
}

/// A change by the guichet: late too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetChange {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub date: NaiveDate,
    /// To be booked, or free: out of the waiting list too.
    pub book: bool,
    /// The family reads it in its history: 1 to 300 characters.
    #[cfg_attr(feature = "openapi", schema(example = "Rendez-vous annulé"))]
    pub reason: String,
    /// Gives a seat although none is left.
    #[serde(default)]
    pub beyond_capacity: bool,
    /// After the deadline: gives the seat that comes free to the first in line. Before it, that
    /// happens by itself.
    #[serde(default)]
    pub serve_waiting: bool,
}

/// Another capacity for one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapacityRequest {
    /// 0 to 10,000. Those who have a seat keep it.
    pub capacity: u32,
    /// 1 to 300 characters.
    pub reason: String,
    /// As in [`GuichetChange::serve_waiting`].
    #[serde(default)]
    pub serve_waiting: bool,
}

impl CapacityRequest {
    /// A larger one is a typing error.
    pub const MOST: u32 = 10_000;
}

/// An activity that a child is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddActivityRequest {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    /// A day of the term. A TAP activity is booked from this day to the end of the term.
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub from: NaiveDate,
    /// For a bus.
    #[serde(default)]
    pub package: Option<BusPackage>,
    /// The family reads it in its history: 1 to 300 characters.
    pub reason: String,
    /// For TAP: gives the seats although some days have none left.
    #[serde(default)]
    pub beyond_capacity: bool,
}

/// The weekly check of bus packages (product rule, “Bus”).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BusCheckView {
    pub monday: Week,
    /// The children who have booked more trips on a day than their package pays for, by name.
    pub children: Vec<BusCheckChild>,
}

/// A child whose trips go beyond its package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BusCheckChild {
    pub child: ChildView,
    pub guardians: Vec<Contact>,
    /// The days of the week on which it takes a bus.
    pub days: Vec<BusDay>,
}

/// The guichet's latest changes, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetActsView {
    pub acts: Vec<GuichetAct>,
}

/// One change by the guichet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuichetAct {
    pub at: DateTime<Utc>,
    pub what: GuichetWhat,
    pub activity: ActivitySlug,
    pub date: NaiveDate,
    /// `Anouk Chevallay`; absent for a capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<String>,
    /// `Claire Morand`.
    pub by: String,
    pub reason: String,
    /// The capacity before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<(u32, u32)>,
}

/// What the guichet did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuichetWhat {
    Added,
    Removed,
    /// Taken out of the waiting list.
    LeftLine,
    /// A session has another capacity.
    Capacity,
    /// A child has an activity that it was missing, from this day on.
    Subscribed,
}

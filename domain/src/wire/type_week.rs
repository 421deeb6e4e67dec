//! The type week's update: its preview and what came of it.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::activity::ActivitySlug;
use crate::ids::ChildId;
use crate::week::Week;

/// Which type weeks to update from a shown week: one activity, a whole service, several children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeWeekRequest {
    /// The shown week: its inscriptions become the type week.
    pub monday: Week,
    /// 1 to 40, none of them twice.
    pub items: Vec<TypeWeekItem>,
}

impl TypeWeekRequest {
    /// Items in one request at most: eight children with five activities each.
    pub const MOST: usize = 40;
}

/// One child's activity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeWeekItem {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
}

/// What the update would do, or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeWeekView {
    pub monday: Week,
    /// The term's last day: until then it holds.
    pub until: NaiveDate,
    /// In the order of the request.
    pub items: Vec<TypeWeekChange>,
}

/// What becomes of one activity's later weeks. All dates are in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeWeekChange {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    /// The type week's days until now, as `["Mon", "Wed"]`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub before: Vec<Weekday>,
    /// Its days from now on.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub after: Vec<Weekday>,
    pub added: Vec<NaiveDate>,
    pub removed: Vec<NaiveDate>,
    /// Inscribed, and stays so.
    pub kept: Vec<NaiveDate>,
    /// Wished for, but no seat is left: the waiting list is open.
    pub full: Vec<FullDay>,
    /// Stays as it is: its deadline has passed.
    pub locked: Vec<NaiveDate>,
    /// Nothing runs.
    pub closed: Vec<NaiveDate>,
}

/// A day without a seat left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FullDay {
    pub date: NaiveDate,
    /// Children on the waiting list.
    pub waiting: u32,
    /// The child's own place on it, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}

//! Several changes in one request.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::CellView;
use crate::activity::ActivitySlug;
use crate::ids::ChildId;
use crate::problem::ProblemCode;

/// A list of days to add and to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangesRequest {
    pub mode: ChangesMode,
    /// 1 to 100. The same day twice is refused.
    pub changes: Vec<Change>,
}

impl ChangesRequest {
    /// Changes in one request at most: a family's week has fewer.
    pub const MOST: usize = 100;
}

/// What becomes of the others when a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangesMode {
    /// One refusal, and nothing is changed.
    AllOrNothing,
    /// Each by itself: what can be done is done.
    Each,
}

/// One day to add or to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    pub child_id: ChildId,
    pub activity: ActivitySlug,
    #[serde(deserialize_with = "crate::week::date_in_json")]
    pub date: NaiveDate,
    /// True to inscribe the child, false to remove its inscription.
    pub book: bool,
}

/// What became of each change, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangesView {
    pub results: Vec<ChangeResult>,
}

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeResult {
    /// Whether the day is now as it was wished for; again is no mistake.
    pub done: bool,
    /// The cell as it is now; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellView>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ProblemCode>,
    /// The deadline that passed, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DateTime<Utc>>,
}

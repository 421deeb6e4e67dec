//! Seats as they change.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::activity::ActivitySlug;

/// A session's seats as they are now. Says nothing of who has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSeats {
    pub activity: ActivitySlug,
    pub date: NaiveDate,
    pub seats_left: u32,
    /// Children on the waiting list.
    pub waiting: u32,
}

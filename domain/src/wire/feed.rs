//! The calendar feed's address.

use serde::{Deserialize, Serialize};

/// Where the caller's calendar is. Whoever knows the address reads it without signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarFeedView {
    /// Below the portal's own address: `/feeds/<64 hexadecimal digits>.ics`.
    pub path: String,
}

//! What a guardian wishes to be reminded of.

use serde::{Deserialize, Serialize};

/// The caller's reminders, by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemindersView {
    /// Of a week's deadline, at six in the evening of the day before.
    pub deadline: bool,
}

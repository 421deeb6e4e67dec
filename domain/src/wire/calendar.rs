//! Terms and calendar.

use serde::{Deserialize, Serialize};

use crate::calendar::{ClosedDay, SchoolYear, Term};

/// The terms that the commune knows, by first day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TermsView {
    pub terms: Vec<Term>,
}

/// A school year's terms and the days on which nothing runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarView {
    pub year: SchoolYear,
    pub terms: Vec<Term>,
    pub closed_days: Vec<ClosedDay>,
}

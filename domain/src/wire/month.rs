//! A month at a glance, to jump to a week.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::week::Week;

/// The whole weeks of a month, Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthView {
    /// The month's first day.
    pub month: NaiveDate,
    pub weeks: Vec<MonthWeek>,
}

/// A week of a month; its first and last days may lie in the months beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthWeek {
    pub monday: Week,
    /// Something that is shown of the week can still be changed.
    pub open: bool,
    /// Monday to Friday.
    pub days: Vec<MonthDay>,
}

/// A day of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthDay {
    pub date: NaiveDate,
    /// One of the children at least is inscribed for something.
    pub booked: bool,
    /// Nothing runs: a closed day, or no term.
    pub closed: bool,
}

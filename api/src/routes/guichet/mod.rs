//! What the coordinator does (product rule, “Weeks and deadline”: anything, late too).

pub mod add_activity;
pub mod billing;
pub mod change_day;
pub mod check_buses;
pub mod end_subscription;
pub mod find_children;
pub mod get_child_week;
pub mod get_session;
pub mod get_week;
pub mod list_acts;
pub mod set_capacity;
pub mod set_package;

use domain::activity::ActivitySlug;
use domain::guichet::Reason;
use domain::problem::ProblemCode;
use domain::settings::Settings;

use crate::failure::Failure;
use crate::planning::parse_date;
use crate::store::days::SessionKey;

fn parse_reason(text: &str) -> Result<Reason, Failure> {
    Reason::parse(text).map_err(|mistake| Failure::Field { pointer: "/reason", mistake })
}

/// The session of a path.
fn session_of(
    settings: &Settings,
    (activity, date): &(String, String),
) -> Result<SessionKey, Failure> {
    let activity = ActivitySlug::parse(activity).map_err(|_| ProblemCode::ActivityNotFound)?;
    settings.activity(&activity).ok_or(ProblemCode::ActivityNotFound)?;
    Ok(SessionKey { activity, date: parse_date(date)? })
}

//! What everyone signed in may know of the commune.

pub mod get_calendar;
pub mod list_terms;

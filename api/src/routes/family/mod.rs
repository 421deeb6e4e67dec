//! The caller's children, all together.

pub mod get_family;
pub mod get_week;

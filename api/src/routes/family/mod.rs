//! The caller's children, all together.

pub mod change_days;
pub mod get_family;
pub mod get_month;
pub mod get_subscriptions;
pub mod get_week;
pub mod preview_type_week;
pub mod update_type_week;

//! One child.

pub mod add_inscription;
pub mod get_history;
pub mod get_week;
pub mod join_waiting;
pub mod leave_waiting;
pub mod remove_inscription;

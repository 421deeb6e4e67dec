//! One child.

pub mod add_inscription;
pub mod get_week;
pub mod remove_inscription;

//! Préau's rules: pure functions over plain data.
//!
//! Nothing here reads a clock, a file or a network, and nothing is async: the server and the web
//! app share them and the JSON types, so a screen never promises what the server refuses.

pub mod activity;
pub mod attendance;
pub mod billing;
pub mod bus;
pub mod calendar;
pub mod cell;
pub mod cents;
pub mod dates;
pub mod deadline;
pub mod email;
pub mod feed;
pub mod guichet;
pub mod ids;
pub mod inscription;
pub mod mistake;
pub mod password;
pub mod problem;
pub mod reminder;
pub mod roster;
pub mod seats;
pub mod settings;
pub mod subscribing;
pub mod subscription;
pub mod type_week;
pub mod week;
pub mod wire;

#[cfg(test)]
mod testing;

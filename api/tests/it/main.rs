//! The server's tests: real HTTP, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod auth;
mod commands;
mod crash;
mod deadline;
mod demo;
mod health;
mod refusals;
mod roster;
mod seats;
mod support;
mod week;

//! The server's tests: real HTTP, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod auth;
mod changes;
mod commands;
mod confirm;
mod crash;
mod deadline;
mod demo;
mod feed;
mod feed_hours;
mod guichet;
mod guichet_subscriptions;
mod health;
mod ics;
mod interleavings;
mod live;
mod mail;
mod refusals;
mod reminders;
mod roster;
mod seats;
mod smtp_sink;
mod support;
mod type_week;
mod waiting;
mod week;

//! The server's tests: real HTTP, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod auth;
mod canteen_run;
mod changes;
mod commands;
mod confirm;
mod confirm_rush;
mod crash;
mod deadline;
mod demo;
mod ending;
mod feed;
mod feed_hours;
mod guichet;
mod guichet_subscriptions;
mod health;
mod ics;
mod interleavings;
mod live;
mod mail;
mod mail_papers;
mod mail_payments;
mod moved_child;
mod paper_lists;
mod paper_trail;
mod passwords;
mod receipts;
mod refusals;
mod reminders;
mod roster;
mod run_command;
mod run_edges;
mod seats;
mod shared_dossier;
mod smtp_sink;
mod support;
mod tariffs;
mod type_week;
mod waiting;
mod week;

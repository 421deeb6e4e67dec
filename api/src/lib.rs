//! Préau's server: the JSON API, the web app's files, the store.

pub mod assets;
pub mod caller;
pub mod cli;
pub mod clock;
pub mod commune;
pub mod config;
pub mod demo;
pub mod edge;
pub mod failure;
pub mod guichet;
pub mod ics;
pub mod live;
pub mod mail;
pub mod metrics;
pub mod openapi;
pub mod pdf;
pub mod planning;
pub mod request_span;
pub mod roster;
pub mod routes;
pub mod security;
pub mod server;
pub mod state;
pub mod store;
pub mod type_week;

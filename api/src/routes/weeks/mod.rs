//! A week's sessions, whoever's children they are.

pub mod stream_seats;

//! The server: requests, sign-in, and what can go wrong.

mod calls;
mod connection;
mod error;
mod http;
mod session;
mod stream;

pub(crate) use connection::Connection;
pub(crate) use error::ApiError;
pub(crate) use session::{Session, SignedOut, State};

//! The server: requests, sign-in, and what can go wrong.

mod asked;
mod calls;
mod connection;
mod early;
mod error;
mod http;
mod live;
mod session;
mod stream;

pub(crate) use asked::{Asked, Load};
pub(crate) use connection::Connection;
pub(crate) use error::ApiError;
pub(crate) use http::Method;
pub(crate) use live::follow_seats;
pub(crate) use session::{Session, SignedOut, State, json};

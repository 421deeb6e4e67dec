//! What the guichet alone sees and does.

pub mod acts;
pub mod bus;
pub mod children;
pub mod ending;
pub mod seats;
pub mod sessions;

//! E-mails: what they say, and how they leave.
//!
//! An e-mail is a row of the outbox, for one person, that says what it is about and nothing of its
//! words: [`sender`] makes it from the data as it is when it leaves, or not at all where it would
//! no longer be true.

pub mod sender;
pub mod settings;

mod due;
mod letter;
mod outcome;
mod paper;
mod password;
mod payment;
mod reminder;
mod seat;
mod words;

pub use sender::Sender;
pub use settings::MailSettings;

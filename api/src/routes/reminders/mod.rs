//! What a guardian wishes to be reminded of by e-mail.

pub mod get_reminders;
pub mod set_reminders;

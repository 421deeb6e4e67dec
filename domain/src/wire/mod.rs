//! The JSON types that the server and its clients share.

mod auth;
mod calendar;
mod family;
mod week;

pub use auth::{Client, LoginRequest, Me, PasswordRequest, RefreshRequest, Role, TokenResponse};
pub use calendar::{CalendarView, TermsView};
pub use family::{ChildView, FamilyView};
pub use week::{ActivityView, CellView, DayView, WeekTerm, WeekView};

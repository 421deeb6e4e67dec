//! The calendar feed of a guardian's, and its secret address.

pub mod get_address;
pub mod read_feed;
pub mod renew_address;

use domain::wire::CalendarFeedView;

fn view(secret: &str) -> CalendarFeedView {
    CalendarFeedView { path: format!("/feeds/{secret}.ics") }
}

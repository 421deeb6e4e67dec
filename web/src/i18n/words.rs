//! What each language has to say: a missing word is a compile error.

use domain::activity::ServiceKind;
use domain::problem::Language;
use domain::wire::ChangeOrigin;

/// Words around one value.
type With1 = fn(&str) -> String;
/// Words around two values.
type With2 = fn(&str, &str) -> String;

pub(crate) struct Words {
    pub(crate) language: Language,
    /// In itself: `Français`.
    pub(crate) own_name: &'static str,
    pub(crate) common: Common,
    pub(crate) connection: Connection,
    pub(crate) lazy: Lazy,
    pub(crate) sign_in: SignIn,
    pub(crate) planning: Planning,
    pub(crate) cells: Cells,
    pub(crate) row: Row,
    pub(crate) month: Month,
    pub(crate) history: History,
    pub(crate) others: Others,
}

pub(crate) struct Common {
    pub(crate) skip: &'static str,
    pub(crate) main_menu: &'static str,
    pub(crate) bottom_menu: &'static str,
    pub(crate) footer: &'static str,
    pub(crate) my_planning: &'static str,
    pub(crate) planning: &'static str,
    pub(crate) my_subscriptions: &'static str,
    pub(crate) subscriptions: &'static str,
    pub(crate) my_invoices: &'static str,
    pub(crate) invoices: &'static str,
    pub(crate) my_account: &'static str,
    pub(crate) accessibility: &'static str,
    pub(crate) close: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) undo: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sign_out_failed: &'static str,
    pub(crate) show: &'static str,
    pub(crate) hide: &'static str,
    pub(crate) show_password: &'static str,
    pub(crate) hide_password: &'static str,
    /// An answer that is no answer of ours, with its status.
    pub(crate) server_fault: With1,
    /// Seconds to wait.
    pub(crate) wait: With1,
    /// The number to be quoted to the guichet.
    pub(crate) reference: With1,
    pub(crate) fault_title: &'static str,
}

pub(crate) struct Connection {
    pub(crate) title: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) trying: &'static str,
    pub(crate) back: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) nothing_done: &'static str,
    pub(crate) not_sent: &'static str,
}

/// A part of the app that is loaded later, and did not come.
pub(crate) struct Lazy {
    pub(crate) failed: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) reload: &'static str,
}

pub(crate) struct SignIn {
    pub(crate) page: &'static str,
    pub(crate) tagline: &'static str,
    pub(crate) hello: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) submit: &'static str,
    pub(crate) submitting: &'static str,
    pub(crate) email_missing: &'static str,
    pub(crate) password_missing: &'static str,
    pub(crate) expired: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) offline: &'static str,
    pub(crate) password_page: &'static str,
    pub(crate) first_time: &'static str,
    pub(crate) help: &'static str,
    /// What the link to the other language says, in that language.
    pub(crate) other_language: &'static str,
}

pub(crate) struct Planning {
    /// Monday to Friday.
    pub(crate) week_of: With1,
    pub(crate) previous_week: &'static str,
    pub(crate) next_week: &'static str,
    pub(crate) this_week: &'static str,
    pub(crate) today: &'static str,
    /// A deadline.
    pub(crate) open_until: With1,
    pub(crate) time_left: With1,
    pub(crate) locked_since: With1,
    pub(crate) locked_advice: &'static str,
    pub(crate) just_locked: &'static str,
    /// A deadline.
    pub(crate) next_week_open: With1,
    /// A day and its label.
    pub(crate) closed_day: With2,
    /// A label.
    pub(crate) closed_week: With1,
    pub(crate) closed_week_advice: &'static str,
    pub(crate) closed: &'static str,
    /// A child and a week.
    pub(crate) table: With2,
    pub(crate) no_child: &'static str,
    pub(crate) no_child_advice: &'static str,
    pub(crate) no_activity: With1,
    pub(crate) no_activity_advice: &'static str,
    pub(crate) out_of_term: &'static str,
    pub(crate) before_first: &'static str,
    pub(crate) after_last: &'static str,
    pub(crate) between_terms: &'static str,
    pub(crate) go_to: With1,
    pub(crate) failed: &'static str,
    /// A time.
    pub(crate) last_known: With1,
    pub(crate) frozen: &'static str,
    pub(crate) legend: &'static str,
}

pub(crate) struct Cells {
    pub(crate) service: fn(ServiceKind) -> &'static str,
    pub(crate) booked_open: &'static str,
    pub(crate) free_open: &'static str,
    pub(crate) full: &'static str,
    pub(crate) full_short: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) waiting_short: &'static str,
    /// A place in line.
    pub(crate) ordinal: fn(u32) -> String,
    pub(crate) booked_locked: &'static str,
    pub(crate) free_locked: &'static str,
    pub(crate) fixed: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) not_running: &'static str,
    pub(crate) seats: fn(u32) -> String,
    pub(crate) seats_short: fn(u32) -> String,
    /// A place and its state.
    pub(crate) named: With2,
    /// A child and what happened.
    pub(crate) of_child: With2,
    /// An activity and a day.
    pub(crate) added: With2,
    pub(crate) removed: With2,
    pub(crate) waits: With2,
    pub(crate) left_line: With2,
    pub(crate) opened: With2,
    /// An activity or a service, and its last day.
    pub(crate) ended: With2,
    /// A package, and the term's first day.
    pub(crate) package: With2,
    pub(crate) refused: With2,
    /// After a booking removed from a session that was full.
    pub(crate) undo_if_free: &'static str,
    /// After a booking removed from a session that is full again.
    pub(crate) seat_gone: &'static str,
    /// An activity and a day.
    pub(crate) unanswered: With2,
    pub(crate) locked_since: With1,
    pub(crate) full_title: With2,
    /// A child.
    pub(crate) full_text: With1,
    /// Children in line, and a child.
    pub(crate) full_line: fn(u32, &str) -> String,
    pub(crate) full_advice: &'static str,
    /// Where the server sends e-mails.
    pub(crate) full_told: &'static str,
    /// Where it does not.
    pub(crate) full_look: &'static str,
    pub(crate) join: &'static str,
    pub(crate) waiting_title: With2,
    /// A child, its place and how many are in line.
    pub(crate) waiting_place: fn(&str, u32, u32) -> String,
    pub(crate) leave: &'static str,
    pub(crate) waiting_text: &'static str,
}

/// A number of days, in words.
pub(crate) type Days = fn(usize) -> String;

pub(crate) struct Row {
    /// A child and an activity.
    pub(crate) open: With2,
    pub(crate) tick_all: &'static str,
    pub(crate) untick_all: &'static str,
    pub(crate) type_week: &'static str,
    pub(crate) type_week_text: &'static str,
    pub(crate) no_day: &'static str,
    pub(crate) becomes: &'static str,
    pub(crate) until: With1,
    pub(crate) later_weeks: &'static str,
    pub(crate) join_full: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nothing_to_do: &'static str,
    pub(crate) added: Days,
    pub(crate) removed: Days,
    pub(crate) kept: Days,
    pub(crate) full: Days,
    pub(crate) locked: Days,
    pub(crate) closed: Days,
    pub(crate) joined: Days,
    pub(crate) not_changed: Days,
    /// A row and what happened.
    pub(crate) told: With2,
    /// After bookings removed from sessions that were full.
    pub(crate) undo_if_free: &'static str,
    /// A row.
    pub(crate) type_week_done: With1,
    pub(crate) day_added: &'static str,
    pub(crate) day_removed: &'static str,
    pub(crate) day_kept: &'static str,
    pub(crate) day_locked: &'static str,
}

pub(crate) struct Month {
    pub(crate) open_calendar: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    /// A week and its state.
    pub(crate) week: With2,
    pub(crate) open: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) booked: &'static str,
}

pub(crate) struct History {
    /// A child.
    pub(crate) title: With1,
    pub(crate) nothing: &'static str,
    pub(crate) origin: fn(ChangeOrigin) -> &'static str,
}

pub(crate) struct Others {
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) to_planning: &'static str,
    pub(crate) guichet: &'static str,
    pub(crate) staff: With1,
    pub(crate) staff_text: &'static str,
    pub(crate) staff_advice: &'static str,
}

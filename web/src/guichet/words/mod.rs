//! The guichet's words. Apart from the parents', who never load them.

mod en;
mod fr;

use domain::problem::Language;

use crate::i18n::use_i18n;

type With1 = fn(&str) -> String;
type With2 = fn(&str, &str) -> String;
type Count = fn(usize) -> String;

pub(super) struct DeskWords {
    pub(super) week: &'static str,
    pub(super) to_week: &'static str,
    pub(super) reserved: &'static str,
    pub(super) reserved_advice: &'static str,
    pub(super) week_of: With1,
    pub(super) previous_week: &'static str,
    pub(super) next_week: &'static str,
    pub(super) this_week: &'static str,
    pub(super) print: &'static str,
    /// Until when families change the week; after that, that they no longer do.
    pub(super) open_until: With1,
    pub(super) closed_since: With1,
    pub(super) never_open: &'static str,
    /// What is left of the last day.
    pub(super) still: With1,
    pub(super) no_school: &'static str,
    pub(super) failed: &'static str,
    pub(super) seats: Seats,
    pub(super) form: Form,
    pub(super) missing: Missing,
    pub(super) session: SessionWords,
    pub(super) buses: Buses,
    pub(super) acts: Acts,
}

pub(super) struct Seats {
    pub(super) caption: With1,
    pub(super) capacity: Count,
    pub(super) no_service: &'static str,
    pub(super) full: &'static str,
    /// How many beyond the capacity.
    pub(super) beyond: Count,
    /// Behind a number.
    pub(super) waiting: &'static str,
    pub(super) legend: &'static str,
    pub(super) some_left: &'static str,
    pub(super) nearly_full: &'static str,
    pub(super) families_wait: &'static str,
}

pub(super) struct Form {
    pub(super) title: &'static str,
    pub(super) signed: &'static str,
    pub(super) child: &'static str,
    pub(super) search_hint: &'static str,
    pub(super) nobody: &'static str,
    pub(super) more: &'static str,
    pub(super) found: Count,
    pub(super) activity: &'static str,
    pub(super) day: &'static str,
    pub(super) state: &'static str,
    pub(super) booked: &'static str,
    pub(super) free: &'static str,
    pub(super) waits: With1,
    /// Seats taken, of how many.
    pub(super) taken: With2,
    pub(super) parents_can: &'static str,
    pub(super) beyond: &'static str,
    pub(super) serve: Count,
    pub(super) reason: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) add: &'static str,
    pub(super) remove: &'static str,
    pub(super) leave_line: &'static str,
    pub(super) left_line: With2,
    /// The days, where there are several to book.
    pub(super) full: With1,
    pub(super) choose_child: &'static str,
    /// Child, and what was done.
    pub(super) added: With2,
    pub(super) removed: With2,
}

pub(super) struct Missing {
    pub(super) text: &'static str,
    pub(super) tap: With2,
    pub(super) package: &'static str,
    pub(super) one: &'static str,
    pub(super) two: &'static str,
    pub(super) add: &'static str,
    pub(super) done: With2,
}

pub(super) struct SessionWords {
    pub(super) serves: &'static str,
    pub(super) over: &'static str,
    pub(super) line: Count,
    pub(super) no_line: &'static str,
    pub(super) since: With1,
    pub(super) give: &'static str,
    pub(super) give_to: With1,
    pub(super) children: Count,
    pub(super) change: &'static str,
    pub(super) change_for: With1,
    pub(super) capacity: &'static str,
    pub(super) below: Count,
    pub(super) set: &'static str,
    pub(super) capacity_set: With2,
}

pub(super) struct Buses {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) none: &'static str,
    pub(super) child: &'static str,
    pub(super) action: &'static str,
    /// Trips, and how many are too many.
    pub(super) over: fn(u32, u32) -> String,
    pub(super) no_package: &'static str,
    pub(super) write_to: With1,
    pub(super) write_all: Count,
    pub(super) subject: With1,
}

pub(super) struct Acts {
    pub(super) title: &'static str,
    pub(super) none: &'static str,
    /// Activity and day, for what was done.
    pub(super) added: With2,
    pub(super) removed: With2,
    pub(super) left_line: With2,
    pub(super) opened: With2,
    pub(super) capacity: fn(&str, &str, u32, u32) -> String,
}

/// The words of the page that is being rendered.
pub(super) fn use_desk_words() -> &'static DeskWords {
    match use_i18n().language() {
        Language::French => &fr::WORDS,
        Language::English => &en::WORDS,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn french_punctuation_never_starts_a_line() {
        crate::i18n::tests::keeps_punctuation(include_str!("fr.rs"));
    }
}

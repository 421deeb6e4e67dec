//! The words of the subscriptions' screens.

mod en;
mod fr;

use domain::problem::Language;

use crate::i18n::use_i18n;

type With1 = fn(&str) -> String;
type With2 = fn(&str, &str) -> String;

pub(super) struct SubscribingWords {
    // The overview.
    pub(super) failed: &'static str,
    pub(super) no_term: &'static str,
    pub(super) no_term_text: &'static str,
    /// A term.
    pub(super) is_open: With1,
    /// A day.
    pub(super) open_until: With1,
    pub(super) subscribe: &'static str,
    pub(super) complete_form: &'static str,
    /// Names.
    pub(super) subscribe_whom: With1,
    pub(super) now: &'static str,
    pub(super) later: &'static str,
    pub(super) over: &'static str,
    pub(super) nothing_yet: &'static str,
    pub(super) nothing_for_child: &'static str,
    // A subscription.
    pub(super) whole_week: &'static str,
    pub(super) occasional: &'static str,
    /// `1AR`.
    pub(super) package: With1,
    /// A trip and its days.
    pub(super) named: With2,
    pub(super) held: &'static str,
    pub(super) held_advice: &'static str,
    // The form.
    pub(super) form_failed: &'static str,
    pub(super) to_overview: &'static str,
    /// A term and its days.
    pub(super) term_line: With2,
    pub(super) confirm_until: With1,
    pub(super) steps: &'static str,
    pub(super) summary: &'static str,
    pub(super) child: &'static str,
    pub(super) of_child: With1,
    pub(super) go_on: &'static str,
    /// The number of the term before, unless it is another year's.
    pub(super) as_before: fn(Option<u8>) -> String,
    pub(super) taken_over: &'static str,
    pub(super) taken_over_without: With1,
    pub(super) rhythm: &'static str,
    pub(super) regular: &'static str,
    pub(super) regular_hint: &'static str,
    pub(super) regular_trips: &'static str,
    pub(super) occasionally: &'static str,
    pub(super) occasional_hint: &'static str,
    /// A child.
    pub(super) type_week: With1,
    pub(super) canteen_question: &'static str,
    pub(super) no_canteen: &'static str,
    pub(super) no_meal: &'static str,
    /// How many a week, and what each costs.
    pub(super) meals: fn(usize, &str) -> String,
    pub(super) each_meal: With1,
    pub(super) a_meal: With1,
    pub(super) no_meal_price: &'static str,
    /// A reduction.
    pub(super) counted: With1,
    pub(super) bus_question: &'static str,
    pub(super) package_choice: &'static str,
    pub(super) no_bus: &'static str,
    pub(super) no_trip: &'static str,
    pub(super) trips_a_day: fn(u32) -> String,
    pub(super) tap_question: With1,
    pub(super) tap_choice: &'static str,
    pub(super) complete: &'static str,
    pub(super) tap_full: &'static str,
    pub(super) tap_lost: &'static str,
    /// Another activity.
    pub(super) tap_same_day: With1,
    pub(super) tap_two: &'static str,
    pub(super) tap_prices: With2,
    pub(super) total: &'static str,
    pub(super) term: &'static str,
    pub(super) sibling: &'static str,
    pub(super) credit_on: With1,
    /// The term's, where something of an earlier one is credited.
    pub(super) invoice_total: &'static str,
    pub(super) more_to_pay: &'static str,
    pub(super) in_your_favour: &'static str,
    /// Names.
    pub(super) billed_again: With1,
    pub(super) all_held: &'static str,
    pub(super) not_billed: &'static str,
    pub(super) no_total: &'static str,
    pub(super) canteen_apart: &'static str,
    pub(super) draft_saving: &'static str,
    pub(super) draft_saved: &'static str,
    pub(super) draft_unsaved: &'static str,
    pub(super) overtaken: &'static str,
    pub(super) overtaken_text: &'static str,
    pub(super) reload_draft: &'static str,
    // The summary.
    pub(super) edit: &'static str,
    pub(super) edit_child: With1,
    pub(super) faults: &'static str,
    pub(super) refused: &'static str,
    pub(super) unsure: &'static str,
    pub(super) unsure_text: &'static str,
    pub(super) nothing_chosen: &'static str,
    pub(super) when_due: With1,
    pub(super) confirm: &'static str,
    pub(super) confirming: &'static str,
    // What came of it.
    pub(super) done: &'static str,
    /// A term.
    pub(super) done_text: With1,
    pub(super) booked: fn(u32) -> String,
    pub(super) invoice: &'static str,
    /// A number and a day.
    pub(super) invoice_due: With2,
    pub(super) see_invoice: &'static str,
    pub(super) no_invoice: &'static str,
    /// An amount.
    pub(super) credit_note: With1,
    pub(super) full: &'static str,
    pub(super) full_text: &'static str,
    /// An activity and a day.
    pub(super) join_line: With2,
    pub(super) to_planning: &'static str,
}

pub(super) fn words(language: Language) -> &'static SubscribingWords {
    match language {
        Language::French => &fr::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The words of the page that is being rendered.
pub(super) fn use_subscribing_words() -> &'static SubscribingWords {
    words(use_i18n().language())
}

#[cfg(test)]
mod tests {
    #[test]
    fn french_punctuation_never_starts_a_line() {
        crate::i18n::tests::keeps_punctuation(include_str!("fr.rs"));
    }
}

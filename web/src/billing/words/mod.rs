//! The words of the invoices' screens. What stands on a document itself is `domain`'s.

mod en;
mod fr;

use domain::problem::Language;

use crate::components::FileWords;
use crate::i18n::use_i18n;

type With1 = fn(&str) -> String;
type With2 = fn(&str, &str) -> String;

pub(super) struct BillingWords {
    pub(super) failed: &'static str,
    pub(super) document_failed: &'static str,
    pub(super) empty: &'static str,
    pub(super) empty_text: &'static str,
    pub(super) to_pay: &'static str,
    /// How many invoices, and their sum.
    pub(super) sum: fn(usize, &str) -> String,
    pub(super) nothing_due: &'static str,
    /// A day.
    pub(super) pay_until: With1,
    pub(super) was_due: With1,
    /// An amount.
    pub(super) due_elsewhere: With1,
    pub(super) see: &'static str,
    /// A document's name and number.
    pub(super) see_document: With2,
    pub(super) cheque_hint: &'static str,
    pub(super) history: &'static str,
    /// A year.
    pub(super) of_year: With1,
    pub(super) document: &'static str,
    pub(super) amount: &'static str,
    pub(super) state: &'static str,
    pub(super) pdf: &'static str,
    /// A document's name and number.
    pub(super) pdf_of: With2,
    pub(super) file: FileWords,
    pub(super) more: &'static str,
    pub(super) loading_more: &'static str,
    /// Days, short.
    pub(super) before: With1,
    pub(super) since: With1,
    /// An amount.
    pub(super) of_which_due: With1,
    pub(super) left: With1,
    pub(super) used_up: &'static str,
    pub(super) back: &'static str,
    pub(super) print: &'static str,
    pub(super) details: With1,
    pub(super) cheque: &'static str,
    pub(super) order: &'static str,
    pub(super) exactly: With1,
    pub(super) on_the_back: &'static str,
    pub(super) hand_in: &'static str,
    pub(super) at_the_guichet: &'static str,
    pub(super) settled: &'static str,
    pub(super) settled_text: &'static str,
    pub(super) in_your_favour: &'static str,
    /// A unit price, less its reduction.
    pub(super) reduced_to: With1,
    /// A year.
    pub(super) care: With1,
    pub(super) care_text: With1,
    pub(super) care_pdf: &'static str,
    /// A year and a child.
    pub(super) care_of: With2,
}

/// The words of the page that is being rendered.
pub(super) fn use_billing_words() -> &'static BillingWords {
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

//! The words of *Facturation*.

mod en;
mod fr;

use domain::activity::ServiceKind;
use domain::problem::Language;

use crate::components::FileWords;
use crate::i18n::use_i18n;

type With1 = fn(&str) -> String;
type With2 = fn(&str, &str) -> String;
type With3 = fn(&str, &str, &str) -> String;
type Count = fn(usize) -> String;

pub(in crate::guichet) struct BillingWords {
    /// In the menu.
    pub(in crate::guichet) billing: &'static str,
    /// Beside a child.
    pub(in crate::guichet) of_family: &'static str,
    pub(super) more: &'static str,
    /// A document by its name and number.
    pub(super) pdf_of: With1,
    pub(super) file: FileWords,
    pub(super) advice: AdviceWords,
    pub(super) runs: RunsWords,
    pub(super) run: RunWords,
    pub(super) unpaid: UnpaidWords,
    pub(super) family: FamilyWords,
    pub(super) held: HeldWords,
    pub(super) cheque: ChequeWords,
    pub(super) journal: JournalWords,
    pub(super) tariffs: TariffWords,
    pub(super) office: OfficeWords,
}

pub(super) struct AdviceWords {
    pub(super) no_office: &'static str,
    pub(super) to_office: &'static str,
    pub(super) no_tariff: &'static str,
    pub(super) to_tariffs: &'static str,
}

pub(super) struct RunsWords {
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) start: &'static str,
    pub(super) about: &'static str,
    pub(super) months: &'static str,
    pub(super) terms: &'static str,
    /// Of a month that is not over.
    pub(super) goes_on: With1,
    pub(super) dry: &'static str,
    pub(super) latest: &'static str,
    pub(super) none: &'static str,
    pub(super) period: &'static str,
    pub(super) started: &'static str,
    pub(super) invoices: &'static str,
    pub(super) sum: &'static str,
    pub(super) running: &'static str,
    pub(super) was_dry: &'static str,
    pub(super) was_real: &'static str,
}

pub(super) struct RunWords {
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) dry: &'static str,
    pub(super) real: &'static str,
    pub(super) goes_on: &'static str,
    /// Families done, of how many.
    pub(super) progress: fn(u32, u32) -> String,
    pub(super) leave: &'static str,
    pub(super) nothing: &'static str,
    pub(super) would: &'static str,
    pub(super) made: &'static str,
    /// Where the server sends e-mails.
    pub(super) families_told: &'static str,
    pub(super) families: &'static str,
    pub(super) invoices: &'static str,
    pub(super) sum: &'static str,
    pub(super) credit_notes: Count,
    pub(super) failures: Count,
    pub(super) issue: &'static str,
    pub(super) issue_count: Count,
    pub(super) not_over: &'static str,
    /// Invoices and their sum.
    pub(super) totals: fn(usize, &str) -> String,
    /// The same, and credit notes and theirs.
    pub(super) totals_with_notes: fn(usize, &str, usize, &str) -> String,
    pub(super) for_good: &'static str,
    pub(super) findings: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) findings_failed: &'static str,
    pub(super) back: &'static str,
}

pub(super) struct UnpaidWords {
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) none: &'static str,
    pub(super) count: Count,
    pub(super) as_of: With1,
    pub(super) print: &'static str,
    pub(super) family: &'static str,
    pub(super) due_on: &'static str,
}

pub(super) struct FamilyWords {
    pub(super) search_title: &'static str,
    pub(super) search: &'static str,
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) payer: &'static str,
    pub(super) children: &'static str,
    pub(super) sums: &'static str,
    pub(super) due: &'static str,
    pub(super) credit: &'static str,
    pub(super) documents: &'static str,
    pub(super) no_documents: &'static str,
    pub(super) document: &'static str,
    /// What can be done with it.
    pub(super) tools: &'static str,
    pub(super) state: &'static str,
    /// An amount, and the last day to pay it.
    pub(super) left_by: With2,
    pub(super) credit_left: With1,
    pub(super) corrects: With1,
    pub(super) quotients: &'static str,
    pub(super) no_quotient: &'static str,
    pub(super) add_quotient: &'static str,
    pub(super) quotient_value: &'static str,
    pub(super) whole_euros: &'static str,
    pub(super) source: &'static str,
    pub(super) first_day: &'static str,
    pub(super) last_day: &'static str,
    pub(super) from_until: With2,
    pub(super) save_quotient: &'static str,
    pub(super) quotient_set: With1,
    pub(super) remove: &'static str,
    pub(super) remove_title: &'static str,
    pub(super) remove_text: &'static str,
    pub(super) quotient_removed: With1,
    pub(super) reason: &'static str,
    /// What a change does to what was billed.
    pub(super) settles: &'static str,
    pub(super) residence: &'static str,
    pub(super) always_inside: &'static str,
    pub(super) inside: &'static str,
    pub(super) outside: &'static str,
    pub(super) since: With1,
    pub(super) change_residence: &'static str,
    pub(super) from_day: &'static str,
    pub(super) save_residence: &'static str,
}

/// Of what children are subscribed to.
pub(super) struct HeldWords {
    pub(super) title: &'static str,
    pub(super) none: &'static str,
    pub(super) weekly: &'static str,
    pub(super) occasional: &'static str,
    pub(super) package: With1,
    /// A day.
    pub(super) until: With1,
    pub(super) end: &'static str,
    /// A package.
    pub(super) to_package: With1,
    pub(super) change_package: &'static str,
    pub(super) end_title: &'static str,
    pub(super) what: &'static str,
    pub(super) whole_tap: &'static str,
    pub(super) last_day: &'static str,
    pub(super) last_day_hint: &'static str,
    /// What becomes of its price.
    pub(super) credits: fn(ServiceKind) -> &'static str,
    pub(super) reason_hint: &'static str,
    /// Of a reason that the family does not see.
    pub(super) signed: &'static str,
    /// A package.
    pub(super) package_title: With1,
    pub(super) package_text: &'static str,
    /// What, and its last day.
    /// Without a day: before it began.
    pub(super) ended: fn(&str, Option<&str>) -> String,
    /// What, and its package.
    pub(super) package_set: With2,
    pub(super) freed: Count,
    /// A document, by its kind, its number and its total.
    pub(super) issued: With3,
    pub(super) nothing_issued: &'static str,
    /// Before what would come of a change.
    pub(super) if_confirmed: &'static str,
    pub(super) would_credit: With1,
    pub(super) would_bill: With1,
    pub(super) confirm: &'static str,
}

pub(super) struct ChequeWords {
    pub(super) word: &'static str,
    /// A document by its name and number.
    pub(super) of: With1,
    pub(super) enter: &'static str,
    pub(super) amount: &'static str,
    pub(super) hint: &'static str,
    /// What is due.
    pub(super) not_exact: With1,
    pub(super) save: &'static str,
    /// An amount, and the entry's number.
    pub(super) entered: With2,
}

pub(super) struct JournalWords {
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) none: &'static str,
    pub(super) heading: &'static str,
    pub(super) about: &'static str,
    pub(super) entry: &'static str,
    pub(super) received_on: &'static str,
    pub(super) by: &'static str,
    /// The receipt that is taken back, and why.
    pub(super) takes_back: With2,
    /// The entry that takes it back.
    pub(super) taken_back: With1,
    pub(super) correct: &'static str,
    pub(super) correct_of: With1,
    pub(super) correct_title: &'static str,
    /// A negative amount, and an invoice.
    pub(super) contra: With2,
    pub(super) reason_hint: &'static str,
    pub(super) enter_contra: &'static str,
    /// A receipt, and its contra entry.
    pub(super) made: With2,
}

pub(super) struct TariffWords {
    pub(super) title: &'static str,
    pub(super) failed: &'static str,
    pub(super) none: &'static str,
    pub(super) new: &'static str,
    pub(super) change: &'static str,
    /// A day.
    pub(super) since: With1,
    /// A day to come.
    pub(super) from: With1,
    pub(super) past: &'static str,
    pub(super) edit: &'static str,
    pub(super) remove: &'static str,
    pub(super) remove_title: &'static str,
    pub(super) remove_text: &'static str,
    pub(super) removed: &'static str,
    pub(super) not_to_change: &'static str,
    pub(super) prices: &'static str,
    pub(super) item: &'static str,
    pub(super) outside: &'static str,
    pub(super) outside_hint: &'static str,
    pub(super) as_others: &'static str,
    pub(super) no_reductions: &'static str,
    pub(super) reductions_are: &'static str,
    /// Rank, whether later ones too, percent.
    pub(super) reduction: fn(usize, bool, u8) -> String,
    pub(super) from_day: &'static str,
    pub(super) same_day: &'static str,
    pub(super) about_new: &'static str,
    pub(super) about_first: &'static str,
    /// The number of a bracket.
    pub(super) bracket: Count,
    pub(super) bracket_from: Count,
    pub(super) from_quotient: &'static str,
    pub(super) add_bracket: &'static str,
    pub(super) remove_bracket: &'static str,
    pub(super) empty_row: &'static str,
    pub(super) like_amount: &'static str,
    pub(super) like_number: &'static str,
    pub(super) reductions: &'static str,
    pub(super) reductions_hint: &'static str,
    /// A rank, and whether it is the last one.
    pub(super) rank: fn(usize, bool) -> String,
    pub(super) percent: With1,
    pub(super) add_rank: &'static str,
    pub(super) remove_rank: &'static str,
    pub(super) save: &'static str,
    /// Service and day.
    pub(super) saved: With2,
}

pub(super) struct OfficeWords {
    pub(super) title: &'static str,
    pub(super) heading: &'static str,
    pub(super) about: &'static str,
    pub(super) failed: &'static str,
    /// Where nothing has been entered.
    pub(super) first: &'static str,
    pub(super) name: &'static str,
    pub(super) desk: &'static str,
    pub(super) address: &'static str,
    pub(super) address_hint: &'static str,
    pub(super) siret_hint: &'static str,
    pub(super) email: &'static str,
    pub(super) phone: &'static str,
    pub(super) payable_to: &'static str,
    pub(super) treasury: &'static str,
    pub(super) treasury_hint: &'static str,
    pub(super) court: &'static str,
    pub(super) court_hint: &'static str,
    pub(super) save: &'static str,
    pub(super) saved: &'static str,
}

pub(super) fn words(language: Language) -> &'static BillingWords {
    match language {
        Language::French => &fr::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The words of the page that is being rendered.
pub(in crate::guichet) fn use_billing_words() -> &'static BillingWords {
    words(use_i18n().language())
}

#[cfg(test)]
mod tests {
    #[test]
    fn french_punctuation_never_starts_a_line() {
        crate::i18n::tests::keeps_punctuation(include_str!("fr.rs"));
    }
}

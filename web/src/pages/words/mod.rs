//! The words of pages that are loaded later. Apart from the others: a table of words is loaded whole.

mod en;
mod fr;

use domain::problem::Language;

use crate::i18n::use_i18n;

pub(super) struct AccountWords {
    pub(super) account: Account,
    pub(super) calendar: Calendar,
    pub(super) reminders: Reminders,
}

pub(super) struct Account {
    pub(super) signed_in_as: &'static str,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) commune: &'static str,
    pub(super) password: &'static str,
    pub(super) current: &'static str,
    pub(super) new: &'static str,
    pub(super) rules: &'static str,
    pub(super) change: &'static str,
    pub(super) changing: &'static str,
    pub(super) changed: &'static str,
    pub(super) current_missing: &'static str,
    pub(super) new_missing: &'static str,
    pub(super) language: &'static str,
    pub(super) theme: &'static str,
    pub(super) theme_system: &'static str,
    pub(super) theme_light: &'static str,
    pub(super) theme_dark: &'static str,
    pub(super) sign_out_hint: &'static str,
}

pub(super) struct Calendar {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) secret: &'static str,
    pub(super) show: &'static str,
    pub(super) address: &'static str,
    pub(super) subscribe: &'static str,
    pub(super) renew: &'static str,
    pub(super) renewed: &'static str,
}

pub(super) struct Reminders {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) deadline: &'static str,
    pub(super) failed: &'static str,
}

pub(super) struct Password {
    pub(super) ask: &'static str,
    pub(super) send: &'static str,
    pub(super) sending: &'static str,
    /// An e-mail address.
    pub(super) sent: fn(&str) -> String,
    pub(super) not_come: &'static str,
    pub(super) to_sign_in: &'static str,
    pub(super) ended: &'static str,
    pub(super) unread: &'static str,
    /// Before an e-mail address.
    pub(super) choose_for: &'static str,
    pub(super) choose: &'static str,
    pub(super) choosing: &'static str,
}

/// A heading and its paragraphs.
pub(super) type Part = (&'static str, &'static [&'static str]);

pub(super) struct Accessibility {
    pub(super) intro: &'static str,
    pub(super) parts: &'static [Part],
}

pub(super) fn use_account_words() -> &'static AccountWords {
    match use_i18n().language() {
        Language::French => &fr::ACCOUNT,
        Language::English => &en::ACCOUNT,
    }
}

pub(super) fn use_password_words() -> &'static Password {
    match use_i18n().language() {
        Language::French => &fr::PASSWORD,
        Language::English => &en::PASSWORD,
    }
}

pub(super) fn use_accessibility_words() -> &'static Accessibility {
    match use_i18n().language() {
        Language::French => &fr::ACCESSIBILITY,
        Language::English => &en::ACCESSIBILITY,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn french_punctuation_never_starts_a_line() {
        crate::i18n::tests::keeps_punctuation(include_str!("fr.rs"));
    }
}

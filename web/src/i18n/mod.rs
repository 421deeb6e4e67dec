//! The screen's words in French and English, and how each language writes dates.

mod dates;
mod en;
mod fr;
mod words;

use domain::problem::Language;
use leptos::prelude::*;

use crate::browser;

pub(crate) use dates::{
    TimeLeft, capital, clock, day, day_and_month, instant, month_name, short_date, short_weekday,
    week_range, weekday,
};
pub(crate) use words::{Days, Words};

const STORED_AS: &str = "preau.language";

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::French => &fr::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The chosen language. Choosing another one renders the pages again, so that inside a page the
/// words are plain text.
#[derive(Clone, Copy)]
pub(crate) struct I18n(RwSignal<Language>);

impl I18n {
    /// French, unless this browser chose otherwise before.
    pub(crate) fn provide() -> Self {
        let stored = browser::stored(STORED_AS);
        let i18n = Self(RwSignal::new(Language::from_accept_language(stored.as_deref())));
        browser::set_root_attribute("lang", i18n.language().tag());
        provide_context(i18n);
        i18n
    }

    pub(crate) fn language(self) -> Language {
        self.0.get_untracked()
    }

    pub(crate) fn words(self) -> &'static Words {
        words(self.language())
    }

    /// For the one place that renders all pages.
    pub(crate) fn track(self) {
        self.0.track();
    }

    pub(crate) fn choose(self, language: Language) {
        if language != self.language() {
            let tag = language.tag();
            browser::store(STORED_AS, tag);
            browser::set_root_attribute("lang", tag);
            self.0.set(language);
        }
    }
}

/// The language of the page that is being rendered.
pub(crate) fn use_i18n() -> I18n {
    expect_context()
}

/// Its words.
pub(crate) fn use_words() -> &'static Words {
    use_i18n().words()
}

#[cfg(test)]
pub(crate) mod tests {
    /// French punctuation never starts a line.
    pub(crate) fn keeps_punctuation(source: &str) {
        for line in source.lines().filter(|line| !line.starts_with("//")) {
            for breakable in [" :", " ;", " ?", " !", " %", " »", "« "] {
                assert!(!line.contains(breakable), "{line}");
            }
        }
    }

    #[test]
    fn french_punctuation_never_starts_a_line() {
        keeps_punctuation(include_str!("fr.rs"));
    }
}

//! Words that stand on paper alone; `domain::billing::document` has those that the screen shows too.

use domain::billing::document;
use domain::cents::Cents;
use domain::problem::Language;

/// The fixed words.
pub(super) struct Words {
    /// As in `lang`.
    pub(super) tag: &'static str,
    pub(super) lines: &'static str,
    pub(super) to_pay: &'static str,
    pub(super) credit: &'static str,
    pub(super) good_to_know: &'static str,
}

const FRENCH: Words = Words {
    tag: "fr-FR",
    lines: "Détail",
    to_pay: "Pour payer",
    credit: "Votre avoir",
    good_to_know: "À savoir",
};

const ENGLISH: Words = Words {
    tag: "en-GB",
    lines: "Details",
    to_pay: "How to pay",
    credit: "Your credit",
    good_to_know: "Good to know",
};

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    }
}

/// What one costs once its reduction is taken off, for who works the amount out again.
pub(super) fn reduced_to(unit_price: Cents, language: Language) -> String {
    let price = document::amount(unit_price, language);
    match language {
        Language::French => format!("soit {price} l'unité"),
        Language::English => format!("so {price} each"),
    }
}

/// At the foot of a page.
pub(super) fn page(number: usize, of: usize, language: Language) -> String {
    match language {
        Language::French => format!("Page {number} sur {of}"),
        Language::English => format!("Page {number} of {of}"),
    }
}

//! Papers that a change has made, in words.

use domain::billing::document;
use domain::problem::Language;
use domain::wire::{DocumentSummary, FamilyBillingView};

use super::words::HeldWords;

/// `Avoir A2017000003 : 72,60 €.`, a sentence for each.
pub(super) fn told<'a>(
    papers: impl Iterator<Item = &'a DocumentSummary>,
    words: &HeldWords,
    language: Language,
) -> String {
    let sentences: Vec<_> = papers
        .map(|paper| {
            let name = document::name(paper.kind, paper.supplementary, language);
            let total = document::amount(paper.total, language);
            (words.issued)(name, &paper.number.to_string(), &total)
        })
        .collect();
    if sentences.is_empty() { words.nothing_issued.to_owned() } else { sentences.join(" ") }
}

/// What a family has now that it had not before, in the order in which it was made.
pub(super) fn since<'a>(
    before: &FamilyBillingView,
    now: &'a FamilyBillingView,
) -> impl Iterator<Item = &'a DocumentSummary> {
    let known: Vec<_> = before.documents.iter().map(|paper| paper.number).collect();
    now.documents.iter().rev().filter(move |paper| !known.contains(&paper.number))
}

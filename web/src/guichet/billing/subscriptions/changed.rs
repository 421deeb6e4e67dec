//! What came of a change.

use domain::problem::Language;
use domain::wire::{FamilyBillingView, SubscriptionChanged};
use leptos::prelude::*;

use super::super::family_page::Family;
use super::super::made;
use super::super::words::{HeldWords, use_billing_words};
use crate::components::{Icon, Notice, Tone};
use crate::i18n::use_words;

#[derive(Clone, PartialEq)]
pub(super) struct Outcome {
    /// What was changed, as a sentence.
    pub(super) what: String,
    /// Whether it could give seats back.
    pub(super) frees: bool,
    pub(super) made: SubscriptionChanged,
}

#[component]
pub(super) fn Changed(family: Family, outcome: RwSignal<Option<Outcome>>) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().held;
    let told = move || {
        let outcome = outcome.get()?;
        let shown = family.shown()?;
        let text = told(&outcome, &shown, words, language);
        Some(view! { <Notice tone=Tone::Good icon=Icon::Check>{text}</Notice> })
    };
    view! { <div role="status">{told}</div> }
}

fn told(
    outcome: &Outcome,
    family: &FamilyBillingView,
    words: &HeldWords,
    language: Language,
) -> String {
    let mut sentences = vec![outcome.what.clone()];
    if outcome.frees {
        sentences.push((words.freed)(outcome.made.days_freed as usize));
    }
    let notes = outcome.made.credit_notes.iter().copied();
    let papers: Vec<_> = notes.chain(outcome.made.invoice).collect();
    // They are on the page a moment later.
    let known: Vec<_> = papers
        .iter()
        .filter_map(|number| family.documents.iter().find(|one| one.number == *number))
        .collect();
    if known.len() == papers.len() {
        sentences.push(made::told(known.into_iter(), words, language));
    }
    sentences.join(" ")
}

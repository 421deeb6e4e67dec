//! What would come of a change, before it is confirmed.

use domain::billing::document;
use domain::cents::Cents;
use domain::problem::Language;
use domain::wire::SubscriptionChanged;
use leptos::prelude::*;

use super::super::words::{HeldWords, use_billing_words};
use crate::components::{Icon, Notice, Tone};
use crate::i18n::use_words;

/// What the server says would come of it; none until it was asked, or once something was typed.
pub(super) type Tried = RwSignal<Option<SubscriptionChanged>>;

#[component]
pub(super) fn Preview(tried: Tried, frees: bool) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().held;
    let shown = move || {
        let text = told(&tried.get()?, frees, words, language);
        Some(view! { <Notice tone=Tone::Plain icon=Icon::Info>{text}</Notice> })
    };
    view! { <div role="status">{shown}</div> }
}

/// What the button says: that it shows what would come of it, then that it is done.
pub(super) fn label(tried: Tried, first: &'static str) -> Signal<&'static str> {
    let confirm = use_billing_words().held.confirm;
    Signal::derive(move || if tried.with(Option::is_some) { confirm } else { first })
}

fn told(made: &SubscriptionChanged, frees: bool, words: &HeldWords, language: Language) -> String {
    let sum = |cents: Cents| document::amount(cents, language);
    let mut sentences = vec![words.if_confirmed.to_owned()];
    if frees {
        sentences.push((words.freed)(made.days_freed as usize));
    }
    if made.credited > Cents::ZERO {
        sentences.push((words.would_credit)(&sum(made.credited)));
    }
    if made.billed > Cents::ZERO {
        sentences.push((words.would_bill)(&sum(made.billed)));
    }
    if made.credited == Cents::ZERO && made.billed == Cents::ZERO {
        sentences.push(words.nothing_issued.to_owned());
    }
    sentences.join(" ")
}

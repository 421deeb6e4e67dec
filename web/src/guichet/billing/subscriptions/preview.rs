//! What would come of a change, before it is confirmed.

use std::time::Duration;

use domain::billing::document;
use domain::cents::Cents;
use domain::problem::Language;
use domain::wire::SubscriptionChanged;
use leptos::prelude::*;

use super::super::form::Form;
use super::super::words::{HeldWords, use_billing_words};
use crate::components::{Icon, Notice, Tone};
use crate::i18n::use_words;

/// A second tap of the same double tap does not confirm.
const PAUSE: Duration = Duration::from_millis(700);

/// What the server says would come of it; none until it was asked, or once something was typed.
#[derive(Clone, Copy)]
pub(super) struct Tried {
    made: RwSignal<Option<SubscriptionChanged>>,
    /// An answer to what was asked before is dropped.
    asked: StoredValue<u32>,
}

impl Tried {
    pub(super) fn new() -> Self {
        Self { made: RwSignal::new(None), asked: StoredValue::new(0) }
    }

    /// What was tried is not what would be done any more.
    pub(super) fn forget(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.made.set(None);
    }

    /// Whether nothing that was shown can be confirmed.
    pub(super) fn is_open(self) -> bool {
        self.made.with_untracked(Option::is_none)
    }

    /// To be given back with the answer.
    pub(super) fn asked(self) -> u32 {
        self.asked.get_value()
    }

    pub(super) fn show(self, asked: u32, made: SubscriptionChanged, form: Form) {
        if self.asked.try_get_value() == Some(asked) {
            self.made.try_set(Some(made));
        }
        set_timeout(move || form.done(), PAUSE);
    }
}

#[component]
pub(super) fn Preview(tried: Tried, frees: bool) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().held;
    let shown = move || {
        let text = told(&tried.made.get()?, frees, words, language);
        Some(view! { <Notice tone=Tone::Plain icon=Icon::Info>{text}</Notice> })
    };
    view! { <div role="status">{shown}</div> }
}

/// What the button says: that it shows what would come of it, then that it is done.
pub(super) fn label(tried: Tried, first: &'static str) -> Signal<&'static str> {
    let confirm = use_billing_words().held.confirm;
    Signal::derive(move || if tried.made.with(Option::is_some) { confirm } else { first })
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

//! A quotient that was entered by mistake is taken back.

use domain::billing::FamilyQuotient;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::family_page::Family;
use super::form::Form;
use super::quotients::{Said, said};
use super::words::use_billing_words;
use crate::api::Session;
use crate::browser;
use crate::components::{Sheet, Toast, Toasts};
use crate::i18n::use_words;

/// The one that is to be taken back.
#[derive(Clone, Copy)]
pub(super) struct Removal {
    pub(super) quotient: RwSignal<Option<FamilyQuotient>>,
    pub(super) form: Form,
}

impl Removal {
    pub(super) fn new() -> Self {
        Self { quotient: RwSignal::new(None), form: Form::new("quotient-removal") }
    }
}

#[component]
pub(super) fn RemovalSheet(family: Family, wish: Removal) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let (own, held) = (&use_billing_words().family, &use_billing_words().held);
    let close = Callback::new(move |()| wish.quotient.set(None));
    let remove = move |_| {
        let Some(quotient) = wish.quotient.get_untracked() else { return };
        if !wish.form.start() {
            return;
        }
        wish.form.send();
        spawn_local(async move {
            let answer = session.remove_quotient(family.id, quotient.from).await;
            wish.quotient.try_set(None);
            // The button that was pressed goes with its quotient.
            browser::focus_soon("main");
            match answer {
                Ok(now) => {
                    wish.form.done();
                    let told = (own.quotient_removed)(&quotient.value.to_string());
                    let made = family.changed(now, held, words.language);
                    toasts.show(Toast::info(format!("{told}. {made}")));
                }
                Err(error) => wish.form.refused(error),
            }
        });
    };
    let footer = move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close.run(())>{words.common.cancel}</button>
            <button
                class="btn primary"
                type="button"
                aria-disabled=move || wish.form.is_busy()
                on:click=remove
            >
                {own.remove}
            </button>
        }
    };
    let named = move || {
        wish.quotient.get().map(|quotient| {
            let Said { value, rest } = said(quotient, own, words.language);
            view! { <b class="num">{value}</b>{rest} }
        })
    };
    view! {
        <Sheet
            id="quotient-removal-title"
            is_open=Signal::derive(move || wish.quotient.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(own.remove_title.to_owned())
            footer=ViewFn::from(footer)
        >
            <p>{named}</p>
            <p>{own.remove_text}</p>
        </Sheet>
    }
}

//! A receipt that was a mistake: nothing is deleted, a contra entry takes it back.

use domain::billing::document;
use domain::cents::Cents;
use domain::wire::{ContraRequest, ReceiptView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::{Form, LinesField, Verdict, buttons, reason_mistake};
use super::words::use_billing_words;
use crate::api::Session;
use crate::browser;
use crate::components::{Sheet, Toast, Toasts};
use crate::i18n::use_words;

#[component]
pub(super) fn ContraSheet(
    /// The mistake, while the sheet is open.
    receipt: RwSignal<Option<ReceiptView>>,
    /// It was taken back.
    made: Callback<()>,
) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let own = &use_billing_words().journal;
    let form = Form::new("contra-form");
    let reason = RwSignal::new(String::new());
    Effect::new(move || {
        if receipt.with(Option::is_some) {
            form.start();
            reason.set(String::new());
        }
    });
    let close = Callback::new(move |()| receipt.set(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(wrong) = receipt.get_untracked() else { return };
        if !form.start() {
            return;
        }
        let reason = reason.get_untracked();
        if let Some(mistake) = reason_mistake(&reason, words.language) {
            return form.refuse(vec![mistake]);
        }
        form.send();
        spawn_local(async move {
            let number = wrong.number.to_string();
            match session.take_back_receipt(wrong.number, &ContraRequest { reason }).await {
                Ok(contra) => {
                    form.done();
                    receipt.try_set(None);
                    let told = (own.made)(&number, &contra.number.to_string());
                    toasts.show(Toast::info(told));
                    // The button that was pressed goes with what could be corrected.
                    browser::focus_soon("main");
                    made.run(());
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let text = move || {
        receipt.get().map(|wrong| {
            let back = document::amount(Cents(-wrong.amount.0), words.language);
            let (number, invoice) = (wrong.number.to_string(), wrong.invoice.to_string());
            view! {
                <p><b>{number}" · "{wrong.payer}</b></p>
                <p>{(own.contra)(&back, &invoice)}</p>
            }
        })
    };
    let family_words = &use_billing_words().family;
    view! {
        <Sheet
            id="contra-title"
            is_open=Signal::derive(move || receipt.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(own.correct_title.to_owned())
            footer=buttons(form, close, own.enter_contra)
        >
            {text}
            <form class="form" id=form.id novalidate on:submit=submit>
                <LinesField
                    id="contra-reason" label=family_words.reason rows="2" value=reason form=form
                    pointer="/reason" hint=own.reason_hint
                />
                <Verdict form=form/>
            </form>
        </Sheet>
    }
}

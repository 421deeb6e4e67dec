//! A cheque that is handed in for an invoice (manual, 5.2.2).

use domain::billing::{Balance, ChequeRefused, document, take_cheque};
use domain::cents::Cents;
use domain::problem::Language;
use domain::wire::{ChequeRequest, DocumentSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::{Form, Mistake, TextField, Verdict, buttons, missing};
use super::money;
use super::words::{BillingWords, use_billing_words};
use crate::api::Session;
use crate::browser;
use crate::components::{Sheet, Toast, Toasts};
use crate::i18n::use_words;

/// The amount that is typed, or what to correct in it.
fn read(
    text: &str,
    invoice: &DocumentSummary,
    words: &BillingWords,
    language: Language,
) -> Result<Cents, Mistake> {
    let mistake = |text: String| ("/amount".to_owned(), text);
    if text.trim().is_empty() {
        return Err(missing("/amount", language));
    }
    let amount = money::read(text).ok_or_else(|| mistake(words.tariffs.like_amount.to_owned()))?;
    let balance = invoice.balance.as_ref();
    let balance =
        balance.and_then(|known| Balance::of(invoice.total, known.paid, known.credited).ok());
    match balance.map(|balance| take_cheque(balance, amount)) {
        Some(Err(ChequeRefused::Exactly(due))) => {
            Err(mistake((words.cheque.not_exact)(&document::amount(due, language))))
        }
        // The server knows better by now.
        _ => Ok(amount),
    }
}

#[component]
pub(super) fn ChequeSheet(
    /// The invoice that it is for, while it is open.
    invoice: RwSignal<Option<DocumentSummary>>,
    /// A cheque was entered.
    entered: Callback<()>,
) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let billing_words = use_billing_words();
    let own = &billing_words.cheque;
    let form = Form::new("cheque-form");
    let amount = RwSignal::new(String::new());
    // The same cheque, however often it is sent.
    let key = StoredValue::new(String::new());
    Effect::new(move || {
        if invoice.with(Option::is_some) {
            form.start();
            amount.set(String::new());
            key.set_value(browser::random_number());
        }
    });
    let close = Callback::new(move |()| invoice.set(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(paper) = invoice.get_untracked() else { return };
        if !form.start() {
            return;
        }
        let typed = amount.get_untracked();
        let amount = match read(&typed, &paper, billing_words, words.language) {
            Ok(amount) => amount,
            Err(mistake) => return form.refuse(vec![mistake]),
        };
        form.send();
        spawn_local(async move {
            let wish = ChequeRequest { amount };
            match session.enter_cheque(paper.number, &wish, &key.get_value()).await {
                Ok(receipt) => {
                    form.done();
                    invoice.try_set(None);
                    let sum = document::amount(receipt.amount, words.language);
                    toasts.show(Toast::info((own.entered)(&sum, &receipt.number.to_string())));
                    // The button that was pressed goes with what was due.
                    browser::focus_soon("main");
                    entered.run(());
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let facts = move || invoice.get().map(|paper| view! { <Facts paper=paper/> });
    view! {
        <Sheet
            id="cheque-title"
            is_open=Signal::derive(move || invoice.with(Option::is_some))
            on_close=close
            start=ViewFn::default()
            title=Signal::stored(own.enter.to_owned())
            footer=buttons(form, close, own.save)
        >
            {facts}
            <form class="form" id=form.id novalidate on:submit=submit>
                <TextField
                    id="cheque-amount" label=own.amount value=amount form=form pointer="/amount"
                    hint=own.hint inputmode="decimal"
                />
                <Verdict form=form/>
            </form>
        </Sheet>
    }
}

#[component]
fn Facts(paper: DocumentSummary) -> impl IntoView {
    let language = use_words().language;
    let words = use_billing_words();
    let labels = document::labels(paper.kind, language);
    let name = document::name(paper.kind, paper.supplementary, language);
    let due = paper.balance.map(|balance| document::amount(balance.due, language));
    view! {
        <dl class="facts">
            <dt>{words.unpaid.family}</dt>
            <dd>{paper.payer}</dd>
            <dt>{name}</dt>
            <dd>{paper.number.to_string()}" · "{document::heading(&paper.period, language)}</dd>
            <dt>{labels.due}</dt>
            <dd><b class="num">{due}</b></dd>
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use crate::billing::testing;

    #[test]
    fn a_cheque_is_of_what_is_left_to_the_cent() {
        let invoice = testing::invoice("F2017000007", 0, 760);
        let read = |text| {
            read(text, &invoice, words(Language::French), Language::French)
                .map_err(|(_, advice)| advice)
        };
        assert_eq!(read("42,40"), Ok(Cents(4240)));
        assert!(read("50").unwrap_err().contains("42,40\u{a0}€"));
        assert!(read("quarante").unwrap_err().contains("5,40"));
        assert!(read(" ").unwrap_err().starts_with("Remplissez"));
    }
}

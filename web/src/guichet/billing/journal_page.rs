//! The régie's journal: what was received, and what was taken back.

use std::collections::BTreeMap;

use domain::billing::{DocumentNumber, document};
use domain::dates;
use domain::wire::{ReceiptView, ReceiptsView};
use leptos::prelude::*;

use super::answer::Answer;
use super::contra_sheet::ContraSheet;
use super::room;
use super::rows::{MoreRows, Page, Rows};
use super::words::use_billing_words;
use crate::api::{Asked, Session};
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

#[component]
pub(super) fn JournalPage() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().journal;
    let asked = Asked::<ReceiptsView>::new();
    let ask = Callback::new(move |()| asked.ask(session.receipts(None)));
    ask.run(());
    let rows = Rows::<ReceiptView>::new();
    Effect::new(move || {
        if let Some(first) = asked.get().shown() {
            rows.begin(first.next.map(|next| next.to_string()));
        }
    });
    let page: Page<ReceiptView> = Callback::new(move |before: String| {
        Box::pin(async move {
            let page = session.receipts(Some(before)).await?;
            Ok((page.receipts, page.next.map(|next| next.to_string())))
        }) as _
    });
    let wrong = RwSignal::new(None::<ReceiptView>);
    let content = move || {
        let first = asked.get().shown()?;
        if first.receipts.is_empty() {
            return Some(
                view! {
                    <section class="card empty">
                        <IconView icon=Icon::Euro/>
                        <p>{words.none}</p>
                    </section>
                }
                .into_any(),
            );
        }
        let entries: Vec<_> = first.receipts.iter().cloned().chain(rows.later()).collect();
        Some(view! { <List entries=entries wrong=wrong/> }.into_any())
    };
    view! {
        <Answer asked=asked failed=words.failed retry=ask>
            {content}
            <MoreRows rows=rows page=page list="journal"/>
        </Answer>
        <ContraSheet receipt=wrong made=ask/>
    }
}

/// Which entry takes which receipt back. It is younger, so that it is known with it.
fn taken_back(entries: &[ReceiptView]) -> BTreeMap<DocumentNumber, DocumentNumber> {
    entries.iter().filter_map(|entry| Some((entry.contra?, entry.number))).collect()
}

#[component]
fn List(entries: Vec<ReceiptView>, wrong: RwSignal<Option<ReceiptView>>) -> impl IntoView {
    let words = use_billing_words();
    let own = &words.journal;
    let taken = taken_back(&entries);
    let rows = entries.into_iter().map(|entry| {
        let by = taken.get(&entry.number).copied();
        view! { <Row entry=entry taken_back=by wrong=wrong/> }
    });
    let rows = rows.collect_view();
    let print = |_| {
        let _ = window().print();
    };
    view! {
        <section class="card" aria-labelledby="journal-title">
            <div class="section-head">
                <div>
                    <h2 id="journal-title">{own.heading}</h2>
                    <p class="soft">{own.about}</p>
                </div>
                <button class="btn" type="button" on:click=print>{words.unpaid.print}</button>
            </div>
            <table class="list papers" id="journal" tabindex="-1" aria-labelledby="journal-title">
                <thead>
                    <tr>
                        <th scope="col">{own.entry}</th>
                        <th scope="col" class="wide">{own.received_on}</th>
                        <th scope="col">{words.unpaid.family}</th>
                        <th scope="col" class="wide">{own.by}</th>
                        <th scope="col" class="end">{words.runs.sum}</th>
                        <th scope="col" class="wide tool"><span class="sr">{own.correct}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(
    entry: ReceiptView,
    /// The entry that takes it back.
    taken_back: Option<DocumentNumber>,
    wrong: RwSignal<Option<ReceiptView>>,
) -> impl IntoView {
    let language = use_words().language;
    let own = &use_billing_words().journal;
    let number = entry.number.to_string();
    let day = dates::full(entry.received_on, language);
    let amount = document::amount(entry.amount, language);
    let invoice = entry.invoice.to_string();
    let takes = entry.contra.map(|of| {
        let reason = entry.reason.clone().unwrap_or_default();
        view! { <small>{(own.takes_back)(&of.to_string(), &reason)}</small> }
    });
    let taken = taken_back
        .map(|by| view! { <small class="gone">{(own.taken_back)(&by.to_string())}</small> });
    let label = (own.correct_of)(&number);
    let is_valid = entry.contra.is_none() && taken_back.is_none();
    let correct = {
        let entry = entry.clone();
        move || {
            let (entry, label) = (entry.clone(), label.clone());
            is_valid.then(|| {
                view! {
                    <button
                        class="btn icon quiet"
                        type="button"
                        aria-label=label
                        on:click=move |_| wrong.set(Some(entry.clone()))
                    >
                        <IconView icon=Icon::Undo/>
                    </button>
                }
            })
        }
    };
    view! {
        <tr>
            <th scope="row">
                <span class="num">{number}</span>
                {takes}
                {taken}
                <small class="narrow">{day.clone()}</small>
                <div class="tools narrow">{correct()}</div>
            </th>
            <td class="wide">{day}</td>
            <td>
                <a href=room::family(entry.family_id)>{entry.payer}</a>
                <small class="num">{invoice}</small>
            </td>
            <td class="wide">{entry.by}</td>
            <td class="end num nowrap">{amount}</td>
            <td class="wide end tool">{correct()}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use domain::cents::Cents;

    use super::*;

    #[test]
    fn a_receipt_knows_what_took_it_back() {
        let number = |text: &str| DocumentNumber::parse(text).unwrap();
        let entry = |own: &str, contra: Option<&str>| ReceiptView {
            number: number(own),
            invoice: number("F2017000001"),
            family_id: uuid::Uuid::nil().into(),
            payer: "M. Paul Berger".into(),
            received_on: "2017-11-06".parse().unwrap(),
            amount: Cents(4240),
            by: "Claire Morand".into(),
            contra: contra.map(number),
            reason: None,
        };
        let entries = [entry("Q2017000003", None), entry("Q2017000002", Some("Q2017000001"))];
        let taken = taken_back(&entries);
        assert_eq!(taken.get(&number("Q2017000001")), Some(&number("Q2017000002")));
        assert_eq!(taken.len(), 1);
    }
}

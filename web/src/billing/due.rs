//! What is to be paid, before everything else.

use domain::billing::document;
use domain::cents::Cents;
use domain::dates;
use domain::wire::DocumentSummary;
use leptos::prelude::*;

use super::book::Book;
use super::state_mark::StateMark;
use super::words::use_billing_words;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;
use crate::route;

#[component]
pub(super) fn Due(book: Book) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    let amount = |cents| document::amount(cents, words.language);
    let to_pay = book.to_pay();
    if book.due == Cents::ZERO {
        return view! {
            <p class="notice good">
                <IconView icon=Icon::Check/>
                <span>{own.nothing_due}</span>
            </p>
        }
        .into_any();
    }
    let elsewhere = book.due_elsewhere();
    let count = to_pay.len();
    let sum = if elsewhere == Cents::ZERO {
        (own.sum)(count, &amount(book.due))
    } else {
        amount(book.due)
    };
    let more = (elsewhere > Cents::ZERO)
        .then(|| view! { <p class="foot-line">{(own.due_elsewhere)(&amount(elsewhere))}</p> });
    let rows = to_pay.into_iter().map(|summary| view! { <DueRow summary=summary/> }).collect_view();
    view! {
        <section class="card dues" aria-labelledby="to-pay">
            <header>
                <h2 id="to-pay">{own.to_pay}</h2>
                <span>{sum}</span>
            </header>
            <ul>{rows}</ul>
            {more}
            <p class="foot-line">
                <IconView icon=Icon::Info/>
                <span>{own.cheque_hint}</span>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn DueRow(summary: DocumentSummary) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    let Some(balance) = summary.balance.clone() else { return ().into_any() };
    let day = dates::full(balance.due_on, words.language);
    let until = if balance.late { (own.was_due)(&day) } else { (own.pay_until)(&day) };
    let name = document::name(summary.kind, summary.supplementary, words.language);
    let number = summary.number.to_string();
    view! {
        <li>
            <div>
                <p class="standing">
                    <b>{document::title(&summary, words.language)}</b>
                    <StateMark balance=balance.clone()/>
                </p>
                <p class="money">{document::amount(balance.due, words.language)}</p>
                <p class="soft">{until}</p>
            </div>
            <a
                class="btn primary"
                href=route::document(summary.number)
                aria-label=(own.see_document)(name, &number)
            >
                {own.see}
            </a>
        </li>
    }
    .into_any()
}

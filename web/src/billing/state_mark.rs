//! Where a document stands: its word, with an icon and a colour.

use domain::billing::{InvoiceState, document};
use domain::cents::Cents;
use domain::wire::{BalanceView, DocumentSummary};
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn StateMark(balance: BalanceView) -> impl IntoView {
    let words = use_words();
    let (class, icon) = match balance.state {
        InvoiceState::Issued | InvoiceState::PartlyCredited if balance.late => {
            ("state late", Icon::Alert)
        }
        InvoiceState::Issued | InvoiceState::PartlyCredited => ("state due", Icon::Clock),
        InvoiceState::Paid => ("state good", Icon::Check),
        InvoiceState::Credited => ("state good", Icon::Undo),
    };
    view! {
        <span class=class>
            <IconView icon=icon/>
            {document::state(&balance, words.language)}
        </span>
    }
}

/// The mark with what should be known beside it: until when, how much.
#[component]
pub(super) fn Standing(summary: DocumentSummary) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    if let Some(credit) = summary.credit {
        let left = if credit.left > Cents::ZERO {
            (own.left)(&document::amount(credit.left, words.language))
        } else {
            own.used_up.to_owned()
        };
        return view! {
            <span class="standing">
                <span class="state"><IconView icon=Icon::Undo/>{left}</span>
            </span>
        }
        .into_any();
    }
    let Some(balance) = summary.balance else { return ().into_any() };
    let day = i18n::short_date(balance.due_on, words.language);
    let is_open = balance.due > Cents::ZERO;
    let when = is_open.then(|| if balance.late { (own.since)(&day) } else { (own.before)(&day) });
    let due = (is_open && balance.due != summary.total)
        .then(|| (own.of_which_due)(&document::amount(balance.due, words.language)));
    let beside: Vec<_> = when.into_iter().chain(due).collect();
    view! {
        <span class="standing">
            <StateMark balance=balance/>
            <small>{beside.join(", ")}</small>
        </span>
    }
    .into_any()
}

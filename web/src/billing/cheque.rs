//! How to pay by cheque (manual, 5.2.2).

use domain::billing::{DocumentNumber, RevenueOffice, document};
use domain::cents::Cents;
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::i18n::use_words;

#[component]
pub(super) fn Cheque(office: RevenueOffice, number: DocumentNumber, due: Cents) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    view! {
        <section class="card pad" aria-labelledby="cheque">
            <h2 id="cheque">{own.cheque}</h2>
            <dl class="facts">
                <dt>{own.order}</dt>
                <dd><b>{office.payable_to}</b></dd>
                <dt>{own.amount}</dt>
                <dd><b>{(own.exactly)(&document::amount(due, words.language))}</b></dd>
                <dt>{own.on_the_back}</dt>
                <dd><b>{number.to_string()}</b></dd>
                <dt>{own.hand_in}</dt>
                <dd>{own.at_the_guichet}</dd>
            </dl>
        </section>
    }
}

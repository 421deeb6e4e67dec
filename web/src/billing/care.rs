//! What was paid for young children's care in the year before: for the tax return.

use std::sync::Arc;

use domain::billing::{care_file_name, document};
use domain::wire::{CarePaid, CarePaidView};
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::api::Asked;
use crate::components::FileButton;
use crate::i18n::use_words;

/// Nothing, unless there is something to certify.
#[component]
pub(super) fn CareCard(asked: Asked<CarePaidView>) -> impl IntoView {
    move || {
        let view = asked.get().shown().filter(|view| !view.children.is_empty())?;
        Some(view! { <Shown view=view/> })
    }
}

#[component]
fn Shown(view: Arc<CarePaidView>) -> impl IntoView {
    let own = use_billing_words();
    let year = view.year.to_string();
    let rows = view.children.iter().cloned().map(|paid| view! { <Row year=view.year paid=paid/> });
    let rows = rows.collect_view();
    view! {
        <section class="card dues" aria-labelledby="care">
            <header>
                <h2 id="care">{(own.care)(&year)}</h2>
            </header>
            <p class="pad soft">{(own.care_text)(&year)}</p>
            <ul>{rows}</ul>
        </section>
    }
}

#[component]
fn Row(year: i32, paid: CarePaid) -> impl IntoView {
    let own = use_billing_words();
    let CarePaid { child_id, child, paid } = paid;
    view! {
        <li>
            <div>
                <p><b>{child.clone()}</b></p>
                <p class="money">{document::amount(paid, use_words().language)}</p>
            </div>
            <FileButton
                path=format!("/children/{child_id}/care-certificates/{year}")
                name=care_file_name(year, &child)
                label=(own.care_of)(&year.to_string(), &child)
                words=own.file
                word=Some(own.care_pdf)
            />
        </li>
    }
}

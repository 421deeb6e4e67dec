//! What can be done with a document of a list.

use domain::billing::document;
use domain::cents::Cents;
use domain::wire::DocumentSummary;
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::components::{FileButton, Icon, IconView};
use crate::i18n::use_words;

/// Its PDF and, of an invoice that is to be paid, a cheque.
#[component]
pub(super) fn PaperTools(
    paper: DocumentSummary,
    /// The invoice whose cheque is to be entered.
    cheque: RwSignal<Option<DocumentSummary>>,
    /// On a phone, where their column is not shown.
    #[prop(optional)]
    narrow: bool,
) -> impl IntoView {
    let words = use_billing_words();
    let number = paper.number.to_string();
    let name = document::name(paper.kind, paper.supplementary, use_words().language);
    let named = format!("{name} {number}");
    let path = format!("/guichet/documents/{number}/pdf");
    let is_due = paper.balance.as_ref().is_some_and(|balance| balance.due > Cents::ZERO);
    let label = (words.cheque.of)(&named);
    let enter = is_due.then(|| {
        view! {
            <button
                class="btn"
                type="button"
                aria-label=label
                on:click=move |_| cheque.set(Some(paper.clone()))
            >
                <IconView icon=Icon::Euro/>
                <span class="wide">{words.cheque.word}</span>
            </button>
        }
    });
    view! {
        <div class="tools" class:narrow=narrow>
            {enter}
            <FileButton
                path=path
                name=format!("{number}.pdf")
                label=(words.pdf_of)(&named)
                words=words.file
            />
        </div>
    }
}

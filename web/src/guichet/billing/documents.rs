//! A family's invoices and credit notes, the latest first.

use std::sync::Arc;

use domain::billing::document;
use domain::dates;
use domain::wire::{DocumentKind, DocumentSummary, FamilyBillingView};
use leptos::prelude::*;

use super::paper_tools::PaperTools;
use super::rows::Rows;
use super::words::use_billing_words;
use crate::i18n::use_words;

/// The table's id.
pub(super) const LIST: &str = "family-papers";

#[component]
pub(super) fn Documents(
    family: Arc<FamilyBillingView>,
    /// Those that have come after its own.
    rows: Rows<DocumentSummary>,
    /// The invoice whose cheque is to be entered.
    cheque: RwSignal<Option<DocumentSummary>>,
) -> impl IntoView {
    let labels = document::labels(DocumentKind::Invoice, use_words().language);
    let words = &use_billing_words().family;
    let row = move |paper| view! { <Row paper=paper cheque=cheque/> };
    let first = family.documents.iter().cloned().map(row).collect_view();
    let later = move || rows.later().into_iter().map(row).collect_view();
    let content = if family.documents.is_empty() {
        view! { <p class="pad soft">{words.no_documents}</p> }.into_any()
    } else {
        view! {
            <table class="list papers" id=LIST tabindex="-1">
                <caption class="sr">{words.documents}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.document}</th>
                        <th scope="col" class="wide">{labels.number}</th>
                        <th scope="col" class="wide">{labels.issued_on}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col" class="end">{labels.total}</th>
                        <th scope="col" class="wide tool"><span class="sr">{words.tools}</span></th>
                    </tr>
                </thead>
                <tbody>{first}{later}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="documents-title">
            <div class="section-head"><h2 id="documents-title">{words.documents}</h2></div>
            {content}
        </section>
    }
}

#[component]
fn Row(paper: DocumentSummary, cheque: RwSignal<Option<DocumentSummary>>) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().family;
    let name = document::name(paper.kind, paper.supplementary, language);
    let number = paper.number.to_string();
    let issued = dates::full(paper.issued_on, language);
    let state = match (&paper.balance, &paper.credit) {
        (Some(balance), _) => {
            let word = document::state(balance, language);
            let day = dates::full(balance.due_on, language);
            let left = (balance.due.0 > 0)
                .then(|| (words.left_by)(&document::amount(balance.due, language), &day));
            view! {
                <span class:late=balance.late>{word}</span>
                {left.map(|left| view! { <small>{left}</small> })}
            }
            .into_any()
        }
        (None, Some(credit)) => {
            let left = document::amount(credit.left, language);
            view! {
                {(words.credit_left)(&left)}
                <small>{(words.corrects)(&credit.invoice.to_string())}</small>
            }
            .into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                {name}
                <small>{document::heading(&paper.period, language)}</small>
                <small class="narrow">{number.clone()}" · "{issued.clone()}</small>
                <PaperTools paper=paper.clone() cheque=cheque narrow=true/>
            </th>
            <td class="wide num">{number}</td>
            <td class="wide">{issued}</td>
            <td>{state}</td>
            <td class="end num nowrap">{document::amount(paper.total, language)}</td>
            <td class="wide end tool"><PaperTools paper=paper cheque=cheque/></td>
        </tr>
    }
}

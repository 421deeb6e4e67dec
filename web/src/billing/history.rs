//! All documents, year by year.

use domain::billing::document;
use domain::cents::Cents;
use domain::dates;
use domain::wire::{DocumentKind, DocumentSummary};
use leptos::prelude::*;

use super::download::PdfButton;
use super::state_mark::Standing;
use super::words::use_billing_words;
use crate::i18n::use_words;
use crate::route;

#[component]
pub(super) fn Year(year: i32, documents: Vec<DocumentSummary>) -> impl IntoView {
    let own = use_billing_words();
    let rows = documents.into_iter().map(|one| view! { <Row summary=one/> }).collect_view();
    let heading = format!("annee-{year}");
    let labelled_by = heading.clone();
    // On a phone its rows are cards, which would take their meaning from the table's parts.
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <h3 class="list-head" id=heading>{year}</h3>
            <table class="list" role="table">
                <caption class="sr">{(own.of_year)(&year.to_string())}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{own.document}</th>
                        <th scope="col" role="columnheader" class="end">{own.amount}</th>
                        <th scope="col" role="columnheader">{own.state}</th>
                        <th scope="col" role="columnheader"><span class="sr">{own.pdf}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(summary: DocumentSummary) -> impl IntoView {
    let words = use_words();
    let sign = if summary.kind == DocumentKind::CreditNote { -1 } else { 1 };
    let total = summary.total.checked_mul(sign).unwrap_or(Cents::ZERO);
    let facts = format!("{} · {}", summary.number, dates::full(summary.issued_on, words.language));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=route::document(summary.number)>
                    {document::title(&summary, words.language)}
                </a>
                <small>{facts}</small>
            </th>
            <td role="cell" class="end amount">
                <b>{document::amount(total, words.language)}</b>
            </td>
            <td role="cell" class="how"><Standing summary=summary.clone()/></td>
            <td role="cell" class="end tool"><PdfButton summary=summary/></td>
        </tr>
    }
}

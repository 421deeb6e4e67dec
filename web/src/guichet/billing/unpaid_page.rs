//! *Impayés*: invoices of which something is due.

use std::sync::Arc;

use domain::billing::document;
use domain::dates;
use domain::wire::{DocumentSummary, UnpaidView};
use leptos::prelude::*;

use super::answer::Answer;
use super::cheque_sheet::ChequeSheet;
use super::paper_tools::PaperTools;
use super::room;
use super::rows::{MoreRows, Page, Rows};
use super::words::use_billing_words;
use crate::api::Asked;
use crate::api::Session;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

#[component]
pub(super) fn UnpaidPage() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().unpaid;
    let asked = Asked::<UnpaidView>::new();
    let ask = Callback::new(move |()| asked.ask(session.unpaid(None)));
    ask.run(());
    let rows = Rows::<DocumentSummary>::new();
    Effect::new(move || {
        if let Some(first) = asked.get().shown() {
            rows.begin(first.next.clone());
        }
    });
    let page: Page<DocumentSummary> = Callback::new(move |after: String| {
        Box::pin(async move {
            let page = session.unpaid(Some(after)).await?;
            Ok((page.invoices, page.next))
        }) as _
    });
    let cheque = RwSignal::new(None::<DocumentSummary>);
    let content = move || {
        asked.get().shown().map(|first| {
            if first.invoices.is_empty() {
                view! {
                    <section class="card empty">
                        <IconView icon=Icon::Check/>
                        <p>{words.none}</p>
                    </section>
                }
                .into_any()
            } else {
                view! {
                    <List first=first rows=rows cheque=cheque/>
                    <MoreRows rows=rows page=page list="unpaid"/>
                }
                .into_any()
            }
        })
    };
    view! {
        <Answer asked=asked failed=words.failed retry=ask>{content}</Answer>
        <ChequeSheet invoice=cheque entered=ask/>
    }
}

#[component]
fn List(
    first: Arc<UnpaidView>,
    rows: Rows<DocumentSummary>,
    cheque: RwSignal<Option<DocumentSummary>>,
) -> impl IntoView {
    let words = use_words();
    let unpaid_words = &use_billing_words().unpaid;
    let labels = document::labels(domain::wire::DocumentKind::Invoice, words.language);
    let print = move |_| {
        let _ = window().print();
    };
    let tools = use_billing_words().family.tools;
    let as_of = (unpaid_words.as_of)(&dates::full(first.today, words.language));
    let row = move |invoice| view! { <Row invoice=invoice cheque=cheque/> };
    let entries = first.invoices.iter().cloned().map(row).collect_view();
    let later = move || rows.later().into_iter().map(row).collect_view();
    view! {
        <section class="card" aria-labelledby="unpaid-title">
            <div class="section-head">
                <div>
                    <h2 id="unpaid-title">
                        {(unpaid_words.count)(first.count as usize)}
                        " · "
                        {document::amount(first.due, words.language)}
                    </h2>
                    <p class="soft">{as_of}</p>
                </div>
                <button class="btn" type="button" on:click=print>{unpaid_words.print}</button>
            </div>
            <table class="list papers" id="unpaid" tabindex="-1" aria-labelledby="unpaid-title">
                <thead>
                    <tr>
                        <th scope="col">{unpaid_words.family}</th>
                        <th scope="col" class="wide">{labels.number}</th>
                        <th scope="col" class="wide">{labels.period}</th>
                        <th scope="col">{unpaid_words.due_on}</th>
                        <th scope="col" class="end">{labels.due}</th>
                        <th scope="col" class="wide tool"><span class="sr">{tools}</span></th>
                    </tr>
                </thead>
                <tbody>{entries}{later}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(invoice: DocumentSummary, cheque: RwSignal<Option<DocumentSummary>>) -> impl IntoView {
    let language = use_words().language;
    let number = invoice.number.to_string();
    let period = document::heading(&invoice.period, language);
    let balance = invoice.balance.as_ref().map(|balance| {
        let state = balance.late.then(|| {
            view! { <span class="late">{document::state(balance, language)}</span> }
        });
        let day = dates::full(balance.due_on, language);
        (view! { {day}" "{state} }, document::amount(balance.due, language))
    });
    let (due_on, due) = balance.unzip();
    view! {
        <tr>
            <th scope="row">
                <a href=room::family(invoice.family_id)>{invoice.payer.clone()}</a>
                <small class="narrow">{number.clone()}" · "{period.clone()}</small>
                <PaperTools paper=invoice.clone() cheque=cheque narrow=true/>
            </th>
            <td class="wide num">{number}</td>
            <td class="wide">{period}</td>
            <td>{due_on}</td>
            <td class="end num nowrap">{due}</td>
            <td class="wide end tool"><PaperTools paper=invoice cheque=cheque/></td>
        </tr>
    }
}

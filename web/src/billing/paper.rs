//! A document as on paper.

use domain::billing::document::{self, Labels};
use domain::cents::Cents;
use domain::dates;
use domain::problem::Language;
use domain::wire::{DocumentKind, DocumentView};
use leptos::prelude::*;

use super::contact::{Reached, linked};
use super::paper_lines::Lines;
use crate::i18n::use_words;
use crate::route;

#[component]
pub(super) fn Paper(view: DocumentView) -> impl IntoView {
    let language = use_words().language;
    let summary = &view.summary;
    let labels = document::labels(summary.kind, language);
    let name = document::name(summary.kind, summary.supplementary, language);
    let label = format!("{name} {}", summary.number);
    let office = view.office.clone();
    let siret = document::siret(&office.siret);
    let to = view.addressee.clone();
    let mut notes = document::mentions(summary.kind, &office, language);
    if let Some(balance) = summary.balance.as_ref().filter(|balance| balance.due > Cents::ZERO) {
        notes.insert(0, document::by_cheque(&office, summary.number, balance.due, language));
    }
    let reached = Reached { email: office.email.clone(), phone: office.phone.clone() };
    let notes =
        notes.into_iter().map(|note| view! { <p>{linked(&note, &reached)}</p> }).collect_view();
    view! {
        <article class="card paper" aria-label=label>
            <div class="head">
                <address>
                    <b>{office.name}</b>
                    <span>{office.desk}</span>
                    {address(office.address)}
                    <span class="soft">"SIRET "{siret}</span>
                </address>
                <div>
                    <h2>{name}</h2>
                    <Facts view=view.clone() labels=labels/>
                </div>
            </div>
            <address class="to">
                <span class="soft">{labels.to}</span>
                <b>{to.name}</b>
                {address(to.address)}
            </address>
            <Lines view=view.clone() labels=labels/>
            <Sums view=view labels=labels/>
            <div class="notes">{notes}</div>
        </article>
    }
}

fn address(lines: Vec<String>) -> impl IntoView {
    lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()
}

#[component]
fn Facts(view: DocumentView, labels: Labels) -> impl IntoView {
    let language = use_words().language;
    let summary = view.summary;
    let due_on = summary.balance.map(|balance| {
        let day = dates::full(balance.due_on, language);
        view! { <dt>{labels.due_on}</dt><dd><b>{day}</b></dd> }
    });
    let corrects = summary.credit.map(|credit| {
        let link = view! {
            <a href=route::document(credit.invoice)>{credit.invoice.to_string()}</a>
        };
        view! { <dt>{labels.corrects}</dt><dd>{link}</dd> }
    });
    view! {
        <dl class="facts">
            <dt>{labels.number}</dt>
            <dd><b>{summary.number.to_string()}</b></dd>
            <dt>{labels.issued_on}</dt>
            <dd>{dates::full(summary.issued_on, language)}</dd>
            {due_on}
            {corrects}
            <dt>{labels.period}</dt>
            <dd>{document::span(&summary.period, language)}</dd>
        </dl>
    }
}

/// From the total to what is left.
#[component]
fn Sums(view: DocumentView, labels: Labels) -> impl IntoView {
    let language = use_words().language;
    let DocumentView { summary, set_offs, .. } = view;
    let kind = summary.kind;
    let mut rows = vec![sum(labels.total, summary.total, language)];
    for set_off in &set_offs {
        let words = document::set_off(kind, set_off, language);
        let other = match kind {
            DocumentKind::Invoice => set_off.credit_note,
            DocumentKind::CreditNote => set_off.invoice,
        };
        let words = view! { <a href=route::document(other)>{words}</a> };
        rows.push(sum(words, minus(set_off.amount), language));
    }
    if let Some(balance) = &summary.balance
        && balance.paid > Cents::ZERO
    {
        rows.push(sum(labels.paid, minus(balance.paid), language));
    }
    let last = match (&summary.balance, &summary.credit) {
        (Some(balance), _) => Some((labels.due, balance.due)),
        (_, Some(credit)) => Some((labels.left, credit.left)),
        (None, None) => None,
    };
    let last = last.map(|(words, amount)| {
        view! { <div class="all">{sum(words, amount, language)}</div> }
    });
    view! {
        <div class="paper-sums">
            {rows}
            {last}
        </div>
    }
}

fn sum(words: impl IntoView + 'static, amount: Cents, language: Language) -> AnyView {
    view! { <p><span>{words}</span><span>{document::amount(amount, language)}</span></p> }
        .into_any()
}

fn minus(amount: Cents) -> Cents {
    amount.checked_mul(-1).unwrap_or(Cents::ZERO)
}

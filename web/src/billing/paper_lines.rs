//! The lines of a document, child by child.

use std::collections::BTreeSet;

use domain::billing::document::{self, Labels};
use domain::wire::{BilledChildView, DocumentView, LineView};
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::i18n::use_words;

#[component]
pub(super) fn Lines(view: DocumentView, labels: Labels) -> impl IntoView {
    let own = use_billing_words();
    let DocumentView { summary, children, lines, .. } = view;
    let bodies = children
        .into_iter()
        .map(|child| {
            let own_lines = lines.iter().filter(|line| line.line.child == child.id);
            let own_lines: Vec<_> = own_lines.cloned().collect();
            view! { <Child child=child lines=own_lines/> }
        })
        .collect_view();
    // On a phone its rows are cards, which would take their meaning from the table's parts.
    view! {
        <table class="lines" role="table">
            <caption class="sr">{(own.details)(&summary.number.to_string())}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{labels.item}</th>
                    <th scope="col" role="columnheader" class="end">{labels.quantity}</th>
                    <th scope="col" role="columnheader" class="end">{labels.unit_price}</th>
                    <th scope="col" role="columnheader" class="end">{labels.reduction}</th>
                    <th scope="col" role="columnheader" class="end">{labels.amount}</th>
                </tr>
            </thead>
            {bodies}
        </table>
    }
}

#[component]
fn Child(child: BilledChildView, lines: Vec<LineView>) -> impl IntoView {
    let words = use_words();
    // One rule prices most of a child's lines: it is said once.
    let rules: BTreeSet<_> =
        lines.iter().map(|line| line.line.rule.words(words.language)).collect();
    let rules = rules.into_iter().map(|rule| view! { <small>{rule}</small> }).collect_view();
    let rows = lines.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
    view! {
        <tbody role="rowgroup">
            <tr role="row" class="kid">
                <th scope="rowgroup" role="rowheader" colspan="5">
                    {child.name}" "
                    <small>{child.level}</small>
                </th>
            </tr>
            {rows}
            <tr role="row" class="rule">
                <td role="cell" colspan="5">{rules}</td>
            </tr>
        </tbody>
    }
}

#[component]
fn Line(line: LineView) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    let amount = |cents| document::amount(cents, words.language);
    let LineView { line, quantity, amount: sum } = line;
    let reduction = document::reduction(&line.rule, words.language).map(|reduction| {
        let reduced = (own.reduced_to)(&amount(line.unit_price));
        view! { {reduction}" "<small>{reduced}</small> }
    });
    let has_none = reduction.is_none();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {line.item.words(words.language)}
                <small>{document::taken(&line.taken, words.language)}</small>
            </th>
            <td role="cell" class="end detail">{quantity}</td>
            <td role="cell" class="end detail price">{amount(line.rule.full_price)}</td>
            <td role="cell" class="end detail">
                {reduction}
                {has_none.then(|| view! { <span class="none">"—"</span> })}
            </td>
            <td role="cell" class="end amount">{amount(sum)}</td>
        </tr>
    }
}

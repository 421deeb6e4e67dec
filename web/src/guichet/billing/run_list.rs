//! The latest runs.

use std::sync::Arc;

use domain::billing::document;
use domain::wire::{RunView, RunsView};
use leptos::prelude::*;

use super::answer::Answer;
use super::room;
use super::words::use_billing_words;
use crate::api::Asked;
use crate::i18n::{self, use_words};

#[component]
pub(super) fn RunList(asked: Asked<RunsView>, ask: Callback<()>) -> impl IntoView {
    let words = &use_billing_words().runs;
    view! {
        <Answer asked=asked failed=words.failed retry=ask>
            <section class="card" aria-labelledby="runs-title">
                <div class="section-head"><h2 id="runs-title">{words.latest}</h2></div>
                {move || asked.get().shown().map(|runs| view! { <Table runs=runs/> })}
            </section>
        </Answer>
    }
}

#[component]
fn Table(runs: Arc<RunsView>) -> impl IntoView {
    let words = &use_billing_words().runs;
    if runs.runs.is_empty() {
        return view! { <p class="pad soft">{words.none}</p> }.into_any();
    }
    let rows = runs.runs.iter().map(|run| view! { <Row run=run.clone()/> }).collect_view();
    view! {
        <table class="list papers">
            <caption class="sr">{words.latest}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.period}</th>
                    <th scope="col" class="wide">{words.started}</th>
                    <th scope="col" class="end">{words.invoices}</th>
                    <th scope="col" class="end">{words.sum}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(run: RunView) -> impl IntoView {
    let words = use_words();
    let runs_words = &use_billing_words().runs;
    let started = i18n::instant(run.started_at, words.language);
    let kind = match (run.dry, run.finished_at) {
        (_, None) => runs_words.running,
        (true, Some(_)) => runs_words.was_dry,
        (false, Some(_)) => runs_words.was_real,
    };
    view! {
        <tr>
            <th scope="row">
                <a href=room::run(run.id)>{document::heading(&run.period, words.language)}</a>
                <small>
                    {kind}
                    <span class="narrow">" · "{started.clone()}</span>
                </small>
            </th>
            <td class="wide">{started}</td>
            <td class="end num">{run.invoices}</td>
            <td class="end num">{document::amount(run.billed, words.language)}</td>
        </tr>
    }
}

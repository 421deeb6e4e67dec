//! What came of the confirmation.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::billing::document;
use domain::dates;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{ConfirmationView, CreditMade};
use leptos::prelude::*;

use super::filling::Filling;
use super::say;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView, PageTitle};
use crate::i18n::{self, use_words};
use crate::route;

#[component]
pub(super) fn DoneStep() -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let content = move || {
        let done = filling.done.get()?;
        let form = untrack(|| filling.form());
        let first = route::week(Week::of(form.term.first_day));
        let booked = (own.booked)(done.booked);
        let name = document::term(&form.term, words.language);
        Some(view! {
            <div class="notice good" role="status">
                <IconView icon=Icon::Check/>
                <p><b>{(own.done_text)(&name)}</b>" "{booked}</p>
            </div>
            <Papers done=done.clone()/>
            <Full done=done/>
            <p>
                <a class="btn" href=first>
                    <IconView icon=Icon::Calendar/>
                    {own.to_planning}
                </a>
            </p>
        })
    };
    view! {
        <PageTitle title=own.done/>
        {content}
    }
}

#[component]
fn Papers(done: ConfirmationView) -> impl IntoView {
    let words = use_words();
    let own = use_subscribing_words();
    let invoice = match done.invoice.zip(done.due_on) {
        Some((number, day)) => {
            view! {
                <p class="money">{document::amount(done.total, words.language)}</p>
                <p class="soft">{(own.invoice_due)(&number.to_string(), &dates::full(day, words.language))}</p>
                <a class="btn primary" href=route::document(number)>{own.see_invoice}</a>
            }
            .into_any()
        }
        None => view! { <p>{own.no_invoice}</p> }.into_any(),
    };
    let credits = done
        .credit_notes
        .into_iter()
        .map(|CreditMade { number, total }| {
            let total = document::amount(total, words.language);
            view! {
                <p>
                    {(own.credit_note)(&total)}
                    " "
                    <a href=route::document(number)>{number.to_string()}</a>
                </p>
            }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="papers">
            <h2 id="papers">{own.invoice}</h2>
            {invoice}
            {credits}
        </section>
    }
}

/// The days without a seat, with the way to each week, where the waiting list is.
#[component]
fn Full(done: ConfirmationView) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    if done.full.is_empty() {
        return ().into_any();
    }
    let form = untrack(|| filling.form());
    let mut groups: BTreeMap<(ChildId, ActivitySlug), Vec<NaiveDate>> = BTreeMap::new();
    for full in done.full {
        groups.entry((full.child_id, full.activity)).or_default().push(full.date);
    }
    let groups = groups
        .into_iter()
        .map(|((child, activity), dates)| {
            let child = form.children.iter().find(|one| one.id == child);
            let child = child.map(|child| child.first_name.clone()).unwrap_or_default();
            let name = say::name(&activity, &form.activities).to_owned();
            let days = dates
                .into_iter()
                .map(|date| {
                    let day = i18n::short_date(date, words.language);
                    let label = (own.join_line)(&name, &dates::full(date, words.language));
                    view! {
                        <li>
                            <a class="btn" href=route::week(Week::of(date)) aria-label=label>
                                {day}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h3>{child}", "{name}</h3>
                <ul class="days">{days}</ul>
            }
        })
        .collect_view();
    view! {
        <section class="card pad" aria-labelledby="full">
            <h2 id="full">{own.full}</h2>
            <p>{own.full_text}</p>
            {groups}
        </section>
    }
    .into_any()
}

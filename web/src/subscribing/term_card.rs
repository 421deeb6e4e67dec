//! A term: what each child has in it.

use domain::billing::document;
use domain::calendar::{Term, utc_to_paris};
use domain::subscribing::{WindowClosed, may_subscribe};
use domain::wire::{ChildView, PeriodView, SubscriptionsView};
use leptos::prelude::*;

use super::part::icon;
use super::say;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn TermCard(term: Term, view: SubscriptionsView) -> impl IntoView {
    let words = use_words();
    let own = use_subscribing_words();
    let today = utc_to_paris(view.now).date();
    let (class, mark) = if term.contains(today) {
        ("state good", own.now)
    } else if today < term.first_day {
        ("state", own.later)
    } else {
        ("state", own.over)
    };
    // A term that has begun is not opened any more: what matters is what the children have.
    let advice = may_subscribe(&term, view.now)
        .err()
        .filter(|closed| today < term.first_day || matches!(closed, WindowClosed::NotYet(_)))
        .map(|closed| {
            view! {
                <p class="hint with-icon pad">
                    <IconView icon=Icon::Clock/>
                    <span>{closed.advice(words.language)}</span>
                </p>
            }
        });
    let heading = format!("trimestre-{}", term.number);
    let labelled_by = heading.clone();
    let name = i18n::capital(&document::term(&term, words.language));
    let span = document::span(&PeriodView::Term { term: term.clone() }, words.language);
    let has_any = view.subscriptions.iter().any(|held| held.term == term.id);
    let children = if has_any {
        let children = view.children.clone().into_iter();
        let children = children
            .map(|child| view! { <Child child=child term=term.clone() view=view.clone()/> })
            .collect_view();
        view! { <ul class="kids">{children}</ul> }.into_any()
    } else {
        view! { <p class="soft pad">{own.nothing_yet}</p> }.into_any()
    };
    view! {
        <section class="card term" aria-labelledby=labelled_by>
            <header class="pad">
                <div>
                    <h2 id=heading>{name}</h2>
                    <p class="soft">{span}</p>
                </div>
                <span class=class>{mark}</span>
            </header>
            {children}
            {advice}
        </section>
    }
}

#[component]
fn Child(child: ChildView, term: Term, view: SubscriptionsView) -> impl IntoView {
    let words = use_words();
    let own = use_subscribing_words();
    let initial: String = child.first_name.chars().take(1).collect();
    let mut held: Vec<_> = view
        .subscriptions
        .iter()
        .filter(|held| held.child == child.id && held.term == term.id)
        .collect();
    held.sort_by_key(|held| held.choice.service());
    let services = held
        .into_iter()
        .map(|held| {
            let said = say::subscription(held, &view.activities, own, words.language);
            let lines = said.lines.into_iter().map(|line| view! { <small>{line}</small> });
            view! {
                <li>
                    <IconView icon=icon(said.service)/>
                    <span><b>{(words.cells.service)(said.service)}</b>{lines.collect_view()}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let services = if services.is_empty() {
        view! { <p class="soft">{own.nothing_for_child}</p> }.into_any()
    } else {
        view! { <ul class="services">{services}</ul> }.into_any()
    };
    view! {
        <li>
            <div class="kid">
                <span class="avatar" aria-hidden="true">{initial}</span>
                <div>
                    <h3>{child.first_name}</h3>
                    <p class="soft">{child.class_name}</p>
                </div>
            </div>
            {services}
        </li>
    }
}

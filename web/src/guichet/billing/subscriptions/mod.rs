//! What a family's children are subscribed to, and how the guichet changes it.

mod changed;
mod end_sheet;
mod held;
mod package_sheet;
mod preview;

use std::sync::Arc;

use domain::billing::document;
use domain::bus::BusPackage;
use domain::calendar::Term;
use domain::wire::{FamilyBillingView, PeriodView};
use leptos::prelude::*;

use self::changed::{Changed, Outcome};
use self::end_sheet::EndSheet;
use self::held::Held;
use self::package_sheet::PackageSheet;
use super::family_page::Family;
use super::words::use_billing_words;
use crate::guichet::desk::Desk;
use crate::i18n::use_words;

/// Takes the focus after a change.
const TITLE: &str = "held-title";

/// What is to be changed, and what came of the last change.
#[derive(Clone, Copy)]
struct Changes {
    family: Family,
    ends: RwSignal<Option<Held>>,
    /// With the package that it is to have.
    repacks: RwSignal<Option<(Held, BusPackage)>>,
    outcome: RwSignal<Option<Outcome>>,
}

impl Changes {
    /// A change was made.
    fn made(self, outcome: Outcome) {
        // The page may be gone.
        self.outcome.try_set(Some(outcome));
        self.family.reload();
        crate::browser::focus_soon(TITLE);
    }
}

#[component]
pub(super) fn Subscriptions(family: Family) -> impl IntoView {
    let words = &use_billing_words().held;
    let changes = Changes {
        family,
        ends: RwSignal::new(None),
        repacks: RwSignal::new(None),
        outcome: RwSignal::new(None),
    };
    let list = move || family.shown().map(|shown| view! { <List family=shown changes=changes/> });
    view! {
        <section class="card pad" aria-labelledby=TITLE>
            <h2 id=TITLE tabindex="-1">{words.title}</h2>
            <Changed family=family outcome=changes.outcome/>
            {list}
        </section>
        <EndSheet changes=changes/>
        <PackageSheet changes=changes/>
    }
}

#[component]
fn List(family: Arc<FamilyBillingView>, changes: Changes) -> impl IntoView {
    let words = &use_billing_words().held;
    let terms = family.terms.iter().map(|term| (term, held::of_term(&family, term)));
    let terms: Vec<_> = terms.filter(|(_, held)| !held.is_empty()).collect();
    if terms.is_empty() {
        return view! { <p class="soft">{words.none}</p> }.into_any();
    }
    let parts = terms.into_iter().map(|(term, held)| {
        view! { <TermPart term=term.clone() held=held changes=changes/> }
    });
    parts.collect_view().into_any()
}

#[component]
fn TermPart(term: Term, held: Vec<Held>, changes: Changes) -> impl IntoView {
    let language = use_words().language;
    let name = document::term(&term, language);
    let span = document::span(&PeriodView::Term { term: term.clone() }, language);
    let children = held.chunk_by(|one, next| one.subscription.child == next.subscription.child);
    let children = children.map(|held| {
        let child = held[0].child.clone();
        let rows = held.iter().cloned().map(|held| view! { <Row held=held changes=changes/> });
        let rows = rows.collect_view();
        view! {
            <div>
                <p><b>{child.clone()}</b></p>
                <ul class="held" aria-label=child>{rows}</ul>
            </div>
        }
    });
    let children = children.collect_view();
    view! {
        <div>
            <h3>{name}" "<span class="soft">{span}</span></h3>
            <div class="by-child">{children}</div>
        </div>
    }
}

#[component]
fn Row(held: Held, changes: Changes) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let own = &use_billing_words().held;
    let service = (words.cells.service)(held.service());
    let said = held.said(own, words.language);
    let of = format!("\u{a0}: {}", held.name(words));
    // What is over is not changed any more.
    let is_over = held.subscription.last_day.is_some_and(|day| day < desk.clock.today());
    let repack = held.other_package().map(|package| {
        let (held, of) = (held.clone(), of.clone());
        view! {
            <button
                class="btn"
                type="button"
                on:click=move |_| changes.repacks.set(Some((held.clone(), package)))
            >
                {(own.to_package)(package.as_str())}
                <span class="sr">{of}</span>
            </button>
        }
    });
    let end = move |_| changes.ends.set(Some(held.clone()));
    view! {
        <li>
            <p>
                {service}
                <small>{said}</small>
            </p>
            {(!is_over).then(|| view! {
                <div class="buttons">
                    {repack}
                    <button class="btn" type="button" on:click=end>
                        {own.end}
                        <span class="sr">{of}</span>
                    </button>
                </div>
            })}
        </li>
    }
}

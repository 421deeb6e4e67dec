//! The summary: all children at a glance, and the one button that makes it so.

use domain::activity::ServiceKind;
use domain::billing::{Item, document, due_on};
use domain::dates;
use domain::subscription::Subscription;
use domain::wire::ChildView;
use leptos::prelude::*;

use super::bus_part::BeyondPackage;
use super::draft_mark::DraftMark;
use super::faults_list::{FaultsList, Refused};
use super::filling::Filling;
use super::form_page::StepHead;
use super::say;
use super::total_card::{Dock, TotalCard};
use super::totals::{price_of, today};
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;
use crate::route::{Step, subscribing};

#[component]
pub(super) fn SummaryStep(count: usize, reload: Callback<()>) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    filling.is_judged.set(true);
    let children = move || {
        let children = filling.form().children.clone();
        let card = |(at, child)| view! { <ChildSummary at=at child=child/> };
        children.into_iter().enumerate().map(card).collect_view()
    };
    let back = count.checked_sub(1).map(|last| {
        let name = untrack(|| filling.child(last)).map(|child| child.first_name);
        view! {
            <a class="btn wide-only" href=subscribing(filling.of, Step::Child(last))>
                <IconView icon=Icon::Left/>
                {name}
            </a>
        }
    });
    view! {
        <StepHead title=own.summary step=Step::Summary reload=reload/>
        <div class="with-aside">
            <div class="stack">
                <Refused/>
                <FaultsList/>
                {children}
                <Dock>
                    {back}
                    <ConfirmButton/>
                </Dock>
            </div>
            <aside class="stack sticky" aria-labelledby="total">
                <TotalCard>
                    <WhenDue/>
                </TotalCard>
                <DraftMark/>
            </aside>
        </div>
    }
}

/// Whether there is something to confirm, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ready {
    Yes,
    Nothing,
    Faults,
    NoTotal,
}

fn ready(filling: &Filling) -> Ready {
    if filling.totals.with(Result::is_err) {
        Ready::NoTotal
    } else if !filling.faults.with(Vec::is_empty) {
        Ready::Faults
    } else if filling.choices().iter().all(|choices| choices.services().next().is_none()) {
        Ready::Nothing
    } else {
        Ready::Yes
    }
}

#[component]
fn ConfirmButton() -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let is_ready = Memo::new(move |_| ready(&filling));
    let why = move || match is_ready.get() {
        Ready::Yes => "",
        Ready::Nothing => own.nothing_chosen,
        Ready::Faults => own.faults,
        Ready::NoTotal => own.no_total,
    };
    let confirm = move |_| {
        if is_ready.get_untracked() == Ready::Yes {
            filling.confirm();
        }
    };
    let is_off = move || is_ready.get() != Ready::Yes || filling.is_confirming.get();
    view! {
        <span class="confirm">
            <small id="why-not">{why}</small>
            <button
                class="btn primary big"
                type="button"
                aria-disabled=move || is_off().then_some("true")
                aria-describedby="why-not"
                on:click=confirm
            >
                <IconView icon=Icon::Check/>
                {move || if filling.is_confirming.get() { own.confirming } else { own.confirm }}
            </button>
        </span>
    }
}

#[component]
fn WhenDue() -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    move || {
        let is_billed = filling
            .totals
            .with(|totals| totals.as_ref().is_ok_and(|totals| !totals.children.is_empty()));
        let day = dates::full(due_on(today(&filling.form())), words.language);
        is_billed.then(|| view! { <p class="soft">{(own.when_due)(&day)}</p> })
    }
}

#[component]
fn ChildSummary(at: usize, child: ChildView) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let heading = format!("recapitulatif-{at}");
    let labelled_by = heading.clone();
    let initial: String = child.first_name.chars().take(1).collect();
    let id = child.id;
    let rows = move || {
        let form = filling.form();
        let held = form.held.iter().filter(|held| held.child == id).cloned();
        let new = filling.choices().into_iter().nth(at).map(|choices| choices.draft(form.term.id));
        let mut all: Vec<(Subscription, bool)> = held.map(|held| (held, true)).collect();
        all.extend(new.into_iter().flatten().map(|new| (new, false)));
        all.sort_by_key(|(of, _)| of.choice.service());
        if all.is_empty() {
            return view! { <p class="soft nothing">{own.nothing_for_child}</p> }.into_any();
        }
        let rows = all
            .into_iter()
            .map(|(of, is_held)| view! { <Row of=of is_held=is_held/> })
            .collect_view();
        view! { <ul class="chosen">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <header class="kid pad">
                <span class="avatar" aria-hidden="true">{initial}</span>
                <div>
                    <h2 id=heading>{child.first_name.clone()}</h2>
                    <p class="soft">{child.class_name}</p>
                </div>
                <a
                    class="btn quiet"
                    href=subscribing(filling.of, Step::Child(at))
                    aria-label=(own.edit_child)(&child.first_name)
                >
                    <IconView icon=Icon::Pencil/>
                    {own.edit}
                </a>
            </header>
            {rows}
            <BeyondPackage at=at/>
        </section>
    }
}

#[component]
fn Row(of: Subscription, is_held: bool) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let form = untrack(|| filling.form());
    let said = say::subscription(&of, &form.activities, own, words.language);
    let lines = said.lines.into_iter().map(|line| view! { <small>{line}</small> }).collect_view();
    let (child, service) = (of.child, said.service);
    let price = move || {
        if is_held {
            return own.held.to_owned();
        }
        let amount = |cents| document::amount(cents, words.language);
        if service == ServiceKind::Canteen {
            let price = price_of(&filling.form(), &filling.choices(), child, Item::Meal);
            return price.map(|price| (own.a_meal)(&amount(price.unit))).unwrap_or_default();
        }
        filling
            .totals
            .with(|totals| {
                let totals = totals.as_ref().ok()?;
                let of = totals.children.iter().find(|of| of.child == child)?;
                let line = of.lines.iter().find(|line| line.item.service() == service)?;
                line.amount().ok().map(amount)
            })
            .unwrap_or_default()
    };
    view! {
        <li>
            <span><b>{(words.cells.service)(service)}</b>{lines}</span>
            <span class="price">{price}</span>
        </li>
    }
}

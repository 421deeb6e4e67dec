//! A child's step: its three services, and on to the next.

use domain::activity::ServiceKind;
use domain::ids::ChildId;
use domain::wire::SubscriptionForm;
use leptos::prelude::*;

use super::bus_part::BusPart;
use super::canteen_part::CanteenPart;
use super::draft_mark::DraftMark;
use super::filling::{Filling, activities};
use super::form_page::StepHead;
use super::part::HeldPart;
use super::say;
use super::sheet::{Sheet, as_before, still_possible};
use super::tap_part::TapPart;
use super::total_card::{Dock, TotalCard};
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView, Toast, Toasts};
use crate::route::{Step, subscribing};

#[component]
pub(super) fn ChildStep(at: usize, count: usize, reload: Callback<()>) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let Some(child) = untrack(|| filling.child(at)) else { return ().into_any() };
    let (id, name) = (child.id, child.first_name.clone());
    let parts = ServiceKind::ALL.map(|service| {
        let name = name.clone();
        // What the child has may have become known while the form is open.
        let held = Memo::new(move |_| {
            let form = filling.form();
            let own = form.held.iter().filter(|held| held.child == id);
            own.into_iter().find(|held| held.choice.service() == service).cloned()
        });
        move || {
            let name = name.clone();
            match (held.get(), service) {
                (Some(held), _) => view! { <HeldPart at=at held=held/> }.into_any(),
                (None, ServiceKind::Canteen) => view! { <CanteenPart at=at/> }.into_any(),
                (None, ServiceKind::Bus) => view! { <BusPart at=at/> }.into_any(),
                (None, ServiceKind::Tap) => view! { <TapPart at=at name=name/> }.into_any(),
            }
        }
    });
    let next = if at + 1 < count { Step::Child(at + 1) } else { Step::Summary };
    let back = at.checked_sub(1).map(|before| {
        let name = untrack(|| filling.child(before)).map(|child| child.first_name);
        view! {
            <a class="btn wide-only" href=subscribing(filling.of, Step::Child(before))>
                <IconView icon=Icon::Left/>
                {name}
            </a>
        }
    });
    let initial: String = name.chars().take(1).collect();
    view! {
        <StepHead title=(own.of_child)(&name) step=Step::Child(at) reload=reload/>
        <div class="with-aside">
            <div class="stack">
                <section class="card pad" aria-label=own.child>
                    <header class="kid">
                        <span class="avatar" aria-hidden="true">{initial}</span>
                        <div>
                            <b>{name.clone()}</b>
                            <p class="soft">{child.class_name}</p>
                        </div>
                        <AsBefore at=at child=id/>
                    </header>
                </section>
                {parts.into_iter().collect_view()}
                <Dock>
                    {back}
                    <a class="btn primary" href=subscribing(filling.of, next)>
                        {own.go_on}
                        <IconView icon=Icon::Right/>
                    </a>
                </Dock>
            </div>
            <aside class="stack sticky" aria-labelledby="total">
                <TotalCard/>
                <DraftMark/>
            </aside>
        </div>
    }
    .into_any()
}

/// Takes over the term before, where the child had something that it has not by now.
#[component]
fn AsBefore(at: usize, child: ChildId) -> impl IntoView {
    let filling: Filling = expect_context();
    let toasts: Toasts = expect_context();
    let own = use_subscribing_words();
    let possible = move |form: &SubscriptionForm| {
        still_possible(as_before(child, &form.before), &form.held, &activities(form))
    };
    let has_any = Memo::new(move |_| possible(&filling.form()).services().next().is_some());
    let form = untrack(|| filling.form());
    let term = form.term.number.checked_sub(1).filter(|number| *number > 0);
    let take = move |_| {
        let form = untrack(|| filling.form());
        let mut choices = possible(&form);
        let is_full = |slug: &_| {
            form.activities.iter().any(|one| one.slug == *slug && one.seats_left == Some(0))
        };
        let full: Vec<_> = choices
            .taps
            .extract_if(.., |slug| is_full(slug))
            .map(|slug| say::name(&slug, &form.activities).to_owned())
            .collect();
        let Some(undone) = untrack(|| filling.sheet(at, Sheet::clone)) else { return };
        filling.change(at, |sheet| *sheet = Sheet::new(choices));
        let told = if full.is_empty() {
            own.taken_over.to_owned()
        } else {
            (own.taken_over_without)(&full.join(", "))
        };
        let undo = Callback::new(move |()| {
            let undone = undone.clone();
            filling.change(at, |sheet| *sheet = undone);
        });
        toasts.show(Toast::info(told).undoable(undo));
    };
    move || {
        has_any.get().then(|| {
            view! {
                <button class="btn quiet" type="button" on:click=take>
                    <IconView icon=Icon::Repeat/>
                    {(own.as_before)(term)}
                </button>
            }
        })
    }
}

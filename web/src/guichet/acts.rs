//! The guichet's latest changes.

use domain::wire::{GuichetAct, GuichetWhat};
use leptos::prelude::*;

use super::desk::Desk;
use super::words::use_desk_words;
use crate::api::Load;
use crate::i18n::{self, use_words};

#[component]
pub(super) fn LatestActs() -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let entries = move || match desk.acts.get() {
        Load::Loading => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        Load::Failed(error) => view! { <p>{error.words(words).1}</p> }.into_any(),
        Load::Shown(acts) if acts.acts.is_empty() => {
            view! { <p class="soft">{desk_words.acts.none}</p> }.into_any()
        }
        Load::Shown(acts) => {
            let entries = acts.acts.iter().map(|act| view! { <Act act=act.clone()/> });
            view! { <ul class="log">{entries.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section class="card pad" aria-labelledby="acts-title">
            <h2 id="acts-title">{desk_words.acts.title}</h2>
            {entries}
        </section>
    }
}

#[component]
fn Act(act: GuichetAct) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let acts = &use_desk_words().acts;
    let at = i18n::instant(act.at, words.language);
    let about = format!("{at} · {} · {}", act.by, act.reason);
    let child = act.child.clone().map(|name| view! { <b>{name}</b>", " });
    let what = move || {
        let (name, day) = (desk.name(&act.activity), i18n::short_date(act.date, words.language));
        match (act.what, act.capacity) {
            (GuichetWhat::Capacity, Some((before, after))) => {
                (acts.capacity)(&name, &day, before, after)
            }
            (GuichetWhat::Capacity, None) => format!("{name}, {day}"),
            (GuichetWhat::Added, _) => (acts.added)(&name, &day),
            (GuichetWhat::Removed, _) => (acts.removed)(&name, &day),
            (GuichetWhat::LeftLine, _) => (acts.left_line)(&name, &day),
            (GuichetWhat::Subscribed, _) => (acts.opened)(&name, &day),
        }
    };
    view! {
        <li>
            {child}{what}
            <br/>
            <small class="soft">{about}</small>
        </li>
    }
}

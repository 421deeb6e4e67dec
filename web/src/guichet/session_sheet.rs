//! A session: who is in it, who waits, and its capacity.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::wire::{Inscribed, SessionDetail};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::capacity_form::CapacityForm;
use super::desk::{Chosen, Desk, Load};
use super::route::{self, Route};
use super::words::use_desk_words;
use crate::components::{ErrorNotice, Icon, IconView, Sheet};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn SessionSheet() -> impl IntoView {
    let desk: Desk = expect_context();
    let route: Memo<Route> = expect_context();
    let words = use_words();
    let navigate = use_navigate();
    let shown = Memo::new(move |_| match route.get() {
        Route::Session(activity, date) => Some((activity, date)),
        Route::Home | Route::Week(_) | Route::NotFound => None,
    });
    let detail = RwSignal::new(Load::<SessionDetail>::Loading);
    Effect::new(move |before: Option<Option<(ActivitySlug, NaiveDate)>>| {
        let now = shown.get();
        desk.changes();
        // New seats of the week are new seats here.
        desk.seats.track();
        if before.as_ref() != Some(&now) {
            detail.set(Load::Loading);
        }
        if let Some((activity, date)) = now.clone() {
            spawn_local(async move {
                let answer = desk.session.session_detail(&activity, date).await;
                if shown.get_untracked() == Some((activity, date)) {
                    detail.update(|detail| detail.answered(answer));
                }
            });
        }
        now
    });
    let title = Signal::derive(move || {
        shown.get().map_or_else(String::new, |(activity, date)| {
            format!("{}, {}", desk.name(&activity), i18n::day(date, words.language))
        })
    });
    let close = Callback::new(move |()| {
        if shown.get_untracked().is_some() {
            let week = route::week(desk.week.get_untracked());
            navigate(&week, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    });
    let content = move || match detail.get() {
        Load::Loading => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        Load::Failed(error) => view! { <ErrorNotice error=error/> }.into_any(),
        Load::Shown(detail) => view! { <Detail detail=(*detail).clone() close=close/> }.into_any(),
    };
    view! {
        <Sheet
            id="session-title"
            is_open=Signal::derive(move || shown.get().is_some())
            on_close=close
            start=|| view! { <IconView icon=Icon::Calendar/> }
            title=title
        >
            {content}
        </Sheet>
    }
}

#[component]
fn Detail(detail: SessionDetail, close: Callback<()>) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let session_words = &desk_words.session;
    let session = detail.session.clone();
    let taken = (desk_words.form.taken)(&session.taken.to_string(), &session.capacity.to_string());
    let choose = {
        let (activity, date) = (session.activity.clone(), session.date);
        move |inscribed: &Inscribed| {
            let chosen =
                Chosen { child: inscribed.child.clone(), activity: activity.clone(), date };
            move |_| {
                desk.chosen.set(Some(chosen.clone()));
                close.run(());
            }
        }
    };
    let entry = |inscribed: &Inscribed, action: &'static str, label: fn(&str) -> String| {
        let child = &inscribed.child;
        let name = format!("{} {}", child.last_name, child.first_name);
        let since = (session_words.since)(&i18n::instant(inscribed.since, words.language));
        view! {
            <li>
                <span>{name.clone()}<small class="soft">{child.class_name.clone()}" · "{since}</small></span>
                <button class="btn" type="button" aria-label=label(&name) on:click=choose(inscribed)>
                    {action}
                </button>
            </li>
        }
    };
    let line =
        detail.line.iter().map(|waits| entry(waits, session_words.give, session_words.give_to));
    let line = line.collect_view();
    let children = detail
        .children
        .iter()
        .map(|inscribed| entry(inscribed, session_words.change, session_words.change_for));
    let children = children.collect_view();
    let counted = match detail.line.len() {
        0 => session_words.no_line.to_owned(),
        count => (session_words.line)(count),
    };
    let rule = if detail.serves_waiting { session_words.serves } else { session_words.over };
    view! {
        <p><b>{taken}</b></p>
        <details>
            <summary>{session_words.set}</summary>
            <CapacityForm detail=detail.clone()/>
        </details>
        <h3>{counted}</h3>
        <p class="hint">{rule}</p>
        <ol class="people">{line}</ol>
        <h3>{(session_words.children)(detail.children.len())}</h3>
        <ul class="people">{children}</ul>
    }
}

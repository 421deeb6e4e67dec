//! A session: who is in it, who waits, and its capacity.

use chrono::NaiveDate;
use domain::activity::ActivitySlug;
use domain::wire::{Inscribed, SessionDetail};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::capacity_form::CapacityForm;
use super::desk::{Chosen, Desk};
use super::route::{self, Route};
use super::words::use_desk_words;
use crate::api::{ApiError, Asked, Load};
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
        Route::Home | Route::Week(_) | Route::Billing(_) | Route::NotFound => None,
    });
    let detail = Asked::<SessionDetail>::new();
    // Asked for again when this session's seats are others, and not when any seat of the week is.
    let seats = Memo::new(move |_| {
        let (activity, date) = shown.get()?;
        let week = desk.seats.get().shown()?;
        let mut sessions = week.sessions.iter();
        sessions.find(|session| session.activity == activity && session.date == date).cloned()
    });
    Effect::new(move |before: Option<Option<(ActivitySlug, NaiveDate)>>| {
        let now = shown.get();
        desk.changes();
        seats.track();
        if before.as_ref() != Some(&now) {
            detail.clear();
        }
        if let Some((activity, date)) = now.clone() {
            let session = desk.session;
            detail.ask(async move { session.session_detail(&activity, date).await });
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
            navigate(
                &week,
                NavigateOptions {
                    // The way back leads past it.
                    replace: true,
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        }
    });
    // Apart from what is in it: a new answer leaves alone what is being typed.
    let progress = Memo::new(move |_| match detail.get() {
        Load::Loading => Progress::Loading,
        Load::Failed(error) => Progress::Failed(error),
        Load::Shown(_) => Progress::Shown,
    });
    let content = move || match progress.get() {
        Progress::Loading => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        Progress::Failed(error) => view! { <ErrorNotice error=error/> }.into_any(),
        Progress::Shown => view! { <Detail detail=detail close=close/> }.into_any(),
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

#[derive(Clone, PartialEq)]
enum Progress {
    Loading,
    Failed(ApiError),
    Shown,
}

#[component]
fn Detail(detail: Asked<SessionDetail>, close: Callback<()>) -> impl IntoView {
    let form_words = &use_desk_words().form;
    let session_words = &use_desk_words().session;
    let shown = Signal::derive(move || detail.get().shown());
    let taken = move || {
        shown.get().map(|detail| {
            let session = &detail.session;
            (form_words.taken)(&session.taken.to_string(), &session.capacity.to_string())
        })
    };
    let lists =
        move || shown.get().map(|detail| view! { <Lists detail=(*detail).clone() close=close/> });
    view! {
        <p><b>{taken}</b></p>
        <details>
            <summary>{session_words.set}</summary>
            <CapacityForm detail=shown/>
        </details>
        {lists}
    }
}

/// Who waits, and who is in.
#[component]
fn Lists(detail: SessionDetail, close: Callback<()>) -> impl IntoView {
    let desk: Desk = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let session_words = &desk_words.session;
    let session = detail.session.clone();
    let choose = {
        let (activity, date) = (session.activity.clone(), session.date);
        let is_full = session.taken >= session.capacity;
        move |inscribed: &Inscribed, waits: bool| {
            let chosen = Chosen {
                child: inscribed.child.clone(),
                activity: activity.clone(),
                date,
                beyond: waits && is_full,
            };
            move |_| {
                desk.chosen.set(Some(chosen.clone()));
                close.run(());
            }
        }
    };
    let entry = |inscribed: &Inscribed, place: Option<usize>| {
        let child = &inscribed.child;
        let mut name = format!("{} {}", child.last_name, child.first_name);
        let since = (session_words.since)(&i18n::instant(inscribed.since, words.language));
        let (action, label) = match place {
            Some(_) => (session_words.give, (session_words.give_to)(&name)),
            None => (session_words.change, (session_words.change_for)(&name)),
        };
        if let Some(place) = place {
            name = format!("{place}. {name}");
        }
        let about = format!("{} · {since}", child.class_name);
        view! {
            <li>
                <span>{name}<small class="soft">{about}</small></span>
                <button
                    class="btn"
                    type="button"
                    aria-label=label
                    on:click=choose(inscribed, place.is_some())
                >
                    {action}
                </button>
            </li>
        }
    };
    let line = detail.line.iter().zip(1..).map(|(waits, place)| entry(waits, Some(place)));
    let line = line.collect_view();
    let children = detail.children.iter().map(|inscribed| entry(inscribed, None));
    let children = children.collect_view();
    let counted = match detail.line.len() {
        0 => session_words.no_line.to_owned(),
        count => (session_words.line)(count),
    };
    let rule = if session.serves_waiting { session_words.serves } else { session_words.over };
    view! {
        <h3>{counted}</h3>
        {(!detail.line.is_empty()).then(|| view! { <p class="hint">{rule}</p> })}
        <ol class="people">{line}</ol>
        <h3>{(session_words.children)(detail.children.len())}</h3>
        <ul class="people">{children}</ul>
    }
}

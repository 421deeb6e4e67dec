//! What was changed in a child's week, by whom, when and from where.

use std::collections::HashMap;

use domain::activity::ActivitySlug;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{HistoryEntry, HistoryView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::store::Planning;
use crate::api::ApiError;
use crate::components::{ErrorNotice, Icon, IconView, Sheet};
use crate::i18n::{self, Words, use_words};

/// The child whose history was asked for.
#[derive(Clone, PartialEq)]
pub(super) struct HistoryOf {
    pub(super) week: Week,
    pub(super) child: ChildId,
    pub(super) child_name: String,
    /// What the activities are called.
    pub(super) names: HashMap<ActivitySlug, String>,
}

/// Opens the sheet.
#[derive(Clone, Copy)]
pub(super) struct HistoryOpener(pub(super) RwSignal<Option<HistoryOf>>);

#[component]
pub(super) fn HistorySheet() -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let HistoryOpener(shown) = expect_context();
    let answer = RwSignal::new(None::<Result<HistoryView, ApiError>>);
    Effect::new(move || {
        let Some(of) = shown.get() else { return };
        answer.set(None);
        spawn_local(async move {
            let history = planning.session.history(of.child, of.week).await;
            if shown.with_untracked(|now| now.as_ref() == Some(&of)) {
                answer.set(Some(history));
            }
        });
    });
    let title = Signal::derive(move || {
        shown.get().map_or_else(String::new, |of| (words.history.title)(&of.child_name))
    });
    let content = move || match (answer.get(), shown.get()) {
        (_, None) => ().into_any(),
        (None, _) => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        (Some(Err(error)), _) => view! { <ErrorNotice error=error/> }.into_any(),
        (Some(Ok(history)), _) if history.entries.is_empty() => {
            view! { <p>{words.history.nothing}</p> }.into_any()
        }
        (Some(Ok(history)), Some(of)) => {
            let entries = history
                .entries
                .iter()
                .map(|entry| {
                    let name = of.names.get(&entry.activity);
                    let name = name.map_or_else(|| entry.activity.to_string(), String::clone);
                    view! {
                        <li>
                            <p><b>{what(entry, &name, words)}</b></p>
                            <p class="soft">{from(entry, words)}</p>
                            {entry.reason.clone().map(|reason| view! { <p>"« "{reason}" »"</p> })}
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="history">{entries}</ul> }.into_any()
        }
    };
    view! {
        <Sheet
            id="history-title"
            is_open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(move |()| shown.set(None))
            start=|| view! { <IconView icon=Icon::Clock/> }
            title=title
        >
            <div aria-live="polite">{content}</div>
        </Sheet>
    }
}

/// `Cantine, lundi 18 : inscription ajoutée`.
fn what(entry: &HistoryEntry, name: &str, words: &Words) -> String {
    use domain::wire::HistoryWhat::{Added, Removed, StoppedWaiting, Subscribed, Waited};
    let cells = &words.cells;
    let news = match entry.what {
        Added => cells.added,
        Removed => cells.removed,
        Waited => cells.waits,
        StoppedWaiting => cells.left_line,
        Subscribed => cells.opened,
    };
    news(name, &i18n::day(entry.date, words.language))
}

/// `mardi 12 sept. 9 h 14 · sur le portail, par Camille Delorme`.
fn from(entry: &HistoryEntry, words: &Words) -> String {
    let at = i18n::instant(entry.at, words.language);
    let origin = (words.history.origin)(entry.origin);
    match &entry.by {
        Some(by) => format!("{at} · {origin}, {by}"),
        None => format!("{at} · {origin}"),
    }
}

//! What an update of the type week would do, in words and as a table.

use domain::wire::{TypeWeekChange, TypeWeekView};
use leptos::prelude::*;

use super::type_week_view::TypeWeekTable;
use crate::api::ApiError;
use crate::components::ErrorNotice;
use crate::i18n::{self, Days, Words, use_words};

/// How far the preview is.
#[derive(Clone)]
pub(super) enum Preview {
    Loading,
    Failed(ApiError),
    Here(TypeWeekView),
}

/// The preview; `join` is whether the waiting lists of full days are to be joined.
#[component]
pub(super) fn PreviewView(preview: RwSignal<Preview>, join: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    move || match preview.get() {
        Preview::Loading => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        Preview::Failed(error) => view! { <ErrorNotice error=error/> }.into_any(),
        Preview::Here(view) => here(view, join, words),
    }
}

fn here(view: TypeWeekView, join: RwSignal<bool>, words: &'static Words) -> AnyView {
    let (monday, until) = (view.monday, i18n::short_date(view.until, words.language));
    let Some(change) = view.items.into_iter().next() else { return ().into_any() };
    let (before, after) = (weekdays(&change.before, words), weekdays(&change.after, words));
    let summary = summary(&change, words);
    let full = (!change.full.is_empty()).then(|| {
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || join.get()
                    on:change=move |event| join.set(event_target_checked(&event))
                />
                <span>{words.row.join_full}</span>
            </label>
        }
    });
    view! {
        <p>
            <span class="soft">{before}</span>
            <span aria-hidden="true">" → "</span>
            <span class="sr">{words.row.becomes}</span>
            <b>{after}</b>
            <span class="soft">" "{(words.row.until)(&until)}</span>
        </p>
        <TypeWeekTable shown=monday change=change/>
        <ul class="summary">{summary}</ul>
        {full}
    }
    .into_any()
}

/// Whether the update changes anything, be it only what the next look starts from.
pub(super) fn is_news(change: &TypeWeekChange) -> bool {
    change.before != change.after || !change.added.is_empty() || !change.removed.is_empty()
}

/// `lun., mer.`, or that there is none.
fn weekdays(days: &[chrono::Weekday], words: &Words) -> String {
    if days.is_empty() {
        return words.row.no_day.to_owned();
    }
    let days: Vec<_> = days.iter().map(|day| i18n::short_weekday(*day, words.language)).collect();
    days.join(", ")
}

/// What is added, removed and left, each with its number.
fn summary(change: &TypeWeekChange, words: &'static Words) -> Vec<AnyView> {
    let row = &words.row;
    let entries: [(usize, Days); 6] = [
        (change.added.len(), row.added),
        (change.removed.len(), row.removed),
        (change.kept.len(), row.kept),
        (change.full.len(), row.full),
        (change.locked.len(), row.locked),
        (change.closed.len(), row.closed),
    ];
    let told = entries.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<_> =
        told.map(|(count, words)| view! { <li>{words(count)}</li> }.into_any()).collect();
    if is_news(change) || !told.is_empty() {
        told
    } else {
        vec![view! { <li>{row.nothing}</li> }.into_any()]
    }
}

//! One cell on the screen.

use domain::cell::CellState;
use leptos::prelude::*;

use super::frame::CellKey;
use super::full_dialog::{FullCell, FullDialogOpener};
use super::store::Planning;
use super::tick::Look;
use super::words;
use crate::components::{Icon, Toast, Toasts};
use crate::i18n::use_words;

/// Where a cell stands, for its name and its explanations.
#[derive(Clone)]
pub(super) struct TickPlace {
    pub(super) key: CellKey,
    pub(super) activity: String,
    pub(super) child: String,
    /// The label of a closed day.
    pub(super) closed: Option<String>,
}

#[component]
pub(super) fn TickView(place: TickPlace) -> impl IntoView {
    let planning: Planning = expect_context();
    let key = place.key.clone();
    let look = Memo::new(move |_| planning.look(&key));
    // The button stays the same while its state changes: it keeps the focus.
    let runs =
        Memo::new(move |_| look.get().is_some_and(|look| look.state != CellState::NotRunning));
    move || {
        if runs.get() {
            view! { <TickButton place=place.clone() look=look/> }.into_any()
        } else {
            view! { <NoService/> }.into_any()
        }
    }
}

/// The activity does not run on that day.
#[component]
pub(super) fn NoService() -> impl IntoView {
    let words = use_words();
    view! {
        <span class="tick not-running">
            <span aria-hidden="true">"·"</span>
            <span class="sr">{words.cells.not_running}</span>
        </span>
    }
}

#[component]
fn TickButton(place: TickPlace, look: Memo<Option<Look>>) -> impl IntoView {
    let planning: Planning = expect_context();
    let toasts: Toasts = expect_context();
    let dialog: FullDialogOpener = expect_context();
    let words = use_words();
    let state = move || look.get().map_or(CellState::NotRunning, |look| look.state);
    let name = words::place(&place.activity, place.key.date, words);

    let tap = move |_| {
        let Some(look) = look.get_untracked() else { return };
        match look.state {
            CellState::BookedOpen | CellState::FreeOpen => {
                planning.wish(&place.key, !look.state.is_booked());
            }
            CellState::Full | CellState::Waiting => dialog.0.set(Some(FullCell {
                key: place.key.clone(),
                activity: place.activity.clone(),
                child: place.child.clone(),
            })),
            _ => {
                let (title, advice) = words::why(&look, place.closed.as_deref(), words);
                toasts.show(Toast::explained(title, advice));
            }
        }
    };
    let pressed = move || match state() {
        CellState::BookedOpen => Some("true"),
        CellState::FreeOpen => Some("false"),
        _ => None,
    };
    let described_by = move || {
        let look = look.get()?;
        let reason = look.reason.filter(|_| !look.state.is_open())?;
        Some(format!("why-{}", reason.as_str()))
    };
    let pending = move || look.get().is_some_and(|look| look.pending).then_some("true");
    let mark = move || look.get().map(|look| words::mark(&look, words));
    let spoken =
        move || look.get().map(|look| (words.cells.named)(&name, &words::spoken(&look, words)));
    view! {
        <button
            type="button"
            class=move || words::class(state())
            aria-pressed=pressed
            aria-describedby=described_by
            data-pending=pending
            on:click=tap
        >
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d=move || words::icon(state()).map_or("", Icon::path)></path>
            </svg>
            <span class="mark" aria-hidden="true">{mark}</span>
            <span class="sr">{spoken}</span>
        </button>
    }
}

//! One cell on the screen.

use domain::cell::CellState;
use leptos::prelude::*;

use super::frame::CellKey;
use super::full_dialog::{FullCell, FullDialogOpener};
use super::store::Planning;
use super::tick::Look;
use super::words;
use crate::components::{IconView, Toast, Toasts};
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
    // A change is written into the button that is there: it keeps the focus.
    move || match look.get().filter(|look| look.state != CellState::NotRunning) {
        Some(look) => view! { <TickButton place=place.clone() look=look/> }.into_any(),
        None => view! { <NoService/> }.into_any(),
    }
}

/// The activity does not run on that day.
#[component]
pub(super) fn NoService() -> impl IntoView {
    let words = use_words();
    view! {
        <span class="tick not-running" role="img" aria-label=words.cells.not_running>"·"</span>
    }
}

#[component]
fn TickButton(place: TickPlace, look: Look) -> impl IntoView {
    let planning: Planning = expect_context();
    let toasts: Toasts = expect_context();
    let dialog: FullDialogOpener = expect_context();
    let words = use_words();
    let state = look.state;
    let pressed = match state {
        CellState::BookedOpen => Some("true"),
        CellState::FreeOpen => Some("false"),
        _ => None,
    };
    let described_by =
        look.reason.filter(|_| !state.is_open()).map(|reason| format!("why-{}", reason.as_str()));
    let pending = look.pending.then_some("true");
    let mark = words::mark(&look, words);
    let name = words::place(&place.activity, place.key.date, words);
    let spoken = (words.cells.named)(&name, &words::spoken(&look, words));
    let tap = move |_| match state {
        CellState::BookedOpen | CellState::FreeOpen => {
            planning.wish(&place.key, !state.is_booked());
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
    };
    view! {
        <button
            type="button"
            class=words::class(state)
            aria-pressed=pressed
            aria-describedby=described_by
            data-pending=pending
            on:click=tap
        >
            {words::icon(state).map(|icon| view! { <IconView icon=icon/> })}
            {mark.map(|mark| view! { <span aria-hidden="true">{mark}</span> })}
            <span class="sr">{spoken}</span>
        </button>
    }
}

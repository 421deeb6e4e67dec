//! A full session: why it can't be booked (manual, 3.5), and the waiting list.

use domain::cell::CellState;
use leptos::prelude::*;

use super::frame::CellKey;
use super::store::Planning;
use crate::api::Session;
use crate::components::{Icon, IconView, Sheet};
use crate::i18n::{self, use_words};

/// The full cell that was tapped.
#[derive(Clone, PartialEq)]
pub(super) struct FullCell {
    pub(super) key: CellKey,
    pub(super) activity: String,
    pub(super) child: String,
}

/// Opens the dialog.
#[derive(Clone, Copy)]
pub(super) struct FullDialogOpener(pub(super) RwSignal<Option<FullCell>>);

#[component]
pub(super) fn FullDialog() -> impl IntoView {
    let planning: Planning = expect_context();
    let session: Session = expect_context();
    let words = use_words();
    let FullDialogOpener(shown) = expect_context();
    let close = move |()| shown.set(None);
    let look = Memo::new(move |_| planning.look(&shown.get()?.key));
    // Somebody gave a seat back meanwhile.
    Effect::new(move || {
        let here = shown.with(Option::is_some);
        let state = look.get().map(|look| look.state);
        if here && !matches!(state, Some(CellState::Full | CellState::Waiting)) {
            close(());
        }
    });
    let waits = Memo::new(move |_| look.get().is_some_and(|look| look.state == CellState::Waiting));
    let act = move |_| {
        if let Some(cell) = shown.get_untracked() {
            let join = !waits.get_untracked();
            // First, so that the news finds the focus back on the page.
            close(());
            planning.wait(cell.key, join);
        }
    };
    let title = Signal::derive(move || {
        shown.get().map_or_else(String::new, |cell| {
            let day = i18n::day(cell.key.date, words.language);
            let title =
                if waits.get() { words.cells.waiting_title } else { words.cells.full_title };
            title(&cell.activity, &day)
        })
    });
    let text = move || {
        let (cell, look) = (shown.get()?, look.get()?);
        let waiting = look.waiting.unwrap_or_default();
        let paragraphs = if look.state == CellState::Waiting {
            vec![(words.cells.waiting_place)(&cell.child, look.position.unwrap_or(1), waiting)]
        } else {
            vec![
                (words.cells.full_text)(&cell.child),
                (words.cells.full_line)(waiting, &cell.child),
            ]
        };
        Some(paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view())
    };
    let told = move || {
        let sends = session.me().is_some_and(|me| me.sends_email);
        if sends { words.cells.full_told } else { words.cells.full_look }
    };
    let icon = move || {
        let icon = if waits.get() { Icon::Clock } else { Icon::Alert };
        view! { <IconView icon=icon/> }
    };
    let footer = move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close(())>
                {words.common.close}
            </button>
            <button class="btn" class:primary=move || !waits.get() type="button" on:click=act>
                {move || if waits.get() { words.cells.leave } else { words.cells.join }}
            </button>
        }
    };
    view! {
        <Sheet
            id="full-title"
            is_open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(close)
            start=move || icon
            title=title
            is_alarming=Signal::derive(move || !waits.get())
            footer=footer
        >
            {text}
            <p class="soft">{words.cells.full_advice}" "{told}</p>
        </Sheet>
    }
}

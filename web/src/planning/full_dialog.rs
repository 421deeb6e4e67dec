//! Why a full session can't be booked (manual, 3.5).

use domain::cell::CellState;
use domain::week::Week;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::frame::CellKey;
use super::store::Planning;
use super::tick::Look;
use crate::components::{Icon, IconView};
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
pub(super) fn FullDialog(opener: FullDialogOpener) -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let dialog = NodeRef::<Dialog>::new();
    let shown = opener.0;
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move || {
        if let (Some(dialog), true) = (dialog.get(), shown.with(Option::is_some))
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    // Somebody gave a seat back meanwhile.
    Effect::new(move || {
        let Some(cell) = shown.get() else { return };
        if planning.look(&cell.key).is_some_and(|Look { state, .. }| state != CellState::Full) {
            close();
        }
    });
    let asked = RwSignal::new(false);
    let checking = Memo::new(move |_| {
        shown.get().is_some_and(|cell| planning.is_loading(Week::of(cell.key.date)))
    });
    let check = move |_| {
        if let Some(cell) = shown.get_untracked() {
            asked.set(true);
            planning.load(Week::of(cell.key.date));
        }
    };
    let verdict = move || match (asked.get(), checking.get()) {
        (true, true) => words.cells.checking,
        (true, false) => words.cells.still_full,
        (false, _) => "",
    };
    let content = move || {
        shown.get().map(|cell| {
            let day = i18n::day(cell.key.date, words.language);
            view! {
                <header>
                    <IconView icon=Icon::Alert/>
                    <h2 id="full-title">{(words.cells.full_title)(&cell.activity, &day)}</h2>
                </header>
                <div class="body">
                    <p>{(words.cells.full_text)(&cell.child)}</p>
                    <p class="soft">{words.cells.full_advice}</p>
                </div>
            }
        })
    };
    view! {
        <dialog
            class="sheet"
            aria-labelledby="full-title"
            node_ref=dialog
            on:close=move |_| {
                shown.set(None);
                asked.set(false);
            }
        >
            {content}
            <footer>
                <p role="status">{verdict}</p>
                <button class="btn" type="button" on:click=check>{words.cells.check_again}</button>
                <button class="btn primary" type="button" on:click=move |_| close()>
                    {words.common.close}
                </button>
            </footer>
        </dialog>
    }
}

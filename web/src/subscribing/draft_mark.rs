//! Whether what is filled in is kept on the server.

use leptos::prelude::*;

use super::filling::Filling;
use super::saving::Told;
use super::words::use_subscribing_words;
use crate::components::{Icon, IconView};

/// Discreet, unless something has gone wrong.
#[component]
pub(super) fn DraftMark() -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let told = Memo::new(move |_| filling.told());
    let text = move || match told.get() {
        Told::Nothing | Told::Overtaken => None,
        Told::Saving => Some((Icon::Clock, own.draft_saving)),
        Told::Saved => Some((Icon::Check, own.draft_saved)),
        Told::Unsaved => Some((Icon::Unplugged, own.draft_unsaved)),
    };
    let mark =
        move || text().map(|(icon, text)| view! { <IconView icon=icon/><span>{text}</span> });
    view! {
        <p class="draft-mark" class:bad=move || told.get() == Told::Unsaved role="status">{mark}</p>
    }
}

/// Another device has saved a younger draft.
#[component]
pub(super) fn Overtaken(reload: Callback<()>) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let is_overtaken = Memo::new(move |_| filling.told() == Told::Overtaken);
    let notice = move || {
        is_overtaken.get().then(|| {
            view! {
                <div class="notice bad">
                    <IconView icon=Icon::Alert/>
                    <p><b>{own.overtaken}</b>" "{own.overtaken_text}</p>
                    <button class="btn" type="button" on:click=move |_| reload.run(())>
                        {own.reload_draft}
                    </button>
                </div>
            }
        })
    };
    view! { <div role="alert">{notice}</div> }
}

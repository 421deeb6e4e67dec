//! Says that the server does not answer, and that it does again.

use leptos::prelude::*;

use super::{Icon, IconView, Toast, Toasts};
use crate::api::Connection;
use crate::i18n::use_words;

#[component]
pub(crate) fn ConnectionBar() -> impl IntoView {
    let connection: Connection = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    Effect::new(move |before: Option<u32>| {
        let now = connection.restored();
        if before.is_some_and(|before| before != now) {
            toasts.show(Toast::info(words.connection.back));
        }
        now
    });
    let retry = move |_| connection.try_now();
    let bar = move || {
        connection.is_lost().then(|| view! {
            <div class="notice bad">
                <IconView icon=Icon::Unplugged/>
                <p><b>{words.connection.title}"."</b>" "{words.connection.lost}</p>
                <button class="btn" type="button" on:click=retry disabled=move || connection.is_trying()>
                    {move || if connection.is_trying() { words.connection.trying } else { words.common.retry }}
                </button>
            </div>
        })
    };
    view! { <div class="connection" role="status">{bar}</div> }
}

//! A dialog over the page: from below on a phone, in the middle elsewhere.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Icon, IconView};
use crate::browser;

/// Shown as long as `is_open`. Escape, a click beside it and a phone's way back close it too:
/// `on_close` is told of every end, and is to make `is_open` untrue.
#[component]
pub(crate) fn Sheet(
    /// Of its title.
    id: &'static str,
    #[prop(into)] is_open: Signal<bool>,
    on_close: Callback<()>,
    icon: Icon,
    #[prop(into)] title: Signal<String>,
    /// In the colour of what can't be done.
    #[prop(optional)]
    is_alarming: bool,
    children: ChildrenFn,
    /// Its buttons.
    #[prop(into)]
    footer: ViewFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            class="sheet"
            class:calm=!is_alarming
            aria-labelledby=id
            node_ref=dialog
            on:click=move |event| browser::close_on_backdrop(&event)
            on:close=move |_| on_close.run(())
        >
            <header>
                <IconView icon=icon/>
                <h2 id=id>{title}</h2>
            </header>
            <div class="body">{move || is_open.get().then(|| children())}</div>
            <footer>{footer.run()}</footer>
        </dialog>
    }
}

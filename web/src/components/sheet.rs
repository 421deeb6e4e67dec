//! A dialog over the page: from below on a phone, in the middle elsewhere.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::browser;
use crate::i18n::use_words;

/// Shown as long as `is_open`. Escape, a click beside it and a phone's way back close it too:
/// `on_close` is told of every end, and is to make `is_open` untrue.
#[component]
pub(crate) fn Sheet(
    /// Of its title.
    id: &'static str,
    #[prop(into)] is_open: Signal<bool>,
    on_close: Callback<()>,
    /// Before the title: an icon or a button.
    #[prop(into)]
    start: ViewFn,
    #[prop(into)] title: Signal<String>,
    /// After the title: a button.
    #[prop(optional, into)]
    end: ViewFn,
    /// In the colour of what can't be done.
    #[prop(optional, into)]
    is_alarming: Signal<bool>,
    /// Its title changes while it is shown, by the buttons beside it: the new one is said.
    #[prop(optional)]
    turns: bool,
    children: ChildrenFn,
    /// Its buttons; without any of its own, the one that closes it.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
) -> impl IntoView {
    let words = use_words();
    let dialog = NodeRef::<Dialog>::new();
    // What it shows may change while it stays open.
    let is_open = Memo::new(move |_| is_open.get());
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
    let footer = footer.unwrap_or_else(|| {
        ViewFn::from(move || {
            view! {
                <button class="btn primary" type="button" on:click=move |_| on_close.run(())>
                    {words.common.close}
                </button>
            }
        })
    });
    // Most are never opened: a page does not wait for them.
    let was_opened = Memo::new(move |was: Option<&bool>| was == Some(&true) || is_open.get());
    move || {
        let (start, end, children) = (start.clone(), end.clone(), children.clone());
        was_opened.get().then(|| {
            view! {
                <dialog
                    class="sheet"
                    class:calm=move || !is_alarming.get()
                    class:turns=turns
                    aria-labelledby=id
                    node_ref=dialog
                    on:click=move |event| browser::close_on_backdrop(&event)
                    on:close=move |_| on_close.run(())
                >
                    <header>
                        {start.run()}
                        <h2 id=id aria-live=turns.then_some("polite")>{title}</h2>
                        {end.run()}
                    </header>
                    <div class="body">{move || is_open.get().then(|| children())}</div>
                    <footer>{footer.run()}</footer>
                </dialog>
            }
        })
    }
}

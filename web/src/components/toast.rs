//! Short news at the bottom of the screen; one at a time, the latest.

use std::time::Duration;

use leptos::ev::{self, FocusEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Icon, IconView};
use crate::browser;
use crate::i18n::use_i18n;

const SHORT: Duration = Duration::from_secs(6);
const LONG: Duration = Duration::from_secs(12);

#[derive(Clone)]
pub(crate) struct Toast {
    title: Option<String>,
    text: String,
    is_bad: bool,
    undo: Option<Callback<()>>,
}

impl Toast {
    pub(crate) fn info(text: impl Into<String>) -> Self {
        Self { title: None, text: text.into(), is_bad: false, undo: None }
    }

    pub(crate) fn undoable(self, undo: Callback<()>) -> Self {
        Self { undo: Some(undo), ..self }
    }

    pub(crate) fn explained(title: String, text: String) -> Self {
        Self { title: Some(title), ..Self::info(text) }
    }

    pub(crate) fn bad(title: String, text: String) -> Self {
        Self { is_bad: true, ..Self::explained(title, text) }
    }

    fn lasts(&self) -> Duration {
        if self.title.is_some() { LONG } else { SHORT }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Option<Toast>>,
    /// Where the parent was when the toast came: the focus goes back there from its buttons.
    came_from: StoredValue<Option<HtmlElement>, LocalStorage>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Toasts {
    pub(crate) fn provide() {
        provide_context(Self {
            shown: RwSignal::new(None),
            came_from: StoredValue::new_local(None),
            timer: StoredValue::new(None),
        });
    }

    pub(crate) fn show(self, toast: Toast) {
        self.came_from.set_value(focused().filter(|here| !is_toast_or_nothing(here)));
        self.shown.set(Some(toast));
        self.start();
    }

    pub(crate) fn hide(self) {
        self.pause();
        if self.shown.with_untracked(Option::is_none) {
            return;
        }
        // Whoever is elsewhere stays there.
        let is_lost = focused().is_none_or(|here| is_toast_or_nothing(&here));
        self.shown.set(None);
        if let Some(element) = self.came_from.get_value().filter(|_| is_lost) {
            let _ = element.focus();
        }
    }

    fn take_focus(self, event: &FocusEvent) {
        self.pause();
        if self.came_from.with_value(Option::is_some) {
            return;
        }
        let before = event.related_target().and_then(|from| from.dyn_into::<HtmlElement>().ok());
        self.came_from.set_value(before.filter(|from| !is_toast_or_nothing(from)));
    }

    /// While it is pointed at or holds the focus, it stays.
    fn pause(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
            self.timer.set_value(None);
        }
    }

    fn start(self) {
        self.pause();
        let Some(lasts) = self.shown.with_untracked(|shown| shown.as_ref().map(Toast::lasts))
        else {
            return;
        };
        self.timer.set_value(set_timeout_with_handle(move || self.shown.set(None), lasts).ok());
    }
}

fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// A button of a toast, which goes away with it, or the page itself, which stands for no element.
fn is_toast_or_nothing(element: &HtmlElement) -> bool {
    element.tag_name() == "BODY" || matches!(element.closest(".toast"), Ok(Some(_)))
}

#[component]
pub(crate) fn ToastArea() -> impl IntoView {
    let toasts: Toasts = expect_context();
    let i18n = use_i18n();
    let escape = window_event_listener(ev::keydown, move |event| {
        // An open dialog has the key.
        if event.key() == "Escape" && !browser::is_dialog_open() {
            toasts.hide();
        }
    });
    on_cleanup(move || escape.remove());
    let toast = move || {
        toasts.shown.get().map(|toast| {
            let words = i18n.words();
            let undo = toast.undo.map(|undo| {
                let run = move |_| {
                    toasts.hide();
                    undo.run(());
                };
                view! { <button class="btn" type="button" on:click=run>{words.common.undo}</button> }
            });
            let close = move |_| toasts.hide();
            view! {
                <div
                    class="toast"
                    class:bad=toast.is_bad
                    on:pointerenter=move |_| toasts.pause()
                    on:pointerleave=move |_| toasts.start()
                    on:focusin=move |event| toasts.take_focus(&event)
                    on:focusout=move |_| toasts.start()
                >
                    <p>{toast.title.map(|title| view! { <b>{title}</b> })}" "{toast.text}</p>
                    {undo}
                    <button class="btn icon" type="button" aria-label=words.common.close on:click=close>
                        <IconView icon=Icon::Close/>
                    </button>
                </div>
            }
        })
    };
    view! { <div class="toast-area" role="status">{toast}</div> }
}

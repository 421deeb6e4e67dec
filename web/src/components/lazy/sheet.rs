//! A sheet that is loaded when it is first opened.

use std::time::Duration;

use leptos::prelude::*;

use super::{Lazy, Loading, Progress};
use crate::components::{Icon, IconView, Notice, Sheet, Tone};
use crate::i18n::use_words;

/// A sheet that comes sooner opens at once, without another before it.
const PATIENCE: Duration = Duration::from_millis(300);

/// Until it is here, a sheet that says so.
#[component]
pub(crate) fn LazySheet<T: Send + Sync + 'static>(
    /// Of the waiting sheet's title.
    id: &'static str,
    load: fn() -> Loading,
    /// What the sheet is opened with; `None` while it is closed.
    opened: RwSignal<Option<T>>,
) -> impl IntoView {
    let is_open = Signal::derive(move || opened.with(Option::is_some));
    let close = Callback::new(move |()| opened.set(None));
    view! { <Waiting id=id load=load is_open=is_open close=close/> }
}

/// The same whatever the sheet is opened with.
#[component]
fn Waiting(
    id: &'static str,
    load: fn() -> Loading,
    is_open: Signal<bool>,
    close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let lazy = Lazy::new(load);
    let is_late = RwSignal::new(false);
    Effect::new(move || {
        if is_open.get() {
            lazy.wake();
            set_timeout(move || _ = is_late.try_set(true), PATIENCE);
        }
    });
    let is_waiting = Signal::derive(move || {
        let missing = match lazy.progress() {
            Progress::Asleep | Progress::Here(_) => false,
            Progress::Loading => is_late.get(),
            Progress::Failed | Progress::Gone => true,
        };
        missing && is_open.get()
    });
    let closed = Callback::new(move |()| {
        // Its own end is not the one of the sheet that takes its place.
        if !matches!(lazy.progress.get_untracked(), Progress::Here(_)) {
            close.run(());
        }
    });
    let title = Signal::derive(move || {
        let missing = matches!(lazy.progress(), Progress::Failed | Progress::Gone);
        (if missing { words.lazy.failed } else { words.common.loading }).to_owned()
    });
    let content = move || match lazy.progress() {
        progress @ (Progress::Failed | Progress::Gone) => {
            let (detail, button) = progress.advice(words);
            view! {
                <Notice tone=Tone::Bad icon=Icon::Unplugged role="alert">{detail}</Notice>
                <button class="btn" type="button" on:click=move |_| lazy.retry()>{button}</button>
            }
            .into_any()
        }
        _ => view! { <p class="soft" role="status">{words.common.loading}</p> }.into_any(),
    };
    view! {
        <Sheet
            id=id
            is_open=is_waiting
            on_close=closed
            start=|| view! { <IconView icon=Icon::Clock/> }
            title=title
        >
            {content}
        </Sheet>
        {move || match lazy.progress() {
            Progress::Here(part) => Some(part()),
            _ => None,
        }}
    }
}

//! A page that is loaded when it is first shown.

use leptos::prelude::*;

use super::Skeleton;
use crate::browser;
use crate::components::{Icon, IconView, Lazy, Loading, Progress};
use crate::i18n::use_words;

/// A page that is a chunk, for the place where the pages are named: `lazy_page!(account, AccountPage)`.
macro_rules! lazy_page {
    ($name:ident, $component:ident) => {
        || {
            let load = $crate::components::chunk!($name, $component);
            ::leptos::prelude::view! { <$crate::pages::LazyPage load=load/> }.into_any()
        }
    };
}
pub(crate) use lazy_page;

/// A skeleton until it is here.
#[component]
pub(crate) fn LazyPage(load: fn() -> Loading) -> impl IntoView {
    let words = use_words();
    let lazy = Lazy::new(load);
    lazy.wake();
    let retry = move |_| {
        // The button is about to go.
        browser::focus_soon("main");
        lazy.retry();
    };
    move || match lazy.progress() {
        Progress::Asleep | Progress::Loading => view! { <Skeleton bars=2/> }.into_any(),
        Progress::Here(part) => part(),
        progress @ (Progress::Failed | Progress::Gone) => {
            let (detail, button) = progress.advice(words);
            view! {
                <section class="card empty" role="alert">
                    <IconView icon=Icon::Unplugged/>
                    <h2>{words.lazy.failed}</h2>
                    <p class="soft">{detail}</p>
                    <button class="btn primary" type="button" on:click=retry>{button}</button>
                </section>
            }
            .into_any()
        }
    }
}

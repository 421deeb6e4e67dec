//! Préau's web apps: the parents', and the guichet's, which weighs on nobody else.

#![allow(unreachable_pub, reason = "the macro of the components writes `pub`")]
#![allow(clippy::needless_pass_by_value, reason = "components and listeners own what they get")]

mod api;
mod app;
mod billing;
mod browser;
mod components;
mod guichet;
mod i18n;
mod pages;
mod planning;
mod route;
mod subscribing;
mod theme;

use std::time::Duration;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Starts the parents' app.
pub fn start_parents() {
    start(app::App);
}

/// Starts the guichet's app.
pub fn start_guichet() {
    start(guichet::App);
}

fn start<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    // In a task of its own: making the module ready is one already.
    set_timeout(move || mount(app), Duration::ZERO);
}

fn mount<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    // The page's own content is what is seen until now.
    let place =
        document().get_element_by_id("app").and_then(|app| app.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        place.set_inner_html("");
        mount_to(place, app).forget();
    }
}

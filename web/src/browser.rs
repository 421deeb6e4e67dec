//! What the app needs of the browser, with refusals (a blocked storage, say) as plain values.

use chrono::NaiveDate;
use domain::calendar::utc_to_paris;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Storage};

/// Milliseconds of a clock that nobody can set.
pub(crate) fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The device's idea of today: a first guess, until the server has told its own.
pub(crate) fn device_today() -> NaiveDate {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let now = js_sys::Date::now() as i64;
    chrono::DateTime::from_timestamp_millis(now)
        .map_or(NaiveDate::MIN, |now| utc_to_paris(now).date())
}

/// `https://portail.example`.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Whether this browser lets the app keep anything.
pub(crate) fn can_store() -> bool {
    storage().is_some()
}

pub(crate) fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Kept where that is allowed.
pub(crate) fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Sets an attribute of the `html` element.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

pub(crate) fn remove_root_attribute(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(name);
    }
}

/// Puts the focus on the element with this id once the page has been rendered.
pub(crate) fn focus_soon(id: &'static str) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Whether somebody is looking at the page.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

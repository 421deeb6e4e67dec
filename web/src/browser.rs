//! What the app needs of the browser, with refusals (a blocked storage, say) as plain values.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::utc_to_paris;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, Storage};

/// Milliseconds of a clock that nobody can set.
pub(crate) fn milliseconds() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// The device's idea of the time, which may be wrong.
pub(crate) fn device_now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let now = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(now).unwrap_or_default()
}

/// The device's idea of today: a first guess, until the server has told its own.
pub(crate) fn device_today() -> NaiveDate {
    utc_to_paris(device_now()).date()
}

/// `https://portail.example`.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Leaves for a page of another app, in the place of this one.
pub(crate) fn open(path: &str) {
    let _ = window().location().replace(path);
}

/// Asks for this page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
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

/// Kept where that is allowed and there is room: whether it is.
pub(crate) fn store(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Another each time.
pub(crate) fn random_number() -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number below 2^53"
    )]
    let number = (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64;
    number.to_string()
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

/// Whether nothing has the focus, as after what had it has gone.
pub(crate) fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Closes a dialog whose backdrop was clicked: the click's target is then the dialog itself.
pub(crate) fn close_on_backdrop(event: &web_sys::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = target {
        dialog.close();
    }
}

/// Whether a dialog lies over the page.
pub(crate) fn is_dialog_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

/// Waits.
pub(crate) async fn sleep(duration: std::time::Duration) {
    let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    // A promise that is never broken.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Lets the browser do what is due: what follows is a task of its own.
pub(crate) async fn pause() {
    sleep(std::time::Duration::ZERO).await;
}

/// Whether somebody is looking at the page.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

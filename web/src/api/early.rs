//! The requests that web/boot.js sends while this app loads, so that a phone waits for the network
//! once and not three times.

use js_sys::{Object, Promise, Reflect};
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::http::Method;
use super::session::HINT;
use crate::browser;

/// The answer to a request that has been sent, if it was and did not fail. Each is for one taker.
pub(super) async fn answer(method: Method, path: &str) -> Option<Response> {
    let answer = take(&format!("{} {path}", method.as_str()))?;
    let response = JsFuture::from(answer).await.ok()?;
    // In a task of its own, as from the network: several at once would keep a slow phone busy.
    browser::pause().await;
    response.dyn_into().ok()
}

fn take(request: &str) -> Option<Promise> {
    let early = get(&js_sys::global(), "preauEarly")?;
    // The cookie that it was sent with may have been another guardian's.
    if get(&early, "signedIn")?.as_string() != browser::stored(HINT) {
        return None;
    }
    let answers: Object = get(&early, "answers")?.dyn_into().ok()?;
    let answer = get(&answers, request)?.dyn_into().ok()?;
    Reflect::delete_property(&answers, &JsValue::from_str(request)).ok()?;
    Some(answer)
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined())
}

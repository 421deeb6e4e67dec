//! One request and its answer, without meaning: the browser's own `fetch` (see docs/adr/0010).

use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::stream::{self, Stream};
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, Headers, ReadableStreamDefaultReader, RequestInit, Response};

use super::{ApiError, early};
use crate::browser;

/// After that, a phone that has lost its network says so.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Clone, Copy)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

pub(super) struct Request<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) body: Option<String>,
    pub(super) token: Option<&'a str>,
    /// Of a request that is to be carried out once, however often it is sent.
    pub(super) key: Option<&'a str>,
    pub(super) language: &'static str,
    /// Whether it is carried to its end though its page is left. Browsers take small bodies alone.
    pub(super) outlives_page: bool,
}

impl<'a> Request<'a> {
    pub(super) fn new(method: Method, path: &'a str, language: &'static str) -> Self {
        Self { method, path, body: None, token: None, key: None, language, outlives_page: false }
    }
}

/// The body of an answer below 400.
pub(super) async fn send(request: Request<'_>) -> Result<String, ApiError> {
    in_time(async {
        let open = answer(request).await?;
        text(&open.response).await
    })
    .await
}

/// The body of an answer below 400, as a file.
pub(super) async fn file(request: Request<'_>) -> Result<Blob, ApiError> {
    in_time(async {
        let open = answer(request).await?;
        let blob = open.response.blob().map_err(|_| ApiError::Unreachable)?;
        let blob = JsFuture::from(blob).await;
        blob.and_then(JsCast::dyn_into).map_err(|_| ApiError::Unreachable)
    })
    .await
}

async fn in_time<T>(answer: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
    let late = browser::sleep(PATIENCE);
    match select(Box::pin(answer), Box::pin(late)).await {
        Either::Left((answer, _)) => answer,
        // Dropping the request ends it.
        Either::Right(_) => Err(ApiError::Unreachable),
    }
}

/// The pieces of an answer below 400 whose body comes little by little. Dropping them ends the
/// connection.
pub(super) async fn open(
    request: Request<'_>,
) -> Result<impl Stream<Item = Vec<u8>> + use<>, ApiError> {
    let open = answer(request).await?;
    let body = open.response.body().ok_or(ApiError::Unreachable)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    Ok(stream::unfold((open, reader), |(open, reader)| async move {
        // A connection that breaks has ended.
        let read = JsFuture::from(reader.read()).await.ok()?;
        let value = Reflect::get(&read, &JsValue::from_str("value")).ok()?;
        let bytes = value.dyn_into::<Uint8Array>().ok()?;
        Some((bytes.to_vec(), (open, reader)))
    }))
}

/// An answer that is still coming.
struct Open {
    response: Response,
    _ends: Ends,
}

/// Ends a request when it is dropped; after its answer that changes nothing.
struct Ends(AbortController);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn answer(request: Request<'_>) -> Result<Open, ApiError> {
    let (init, ends) = init(&request).map_err(|_| ApiError::Unreachable)?;
    let response = match early::answer(request.method, request.path).await {
        Some(response) => response,
        None => fetch(request.path, &init).await?,
    };
    let status = response.status();
    if status < 400 {
        return Ok(Open { response, _ends: ends });
    }
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let retry_after = retry_after.and_then(|seconds| seconds.parse().ok());
    let body = text(&response).await?;
    Err(ApiError::of_answer(status, retry_after, &body))
}

async fn fetch(path: &str, init: &RequestInit) -> Result<Response, ApiError> {
    let url = format!("{}/api/v1{path}", browser::origin());
    let sent = JsFuture::from(window().fetch_with_str_and_init(&url, init)).await;
    sent.and_then(JsCast::dyn_into).map_err(|_| ApiError::Unreachable)
}

fn init(request: &Request<'_>) -> Result<(RequestInit, Ends), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept-language", request.language)?;
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    if let Some(body) = &request.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    if let Some(token) = request.token {
        headers.set("authorization", &format!("Bearer {token}"))?;
    }
    if let Some(key) = request.key {
        headers.set("idempotency-key", key)?;
    }
    init.set_headers(&headers);
    if request.outlives_page {
        Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
    }
    let ends = Ends(AbortController::new()?);
    init.set_signal(Some(&ends.0.signal()));
    Ok((init, ends))
}

async fn text(response: &Response) -> Result<String, ApiError> {
    let text = response.text().map_err(|_| ApiError::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| ApiError::Unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

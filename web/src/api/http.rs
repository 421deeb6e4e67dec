//! One request and its answer, without meaning.

use std::time::Duration;

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Method, Response};

use super::ApiError;
use crate::browser;

/// After that, a phone that has lost its network says so.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) struct Request<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) body: Option<String>,
    pub(super) token: Option<&'a str>,
    pub(super) language: &'static str,
}

/// The body of an answer below 400.
pub(super) async fn send(request: Request<'_>) -> Result<String, ApiError> {
    let url = format!("{}/api/v1{}", browser::origin(), request.path);
    let mut builder = reqwest::Client::new()
        .request(request.method, url)
        .header(ACCEPT_LANGUAGE, request.language)
        .timeout(PATIENCE);
    if let Some(body) = request.body {
        builder = builder.header(CONTENT_TYPE, "application/json").body(body);
    }
    if let Some(token) = request.token {
        builder = builder.bearer_auth(token);
    }
    let answer = builder.send().await.map_err(|_| ApiError::Unreachable)?;
    let status = answer.status().as_u16();
    let retry_after = retry_after(&answer);
    let body = answer.text().await.map_err(|_| ApiError::Unreachable)?;
    if status < 400 { Ok(body) } else { Err(ApiError::of_answer(status, retry_after, &body)) }
}

fn retry_after(answer: &Response) -> Option<u32> {
    answer.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}

//! The edge: what holds for every answer, whatever the route.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::JsonPayloadError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use domain::problem::{Language, Problem, ProblemCode};
use futures_util::StreamExt;
use tracing_actix_web::RequestId;
use utoipa::openapi::{OpenApi, PathItem};

use crate::assets;
use crate::failure::Failure;
use crate::openapi::Reference;
use crate::state::App;

/// The media type of every answer from 400 on.
pub const PROBLEM_JSON: &str = "application/problem+json";
/// Below this stand the calendar feeds, whose addresses are secrets.
pub const FEEDS: &str = "/feeds/";
/// No request of this API needs more.
pub const BODY_LIMIT: usize = 16 * 1024;
/// A larger body is read to its end, so that the sender sees the answer, but no further than this.
const DRAIN_LIMIT: usize = 32 * 1024 * 1024;

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The API's reference sets styles from its script.
const DOCS_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// The language that a request asks for, if it does.
#[must_use]
pub fn wished_language(headers: &HeaderMap) -> Option<Language> {
    Language::named(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

/// The language that a request asks for; French without one.
#[must_use]
pub fn language(headers: &HeaderMap) -> Language {
    wished_language(headers).unwrap_or_default()
}

/// Gives every answer from 400 on a problem as its body, in the caller's language.
pub async fn problems(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let language = language(req.headers());
    let answer = next.call(req).await?.map_into_boxed_body();
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return Ok(answer);
    }
    let failure = answer.response().error().and_then(|error| error.as_error::<Failure>());
    let retry_after = failure.and_then(Failure::retry_after);
    let allow = failure.and_then(Failure::allow);
    let mut problem = match failure {
        Some(failure) => failure.problem(language),
        None => Problem::new(code_of(status), language),
    };
    if status.is_server_error() {
        let id = answer.request().extensions().get::<RequestId>().map(ToString::to_string);
        let cause = answer.response().error().map(ToString::to_string);
        tracing::error!(request_id = id, cause, "answered {status}");
        problem.request_id = id;
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut answer = answer.map_body(|_, _| BoxBody::new(body));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(match language {
            Language::French => "fr",
            Language::English => "en",
        }),
    );
    if let Some(methods) = allow {
        headers.insert(header::ALLOW, methods);
    }
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Ok(answer)
}

fn code_of(status: StatusCode) -> ProblemCode {
    match status {
        StatusCode::NOT_FOUND => ProblemCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ProblemCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemCode::UnsupportedMediaType,
        StatusCode::UNAUTHORIZED => ProblemCode::TokenMissing,
        StatusCode::FORBIDDEN => ProblemCode::Forbidden,
        StatusCode::SERVICE_UNAVAILABLE => ProblemCode::Unavailable,
        status if status.is_client_error() => ProblemCode::InvalidRequest,
        _ => ProblemCode::Internal,
    }
}

/// Sets the headers that protect a browser, and keeps API answers out of caches.
pub async fn protect(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let docs = req.path().starts_with("/api/docs");
    let api = req.path().starts_with("/api/v1") || req.path().starts_with(FEEDS);
    let mut answer = next.call(req).await?.map_into_boxed_body();
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, if docs { DOCS_CSP } else { CSP }),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    }
    Ok(answer)
}

/// Counts and times every answer.
pub async fn measure(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let start = Instant::now();
    let answer = next.call(req).await?.map_into_boxed_body();
    if let Some(app) = app {
        let route = answer.request().match_pattern().unwrap_or_else(|| "other".to_owned());
        // A client may send any word as its method; each would be a series for ever.
        let method = match answer.request().method().as_str() {
            known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS") => known,
            _ => "other",
        };
        let status = answer.status().as_u16();
        app.metrics.answered(method, &route, status, start.elapsed().as_secs_f64());
    }
    Ok(answer)
}

/// Refuses bodies beyond [`BODY_LIMIT`] before any handler runs.
pub async fn small_bodies(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let announced = req
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY_LIMIT) {
        let mut payload = req.take_payload();
        read(&mut payload, DRAIN_LIMIT).await;
        return Ok(req.error_response(Failure::from(ProblemCode::PayloadTooLarge)));
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

/// Reads and drops a body; false when it is longer than `limit` or breaks off.
async fn read(payload: &mut Payload, limit: usize) -> bool {
    let mut length = 0;
    while let Some(chunk) = payload.next().await {
        match chunk {
            Ok(bytes) => length += bytes.len(),
            Err(_) => return false,
        }
        if length > limit {
            return false;
        }
    }
    true
}

/// For a request whose body means nothing: whatever it brings is dropped, and too much of it is
/// refused.
pub struct Unread;

impl FromRequest for Unread {
    type Error = Failure;
    type Future = futures_util::future::LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let mut payload = payload.take();
        Box::pin(async move {
            if read(&mut payload, BODY_LIMIT).await {
                Ok(Self)
            } else {
                Err(ProblemCode::PayloadTooLarge.into())
            }
        })
    }
}

/// What an unreadable JSON body is answered with.
pub fn json_failure(error: JsonPayloadError, _: &HttpRequest) -> Error {
    match error {
        JsonPayloadError::ContentType => Failure::from(ProblemCode::UnsupportedMediaType).into(),
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Failure::from(ProblemCode::PayloadTooLarge).into()
        }
        JsonPayloadError::Deserialize(error) => Failure::Unreadable(error.to_string()).into(),
        _ => Failure::from(ProblemCode::InvalidRequest).into(),
    }
}

/// For a path that no route of the API has taken: a file or page of the web app, 405 where another
/// method would do, else 404.
pub async fn no_route(
    req: HttpRequest,
    reference: web::Data<Reference>,
) -> Result<HttpResponse, Failure> {
    let reads = matches!(*req.method(), Method::GET | Method::HEAD);
    if !["/api/", FEEDS].iter().any(|ours| req.path().starts_with(ours)) {
        return if reads { assets::asset(&req) } else { Err(Failure::Method("GET, HEAD".into())) };
    }
    match reference.parts().operations.methods(req.path()) {
        Some(methods) => Err(Failure::Method(methods.to_owned())),
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// The paths that exist and their methods, as the OpenAPI document has them.
pub struct Operations(Vec<(String, String)>);

impl Operations {
    /// Of a document.
    #[must_use]
    pub fn of(document: &OpenApi) -> Self {
        let known = |path: &str, item: &PathItem| {
            let methods = [
                (&item.get, "GET"),
                (&item.head, "HEAD"),
                (&item.put, "PUT"),
                (&item.post, "POST"),
                (&item.delete, "DELETE"),
            ];
            let methods = methods.into_iter().filter(|(operation, _)| operation.is_some());
            let methods: Vec<_> = methods.map(|(_, name)| name).collect();
            (path.to_owned(), methods.join(", "))
        };
        Self(document.paths.paths.iter().map(|(path, item)| known(path, item)).collect())
    }

    /// What an `Allow` header says of a path.
    fn methods(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(template, _)| matches(template, path)).map(|(_, methods)| &**methods)
    }
}

fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(text)) if part == text => {}
            (Some(part), Some(text)) if fills(part, text) => {}
            _ => return false,
        }
    }
}

/// Whether a text is a value of `{name}`, or of `{name}.ics`.
fn fills(part: &str, text: &str) -> bool {
    let end = part.strip_prefix('{').and_then(|part| part.split_once('}')).map(|(_, end)| end);
    end.is_some_and(|end| text.len() > end.len() && text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_match_whole_paths() {
        let template = "/api/v1/children/{child}/weeks/{monday}";
        assert!(matches(template, "/api/v1/children/7/weeks/2017-09-18"));
        assert!(!matches(template, "/api/v1/children/7/weeks"));
        assert!(!matches(template, "/api/v1/children/7/weeks/2017-09-18/x"));
        let feed = "/feeds/{secret}.ics";
        assert!(matches(feed, "/feeds/7.ics"));
        assert!(!matches(feed, "/feeds/7") && !matches(feed, "/feeds/.ics"));
    }
}

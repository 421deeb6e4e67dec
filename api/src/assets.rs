//! The web app's files, embedded in the binary.

use std::borrow::Cow;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::problem::ProblemCode;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::failure::Failure;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Files;

/// A file of the web apps; for a page's address, the app itself: the guichet's or the parents'.
pub fn asset(req: &HttpRequest) -> Result<HttpResponse, Failure> {
    let path = req.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = match path.split('/').next() {
        _ if is_file => path,
        Some("guichet") => "guichet.html",
        _ => "index.html",
    };
    let packed = accepts_brotli(req)
        .then(|| Files::get(&format!("{name}.br")))
        .flatten()
        .map(|file| (file, true));
    let (file, packed) = packed
        .or_else(|| Files::get(name).map(|file| (file, false)))
        .ok_or(ProblemCode::NotFound)?;
    Ok(answer(req, name, file, packed))
}

fn answer(req: &HttpRequest, name: &str, file: EmbeddedFile, packed: bool) -> HttpResponse {
    use std::fmt::Write;
    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        // Writing to a String does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let known = req
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|given| given.trim() == tag));
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::ETAG, tag))
        .insert_header((header::VARY, HeaderValue::from_static("Accept-Encoding")))
        .insert_header((header::CACHE_CONTROL, caching(name)));
    if known {
        return answer.finish();
    }
    answer.insert_header((header::CONTENT_TYPE, media_type(name)));
    if packed {
        answer.insert_header((header::CONTENT_ENCODING, "br"));
    }
    match file.data {
        Cow::Borrowed(bytes) => answer.body(web::Bytes::from_static(bytes)),
        Cow::Owned(bytes) => answer.body(bytes),
    }
}

fn accepts_brotli(req: &HttpRequest) -> bool {
    req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(
        |list| {
            list.split(',').any(|coding| {
                let mut parts = coding.split(';');
                parts.next().is_some_and(|name| name.trim() == "br")
                    && !parts.any(|weight| matches!(weight.trim(), "q=0" | "q=0.0"))
            })
        },
    )
}

/// A name that carries its content's hash never changes its content.
fn caching(name: &str) -> &'static str {
    let hashed =
        name.rsplit('/').next().and_then(|file| file.split('.').next()).is_some_and(|stem| {
            stem.rsplit_once('-').is_some_and(|(_, hash)| {
                hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
        });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(caching("preau-0a1b2c3d.wasm").contains("immutable"));
        assert!(caching("assets/font-0a1b2c3d4e.woff2").contains("immutable"));
        let names = ["index.html", "favicon.svg", "school-holidays.csv", "dev-reload.js"];
        // What installs the app must not outlive a release.
        let installed = ["sw.js", "manifest.webmanifest", "apple-touch-icon.png"];
        for name in names.into_iter().chain(installed) {
            assert_eq!(caching(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn a_module_has_its_media_type() {
        assert_eq!(media_type("preau-0a1b2c3d.wasm"), "application/wasm");
        assert_eq!(media_type("preau-0a1b2c3d.js"), "text/javascript; charset=utf-8");
    }

    #[test]
    fn what_installs_the_app_has_its_media_type() {
        assert_eq!(media_type("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(media_type("assets/icon-192-0a1b2c3d.png"), "image/png");
        assert_eq!(media_type("sw.js"), "text/javascript; charset=utf-8");
    }
}

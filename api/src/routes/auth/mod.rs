//! Signing in and out.

pub mod login;
pub mod logout;
pub mod me;
pub mod password;
pub mod password_links;
pub mod refresh;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use domain::problem::ProblemCode;
use domain::wire::{Client, RefreshRequest, TokenResponse};

use crate::failure::Failure;
use crate::security::tokens::ACCESS_SECONDS;
use crate::state::App;
use crate::store::sign_ins::{REFRESH_DAYS, SignedIn};

const COOKIE: &str = "preau_refresh";
const COOKIE_PATH: &str = "/api/v1/auth";

/// The cookie that keeps a browser's refresh token where no script can read it.
fn refresh_cookie(token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path(COOKIE_PATH)
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::days(REFRESH_DAYS))
        .finish()
}

/// The cookie that takes it away.
fn ended_cookie() -> Cookie<'static> {
    let mut cookie = refresh_cookie(String::new());
    cookie.make_removal();
    cookie
}

/// The answer to who has signed in: a browser's refresh token goes into its cookie.
fn signed_in(
    app: &App,
    who: &SignedIn,
    refresh_token: String,
    now: DateTime<Utc>,
) -> Result<HttpResponse, Failure> {
    let mut answer = TokenResponse {
        access_token: app.tokens.access(who, now)?,
        expires_in: ACCESS_SECONDS,
        refresh_token: None,
    };
    let mut response = HttpResponse::Ok();
    match who.client {
        Client::App => answer.refresh_token = Some(refresh_token),
        Client::Browser => {
            response.cookie(refresh_cookie(refresh_token));
        }
    }
    Ok(response.json(answer))
}

/// Where a request keeps its refresh token.
enum Presented {
    App(String),
    Browser(String),
}

/// The refresh token of a request: an app's from the body, a browser's from its cookie, which
/// only the portal's own pages may send.
fn presented(req: &HttpRequest, body: &RefreshRequest) -> Result<Option<Presented>, Failure> {
    if let Some(token) = &body.refresh_token {
        return Ok(Some(Presented::App(token.clone())));
    }
    let Some(cookie) = req.cookie(COOKIE) else { return Ok(None) };
    if from_own_page(req) {
        Ok(Some(Presented::Browser(cookie.value().to_owned())))
    } else {
        Err(ProblemCode::CrossSite.into())
    }
}

/// Whether the portal's own page sends the request. Browsers that do not say so in
/// `Sec-Fetch-Site` (Safari before 16.4) still name the page's origin.
fn from_own_page(req: &HttpRequest) -> bool {
    if let Some(site) = req.headers().get("sec-fetch-site") {
        return site == "same-origin";
    }
    let origin = req.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let host = origin.and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    host.is_some_and(|host| host == req.connection_info().host())
}

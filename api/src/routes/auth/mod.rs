//! Signing in and out.

pub mod login;
pub mod logout;
pub mod me;
pub mod password;
pub mod refresh;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
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
    let same_origin = req.headers().get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    if same_origin {
        Ok(Some(Presented::Browser(cookie.value().to_owned())))
    } else {
        Err(ProblemCode::CrossSite.into())
    }
}

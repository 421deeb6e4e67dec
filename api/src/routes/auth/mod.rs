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
use domain::problem::{Language, ProblemCode};
use domain::wire::{Client, RefreshRequest, TokenResponse};

use crate::caller::origin;
use crate::failure::Failure;
use crate::security::tokens::ACCESS_SECONDS;
use crate::state::App;
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Actor, Entry};
use crate::store::sign_ins::{self, REFRESH_DAYS, SignedIn, TokenHash};
use crate::store::{Conn, StoreError};

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

/// A device that has shown who it is: its line of refresh tokens is started, within a write.
struct Arrival {
    client: Client,
    /// In which its owner is written to from now on.
    language: Option<Language>,
    token: TokenHash,
    now: DateTime<Utc>,
}

impl Arrival {
    async fn start(&self, conn: &mut Conn, account: &Account) -> Result<SignedIn, StoreError> {
        let Self { client, language, token, now } = self;
        accounts::speaks(conn, account.id, *language).await?;
        let sign_in = sign_ins::start(conn, account.id, *client, token, *now).await?;
        let actor = Actor::account(account.id, origin(*client), *now);
        let entry = Entry { action: "account.signed_in", ..Entry::default() };
        audit::write(conn, &actor, entry).await?;
        Ok(SignedIn {
            sign_in,
            account: account.id,
            guardian: account.guardian,
            role: account.role,
            client: *client,
        })
    }
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

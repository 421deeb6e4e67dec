//! Links to choose a password, for the first one and for one that was forgotten.

use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::mistake::FieldMistake;
use domain::password;
use domain::problem::{Language, Problem, ProblemCode};
use domain::roster::check;
use domain::wire::{
    NewPasswordRequest, PasswordLink, PasswordLinkRequest, PasswordLinkView, TokenResponse,
};
use serde_json::json;

use super::{Arrival, signed_in};
use crate::caller::{address, origin};
use crate::edge::wished_language;
use crate::failure::Failure;
use crate::security::limits::LONGEST_ADDRESS;
use crate::security::password_links::Link;
use crate::security::tokens;
use crate::state::App;
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Actor, Entry};
use crate::store::{outbox, sign_ins};

/// Sends a link to choose a password
///
/// By e-mail, if there is an account of that address: the answer is the same if there is none. A link
/// is good for one use, for two hours; for seven days where the account has no password yet.
#[utoipa::path(
    tag = "auth",
    operation_id = "send_password_link",
    request_body = PasswordLinkRequest,
    responses(
        (status = 202, description = "It is sent, if there is such an account"),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`no_email`: this server sends no e-mails", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no e-mail address", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password-links")]
pub(crate) async fn send_password_link(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<PasswordLinkRequest>,
) -> Result<HttpResponse, Failure> {
    if !app.sends_email {
        return Err(ProblemCode::NoEmail.into());
    }
    let email = check::email(body.email.trim())
        .filter(|email| email.len() <= LONGEST_ADDRESS)
        .ok_or(Failure::Field { pointer: "/email", mistake: FieldMistake::NoEmail })?;
    app.limits.link(address(&req, &app), &email)?;
    let language = wished_language(req.headers());
    // Whether there is such an account is found out by whoever sends: here, the time that an answer
    // takes would tell it.
    let payload = json!({ "email": email, "language": language.map(Language::tag) }).to_string();
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            Box::pin(
                async move { Ok(outbox::add(conn, outbox::PASSWORD_MAIL, &payload, now).await?) },
            )
        })
        .await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Says whose password a link lets choose
///
/// The link's secret is in the body, so that it stands in no server's log.
#[utoipa::path(
    tag = "auth",
    operation_id = "read_password_link",
    request_body = PasswordLink,
    responses(
        (status = 200, description = "The link is good", body = PasswordLinkView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`link_ended`: used, too old, or no link", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password-links/read")]
pub(crate) async fn read_password_link(
    app: web::Data<App>,
    body: web::Json<PasswordLink>,
) -> Result<web::Json<PasswordLinkView>, Failure> {
    let (link, account) = opened(&app, &body.link).await?;
    Ok(web::Json(PasswordLinkView { email: account.email, ends_at: link.ends_at }))
}

/// Chooses a password by a link, and signs in
///
/// The link and all others of the account have then been used, and all its other devices are signed
/// out.
#[utoipa::path(
    tag = "auth",
    operation_id = "use_password_link",
    request_body = NewPasswordRequest,
    responses(
        (status = 200, description = "Chosen, and signed in", body = TokenResponse),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`link_ended`: used, too old, or no link", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed` with `/new_password`: what to choose instead", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password-links/use")]
pub(crate) async fn use_password_link(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<NewPasswordRequest>,
) -> Result<HttpResponse, Failure> {
    let NewPasswordRequest { link, new_password, client } = body.into_inner();
    let (_, account) = opened(&app, &link).await?;
    app.limits.sign_in(address(&req, &app), &account.email)?;
    password::judge(&new_password, &account.email)?;
    let hash = app.passwords.hash(new_password).await?;

    let refresh_token = tokens::secret()?;
    let arrival = Arrival {
        client,
        language: wished_language(req.headers()),
        token: tokens::hash(&refresh_token),
        now: app.clock.now(),
    };
    let now = arrival.now;
    let who = app
        .db
        .write(move |conn| {
            Box::pin(async move {
                // The link may have been used since it was read.
                let old = account.password_hash.as_deref();
                if !accounts::hold_password(conn, account.id, old).await? {
                    return Ok(None);
                }
                accounts::set_password(conn, account.id, &hash).await?;
                sign_ins::revoke_all(conn, account.id, None, now).await?;
                let actor = Actor::account(account.id, origin(client), now);
                let entry = Entry { action: "account.password_chosen", ..Entry::default() };
                audit::write(conn, &actor, entry).await?;
                Ok(Some(arrival.start(conn, &account).await?))
            })
        })
        .await?
        .ok_or(ProblemCode::LinkEnded)?;
    signed_in(&app, &who, refresh_token, now)
}

/// A link that is good, and its account.
async fn opened(app: &App, link: &str) -> Result<(Link, Account), Failure> {
    let link =
        app.password_links.read(link, app.clock.now()).map_err(|_| ProblemCode::LinkEnded)?;
    let account = accounts::by_id(&mut app.db.read().await?, link.account).await?;
    match account.filter(|account| link.is_of(account)) {
        Some(account) => Ok((link, account)),
        None => Err(ProblemCode::LinkEnded.into()),
    }
}

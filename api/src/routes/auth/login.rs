use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::{LoginRequest, TokenResponse};

use super::{Arrival, signed_in};
use crate::caller::address;
use crate::edge::wished_language;
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::accounts;

/// Signs in
///
/// A browser gets its refresh token as a cookie, an app in the answer.
#[utoipa::path(
    tag = "auth",
    operation_id = "create_login",
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Signed in", body = TokenResponse),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`invalid_credentials`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/login")]
pub(crate) async fn login(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<LoginRequest>,
) -> Result<HttpResponse, Failure> {
    let LoginRequest { email, password, client } = body.into_inner();
    let email = accounts::canonical_email(&email);
    app.limits.sign_in(address(&req, &app), &email)?;

    let account = accounts::by_email(&mut app.db.read().await?, &email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    if !app.passwords.verify(password, hash.clone()).await? {
        return Err(ProblemCode::InvalidCredentials.into());
    }
    let (Some(account), Some(verified)) = (account, hash) else {
        return Err(ProblemCode::InvalidCredentials.into());
    };

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
                // The password may have changed since it was verified.
                if !accounts::hold_password(conn, account.id, Some(&verified)).await? {
                    return Ok(None);
                }
                Ok(Some(arrival.start(conn, &account).await?))
            })
        })
        .await?
        .ok_or(ProblemCode::InvalidCredentials)?;
    signed_in(&app, &who, refresh_token, now)
}

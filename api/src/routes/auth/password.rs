use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::password;
use domain::problem::{Problem, ProblemCode};
use domain::wire::{PasswordRequest, RefreshRequest};

use super::{Presented, presented};
use crate::caller::{Caller, address, origin};
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::audit::{self, Actor, Entry};
use crate::store::{accounts, sign_ins};

/// Changes the password
///
/// All other devices are signed out; this one stays. With this device's refresh token (a browser's
/// cookie, an app's `refresh_token`), copies of its tokens that somebody else may hold end too.
#[utoipa::path(
    tag = "auth",
    operation_id = "update_password",
    request_body = PasswordRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`wrong_password`, or `validation_failed` with the field at fault", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/password")]
pub(crate) async fn change_password(
    app: web::Data<App>,
    req: HttpRequest,
    caller: Caller,
    body: web::Json<PasswordRequest>,
) -> Result<HttpResponse, Failure> {
    let Caller(claims) = caller;
    let PasswordRequest { current_password, new_password, refresh_token } = body.into_inner();
    let presented = presented(&req, &RefreshRequest { refresh_token })?;
    let own = presented.map(|token| {
        let (Presented::App(token) | Presented::Browser(token)) = token;
        tokens::hash(&token)
    });
    let account = accounts::by_id(&mut app.db.read().await?, claims.sub)
        .await?
        .ok_or(ProblemCode::TokenInvalid)?;
    app.limits.sign_in(address(&req, &app), &account.email)?;
    let old = account.password_hash.clone();
    let verified = app.passwords.verify(current_password, account.password_hash).await?;
    let Some(old) = old.filter(|_| verified) else {
        return Err(ProblemCode::WrongPassword.into());
    };
    password::judge(&new_password, &account.email)?;
    let hash = app.passwords.hash(new_password).await?;

    let now = app.clock.now();
    let changed = app
        .db
        .write(move |conn| {
            Box::pin(async move {
                // Another device may have changed it since it was verified.
                if !accounts::hold_password(conn, claims.sub, Some(&old)).await? {
                    return Ok(false);
                }
                accounts::set_password(conn, claims.sub, &hash).await?;
                sign_ins::revoke_all(conn, claims.sub, Some(claims.sid), now).await?;
                if let Some(own) = own {
                    sign_ins::keep_only(conn, claims.sid, &own).await?;
                }
                let actor = Actor::account(claims.sub, origin(claims.client), now);
                let entry = Entry { action: "account.password_changed", ..Entry::default() };
                audit::write(conn, &actor, entry).await?;
                Ok(true)
            })
        })
        .await?;
    if !changed {
        return Err(ProblemCode::WrongPassword.into());
    }
    Ok(HttpResponse::NoContent().finish())
}

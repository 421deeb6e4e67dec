use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::password;
use domain::problem::{Problem, ProblemCode};
use domain::wire::PasswordRequest;

use crate::caller::{Caller, address, origin};
use crate::failure::Failure;
use crate::state::App;
use crate::store::audit::{self, Actor, Entry};
use crate::store::{accounts, sign_ins};

/// Changes the password
///
/// All other devices are signed out; this one stays.
#[utoipa::path(
    tag = "auth",
    operation_id = "update_password",
    request_body = PasswordRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "Changed"),
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
    let PasswordRequest { current_password, new_password } = body.into_inner();
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
                if !accounts::hold_password(conn, claims.sub, &old).await? {
                    return Ok(false);
                }
                accounts::set_password(conn, claims.sub, &hash).await?;
                sign_ins::revoke_all(conn, claims.sub, Some(claims.sid), now).await?;
                let actor = Actor { account: Some(claims.sub), origin: origin(claims.client), now };
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

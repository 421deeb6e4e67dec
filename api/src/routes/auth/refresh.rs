use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::ids::AccountId;
use domain::problem::{Language, Problem, ProblemCode};
use domain::wire::{RefreshRequest, TokenResponse};

use super::{Presented, presented, signed_in};
use crate::edge::wished_language;
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::sign_ins::{self, Refreshed};
use crate::store::{Undo, accounts};

/// Refreshes the access token
///
/// The refresh token is used up and replaced. A used one that comes again within a minute (two
/// tabs, an answer lost on the way) is good once more; later it ends its whole line, as someone
/// has a copy of it.
#[utoipa::path(
    tag = "auth",
    operation_id = "create_refresh",
    request_body = RefreshRequest,
    responses(
        (status = 200, description = "New tokens", body = TokenResponse),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a cookie sent from another site's page", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/refresh")]
pub(crate) async fn refresh(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<RefreshRequest>,
) -> Result<HttpResponse, Failure> {
    let presented = presented(&req, &body)?.ok_or(ProblemCode::TokenMissing)?;
    let (Presented::App(token) | Presented::Browser(token)) = &presented;
    let now = app.clock.now();
    let language = wished_language(req.headers());
    let new = tokens::secret()?;
    let (old_hash, new_hash) = (tokens::hash(token), tokens::hash(&new));
    let refreshed = app
        .db
        .write(move |conn| {
            Box::pin(async move {
                sign_ins::renew(conn, &old_hash, &new_hash, now).await.map_err(Undo::Failed)
            })
        })
        .await?;
    match refreshed {
        Refreshed::Renewed(who) => {
            // The old token is used up: the new one must not be lost over this.
            if let Err(error) = note_language(&app, who.account, language).await {
                tracing::error!(%error, "the language of an account was not noted");
            }
            signed_in(&app, &who, new, now)
        }
        Refreshed::Refused => Err(ProblemCode::TokenInvalid.into()),
        Refreshed::Replayed { sign_in } => {
            tracing::warn!(%sign_in, "a used refresh token came again: its line is revoked");
            Err(ProblemCode::TokenInvalid.into())
        }
    }
}

/// By itself: who changes the password holds the account's row before the tokens'.
async fn note_language(
    app: &App,
    account: AccountId,
    language: Option<Language>,
) -> Result<(), Failure> {
    let known = accounts::by_id(&mut app.db.read().await?, account).await?;
    if known.is_none_or(|known| language.is_none_or(|wished| known.language == wished)) {
        return Ok(());
    }
    let noted = app.db.write(move |conn| {
        Box::pin(async move { Ok(accounts::speaks(conn, account, language).await?) })
    });
    Ok(noted.await?)
}

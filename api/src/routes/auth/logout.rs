use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::problem::Problem;
use domain::wire::RefreshRequest;

use super::{Presented, ended_cookie, presented};
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::audit::{self, Actor, Entry, Origin};
use crate::store::sign_ins;

/// Signs this device out
///
/// Its refresh token is worth nothing afterwards. Signing out twice is no mistake.
#[utoipa::path(
    tag = "auth",
    operation_id = "create_logout",
    request_body = RefreshRequest,
    responses(
        (status = 204, description = "Signed out"),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a cookie sent from another site's page", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/auth/logout")]
pub(crate) async fn logout(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<RefreshRequest>,
) -> Result<HttpResponse, Failure> {
    let (token, origin) = match presented(&req, &body)? {
        Some(Presented::App(token)) => (token, Origin::App),
        Some(Presented::Browser(token)) => (token, Origin::Web),
        None => return Ok(HttpResponse::NoContent().cookie(ended_cookie()).finish()),
    };
    let now = app.clock.now();
    let hash = tokens::hash(&token);
    app.db
        .write(move |conn| {
            Box::pin(async move {
                if let Some(account) = sign_ins::revoke_token(conn, &hash, now).await? {
                    let actor = Actor::account(account, origin, now);
                    let entry = Entry { action: "account.signed_out", ..Entry::default() };
                    audit::write(conn, &actor, entry).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(HttpResponse::NoContent().cookie(ended_cookie()).finish())
}

use actix_web::{get, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::Me;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::state::App;
use crate::store::accounts;

/// Tells who is signed in
#[utoipa::path(
    tag = "auth",
    operation_id = "get_me",
    security(("token" = [])),
    responses(
        (status = 200, description = "The caller's account", body = Me),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/me")]
pub(crate) async fn get_me(app: web::Data<App>, caller: Caller) -> Result<web::Json<Me>, Failure> {
    let mut conn = app.db.read().await?;
    let account =
        accounts::by_id(&mut conn, caller.0.sub).await?.ok_or(ProblemCode::TokenInvalid)?;
    let settings = app.settings.current(&mut conn).await?;
    Ok(web::Json(Me {
        account_id: account.id,
        email: account.email,
        role: account.role,
        first_name: account.first_name,
        last_name: account.last_name,
        commune: settings.commune.clone(),
        sends_email: app.sends_email,
    }))
}

use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::GuichetActsView;

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::guichet::acts;

/// As many as a screen shows.
const LATEST: i64 = 20;

/// Shows the guichet's latest changes
///
/// The latest 20: who, when and why.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_guichet_changes",
    security(("token" = [])),
    responses(
        (status = 200, description = "The changes, the latest first", body = GuichetActsView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/changes")]
pub(crate) async fn list_guichet_changes(
    app: web::Data<App>,
    _: Coordinator,
) -> Result<web::Json<GuichetActsView>, Failure> {
    let mut conn = app.db.read().await?;
    Ok(web::Json(GuichetActsView { acts: acts::latest(&mut conn, LATEST).await? }))
}

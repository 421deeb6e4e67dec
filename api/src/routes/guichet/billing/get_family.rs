use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::FamilyBillingView;

use super::parse_family;
use crate::billing;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;

/// Shows how a family is billed
///
/// Its quotients, where it lives, what its children are subscribed to in the terms that are not over,
/// what is due, and the latest of its papers.
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_family_billing",
    params(("family" = String, Path, description = "The dossier's id", format = Uuid)),
    security(("token" = [])),
    responses(
        (status = 200, description = "The family", body = FamilyBillingView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`", body = Problem, content_type = "application/problem+json"),

    )
)]
#[get("/guichet/families/{family}/billing")]
pub(crate) async fn get_family_billing(
    app: web::Data<App>,
    _guichet: Coordinator,
    family: web::Path<String>,
) -> Result<web::Json<FamilyBillingView>, Failure> {
    let family = parse_family(&family)?;
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    Ok(web::Json(billing::family(&mut conn, &settings, family, app.clock.now()).await?))
}

use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::FamilyView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::children;

/// Lists the caller's children
///
/// Those linked to the guardian, eldest first, in however many dossiers.
#[utoipa::path(
    tag = "family",
    operation_id = "get_family",
    security(("token" = [])),
    responses(
        (status = 200, description = "The children", body = FamilyView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family")]
pub(crate) async fn get_family(
    app: web::Data<App>,
    parent: Parent,
) -> Result<web::Json<FamilyView>, Failure> {
    let children = children::of_guardian(&mut app.db.read().await?, parent.guardian).await?;
    Ok(web::Json(FamilyView { children }))
}

use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::FoundChildren;
use serde::Deserialize;

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::guichet::children;

#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    name: String,
}

/// Finds children by name, by a guardian's, or by an invoice's number
///
/// Each word of the search begins one of the name; accents, case and hyphens don't matter. Children of
/// that name come before those of a guardian of that name.
#[utoipa::path(
    tag = "guichet",
    operation_id = "find_children",
    params(
        ("name" = String, Query, description = "First or last names, or their beginnings; or a number, as `F2017000310`", example = "del lé"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The children, by name", body = FoundChildren),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/children")]
pub(crate) async fn find_children(
    app: web::Data<App>,
    _: Coordinator,
    search: web::Query<Search>,
) -> Result<web::Json<FoundChildren>, Failure> {
    let mut conn = app.db.read().await?;
    Ok(web::Json(children::find(&mut conn, &search.name).await?))
}

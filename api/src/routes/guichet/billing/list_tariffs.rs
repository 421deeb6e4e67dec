use actix_web::{get, web};
use domain::calendar::utc_to_paris;
use domain::problem::Problem;
use domain::wire::TariffsView;

use super::tariffs_view;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;

/// Lists the tariffs
///
/// By service, the latest last.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_tariffs",
    security(("token" = [])),
    responses(
        (status = 200, description = "The tariffs", body = TariffsView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/tariffs")]
pub(crate) async fn list_tariffs(
    app: web::Data<App>,
    _guichet: Coordinator,
) -> Result<web::Json<TariffsView>, Failure> {
    let today = utc_to_paris(app.clock.now()).date();
    Ok(web::Json(tariffs_view(&mut app.db.read().await?, today).await?))
}

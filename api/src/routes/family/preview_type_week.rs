use actix_web::{post, web};
use domain::problem::Problem;
use domain::wire::{TypeWeekRequest, TypeWeekView};

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::type_week;

/// Shows what an update of type weeks would do
///
/// The weekdays inscribed in the shown week would become the type week and be applied to all later
/// weeks of its term that are still open. Nothing is changed.
#[utoipa::path(
    tag = "planning",
    operation_id = "preview_type_week",
    request_body = TypeWeekRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What would be done, by date", body = TypeWeekView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`: the week lies in no term; `not_subscribed`, `fixed_for_term`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: an empty list, a long one, an item twice", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/family/type-week/preview")]
pub(crate) async fn preview_type_week(
    app: web::Data<App>,
    parent: Parent,
    body: web::Json<TypeWeekRequest>,
) -> Result<web::Json<TypeWeekView>, Failure> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let update =
        type_week::plan(&mut conn, &app.settings, parent.guardian, body.into_inner(), now).await?;
    Ok(web::Json(update.preview()))
}

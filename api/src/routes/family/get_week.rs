use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::WeekView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::planning;
use crate::state::App;

/// Shows the week of all the caller's children
///
/// A cell for every child, activity it is subscribed to, and day.
#[utoipa::path(
    tag = "planning",
    operation_id = "get_family_week",
    params(("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The week", body = WeekView),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family/weeks/{monday}")]
pub(crate) async fn get_family_week(
    app: web::Data<App>,
    parent: Parent,
    monday: web::Path<String>,
) -> Result<web::Json<WeekView>, Failure> {
    let shown = planning::parse_week(&monday)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let facts = planning::facts(&mut conn, &app, parent.guardian, shown).await?;
    Ok(web::Json(planning::week_view(facts, shown, now)))
}

use actix_web::{get, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::WeekView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::planning;
use crate::state::App;

/// Shows a child's week
#[utoipa::path(
    tag = "planning",
    operation_id = "get_child_week",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The week", body = WeekView),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`: no such child among the caller's", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/children/{child}/weeks/{monday}")]
pub(crate) async fn get_child_week(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String)>,
) -> Result<web::Json<WeekView>, Failure> {
    let (child, monday) = path.into_inner();
    let child = planning::parse_child(&child)?;
    let shown = planning::parse_week(&monday)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let mut facts = planning::facts(&mut conn, &app, parent.guardian, shown).await?;
    facts.children.retain(|mine| mine.id == child);
    if facts.children.is_empty() {
        return Err(ProblemCode::ChildNotFound.into());
    }
    Ok(web::Json(planning::week_view(facts, shown, now)))
}

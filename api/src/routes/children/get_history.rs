use actix_web::{get, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::HistoryView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::planning;
use crate::state::App;
use crate::store::{history, subscriptions};

/// Shows what was changed in a child's week
///
/// Who, when, from where and, for a change by the guichet, why; the latest first. A subscription that
/// has ended and another bus package are told in the week in which they were made, too.
#[utoipa::path(
    tag = "planning",
    operation_id = "get_child_history",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The changes", body = HistoryView),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`: no such child among the caller's", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/children/{child}/weeks/{monday}/history")]
pub(crate) async fn get_history(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String)>,
) -> Result<web::Json<HistoryView>, Failure> {
    let (child, monday) = path.into_inner();
    let child = planning::parse_child(&child)?;
    let week = planning::parse_week(&monday)?;
    let mut conn = app.db.read().await?;
    let linked =
        subscriptions::linked(&mut conn, &app.settings, parent.guardian, Some(child), None).await?;
    if linked.children.is_empty() {
        return Err(ProblemCode::ChildNotFound.into());
    }
    Ok(web::Json(HistoryView { entries: history::of_week(&mut conn, child, week).await? }))
}

use actix_web::{delete, web};
use domain::inscription::Refusal;
use domain::problem::Problem;
use domain::wire::CellView;

use crate::caller::Parent;
use crate::edge::Unread;
use crate::failure::Failure;
use crate::planning::Wish;
use crate::state::App;
use crate::store::{waiting, week};

/// Takes a child off the waiting list of a day
///
/// At any time, also after the deadline. Again is no mistake.
#[utoipa::path(
    tag = "planning",
    operation_id = "remove_waiting",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("activity" = String, Path, description = "The activity's name", example = "bus-0830"),
        ("date" = String, Path, description = "The day", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The cell as it is now", body = CellView),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[delete("/children/{child}/waiting/{activity}/{date}")]
pub(crate) async fn leave_waiting(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String, String)>,
    _: Unread,
) -> Result<web::Json<CellView>, Failure> {
    let now = app.clock.now();
    let wish = Wish::read(&app, &parent, path.into_inner()).await?;
    let actor = parent.actor(now);
    let (child, session) = (wish.child, wish.session());
    app.db
        .write(move |conn| {
            Box::pin(async move { waiting::leave(conn, &actor, child, &session).await })
        })
        .await?;
    let (seats, place) = week::of_child(&mut app.db.read().await?, child, &wish.session())
        .await?
        .ok_or(Refusal::NotRunning)?;
    Ok(web::Json(wish.cell(seats, place, now)))
}

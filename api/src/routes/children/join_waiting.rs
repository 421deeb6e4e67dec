use actix_web::{put, web};
use domain::cell::Place;
use domain::inscription::Refusal;
use domain::problem::Problem;
use domain::wire::CellView;

use crate::caller::Parent;
use crate::edge::Unread;
use crate::failure::Failure;
use crate::planning::Wish;
use crate::state::App;
use crate::store::waiting::{self, Joined};
use crate::store::week;

/// Puts a child on the waiting list of a day
///
/// First come, first served, until the deadline: a seat that comes free goes to the first in line.
/// Where a seat is free, the child has it at once. Again is no mistake: the place in line stays.
#[utoipa::path(
    tag = "planning",
    operation_id = "add_waiting",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("activity" = String, Path, description = "The activity's name", example = "bus-0830"),
        ("date" = String, Path, description = "The day", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The cell as it is now, with the place in line", body = CellView),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`deadline_passed`, `closed_day`, `not_running`, `not_subscribed`, `fixed_for_term`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/children/{child}/waiting/{activity}/{date}")]
pub(crate) async fn join_waiting(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String, String)>,
    _: Unread,
) -> Result<web::Json<CellView>, Failure> {
    let now = app.clock.now();
    let wish = Wish::read(&app, &parent, path.into_inner()).await?;
    wish.day().may_add(now)?;

    let actor = parent.actor(now);
    let (child, session) = (wish.child, wish.session());
    let joined = app
        .db
        .write(move |conn| {
            Box::pin(async move { waiting::join(conn, &actor, child, &session).await })
        })
        .await?;
    let (seats, place) = match joined {
        Joined::Waiting(seats) => (seats, Place { booked: false, waiting: Some(seats.waiting) }),
        Joined::Seated(seats) => (seats, Place { booked: true, waiting: None }),
        Joined::Before => week::of_child(&mut app.db.read().await?, child, &wish.session())
            .await?
            .ok_or(Refusal::NotRunning)?,
        Joined::NoSession => return Err(Refusal::NotRunning.into()),
    };
    Ok(web::Json(wish.cell(seats, place, now)))
}

use actix_web::{delete, web};
use domain::cell::Place;
use domain::inscription::Refusal;
use domain::problem::Problem;
use domain::wire::CellView;

use crate::caller::Parent;
use crate::edge::Unread;
use crate::failure::Failure;
use crate::planning::Wish;
use crate::state::App;
use crate::store::inscriptions::{self, Freed};

/// Removes a child's inscription for a day
///
/// Frees the seat at once, for whoever waits first if anybody does. Again is no mistake, as long
/// as the day can be changed; after a lost answer, the week tells what became of it.
#[utoipa::path(
    tag = "planning",
    operation_id = "remove_inscription",
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
        (status = 409, description = "`deadline_passed`, `closed_day`, `not_running`, `fixed_for_term`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[delete("/children/{child}/inscriptions/{activity}/{date}")]
pub(crate) async fn remove_inscription(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String, String)>,
    _: Unread,
) -> Result<web::Json<CellView>, Failure> {
    let now = app.clock.now();
    let wish = Wish::read(&app, &parent, path.into_inner()).await?;
    wish.day().may_remove(now)?;

    let actor = parent.actor(now);
    let (child, slug, date) = (wish.child, wish.activity.slug.clone(), wish.date);
    let line = wish.line(now);
    let freed = app
        .db
        .write(move |conn| {
            Box::pin(
                async move { inscriptions::free(conn, &actor, child, &slug, date, line).await },
            )
        })
        .await?;
    match freed {
        Freed::Now(seats) | Freed::Before(seats) => {
            Ok(web::Json(wish.cell(seats, Place::default(), now)))
        }
        Freed::NoSession => Err(Refusal::NotRunning.into()),
    }
}

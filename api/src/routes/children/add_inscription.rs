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
use crate::store::inscriptions::{self, Taken};

/// Inscribes a child for a day
///
/// Takes a seat if there is one. The body means nothing. Again is no mistake, as long as the day can
/// be changed; after a lost answer, the week tells what became of it.
#[utoipa::path(
    tag = "planning",
    operation_id = "add_inscription",
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
        (status = 409, description = "`session_full`, `deadline_passed`, `closed_day`, `not_running`, `not_subscribed`, `fixed_for_term`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/children/{child}/inscriptions/{activity}/{date}")]
pub(crate) async fn add_inscription(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String, String)>,
    _: Unread,
) -> Result<web::Json<CellView>, Failure> {
    let now = app.clock.now();
    let wish = Wish::read(&app, &parent, path.into_inner()).await?;
    wish.day().may_add(now)?;

    let actor = parent.actor(now);
    let (child, slug, date) = (wish.child, wish.activity.slug.clone(), wish.date);
    let taken = app
        .db
        .write(move |conn| {
            Box::pin(async move { inscriptions::take(conn, &actor, child, &slug, date).await })
        })
        .await?;
    match taken {
        Taken::Now(seats) | Taken::Before(seats) => {
            let place = Place { booked: true, waiting: None };
            Ok(web::Json(wish.cell(seats, place, now)))
        }
        Taken::Full(_) => Err(Refusal::SessionFull.into()),
        Taken::NoSession => Err(Refusal::NotRunning.into()),
    }
}

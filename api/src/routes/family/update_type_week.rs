use actix_web::{put, web};
use domain::problem::Problem;
use domain::wire::{ChangeOrigin, TypeWeekRequest, TypeWeekView};

use crate::caller::Parent;
use crate::failure::{Failure, or_undo};
use crate::state::App;
use crate::store::Conn;
use crate::store::audit::Actor;
use crate::type_week;

/// Updates type weeks from a shown week
///
/// The weekdays inscribed there become the type week and are applied to all later weeks of its
/// term that are still open: missing days are added, other days removed. A full session is skipped
/// and named. All in one transaction, planned anew in it: the answer says what was done, by date.
#[utoipa::path(
    tag = "planning",
    operation_id = "update_type_week",
    request_body = TypeWeekRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What was done, by date", body = TypeWeekView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`: the week lies in no term; `not_subscribed`, `fixed_for_term`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: an empty list, a long one, an item twice", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/family/type-week")]
pub(crate) async fn update_type_week(
    app: web::Data<App>,
    parent: Parent,
    body: web::Json<TypeWeekRequest>,
) -> Result<web::Json<TypeWeekView>, Failure> {
    let now = app.clock.now();
    let actor = Actor { origin: ChangeOrigin::TypeWeek, ..parent.actor(now) };
    let (guardian, request, state) = (parent.guardian, body.into_inner(), app.clone().into_inner());
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            let update = async |conn: &mut Conn| {
                type_week::plan(conn, &state.settings, guardian, request, now)
                    .await?
                    .make(conn, &actor)
                    .await
            };
            or_undo(update(conn).await)
        })
    });
    made.await?.map(web::Json)
}

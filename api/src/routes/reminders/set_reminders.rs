use actix_web::{put, web};
use domain::problem::Problem;
use domain::wire::RemindersView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::reminders;

/// Chooses the caller's reminders
///
/// Can be repeated. A reminder of a deadline comes at 18:00 (Europe/Paris) of the day before and
/// says what is booked in that week.
#[utoipa::path(
    tag = "reminders",
    operation_id = "update_reminders",
    request_body = RemindersView,
    security(("token" = [])),
    responses(
        (status = 200, description = "The reminders as they are now", body = RemindersView),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/me/reminders")]
pub(crate) async fn set_reminders(
    app: web::Data<App>,
    parent: Parent,
    body: web::Json<RemindersView>,
) -> Result<web::Json<RemindersView>, Failure> {
    let wishes = body.into_inner();
    let (guardian, actor) = (parent.guardian, parent.actor(app.clock.now()));
    app.db
        .write(move |conn| {
            Box::pin(
                async move { Ok(reminders::wish(conn, &actor, guardian, wishes.deadline).await?) },
            )
        })
        .await?;
    Ok(web::Json(wishes))
}

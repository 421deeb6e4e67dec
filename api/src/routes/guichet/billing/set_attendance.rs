use actix_web::{HttpResponse, put, web};
use domain::problem::Problem;
use domain::wire::AttendanceRequest;

use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::guichet;
use crate::routes::guichet::parse_reason;
use crate::state::App;

/// Says whether a child was there
///
/// A justified absence is not billed, a presence without an inscription is. Where the month has been
/// billed, running it again credits or bills the difference.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_attendance",
    request_body = AttendanceRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "It is written down"),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`, `closed_day`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one", body = Problem, content_type = "application/problem+json"),

    )
)]
#[put("/guichet/attendance")]
pub(crate) async fn set_attendance(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<AttendanceRequest>,
) -> Result<HttpResponse, Failure> {
    let wish = body.into_inner();
    let actor = guichet.actor(app.clock.now(), &parse_reason(&wish.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            or_undo(guichet::set_attendance(conn, &state.settings, &actor, &wish).await)
        })
    });
    made.await??;
    Ok(HttpResponse::NoContent().finish())
}

use actix_web::{HttpResponse, post, web};
use domain::problem::Problem;
use domain::wire::AddActivityRequest;

use super::parse_reason;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::guichet;
use crate::state::App;

/// Opens an activity that a child is missing
///
/// For the term of `from`: canteen and bus now and then, so that nothing is booked by itself; a TAP
/// activity is booked from that day to the end of the term, on all its days or not at all.
#[utoipa::path(
    tag = "guichet",
    operation_id = "add_child_activity",
    request_body = AddActivityRequest,
    security(("token" = [])),
    responses(
        (status = 204, description = "It is open to the child"),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already_subscribed`, `two_taps`, `same_day_tap`; `session_full`: a TAP activity, `full_days` says when; `not_running`: no term has that day; `no_tariff`, `no_office`, `no_payer`: it can't be billed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one, a bus without its package", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/guichet/subscriptions")]
pub(crate) async fn add_child_activity(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<AddActivityRequest>,
) -> Result<HttpResponse, Failure> {
    let wish = body.into_inner();
    let actor = guichet.actor(app.clock.now(), &parse_reason(&wish.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            or_undo(guichet::add_activity(conn, &state.settings, &actor, &wish).await)
        })
    });
    made.await??;
    Ok(HttpResponse::NoContent().finish())
}

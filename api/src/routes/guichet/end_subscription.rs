use actix_web::{post, web};
use domain::problem::Problem;
use domain::wire::{EndSubscriptionRequest, SubscriptionChanged};

use super::parse_reason;
use crate::caller::Coordinator;
use crate::ending;
use crate::failure::{Failure, or_undo_if};
use crate::state::App;

/// Ends a child's service, or one TAP activity
///
/// What is booked after its last day is given back, to those who wait where the deadline allows it. A
/// package or a TAP item is credited; the canteen is billed by the month, up to that day. A dry one
/// answers what would come of it.
#[utoipa::path(
    tag = "guichet",
    operation_id = "end_subscription",
    request_body = EndSubscriptionRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "What came of it", body = SubscriptionChanged),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `term_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_subscribed`; `no_tariff`, `no_office`, `no_payer`: what is left can't be billed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/guichet/subscriptions/end")]
pub(crate) async fn end_subscription(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<EndSubscriptionRequest>,
) -> Result<web::Json<SubscriptionChanged>, Failure> {
    let wish = body.into_inner();
    let actor = guichet.actor(app.clock.now(), &parse_reason(&wish.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            or_undo_if(wish.dry, ending::end(conn, &state.settings, &actor, &wish).await)
        })
    });
    Ok(web::Json(made.await??))
}

use actix_web::{put, web};
use domain::problem::Problem;
use domain::wire::{PackageRequest, SubscriptionChanged};

use super::parse_reason;
use crate::caller::Coordinator;
use crate::ending;
use crate::failure::{Failure, or_undo_if};
use crate::state::App;

/// Gives a child another bus package
///
/// For the term: the one before is credited, the new one billed.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_bus_package",
    request_body = PackageRequest,
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
#[put("/guichet/subscriptions/package")]
pub(crate) async fn set_bus_package(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<PackageRequest>,
) -> Result<web::Json<SubscriptionChanged>, Failure> {
    let wish = body.into_inner();
    let actor = guichet.actor(app.clock.now(), &parse_reason(&wish.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(async move {
            or_undo_if(wish.dry, ending::set_package(conn, &state.settings, &actor, &wish).await)
        })
    });
    Ok(web::Json(made.await??))
}

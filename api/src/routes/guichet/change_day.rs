use actix_web::{post, web};
use domain::problem::Problem;
use domain::wire::{GuichetChange, GuichetDay};

use super::parse_reason;
use crate::caller::Coordinator;
use crate::failure::{Failure, or_undo};
use crate::guichet;
use crate::state::App;

/// Books or frees a child's day, late too
///
/// With a reason that the family reads in its history. Beyond the capacity only where
/// `beyond_capacity` says so. A child that waits and is to be free
/// leaves the line. Again is no mistake: a day that is as wished stays as it is.
#[utoipa::path(
    tag = "guichet",
    operation_id = "change_child_day",
    request_body = GuichetChange,
    security(("token" = [])),
    responses(
        (status = 200, description = "The day as it is now", body = GuichetDay),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`, `activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`session_full`, `not_subscribed`, `closed_day`, `not_running`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, or a long one", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/guichet/changes")]
pub(crate) async fn change_child_day(
    app: web::Data<App>,
    guichet: Coordinator,
    body: web::Json<GuichetChange>,
) -> Result<web::Json<GuichetDay>, Failure> {
    let wish = body.into_inner();
    let actor = guichet.actor(app.clock.now(), &parse_reason(&wish.reason)?);
    let state = app.clone().into_inner();
    let made = app.db.write(move |conn| {
        Box::pin(
            async move { or_undo(guichet::change(conn, &state.settings, &actor, &wish).await) },
        )
    });
    made.await?.map(web::Json)
}

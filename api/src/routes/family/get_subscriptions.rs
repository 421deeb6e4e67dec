use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::SubscriptionsView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::subscribing;

/// Shows what the caller's children are subscribed to
///
/// In all terms, with the windows in which parents can subscribe.
#[utoipa::path(
    tag = "subscriptions",
    operation_id = "get_family_subscriptions",
    security(("token" = [])),
    responses(
        (status = 200, description = "The subscriptions", body = SubscriptionsView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family/subscriptions")]
pub(crate) async fn get_family_subscriptions(
    app: web::Data<App>,
    parent: Parent,
) -> Result<web::Json<SubscriptionsView>, Failure> {
    let mut conn = app.db.read().await?;
    let now = app.clock.now();
    let view = subscribing::overview(&mut conn, &app.settings, parent.guardian, now).await?;
    Ok(web::Json(view))
}

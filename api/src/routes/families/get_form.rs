use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::SubscriptionForm;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::subscribing::Form;

/// Shows a term's subscription form
///
/// With all that it is filled in, checked and priced with: a client works out the same total as the
/// invoice's. The canteen is billed by the month, from what was taken.
#[utoipa::path(
    tag = "subscriptions",
    operation_id = "get_subscription_form",
    params(
        ("family" = String, Path, description = "The dossier's id", format = Uuid),
        ("term" = String, Path, description = "The term's id", format = Uuid),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The form", body = SubscriptionForm),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`, `term_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/families/{family}/terms/{term}/subscription-form")]
pub(crate) async fn get_subscription_form(
    app: web::Data<App>,
    parent: Parent,
    path: web::Path<(String, String)>,
) -> Result<web::Json<SubscriptionForm>, Failure> {
    let mut conn = app.db.read().await?;
    let form = Form::read(&mut conn, &app.settings, parent.guardian, &path).await?;
    Ok(web::Json(form.view(&mut conn, app.clock.now()).await?))
}

use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::RemindersView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::reminders;

/// Shows the caller's reminders
///
/// They come by e-mail, where the commune's server sends e-mails (`sends_email` of `GET /me`).
#[utoipa::path(
    tag = "reminders",
    operation_id = "get_reminders",
    security(("token" = [])),
    responses(
        (status = 200, description = "The reminders", body = RemindersView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/me/reminders")]
pub(crate) async fn get_reminders(
    app: web::Data<App>,
    parent: Parent,
) -> Result<web::Json<RemindersView>, Failure> {
    let deadline = reminders::wished(&mut app.db.read().await?, parent.guardian).await?;
    Ok(web::Json(RemindersView { deadline }))
}

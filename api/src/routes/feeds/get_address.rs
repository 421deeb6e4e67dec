use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::CalendarFeedView;

use super::view;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::{Undo, calendar_feed};

/// Shows the address of the caller's calendar
///
/// Made at the first demand, the same from then on until it is renewed. Phones and calendar
/// services subscribe to it; whoever has it reads the children's inscriptions without signing in.
#[utoipa::path(
    tag = "calendar",
    operation_id = "get_calendar_feed",
    security(("token" = [])),
    responses(
        (status = 200, description = "The address", body = CalendarFeedView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/me/calendar-feed")]
pub(crate) async fn get_calendar_feed(
    app: web::Data<App>,
    parent: Parent,
) -> Result<web::Json<CalendarFeedView>, Failure> {
    let guardian = parent.guardian;
    let known = calendar_feed::secret(&mut app.db.read().await?, guardian).await?;
    if let Some(secret) = known {
        return Ok(web::Json(view(&secret)));
    }
    let fresh = tokens::secret()?;
    let hash = tokens::hash(&fresh);
    let secret = app
        .db
        .write(move |conn| {
            Box::pin(async move {
                calendar_feed::make(conn, guardian, &fresh, &hash).await.map_err(Undo::Failed)
            })
        })
        .await?;
    Ok(web::Json(view(&secret)))
}

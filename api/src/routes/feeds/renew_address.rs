use actix_web::{post, web};
use domain::problem::Problem;
use domain::wire::CalendarFeedView;

use super::view;
use crate::caller::Parent;
use crate::edge::Unread;
use crate::failure::Failure;
use crate::security::tokens;
use crate::state::App;
use crate::store::{Undo, calendar_feed};

/// Gives the caller's calendar a new address
///
/// The old address is dead at once, on every device and for everyone who had it.
#[utoipa::path(
    tag = "calendar",
    operation_id = "renew_calendar_feed",
    security(("token" = [])),
    responses(
        (status = 200, description = "The new address", body = CalendarFeedView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/me/calendar-feed")]
pub(crate) async fn renew_calendar_feed(
    app: web::Data<App>,
    parent: Parent,
    _: Unread,
) -> Result<web::Json<CalendarFeedView>, Failure> {
    let guardian = parent.guardian;
    let fresh = tokens::secret()?;
    let (answer, hash) = (view(&fresh), tokens::hash(&fresh));
    app.db
        .write(move |conn| {
            Box::pin(async move {
                calendar_feed::renew(conn, guardian, &fresh, &hash).await.map_err(Undo::Failed)
            })
        })
        .await?;
    Ok(web::Json(answer))
}

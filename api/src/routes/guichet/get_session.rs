use actix_web::{get, web};
use domain::inscription::Refusal;
use domain::problem::Problem;
use domain::wire::SessionDetail;

use super::session_of;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::guichet::session_view;
use crate::state::App;
use crate::store::guichet::sessions;
use crate::store::sessions::seats;

/// Shows who is in a session, and who waits
///
/// The waiting list in its order.
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_guichet_session",
    params(
        ("activity" = String, Path, description = "The activity's name", example = "bus-0830"),
        ("date" = String, Path, description = "The day", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The session", body = SessionDetail),
        (status = 400, description = "`invalid_date`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/sessions/{activity}/{date}")]
pub(crate) async fn get_guichet_session(
    app: web::Data<App>,
    _: Coordinator,
    path: web::Path<(String, String)>,
) -> Result<web::Json<SessionDetail>, Failure> {
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let session = session_of(&settings, &path.into_inner())?;
    let seats =
        seats(&mut conn, &session.activity, session.date).await?.ok_or(Refusal::NotRunning)?;
    let now = app.clock.now();
    Ok(web::Json(SessionDetail {
        session: session_view(&settings, &session, seats, now),
        children: sessions::inscribed(&mut conn, &session).await?,
        line: sessions::line(&mut conn, &session).await?,
    }))
}

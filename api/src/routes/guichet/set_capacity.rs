use actix_web::{put, web};
use domain::guichet::Reason;
use domain::inscription::Refusal;
use domain::mistake::FieldMistake;
use domain::problem::Problem;
use domain::wire::{CapacityRequest, SessionView};

use super::{parse_reason, session_of};
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::guichet::{line, session_view};
use crate::state::App;
use crate::store::{Undo, sessions};

/// Sets the capacity of one session
///
/// Those who have a seat keep it. Seats that come free go to those who wait, until the deadline; after
/// it where `serve_waiting` says so.
#[utoipa::path(
    tag = "guichet",
    operation_id = "set_session_capacity",
    params(
        ("activity" = String, Path, description = "The activity's name", example = "bus-0830"),
        ("date" = String, Path, description = "The day", format = Date, example = "2017-09-18"),
    ),
    request_body = CapacityRequest,
    security(("token" = [])),
    responses(
        (status = 200, description = "The session as it is now", body = SessionView),
        (status = 400, description = "`invalid_date`, `invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`activity_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not_running`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`: no reason, a long one, a capacity above 10,000", body = Problem, content_type = "application/problem+json"),
    )
)]
#[put("/guichet/sessions/{activity}/{date}/capacity")]
pub(crate) async fn set_session_capacity(
    app: web::Data<App>,
    guichet: Coordinator,
    path: web::Path<(String, String)>,
    body: web::Json<CapacityRequest>,
) -> Result<web::Json<SessionView>, Failure> {
    let request = body.into_inner();
    let reason: Reason = parse_reason(&request.reason)?;
    if request.capacity > CapacityRequest::MOST {
        let mistake = FieldMistake::TooMuch(CapacityRequest::MOST);
        return Err(Failure::Field { pointer: "/capacity", mistake });
    }
    let now = app.clock.now();
    let settings = app.settings.current(&mut app.db.read().await?).await?;
    let session = session_of(&settings, &path.into_inner())?;
    let line = line(&settings, &session, request.serve_waiting, now);
    let actor = guichet.actor(now, &reason);
    let key = session.clone();
    let seats = app.db.write(move |conn| {
        Box::pin(async move {
            sessions::set_capacity(conn, &actor, &key, request.capacity, line)
                .await
                .map_err(Undo::Failed)
        })
    });
    let seats = seats.await?.ok_or(Refusal::NotRunning)?;
    Ok(web::Json(session_view(&settings, &session, seats, now)))
}

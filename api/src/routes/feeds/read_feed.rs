use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, route, web};
use domain::feed;
use domain::problem::{Problem, ProblemCode};

use crate::caller::address;
use crate::failure::Failure;
use crate::ics;
use crate::security::tokens;
use crate::state::App;
use crate::store::calendar_feed;

/// Reads a calendar
///
/// The inscriptions of a guardian's children, from 30 days ago to the end of the last known term:
/// iCalendar (RFC 5545), times in UTC, no alarms. The address is the permission.
#[utoipa::path(
    tag = "calendar",
    operation_id = "read_calendar_feed",
    params(("secret" = String, Path, description = "As `GET /api/v1/me/calendar-feed` shows it")),
    responses(
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
        (status = 404, description = "`not_found`: no feed has this address, or it was renewed", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[route("/feeds/{secret}.ics", method = "GET", method = "HEAD")]
pub(crate) async fn read_calendar_feed(
    app: web::Data<App>,
    req: HttpRequest,
    secret: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    app.limits.feed(address(&req, &app))?;
    let first_day = feed::first_day(app.clock.now());
    let hash = tokens::hash(&secret);
    let mut conn = app.db.read().await?;
    let feed = calendar_feed::read(&mut conn, &app.settings, &hash, first_day)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let events: Vec<_> =
        feed.entries.iter().filter_map(|entry| feed::event(&feed.settings, entry)).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, ics::TEXT_CALENDAR))
        .insert_header((header::CACHE_CONTROL, "private, max-age=900"))
        .body(ics::calendar(&feed::name(&feed.settings), &events)))
}

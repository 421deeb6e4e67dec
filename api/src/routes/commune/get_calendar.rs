use actix_web::{get, web};
use domain::calendar::SchoolYear;
use domain::problem::{Problem, ProblemCode};
use domain::wire::CalendarView;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::state::App;

/// Shows a school year's terms and closed days
#[utoipa::path(
    tag = "calendar",
    operation_id = "get_calendar",
    params(("year" = String, Path, description = "The year in which the school year starts", example = "2017")),
    security(("token" = [])),
    responses(
        (status = 200, description = "Terms and closed days, by date", body = CalendarView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: a year that the commune does not know", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/calendars/{year}")]
pub(crate) async fn get_calendar(
    app: web::Data<App>,
    _: Caller,
    year: web::Path<String>,
) -> Result<web::Json<CalendarView>, Failure> {
    let year = SchoolYear(year.parse().map_err(|_| ProblemCode::NotFound)?);
    let settings = app.settings.current(&mut app.db.read().await?).await?;
    let calendar = &settings.calendar;
    let terms: Vec<_> = calendar.terms().iter().filter(|term| term.year == year).cloned().collect();
    if terms.is_empty() {
        return Err(ProblemCode::NotFound.into());
    }
    let closed_days =
        calendar.closed_days().filter(|day| SchoolYear::of(day.date) == year).cloned().collect();
    Ok(web::Json(CalendarView { year, terms, closed_days }))
}

use actix_web::{get, web};
use domain::problem::Problem;
use domain::week::Week;
use domain::wire::{ActivityView, DayView, GuichetWeekView, WeekTerm};

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::guichet::session_view;
use crate::planning;
use crate::state::App;
use crate::store::sessions;

/// Shows a week of all activities
///
/// With the seats of each session and how many wait.
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_guichet_week",
    params(
        ("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The week", body = GuichetWeekView),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/weeks/{monday}")]
pub(crate) async fn get_guichet_week(
    app: web::Data<App>,
    _: Coordinator,
    monday: web::Path<String>,
) -> Result<web::Json<GuichetWeekView>, Failure> {
    let week = planning::parse_week(&monday)?;
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let seats = sessions::seats_between(&mut conn, week.monday(), week.sunday()).await?;
    let (now, terms) = (app.clock.now(), settings.calendar.terms());
    Ok(web::Json(GuichetWeekView {
        monday: week,
        now,
        open_until: settings.open_until(&settings.activities, week.school_days()),
        term: WeekTerm::of(&settings.calendar, week),
        first_week: terms.first().map(|term| Week::of(term.first_day)),
        last_week: terms.last().map(|term| Week::of(term.last_day)),
        days: DayView::of_week(&settings.calendar, week),
        activities: settings.activities.iter().map(ActivityView::from).collect(),
        sessions: seats
            .iter()
            .map(|(session, seats)| session_view(&settings, session, *seats, now))
            .collect(),
    }))
}

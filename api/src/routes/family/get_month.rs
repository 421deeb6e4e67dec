use actix_web::{get, web};
use chrono::{Datelike, NaiveDate};
use domain::problem::{Problem, ProblemCode};
use domain::week::{self, Week};
use domain::wire::MonthView;

use crate::caller::Parent;
use crate::failure::Failure;
use crate::planning;
use crate::state::App;
use crate::store;

/// Shows a month of all the caller's children
///
/// Which days are booked and which closed, and which weeks can still be changed.
#[utoipa::path(
    tag = "planning",
    operation_id = "get_family_month",
    params(("month" = String, Path, description = "The month", example = "2017-09")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The month", body = MonthView),
        (status = 400, description = "`invalid_date`: no month", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family/months/{month}")]
pub(crate) async fn get_family_month(
    app: web::Data<App>,
    parent: Parent,
    month: web::Path<String>,
) -> Result<web::Json<MonthView>, Failure> {
    let month = week::parse_date(&format!("{month}-01")).ok_or(ProblemCode::InvalidDate)?;
    let weeks: Vec<_> = weeks_of(month).collect();
    let now = app.clock.now();
    let (first, last) = match (weeks.first(), weeks.last()) {
        (Some(first), Some(last)) => (first.monday(), last.sunday()),
        _ => return Err(ProblemCode::InvalidDate.into()),
    };
    let mut conn = app.db.read().await?;
    let facts =
        store::week::of_guardian(&mut conn, &app.settings, parent.guardian, first, last).await?;
    Ok(web::Json(planning::month_view(&facts, month, &weeks, now)))
}

/// The weeks with a school day in a month.
fn weeks_of(month: NaiveDate) -> impl Iterator<Item = Week> {
    let inside =
        move |date: &NaiveDate| (date.year(), date.month()) == (month.year(), month.month());
    std::iter::successors(Some(Week::of(month)), |week| Some(week.next()))
        .take(6)
        .filter(move |week| week.school_days().any(|date| inside(&date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_the_weeks_of_its_school_days() {
        let mondays = |month: &str| -> Vec<String> {
            weeks_of(month.parse().unwrap()).map(|week| week.to_string()).collect()
        };
        // October 2017 starts on a Sunday, whose week has no other day of it.
        let october = ["2017-10-02", "2017-10-09", "2017-10-16", "2017-10-23", "2017-10-30"];
        assert_eq!(mondays("2017-10-01"), october);
        assert_eq!(mondays("2018-02-01").len(), 5);
        assert_eq!(mondays("2027-02-01").len(), 4);
    }
}

use actix_web::{get, web};
use domain::bus::over_package;
use domain::problem::Problem;
use domain::wire::{BusCheckChild, BusCheckView};

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::planning;
use crate::state::App;
use crate::store::guichet::{bus, children};

/// Finds the children who booked more trips than their package pays for
///
/// Day by day: 1AR pays for two trips a day, 2AR for four.
#[utoipa::path(
    tag = "guichet",
    operation_id = "check_bus_packages",
    params(
        ("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The children, by name", body = BusCheckView),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/weeks/{monday}/bus-check")]
pub(crate) async fn check_bus_packages(
    app: web::Data<App>,
    _: Coordinator,
    monday: web::Path<String>,
) -> Result<web::Json<BusCheckView>, Failure> {
    let week = planning::parse_week(&monday)?;
    let mut conn = app.db.read().await?;
    let trips = bus::trips(&mut conn, week.monday(), week.sunday()).await?;
    let over: Vec<_> = over_package(trips).collect();
    let ids = over.iter().map(|(child, _)| child.id).collect();
    let mut contacts = children::contacts(&mut conn, &ids).await?;
    let child = |(child, days): (domain::wire::ChildView, _)| BusCheckChild {
        guardians: contacts.remove(&child.id).unwrap_or_default(),
        child,
        days,
    };
    Ok(web::Json(BusCheckView { monday: week, children: over.into_iter().map(child).collect() }))
}

use std::collections::BTreeSet;

use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::GuichetChildWeek;

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::guichet::Judge;
use crate::planning;
use crate::state::App;
use crate::store::guichet::{children, seats};

/// Shows a child's week, with what the guichet can change
///
/// A day for every session that takes place, the child subscribed or not.
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_guichet_child_week",
    params(
        ("child" = String, Path, description = "The child's id", format = Uuid),
        ("monday" = String, Path, description = "The week's Monday", format = Date, example = "2017-09-18"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "The week", body = GuichetChildWeek),
        (status = 400, description = "`invalid_date`: no date, or no Monday", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`child_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/children/{child}/weeks/{monday}")]
pub(crate) async fn get_guichet_child_week(
    app: web::Data<App>,
    _: Coordinator,
    path: web::Path<(String, String)>,
) -> Result<web::Json<GuichetChildWeek>, Failure> {
    let (child, monday) = path.into_inner();
    let child = planning::parse_child(&child)?;
    let week = planning::parse_week(&monday)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let judge = Judge::read(&mut conn, &app.settings, child).await?;
    let facts = seats::of_child(&mut conn, child, week.monday(), week.sunday()).await?;
    let mut contacts = children::contacts(&mut conn, &BTreeSet::from([child])).await?;
    Ok(web::Json(GuichetChildWeek {
        monday: week,
        guardians: contacts.remove(&child).unwrap_or_default(),
        days: judge.week(&facts, week, now)?,
        child: judge.child,
    }))
}

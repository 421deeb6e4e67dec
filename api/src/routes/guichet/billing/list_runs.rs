use actix_web::{get, web};
use domain::problem::Problem;
use domain::wire::RunsView;

use super::run_view;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::runs;

const MOST: i64 = 30;

/// Lists the latest invoice runs
///
/// With the terms that can be billed.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_invoice_runs",
    security(("token" = [])),
    responses(
        (status = 200, description = "The latest first, 30 at most", body = RunsView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/invoice-runs")]
pub(crate) async fn list_invoice_runs(
    app: web::Data<App>,
    _guichet: Coordinator,
) -> Result<web::Json<RunsView>, Failure> {
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let runs = runs::latest(&mut conn, MOST).await?;
    let runs = runs.iter().map(|run| run_view(run, &settings)).collect::<Result<_, _>>()?;
    Ok(web::Json(RunsView { runs, terms: settings.calendar.terms().to_vec() }))
}

use actix_web::{get, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::RunView;

use super::{parse_run, run_view};
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::runs;

/// Shows how far an invoice run has come
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_invoice_run",
    params(("run" = String, Path, description = "The run's id", format = Uuid)),
    security(("token" = [])),
    responses(
        (status = 200, description = "The run", body = RunView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`run_not_found`", body = Problem, content_type = "application/problem+json"),

    )
)]
#[get("/guichet/invoice-runs/{run}")]
pub(crate) async fn get_invoice_run(
    app: web::Data<App>,
    _guichet: Coordinator,
    run: web::Path<String>,
) -> Result<web::Json<RunView>, Failure> {
    let id = parse_run(&run)?;
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let run = runs::get(&mut conn, id).await?.ok_or(ProblemCode::RunNotFound)?;
    Ok(web::Json(run_view(&run, &settings)?))
}

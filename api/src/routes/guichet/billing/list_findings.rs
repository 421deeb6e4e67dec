use actix_web::{get, web};
use domain::problem::{Problem, ProblemCode};
use domain::wire::{FamilyFindings, FindingsView};
use serde::Deserialize;

use super::parse_run;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::runs;

/// Families on a page.
const PAGE: usize = 50;

#[derive(Deserialize)]
struct Query {
    after: Option<String>,
}

/// Lists what an invoice run found
///
/// Families with something to look at, and those that can't be billed, 50 on a page.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_invoice_run_findings",
    params(
        ("run" = String, Path, description = "The run's id", format = Uuid),
        ("after" = Option<String>, Query, description = "The cursor of the page before: its `next`", format = Uuid),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "A page", body = FindingsView),
        (status = 400, description = "`invalid_request`: no cursor of ours", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`run_not_found`", body = Problem, content_type = "application/problem+json"),

    )
)]
#[get("/guichet/invoice-runs/{run}/findings")]
pub(crate) async fn list_invoice_run_findings(
    app: web::Data<App>,
    _guichet: Coordinator,
    run: web::Path<String>,
    query: web::Query<Query>,
) -> Result<web::Json<FindingsView>, Failure> {
    let id = parse_run(&run)?;
    let after = query.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| ProblemCode::InvalidRequest)?;
    let mut conn = app.db.read().await?;
    runs::get(&mut conn, id).await?.ok_or(ProblemCode::RunNotFound)?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut findings: Vec<FamilyFindings> = runs::findings(&mut conn, id, after, most).await?;
    let more = findings.len() > PAGE;
    findings.truncate(PAGE);
    let next = findings.last().filter(|_| more).map(|last| last.family_id);
    Ok(web::Json(FindingsView { findings, next }))
}

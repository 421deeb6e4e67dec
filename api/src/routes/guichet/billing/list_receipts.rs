use actix_web::{get, web};
use domain::billing::DocumentNumber;
use domain::problem::{Problem, ProblemCode};
use domain::wire::ReceiptsView;
use serde::Deserialize;

use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::receipts;

/// Entries on a page.
const PAGE: usize = 50;

#[derive(Deserialize)]
struct Query {
    before: Option<String>,
}

/// Shows the régie's journal
///
/// Receipts and contra entries, the latest first, 50 on a page.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_receipts",
    params(("before" = Option<String>, Query, description = "The cursor of the page before: its `next`")),
    security(("token" = [])),
    responses(
        (status = 200, description = "A page", body = ReceiptsView),
        (status = 400, description = "`invalid_request`: no cursor of ours", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/receipts")]
pub(crate) async fn list_receipts(
    app: web::Data<App>,
    _guichet: Coordinator,
    query: web::Query<Query>,
) -> Result<web::Json<ReceiptsView>, Failure> {
    let before = query.before.as_deref().map(DocumentNumber::parse).transpose();
    let before = before.map_err(|_| ProblemCode::InvalidRequest)?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = receipts::page(&mut app.db.read().await?, before, most).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| last.view.number);
    let receipts = found.into_iter().map(|receipt| receipt.view).collect();
    Ok(web::Json(ReceiptsView { receipts, next }))
}

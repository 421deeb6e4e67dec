use actix_web::{get, web};
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::UnpaidView;
use serde::Deserialize;

use crate::billing::summary;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::unpaid::{self, After};

/// Invoices on a page.
const PAGE: usize = 50;

#[derive(Deserialize)]
struct Query {
    after: Option<String>,
}

/// Lists invoices of which something is due
///
/// Those that wait for longest first, 50 on a page.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_unpaid_invoices",
    params(("after" = Option<String>, Query, description = "The cursor of the page before: its `next`")),
    security(("token" = [])),
    responses(
        (status = 200, description = "A page", body = UnpaidView),
        (status = 400, description = "`invalid_request`: no cursor of ours", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/unpaid-invoices")]
pub(crate) async fn list_unpaid_invoices(
    app: web::Data<App>,
    _guichet: Coordinator,
    query: web::Query<Query>,
) -> Result<web::Json<UnpaidView>, Failure> {
    let after =
        query.after.as_deref().map(|text| After::parse(text).ok_or(ProblemCode::InvalidRequest));
    let mut conn = app.db.read().await?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = unpaid::page(&mut conn, after.transpose()?, most).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let settings = app.settings.current(&mut conn).await?;
    let today = utc_to_paris(app.clock.now()).date();
    let (count, due) = unpaid::sum(&mut conn).await?;
    Ok(web::Json(UnpaidView {
        today,
        count: u32::try_from(count).unwrap_or(u32::MAX),
        due,
        next: found.last().filter(|_| more).and_then(After::cursor),
        invoices: found
            .iter()
            .map(|document| summary(document, &settings, today))
            .collect::<Result<_, _>>()?,
    }))
}

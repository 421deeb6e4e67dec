use actix_web::{get, web};
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::DocumentsView;
use serde::Deserialize;

use crate::billing::summary;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::documents::{self, Before, Document, Whose};

/// Documents on a page.
const PAGE: usize = 50;

#[derive(Deserialize)]
struct Query {
    before: Option<String>,
}

/// Lists invoices and credit notes
///
/// Of the caller's dossiers, the latest first, 50 on a page.
#[utoipa::path(
    tag = "invoices",
    operation_id = "list_invoices",
    params(("before" = Option<String>, Query, description = "The cursor of the page before: its `next`")),
    security(("token" = [])),
    responses(
        (status = 200, description = "A page", body = DocumentsView),
        (status = 400, description = "`invalid_request`: no cursor of ours", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/family/invoices")]
pub(crate) async fn list_invoices(
    app: web::Data<App>,
    parent: Parent,
    query: web::Query<Query>,
) -> Result<web::Json<DocumentsView>, Failure> {
    let before = query.before.as_deref();
    let before = before.map(|text| Before::parse(text).ok_or(ProblemCode::InvalidRequest));
    let mut conn = app.db.read().await?;
    let whose = Whose::Guardian(parent.guardian);
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut found = documents::page(&mut conn, whose, before.transpose()?, most).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let settings = app.settings.current(&mut conn).await?;
    let today = utc_to_paris(app.clock.now()).date();
    Ok(web::Json(DocumentsView {
        today,
        due: documents::due(&mut conn, whose).await?,
        next: found.last().filter(|_| more).map(Document::cursor),
        documents: found
            .iter()
            .map(|document| summary(document, &settings, today))
            .collect::<Result<_, _>>()?,
    }))
}

use actix_web::{get, web};
use domain::calendar::utc_to_paris;
use domain::problem::Problem;
use domain::wire::DocumentsView;

use super::PageQuery;
use crate::billing;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;
use crate::store::billing::lists::Whose;

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
    query: web::Query<PageQuery>,
) -> Result<web::Json<DocumentsView>, Failure> {
    let before = query.before()?;
    let mut conn = app.db.read().await?;
    let settings = app.settings.current(&mut conn).await?;
    let (whose, today) = (Whose::Guardian(parent.guardian), utc_to_paris(app.clock.now()).date());
    Ok(web::Json(billing::list(&mut conn, &settings, whose, before, today).await?))
}

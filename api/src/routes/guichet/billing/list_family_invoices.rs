use actix_web::{get, web};
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::DocumentsView;

use super::parse_family;
use crate::billing;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::routes::billing::PageQuery;
use crate::state::App;
use crate::store::billing::households;
use crate::store::billing::lists::Whose;

/// Lists a family's invoices and credit notes
///
/// The latest first, 50 on a page. The first page comes with how the family is billed, too.
#[utoipa::path(
    tag = "guichet",
    operation_id = "list_family_invoices",
    params(
        ("family" = String, Path, description = "The dossier's id", format = Uuid),
        ("before" = Option<String>, Query, description = "The cursor of the page before: its `next`"),
    ),
    security(("token" = [])),
    responses(
        (status = 200, description = "A page", body = DocumentsView),
        (status = 400, description = "`invalid_request`: no cursor of ours", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`family_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/families/{family}/invoices")]
pub(crate) async fn list_family_invoices(
    app: web::Data<App>,
    _guichet: Coordinator,
    family: web::Path<String>,
    query: web::Query<PageQuery>,
) -> Result<web::Json<DocumentsView>, Failure> {
    let (family, before) = (parse_family(&family)?, query.before()?);
    let mut conn = app.db.read().await?;
    if !households::exists(&mut conn, family).await? {
        return Err(ProblemCode::FamilyNotFound.into());
    }
    let settings = app.settings.current(&mut conn).await?;
    let (whose, today) = (Whose::Family(family), utc_to_paris(app.clock.now()).date());
    Ok(web::Json(billing::list(&mut conn, &settings, whose, before, today).await?))
}

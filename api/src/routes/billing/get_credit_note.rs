use actix_web::{get, web};
use domain::billing::Series;
use domain::problem::Problem;
use domain::wire::DocumentView;

use super::document;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::state::App;

/// Shows a credit note
///
/// With all that is printed on it, the rule that priced each line, and what has become of it.
#[utoipa::path(
    tag = "invoices",
    operation_id = "get_credit_note",
    params(("number" = String, Path, description = "Its number", example = "A2026000041")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The document", body = DocumentView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`document_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/credit-notes/{number}")]
pub(crate) async fn get_credit_note(
    app: web::Data<App>,
    parent: Parent,
    number: web::Path<String>,
) -> Result<web::Json<DocumentView>, Failure> {
    Ok(web::Json(document(&app, &parent, &number, Series::CreditNote).await?))
}

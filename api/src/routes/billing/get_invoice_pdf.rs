use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::billing::Series;
use domain::problem::Problem;

use super::document;
use crate::caller::Parent;
use crate::failure::Failure;
use crate::paper::pdf;
use crate::state::App;

/// Downloads an invoice
///
/// As it is printed, in the language of `Accept-Language` (French or English): a tagged PDF (PDF/UA-1,
/// PDF/A-2a).
#[utoipa::path(
    tag = "invoices",
    operation_id = "get_invoice_pdf",
    params(("number" = String, Path, description = "Its number", example = "F2026001184")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not a parent's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`document_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/invoices/{number}/pdf")]
pub(crate) async fn get_invoice_pdf(
    app: web::Data<App>,
    parent: Parent,
    number: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    pdf(&request, document(&app, &parent, &number, Series::Invoice).await?).await
}

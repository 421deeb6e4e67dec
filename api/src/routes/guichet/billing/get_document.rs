use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::billing::DocumentNumber;
use domain::calendar::utc_to_paris;
use domain::problem::{Problem, ProblemCode};
use domain::wire::DocumentView;

use crate::billing;
use crate::caller::Coordinator;
use crate::failure::Failure;
use crate::paper::pdf;
use crate::state::App;
use crate::store::billing::documents;

async fn document(app: &App, number: &str) -> Result<DocumentView, Failure> {
    let number = DocumentNumber::parse(number).map_err(|_| ProblemCode::DocumentNotFound)?;
    let mut conn = app.db.read().await?;
    let document = documents::get(&mut conn, number).await?.ok_or(ProblemCode::DocumentNotFound)?;
    let settings = app.settings.current(&mut conn).await?;
    let today = utc_to_paris(app.clock.now()).date();
    Ok(billing::view(&mut conn, document, &settings, today).await?)
}

/// Shows any family's invoice or credit note
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_guichet_document",
    params(("number" = String, Path, description = "Its number", example = "F2026001184")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The document", body = DocumentView),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`document_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/documents/{number}")]
pub(crate) async fn get_guichet_document(
    app: web::Data<App>,
    _guichet: Coordinator,
    number: web::Path<String>,
) -> Result<web::Json<DocumentView>, Failure> {
    Ok(web::Json(document(&app, &number).await?))
}

/// Downloads any family's invoice or credit note
#[utoipa::path(
    tag = "guichet",
    operation_id = "get_guichet_document_pdf",
    params(("number" = String, Path, description = "Its number", example = "F2026001184")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf"),
        (status = 401, description = "`token_missing`, `token_invalid`, `token_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`: not the coordinator's account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`document_not_found`", body = Problem, content_type = "application/problem+json"),
    )
)]
#[get("/guichet/documents/{number}/pdf")]
pub(crate) async fn get_guichet_document_pdf(
    app: web::Data<App>,
    _guichet: Coordinator,
    number: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    pdf(&request, document(&app, &number).await?).await
}

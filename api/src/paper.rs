//! PDF files as answers.

use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::billing::care_file_name;
use domain::problem::Language;
use domain::wire::{CareCertificate, DocumentView};

use crate::edge::language;
use crate::failure::Failure;
use crate::pdf::{self, PdfError};

/// An invoice or a credit note as a file.
pub async fn pdf(request: &HttpRequest, view: DocumentView) -> Result<HttpResponse, Failure> {
    let name = format!("{}.pdf", view.summary.number);
    file(request, name, move |language| pdf::document(&view, language)).await
}

/// A certificate as a file.
pub async fn certificate(
    request: &HttpRequest,
    certificate: CareCertificate,
) -> Result<HttpResponse, Failure> {
    let name = care_file_name(certificate.year, &certificate.child);
    file(request, name, move |language| pdf::care_certificate(&certificate, language)).await
}

/// Made off the threads that answer others.
async fn file(
    request: &HttpRequest,
    name: String,
    make: impl FnOnce(Language) -> Result<Vec<u8>, PdfError> + Send + 'static,
) -> Result<HttpResponse, Failure> {
    let language = language(request.headers());
    let outcome = web::block(move || make(language)).await;
    let file = outcome.map_err(|_| PdfError::Cancelled)??;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(ContentDisposition {
            disposition: DispositionType::Inline,
            parameters: vec![DispositionParam::Filename(name)],
        })
        // What is left to pay changes.
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file))
}

//! The operations of the API that the invoices use.

use domain::billing::{DocumentNumber, Series};
use domain::wire::{CarePaidView, DocumentView, DocumentsView};

use crate::api::{ApiError, Method, Session};

impl Session {
    /// A page of the documents: the first, or the one at that cursor.
    pub(super) async fn documents(self, before: Option<String>) -> Result<DocumentsView, ApiError> {
        let path = before.map_or_else(
            || "/family/invoices".to_owned(),
            |before| format!("/family/invoices?before={before}"),
        );
        self.call(Method::Get, &path, None).await
    }

    pub(super) async fn document(self, number: DocumentNumber) -> Result<DocumentView, ApiError> {
        self.call(Method::Get, &path(number), None).await
    }

    /// What was paid for young children's care in a year that is over.
    pub(super) async fn care_paid(self, year: i32) -> Result<CarePaidView, ApiError> {
        self.call(Method::Get, &format!("/family/care-paid/{year}"), None).await
    }
}

/// A document as a file.
pub(super) fn pdf_path(number: DocumentNumber) -> String {
    format!("{}/pdf", path(number))
}

fn path(number: DocumentNumber) -> String {
    let kind = if number.series() == Series::CreditNote { "credit-notes" } else { "invoices" };
    format!("/{kind}/{number}")
}

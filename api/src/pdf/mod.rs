//! Invoices, credit notes and certificates as PDF files, tagged for screen readers (PDF/UA-1) and
//! fit for archives (PDF/A-2a).
//!
//! A document's parts (`document`, `certificate`) put text on a `Sheet`, which breaks lines and
//! pages and keeps each text's place in the structure; `writer` makes the file of it. The same
//! document gives the same bytes: its date is the day of issue, and no clock is read.

mod certificate;
mod document;
mod letterhead;
mod lines;
mod sheet;
mod structure;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod typeface;
mod words;
mod writer;

pub use certificate::care_certificate;
pub use document::document;

/// Why there is no PDF: a fault of ours, whatever the document says.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the PDFs' typeface can't be read")]
    Typeface,
    #[error("nobody made the PDF: the server is ending")]
    Cancelled,
    #[error("the PDFs' standards or page size are not sound")]
    Settings,
    // Its details may have a name in them, which is not for a log.
    #[error("the PDF breaks its standards: {0}")]
    Write(#[from] krilla::error::KrillaError),
}

//! A document's PDF.

use domain::billing::document;
use domain::wire::DocumentSummary;
use leptos::prelude::*;

use super::calls::pdf_path;
use super::words::use_billing_words;
use crate::components::FileButton;
use crate::i18n::use_words;

#[component]
pub(super) fn PdfButton(
    summary: DocumentSummary,
    /// With its word beside the icon.
    #[prop(optional)]
    worded: bool,
) -> impl IntoView {
    let own = use_billing_words();
    let number = summary.number.to_string();
    let name = document::name(summary.kind, summary.supplementary, use_words().language);
    view! {
        <FileButton
            path=pdf_path(summary.number)
            name=format!("{number}.pdf")
            label=(own.pdf_of)(name, &number)
            words=own.file
            word=worded.then_some(own.pdf)
        />
    }
}

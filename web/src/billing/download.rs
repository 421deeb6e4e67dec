//! A document's PDF. It needs the sign-in, so it is fetched here and handed to the browser.

use std::time::Duration;

use domain::billing::{DocumentNumber, document};
use domain::wire::DocumentSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::words::use_billing_words;
use crate::api::{ApiError, Session};
use crate::components::{Icon, IconView, Toast, Toasts};
use crate::i18n::use_words;

#[component]
pub(super) fn PdfButton(
    summary: DocumentSummary,
    /// With its word beside the icon.
    #[prop(optional)]
    worded: bool,
) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let own = use_billing_words();
    let number = summary.number;
    let name = document::name(summary.kind, summary.supplementary, words.language);
    let is_coming = RwSignal::new(false);
    let fetch = move |_| {
        if is_coming.get_untracked() {
            return;
        }
        is_coming.set(true);
        toasts.show(Toast::info(own.pdf_coming));
        spawn_local(async move {
            let answer = session.document_pdf(number).await;
            // The page may be gone by now.
            let _ = is_coming.try_set(false);
            match answer {
                Ok(blob) if save(&blob, number).is_ok() => toasts.hide(),
                Err(ApiError::SignedOut) => {}
                answer => {
                    let error = answer.err().unwrap_or(ApiError::Unreadable(200));
                    let (what, detail) = error.words(words);
                    let text = format!("{what}. {detail}");
                    toasts.show(Toast::bad(own.pdf_failed.to_owned(), text));
                }
            }
        });
    };
    view! {
        <button
            class=if worded { "btn" } else { "btn icon quiet" }
            type="button"
            aria-label=(own.pdf_of)(name, &number.to_string())
            aria-disabled=move || is_coming.get().then_some("true")
            on:click=fetch
        >
            <IconView icon=Icon::Download/>
            {worded.then_some(own.pdf)}
        </button>
    }
}

/// Offers a file, as if a link to it had been followed.
fn save(blob: &Blob, number: DocumentNumber) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&format!("{number}.pdf"));
    link.click();
    // Once the browser has taken it.
    set_timeout(move || _ = Url::revoke_object_url(&url), Duration::from_mins(1));
    Ok(())
}

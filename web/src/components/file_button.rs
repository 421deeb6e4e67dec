//! A file that needs the sign-in: it is fetched here and handed to the browser.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::{Icon, IconView, Toast, Toasts};
use crate::api::{ApiError, Session};
use crate::i18n::use_words;

/// What is said of a file on its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileWords {
    pub(crate) coming: &'static str,
    pub(crate) failed: &'static str,
}

#[component]
pub(crate) fn FileButton(
    /// Of the API.
    path: String,
    /// Its name, once it is saved.
    name: String,
    /// Its whole name for those who don't see where it stands.
    label: String,
    words: FileWords,
    /// Beside the icon.
    #[prop(optional_no_strip)]
    word: Option<&'static str>,
) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let common = use_words();
    let is_coming = RwSignal::new(false);
    let fetch = move |_| {
        if is_coming.get_untracked() {
            return;
        }
        is_coming.set(true);
        toasts.show(Toast::info(words.coming));
        let (path, name) = (path.clone(), name.clone());
        spawn_local(async move {
            let answer = session.file(&path).await;
            // The page may be gone by now.
            let _ = is_coming.try_set(false);
            match answer {
                Ok(blob) if save(&blob, &name).is_ok() => toasts.hide(),
                Err(ApiError::SignedOut) => {}
                answer => {
                    let error = answer.err().unwrap_or(ApiError::Unreadable(200));
                    let (what, detail) = error.words(common);
                    toasts.show(Toast::bad(words.failed.to_owned(), format!("{what}. {detail}")));
                }
            }
        });
    };
    view! {
        <button
            class=if word.is_some() { "btn" } else { "btn icon quiet" }
            type="button"
            aria-label=label
            aria-disabled=move || is_coming.get().then_some("true")
            on:click=fetch
        >
            <IconView icon=Icon::Download/>
            {word}
        </button>
    }
}

/// Offers a file, as if a link to it had been followed.
fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Once the browser has taken it.
    set_timeout(move || _ = Url::revoke_object_url(&url), Duration::from_mins(1));
    Ok(())
}

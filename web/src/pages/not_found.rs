//! An address that leads nowhere.

use leptos::prelude::*;

use crate::components::PageTitle;
use crate::i18n::use_words;
use crate::route::PLANNING;

#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let words = use_words();
    view! {
        <PageTitle title=words.others.not_found/>
        <section class="card pad">
            <p>{words.others.not_found_advice}</p>
            <a class="btn primary" href=PLANNING>{words.others.to_planning}</a>
        </section>
    }
}

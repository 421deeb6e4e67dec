//! The declaration of accessibility, in plain words.

use leptos::prelude::*;

use crate::components::PageTitle;
use crate::i18n::use_words;

#[component]
pub(crate) fn AccessibilityPage() -> impl IntoView {
    let words = use_words();
    let part = |(heading, paragraphs): &(&'static str, &'static [&'static str])| {
        let paragraphs = paragraphs.iter().map(|text| view! { <p>{*text}</p> }).collect_view();
        view! { <h2>{*heading}</h2>{paragraphs} }
    };
    view! {
        <PageTitle title=words.common.accessibility/>
        <article class="card pad prose">
            <p>{words.accessibility.intro}</p>
            {words.accessibility.parts.iter().map(part).collect_view()}
        </article>
    }
}

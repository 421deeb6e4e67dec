//! The declaration of accessibility, in plain words.

use leptos::prelude::*;

use super::words::use_accessibility_words;

#[component]
pub(crate) fn AccessibilityPage() -> impl IntoView {
    let words = use_accessibility_words();
    let part = |(heading, paragraphs): &(&'static str, &'static [&'static str])| {
        let paragraphs = paragraphs.iter().map(|text| view! { <p>{*text}</p> }).collect_view();
        view! { <h2>{*heading}</h2>{paragraphs} }
    };
    view! {
        <article class="card pad prose">
            <p>{words.intro}</p>
            {words.parts.iter().map(part).collect_view()}
        </article>
    }
}

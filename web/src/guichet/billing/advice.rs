//! Why the server bills nothing, with the way to where it can be put right.

use domain::problem::ProblemCode;
use leptos::prelude::*;

use super::room;
use super::words::use_billing_words;
use crate::api::ApiError;
use crate::components::{ErrorNotice, Icon, Notice, Tone};

/// What the guichet itself is to do: the server's own words send families to it.
#[component]
pub(super) fn Advice(error: ApiError) -> impl IntoView {
    let words = &use_billing_words().advice;
    let (text, href, link) = match error.code() {
        Some(ProblemCode::NoOffice) => (words.no_office, room::OFFICE, words.to_office),
        Some(ProblemCode::NoTariff) => (words.no_tariff, room::TARIFFS, words.to_tariffs),
        _ => return view! { <ErrorNotice error=error/> }.into_any(),
    };
    view! {
        <Notice tone=Tone::Bad icon=Icon::Alert role="alert">
            {text}
            " "
            <a href=href>{link}</a>
        </Notice>
    }
    .into_any()
}

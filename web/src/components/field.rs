//! Form fields: label, hint and error belong to the input for everybody.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{Icon, IconView};
use crate::i18n::use_words;

/// What is in an input now. Read on submit: password managers don't always tell of what they fill.
pub(crate) fn value_of(id: &str) -> String {
    let element = document().get_element_by_id(id);
    let input = element.and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

#[component]
pub(crate) fn Field(
    id: &'static str,
    label: &'static str,
    #[prop(into)] kind: Signal<&'static str>,
    autocomplete: &'static str,
    #[prop(optional_no_strip)] hint: Option<&'static str>,
    error: RwSignal<Option<String>>,
    /// Beside the input.
    #[prop(optional, into)]
    beside: Option<AnyView>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then_some(error_id.as_str());
            let ids: Vec<&str> = error.into_iter().chain(hint.map(|_| hint_id.as_str())).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let message = move || {
        error.get().map(|text| {
            view! {
                <p class="error" id=error_id.clone()><IconView icon=Icon::Alert/>{text}</p>
            }
        })
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="with">
                <input
                    class="input"
                    id=id
                    name=id
                    type=move || kind.get()
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                    on:input=move |_| error.set(None)
                />
                {beside}
            </div>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {message}
        </div>
    }
}

/// A choice of yes or no.
#[component]
pub(crate) fn Tickbox(value: RwSignal<bool>, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=value
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

/// A password, which can be shown.
#[component]
pub(crate) fn PasswordField(
    id: &'static str,
    label: &'static str,
    autocomplete: &'static str,
    #[prop(optional_no_strip)] hint: Option<&'static str>,
    error: RwSignal<Option<String>>,
) -> impl IntoView {
    let words = use_words();
    let shown = RwSignal::new(false);
    let kind = Signal::derive(move || if shown.get() { "text" } else { "password" });
    let name = move || {
        if shown.get() { words.common.hide_password } else { words.common.show_password }
    };
    let word = move || if shown.get() { words.common.hide } else { words.common.show };
    let toggle = view! {
        <button
            class="btn quiet"
            type="button"
            aria-label=name
            aria-controls=id
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            <IconView icon=Icon::Eye/>
            {word}
        </button>
    };
    view! {
        <Field
            id=id
            label=label
            kind=kind
            autocomplete=autocomplete
            hint=hint
            error=error
            beside=toggle.into_any()
        />
    }
}

//! The forms' common parts: what is under way, what was refused, fields with their mistakes.

use domain::guichet::Reason;
use domain::mistake::FieldMistake;
use domain::problem::Language;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::advice::Advice;
use crate::api::ApiError;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

/// A field, by its JSON pointer, and what to correct in it.
pub(super) type Mistake = (String, String);

/// One form's state.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Of its element.
    pub(super) id: &'static str,
    busy: RwSignal<bool>,
    mistakes: RwSignal<Vec<Mistake>>,
    error: RwSignal<Option<ApiError>>,
}

impl Form {
    pub(super) fn new(id: &'static str) -> Self {
        Self {
            id,
            busy: RwSignal::new(false),
            mistakes: RwSignal::new(Vec::new()),
            error: RwSignal::new(None),
        }
    }

    /// Forgets what was refused; untrue while a request is under way.
    pub(super) fn start(self) -> bool {
        if self.busy.get_untracked() {
            return false;
        }
        self.mistakes.set(Vec::new());
        self.error.set(None);
        true
    }

    pub(super) fn send(self) {
        self.busy.set(true);
    }

    pub(super) fn done(self) {
        // Its page may be gone.
        self.busy.try_set(false);
    }

    /// Says each mistake at its field, and leads to the first.
    pub(super) fn refuse(self, mistakes: Vec<Mistake>) {
        self.mistakes.set(mistakes);
        request_animation_frame(move || {
            let invalid = format!("#{} [aria-invalid]", self.id);
            let first = document().query_selector(&invalid).ok().flatten();
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                let _ = first.focus();
            }
        });
    }

    /// What the server refused: at its fields, or as a notice.
    pub(super) fn refused(self, error: ApiError) {
        self.done();
        match mistakes_of(&error) {
            mistakes if mistakes.is_empty() => {
                self.error.try_set(Some(error));
            }
            mistakes => self.refuse(mistakes),
        }
    }

    /// Tracked: what is wrong with a field.
    pub(super) fn mistake(self, pointer: &str) -> Option<String> {
        self.mistakes.with(|mistakes| {
            mistakes.iter().find(|(field, _)| field == pointer).map(|(_, words)| words.clone())
        })
    }

    /// Tracked.
    pub(super) fn is_busy(self) -> Option<&'static str> {
        self.busy.get().then_some("true")
    }
}

/// The buttons of a sheet that holds a form.
pub(super) fn buttons(
    form: Form,
    close: Callback<()>,
    save: impl Into<Signal<&'static str>>,
) -> ViewFn {
    let (words, save) = (use_words(), save.into());
    ViewFn::from(move || {
        view! {
            <button class="btn" type="button" on:click=move |_| close.run(())>{words.common.cancel}</button>
            <button class="btn primary" type="submit" form=form.id aria-disabled=move || form.is_busy()>
                {save}
            </button>
        }
    })
}

/// What the server says of fields.
pub(super) fn mistakes_of(error: &ApiError) -> Vec<Mistake> {
    match error {
        ApiError::Refused(refused) => {
            let errors = refused.problem.errors.iter();
            errors.map(|error| (error.pointer.clone(), error.detail.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// An empty field's mistake, in the words that the server has for it.
pub(super) fn missing(pointer: &str, language: Language) -> Mistake {
    mistake(pointer, FieldMistake::Missing, language)
}

/// A field's mistake, in the words that the server has for it.
pub(super) fn mistake(pointer: &str, what: FieldMistake, language: Language) -> Mistake {
    (pointer.to_owned(), what.advice(language))
}

/// What is wrong with a reason.
pub(super) fn reason_mistake(text: &str, language: Language) -> Option<Mistake> {
    let mistake = Reason::parse(text).err()?;
    Some(("/reason".to_owned(), mistake.advice(language)))
}

/// Why the whole was refused, where no field says it.
#[component]
pub(super) fn Verdict(form: Form) -> impl IntoView {
    move || form.error.get().map(|error| view! { <Advice error=error/> })
}

/// A field's mistake, below it.
#[component]
pub(super) fn MistakeBelow(form: Form, pointer: &'static str, id: String) -> impl IntoView {
    let message =
        move || form.mistake(pointer).map(|words| view! { <IconView icon=Icon::Alert/> {words} });
    view! { <p class="error" id=id role="alert">{message}</p> }
}

/// A line of text, a number or a day.
#[component]
pub(super) fn TextField(
    id: &'static str,
    label: &'static str,
    #[prop(default = "text")] kind: &'static str,
    value: RwSignal<String>,
    form: Form,
    pointer: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    /// The first day, of a day.
    #[prop(optional)]
    min: Option<String>,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = match hint {
        Some(_) => format!("{error_id} {hint_id}"),
        None => error_id.clone(),
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                type=kind
                inputmode=inputmode
                min=min
                autocomplete="off"
                aria-required="true"
                aria-invalid=move || form.mistake(pointer).map(|_| "true")
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <MistakeBelow form=form pointer=pointer id=error_id/>
        </div>
    }
}

/// Several lines of text.
#[component]
pub(super) fn LinesField(
    id: &'static str,
    label: &'static str,
    rows: &'static str,
    value: RwSignal<String>,
    form: Form,
    pointer: &'static str,
    hint: &'static str,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                class="input"
                id=id
                rows=rows
                aria-required="true"
                aria-invalid=move || form.mistake(pointer).map(|_| "true")
                aria-describedby=format!("{error_id} {hint_id}")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id=hint_id>{hint}</p>
            <MistakeBelow form=form pointer=pointer id=error_id/>
        </div>
    }
}

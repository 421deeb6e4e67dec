//! A password change.

use domain::problem::ProblemCode;
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::use_account_words;
use crate::api::{ApiError, Session};
use crate::browser;
use crate::components::{Icon, Notice, PasswordField, Tone, value_of};
use crate::i18n::use_words;

const CURRENT: &str = "mot-de-passe-actuel";
const NEW: &str = "nouveau-mot-de-passe";
const MESSAGE: &str = "message-mot-de-passe";

/// The outcome that is told above the fields.
#[derive(Clone)]
enum Told {
    Changed,
    Failed(ApiError),
}

#[component]
pub(super) fn PasswordForm() -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let own = &use_account_words().account;
    let form = NodeRef::<Form>::new();
    let busy = RwSignal::new(false);
    let told = RwSignal::new(None::<Told>);
    let current_error = RwSignal::new(None::<String>);
    let new_error = RwSignal::new(None::<String>);

    let fail = move |error: ApiError| {
        let of_current = match error.code() {
            Some(ProblemCode::WrongPassword) => Some(error.words(words).1),
            _ => error.of_field("/current_password").map(str::to_owned),
        };
        let of_new = error.of_field("/new_password").map(str::to_owned);
        let at = match (&of_current, &of_new) {
            (Some(_), _) => CURRENT,
            (None, Some(_)) => NEW,
            (None, None) => MESSAGE,
        };
        if at == MESSAGE {
            told.set(Some(Told::Failed(error)));
        }
        current_error.set(of_current);
        new_error.set(of_new);
        browser::focus_soon(at);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (current, new) = (value_of(CURRENT), value_of(NEW));
        let missing = |is: bool, words: &str| is.then(|| words.to_owned());
        told.set(None);
        current_error.set(missing(current.is_empty(), own.current_missing));
        new_error.set(missing(new.is_empty(), own.new_missing));
        if current.is_empty() || new.is_empty() {
            browser::focus_soon(if current.is_empty() { CURRENT } else { NEW });
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = session.change_password(current, new).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    if let Some(form) = form.get_untracked() {
                        form.reset();
                    }
                    told.set(Some(Told::Changed));
                    browser::focus_soon(MESSAGE);
                }
                Err(error) => fail(error),
            }
        });
    };
    let message = move || {
        told.get().map(|told| match told {
            Told::Changed => view! {
                <Notice tone=Tone::Good icon=Icon::Check role="status" id=MESSAGE>
                    {own.changed}
                </Notice>
            }
            .into_any(),
            Told::Failed(error) => view! {
                <Notice tone=Tone::Bad icon=Icon::Alert role="alert" id=MESSAGE>
                    {error.words(words).1}
                </Notice>
            }
            .into_any(),
        })
    };
    // For password managers: whose password it is.
    let email = move || session.me().map(|me| me.email);
    view! {
        <form class="form" novalidate method="post" node_ref=form on:submit=submit>
            {message}
            <input class="sr" type="text" name="email" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=email/>
            <PasswordField
                id=CURRENT
                label=own.current
                autocomplete="current-password"
                error=current_error
            />
            <PasswordField
                id=NEW
                label=own.new
                autocomplete="new-password"
                hint=Some(own.rules)
                error=new_error
            />
            <button class="btn primary" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { own.changing } else { own.change }}
            </button>
        </form>
    }
}

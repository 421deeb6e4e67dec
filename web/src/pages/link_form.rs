//! Asks for a link to choose a password, by e-mail.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::use_password_words;
use crate::api::{ApiError, Session};
use crate::browser;
use crate::components::{ErrorNotice, Field, Icon, Notice, Tone, value_of};
use crate::i18n::use_words;
use crate::route::SIGN_IN;

const EMAIL: &str = "email";
const SENT: &str = "lien-envoye";

#[component]
pub(super) fn LinkForm() -> impl IntoView {
    let session: Session = expect_context();
    let common = use_words();
    let words = use_password_words();
    let busy = RwSignal::new(false);
    let sent = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<ApiError>);
    let email_error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let email = value_of(EMAIL).trim().to_owned();
        failure.set(None);
        if email.is_empty() {
            email_error.set(Some(common.sign_in.email_missing.to_owned()));
            browser::focus_soon(EMAIL);
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = session.send_password_link(email.clone()).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    sent.set(Some(email));
                    browser::focus_soon(SENT);
                }
                Err(error) => {
                    let of_email = error.of_field("/email").map(str::to_owned);
                    if of_email.is_none() {
                        failure.set(Some(error));
                    }
                    email_error.set(of_email);
                    browser::focus_soon(EMAIL);
                }
            }
        });
    };
    let form = move || {
        view! {
            <form class="form" novalidate method="post" on:submit=submit>
                <p class="soft">{words.ask}</p>
                {move || failure.get().map(|error| view! { <ErrorNotice error=error/> })}
                <Field
                    id=EMAIL
                    label=common.sign_in.email
                    kind="email"
                    autocomplete="username"
                    hint=None
                    error=email_error
                />
                <button class="btn primary" type="submit" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { words.sending } else { words.send }}
                </button>
                <p><a href=SIGN_IN>{words.to_sign_in}</a></p>
            </form>
        }
    };
    move || match sent.get() {
        None => form().into_any(),
        Some(email) => view! {
            <Notice tone=Tone::Good icon=Icon::Check role="status" id=SENT>
                {(words.sent)(&email)}
            </Notice>
            <p class="soft">{words.not_come}</p>
            <p><a href=SIGN_IN>{words.to_sign_in}</a></p>
        }
        .into_any(),
    }
}

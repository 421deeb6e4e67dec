//! A password chosen by a link: its account is signed in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::words::{use_account_words, use_password_words};
use crate::api::{ApiError, Session};
use crate::browser;
use crate::components::{ErrorNotice, PasswordField, value_of};
use crate::route::PLANNING;

const NEW: &str = "nouveau-mot-de-passe";

#[component]
pub(super) fn ChoosePassword(link: String, email: String) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_password_words();
    let account = &use_account_words().account;
    let navigate = use_navigate();
    let link = StoredValue::new(link);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let new_error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let new = value_of(NEW);
        failure.set(None);
        if new.is_empty() {
            new_error.set(Some(account.new_missing.to_owned()));
            browser::focus_soon(NEW);
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match session.use_password_link(link.get_value(), new).await {
                // The link is used: the way back does not lead to it.
                Ok(()) => navigate(
                    PLANNING,
                    NavigateOptions { replace: true, ..NavigateOptions::default() },
                ),
                Err(error) => {
                    busy.set(false);
                    let of_new = error.of_field("/new_password").map(str::to_owned);
                    if of_new.is_none() {
                        failure.set(Some(error));
                    }
                    new_error.set(of_new);
                    browser::focus_soon(NEW);
                }
            }
        });
    };
    view! {
        <form class="form" novalidate method="post" on:submit=submit>
            <p>{words.choose_for}" "<b>{email.clone()}</b></p>
            {move || failure.get().map(|error| view! { <ErrorNotice error=error/> })}
            // For password managers: whose password it is.
            <input class="sr" type="text" name="email" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=email/>
            <PasswordField
                id=NEW
                label=account.new
                autocomplete="new-password"
                hint=Some(account.rules)
                error=new_error
            />
            <button class="btn primary" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { words.choosing } else { words.choose }}
            </button>
        </form>
    }
}

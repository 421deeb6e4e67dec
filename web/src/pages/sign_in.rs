//! *Connexion*.

use domain::problem::{Language, ProblemCode};
use leptos::ev::SubmitEvent;
use leptos::html::H1;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::scene::Scene;
use crate::api::{ApiError, Session, SignedOut, State};
use crate::browser;
use crate::components::{Field, Icon, Logo, Notice, PasswordField, Tone, announce_page, value_of};
use crate::i18n::{I18n, Words, use_i18n};
use crate::route;

const EMAIL: &str = "email";
const PASSWORD: &str = "mot-de-passe";
const MESSAGE: &str = "message";

#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let session: Session = expect_context();
    let i18n = use_i18n();
    let words = i18n.words();
    let heading = NodeRef::<H1>::new();
    announce_page(heading, words.sign_in.page);
    let why = move || match session.state() {
        State::SignedOut(SignedOut::Expired) => Some(view! {
            <Notice tone=Tone::Open icon=Icon::Clock role="status">{words.sign_in.expired}</Notice>
        }),
        State::SignedOut(SignedOut::OnPurpose) => Some(view! {
            <Notice tone=Tone::Good icon=Icon::Check role="status">{words.sign_in.signed_out}</Notice>
        }),
        _ => None,
    };
    view! {
        <div class="door">
            <header class="hello">
                <Logo/>
                <p class="tagline">{words.sign_in.tagline}</p>
                <Scene/>
            </header>
            <main class="sign-in" id="main">
                <div>
                    <h1 tabindex="-1" node_ref=heading>{words.sign_in.hello}</h1>
                    <p class="soft">{words.sign_in.intro}</p>
                </div>
                {why}
                <SignInForm words=words/>
                <div class="help">
                    <p><a href=route::PASSWORD>{words.sign_in.first_time}</a></p>
                    <p>{words.sign_in.help}</p>
                </div>
                <DoorFooter i18n=i18n/>
            </main>
        </div>
    }
}

#[component]
fn SignInForm(words: &'static Words) -> impl IntoView {
    let session: Session = expect_context();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let email_error = RwSignal::new(None::<String>);
    let password_error = RwSignal::new(None::<String>);

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (email, password) = (value_of(EMAIL).trim().to_owned(), value_of(PASSWORD));
        let missing = |is: bool, words: &str| is.then(|| words.to_owned());
        email_error.set(missing(email.is_empty(), words.sign_in.email_missing));
        password_error.set(missing(password.is_empty(), words.sign_in.password_missing));
        if email.is_empty() || password.is_empty() {
            browser::focus_soon(if email.is_empty() { EMAIL } else { PASSWORD });
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            // Once signed in, this page is gone and its signals with it.
            if let Err(error) = session.sign_in(email, password).await {
                busy.set(false);
                let wrong = error.code() == Some(ProblemCode::InvalidCredentials);
                browser::focus_soon(if wrong { PASSWORD } else { MESSAGE });
                failure.set(Some(error));
            }
        });
    };
    let message = move || {
        failure.get().map(|error| {
            let (icon, text, detail) = if error == ApiError::Unreachable {
                (Icon::Unplugged, None, words.sign_in.offline.to_owned())
            } else {
                let (title, detail) = error.words(words);
                (Icon::Alert, Some(title), detail)
            };
            view! {
                <Notice tone=Tone::Bad icon=icon role="alert" id=MESSAGE>
                    {text.map(|title| view! { <b>{title}". "</b> })}
                    {detail}
                </Notice>
            }
        })
    };
    view! {
        <form novalidate method="post" on:submit=submit>
            {message}
            <Field
                id=EMAIL
                label=words.sign_in.email
                kind="email"
                autocomplete="username"
                hint=None
                error=email_error
            />
            <PasswordField
                id=PASSWORD
                label=words.sign_in.password
                autocomplete="current-password"
                error=password_error
            />
            <button class="btn primary big block" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { words.sign_in.submitting } else { words.sign_in.submit }}
            </button>
        </form>
    }
}

#[component]
fn DoorFooter(i18n: I18n) -> impl IntoView {
    let words = i18n.words();
    let (other, tag) = match words.language {
        Language::French => (Language::English, "en"),
        Language::English => (Language::French, "fr"),
    };
    let switch = move |_| {
        i18n.choose(other);
        browser::focus_soon("other-language");
    };
    view! {
        <footer class="inline" aria-label=words.common.footer>
            <a href=route::ACCESSIBILITY>{words.common.accessibility}</a>
            <button class="link" id="other-language" type="button" lang=tag on:click=switch>
                {words.sign_in.other_language}
            </button>
        </footer>
    }
}

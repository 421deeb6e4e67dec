//! *Mon compte*: who is signed in, password, language, theme, sign-out.

use domain::problem::Language;
use domain::wire::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::calendar_card::CalendarCard;
use super::password_form::PasswordForm;
use super::reminders_card::RemindersCard;
use super::words::use_account_words;
use crate::api::Session;
use crate::components::{Icon, IconView, Toast, Toasts};
use crate::i18n::{use_i18n, use_words, words};
use crate::theme::Theme;

#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_account_words().account;
    let facts = move || {
        session.me().map(|me| {
            view! {
                <dl class="facts">
                    <dt>{words.name}</dt>
                    <dd>{me.first_name}" "{me.last_name}</dd>
                    <dt>{words.email}</dt>
                    <dd>{me.email}</dd>
                    <dt>{words.commune}</dt>
                    <dd>{me.commune}</dd>
                </dl>
            }
        })
    };
    let is_parent = Memo::new(move |_| session.me().is_some_and(|me| me.role == Role::Parent));
    let calendar = move || is_parent.get().then(|| view! { <CalendarCard/> });
    // Not offered where nobody would send them.
    let is_reminded =
        Memo::new(move |_| is_parent.get() && session.me().is_some_and(|me| me.sends_email));
    let reminders = move || is_reminded.get().then(|| view! { <RemindersCard/> });
    view! {
        <div class="two">
            <div class="stack">
                <section class="card pad">
                    <h2>{words.signed_in_as}</h2>
                    {facts}
                    <SignOutButton/>
                    <p class="hint">{words.sign_out_hint}</p>
                </section>
                <section class="card pad">
                    <LanguageChoice/>
                    <ThemeChoice/>
                </section>
            </div>
            <div class="stack">
                <section class="card pad">
                    <h2>{words.password}</h2>
                    <PasswordForm/>
                </section>
                {reminders}
                {calendar}
            </div>
        </div>
    }
}

#[component]
pub(crate) fn SignOutButton() -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let sign_out = move |_| {
        spawn_local(async move {
            if let Err(error) = session.sign_out().await {
                let (what, detail) = error.words(words);
                let title = words.common.sign_out_failed.to_owned();
                toasts.show(Toast::bad(title, format!("{what}. {detail}")));
            }
        });
    };
    view! {
        <button class="btn" type="button" on:click=sign_out>
            <IconView icon=Icon::SignOut/>
            {words.common.sign_out}
        </button>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let i18n = use_i18n();
    let choices = [Language::French, Language::English].map(|language| {
        let own = words(language);
        Choice {
            value: language.tag(),
            label: own.own_name,
            lang: Some(language.tag()),
            checked: language == i18n.language(),
            choose: Callback::new(move |()| {
                i18n.choose(language);
                // The page is rendered again, with this choice on it.
                crate::browser::focus_soon(if language == Language::French {
                    "language-fr"
                } else {
                    "language-en"
                });
            }),
        }
    });
    view! { <Choices legend=use_account_words().account.language name="language" choices=choices.into()/> }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let account = &use_account_words().account;
    let chosen = Theme::stored();
    let choices = Theme::ALL.map(|theme| Choice {
        value: theme.as_str(),
        label: match theme {
            Theme::System => account.theme_system,
            Theme::Light => account.theme_light,
            Theme::Dark => account.theme_dark,
        },
        lang: None,
        checked: theme == chosen,
        choose: Callback::new(move |()| theme.choose()),
    });
    view! { <Choices legend=account.theme name="theme" choices=choices.into()/> }
}

struct Choice {
    value: &'static str,
    label: &'static str,
    lang: Option<&'static str>,
    checked: bool,
    choose: Callback<()>,
}

/// One of a few, in effect at once.
#[component]
fn Choices(legend: &'static str, name: &'static str, choices: Vec<Choice>) -> impl IntoView {
    let choice = |choice: Choice| {
        view! {
            <label class="choice" lang=choice.lang>
                <input
                    type="radio"
                    id=format!("{name}-{}", choice.value)
                    name=name
                    value=choice.value
                    checked=choice.checked
                    on:change=move |_| choice.choose.run(())
                />
                <span>{choice.label}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="label">{legend}</legend>
            <div class="choices">{choices.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}

//! Messages inside a page.

use leptos::prelude::*;

use super::{Icon, IconView};
use crate::api::ApiError;
use crate::browser;
use crate::i18n::use_words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Can be changed.
    Open,
    /// Locked, or merely said.
    Plain,
    Good,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Open => "notice open",
            Self::Plain => "notice plain",
            Self::Good => "notice good",
            Self::Bad => "notice bad",
        }
    }
}

#[component]
pub(crate) fn Notice(
    tone: Tone,
    icon: Icon,
    /// `alert` or `status` for what appears while somebody is on the page.
    #[prop(optional)]
    role: Option<&'static str>,
    #[prop(optional)] id: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=tone.class() role=role id=id tabindex=id.map(|_| "-1")>
            <IconView icon=icon/>
            <p>{children()}</p>
        </div>
    }
}

/// Why something was refused.
#[component]
pub(crate) fn ErrorNotice(error: ApiError) -> impl IntoView {
    let (title, detail) = error.words(use_words());
    view! {
        <Notice tone=Tone::Bad icon=Icon::Alert role="alert">
            <b>{title}"."</b>
            " "
            {detail}
        </Notice>
    }
}

/// In place of what could not be shown, with a way to try again.
#[component]
pub(crate) fn ErrorCard(
    title: &'static str,
    error: ApiError,
    retry: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let (what, detail) = error.words(words);
    let retry_now = move |_| {
        // The button is about to go.
        browser::focus_soon("main");
        retry.run(());
    };
    view! {
        <section class="card empty" role="alert">
            <IconView icon=if error == ApiError::Unreachable { Icon::Unplugged } else { Icon::Alert }/>
            <h2>{title}</h2>
            <p class="soft">{what}". "{detail}</p>
            <button class="btn primary" type="button" on:click=retry_now>{words.common.retry}</button>
        </section>
    }
}

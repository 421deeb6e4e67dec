//! A page's heading, with the way to the account beside it.

use leptos::html::H1;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::external;
use crate::api::Session;
use crate::browser;
use crate::i18n::use_words;
use crate::route::{ACCOUNT, Route};

/// The address whose heading came last, and whether it took the focus.
#[derive(Clone, Copy)]
pub(crate) struct Visits(StoredValue<Option<(String, bool)>>);

impl Visits {
    pub(crate) fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    /// Whether a heading takes the focus: on another page than the one before, and in the place of a
    /// page's first heading that had it. The first page's does not: whoever opens the app hears it
    /// from its start.
    fn takes_focus(self, path: &str) -> bool {
        let Self(last) = self;
        let takes = last.with_value(|last| {
            last.as_ref().is_some_and(|(before, had_focus)| {
                before != path || *had_focus && browser::is_focus_lost()
            })
        });
        last.set_value(Some((path.to_owned(), takes)));
        takes
    }
}

/// Names the document and takes the focus after a navigation.
pub(crate) fn announce_page(heading: NodeRef<H1>, title: &str) {
    document().set_title(&format!("{title} · Préau"));
    let visits: Visits = expect_context();
    let path = use_location().pathname;
    Effect::new(move || {
        if let Some(heading) = heading.get()
            && visits.takes_focus(&path.get_untracked())
        {
            let _ = heading.focus();
        }
    });
}

#[component]
pub(crate) fn PageTitle(#[prop(into)] title: String) -> impl IntoView {
    let session: Session = expect_context();
    let words = use_words();
    let heading = NodeRef::<H1>::new();
    announce_page(heading, &title);
    // The guichet's app has no such page: its link leads to the parents'.
    let route: Option<Memo<Route>> = use_context();
    let current = move || (route?.get() == Route::Account).then_some("page");
    let rel = external(route.is_none());
    let account = move || {
        session.me().map(|me| {
            let initials: String = [&me.first_name, &me.last_name]
                .iter()
                .filter_map(|name| name.chars().next())
                .collect();
            view! {
                <a class="btn account" href=ACCOUNT rel=rel aria-current=current>
                    <span class="avatar small" aria-hidden="true">{initials}</span>
                    <span class="account-word">{words.common.my_account}</span>
                </a>
            }
        })
    };
    view! {
        <div class="top">
            <h1 tabindex="-1" node_ref=heading>{title}</h1>
            {account}
        </div>
    }
}

//! A page's heading, with the way to the account beside it.

use leptos::html::H1;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::external;
use crate::api::Session;
use crate::i18n::use_words;
use crate::route::{ACCOUNT, Route};

/// The address whose heading had the focus last.
#[derive(Clone, Copy)]
pub(crate) struct Visits(StoredValue<Option<String>>);

impl Visits {
    pub(crate) fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    /// Whether this is another page than the one before. The first page is none: whoever opens
    /// the app hears it from its start.
    pub(crate) fn is_navigation(self, path: &str) -> bool {
        let before = self.0.try_update_value(|last| last.replace(path.to_owned())).flatten();
        before.is_some_and(|before| before != path)
    }
}

/// Names the document and takes the focus after a navigation.
pub(crate) fn announce_page(heading: NodeRef<H1>, title: &str) {
    document().set_title(&format!("{title} · Préau"));
    let visits: Visits = expect_context();
    let path = use_location().pathname;
    Effect::new(move || {
        if let Some(heading) = heading.get()
            && visits.is_navigation(&path.get_untracked())
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

//! The list or a document, by the address.

use std::sync::Arc;

use domain::wire::DocumentsView;
use leptos::prelude::*;

use super::book::Book;
use super::document_page::DocumentPage;
use super::list_page::ListPage;
use crate::api::Load;
use crate::route::Route;

/// Outlives the list, so that coming back from a document shows it at once.
#[derive(Clone, Copy)]
pub(super) struct Documents(pub(super) RwSignal<Load<Book>>);

impl Documents {
    pub(super) fn renew(self, view: DocumentsView) {
        let Self(book) = self;
        // The screen may be gone by now.
        let _ = book.try_update(|load| match load {
            Load::Shown(book) => Arc::make_mut(book).renew(view),
            _ => *load = Load::Shown(Arc::new(Book::new(view))),
        });
    }
}

#[component]
pub(crate) fn BillingPage() -> impl IntoView {
    provide_context(Documents(RwSignal::new(Load::Loading)));
    let route: Memo<Route> = expect_context();
    move || match route.get() {
        Route::Document(number) => view! { <DocumentPage number=number/> }.into_any(),
        _ => view! { <ListPage/> }.into_any(),
    }
}

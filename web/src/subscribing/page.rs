//! The overview or a form, by the address.

use leptos::prelude::*;

use super::form_page::FormPage;
use super::overview::Overview;
use crate::route::Route;

#[component]
pub(crate) fn SubscribingPage() -> impl IntoView {
    let route: Memo<Route> = expect_context();
    // A form stays while its steps change.
    let form = Memo::new(move |_| match route.get() {
        Route::Subscribing(form, _) => Some(form),
        _ => None,
    });
    move || match form.get() {
        Some(form) => view! { <FormPage of=form/> }.into_any(),
        None => view! { <Overview/> }.into_any(),
    }
}

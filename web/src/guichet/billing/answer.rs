//! A page's content: on its way, failed, or there.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::api::{Asked, Load};
use crate::components::ErrorCard;
use crate::pages::Skeleton;

#[derive(Clone, PartialEq)]
enum State {
    Loading,
    Failed(ApiError),
    Shown,
}

/// Its children are built once something has come, and stay while newer answers do.
#[component]
pub(super) fn Answer<T: Clone + Send + Sync + 'static>(
    asked: Asked<T>,
    /// Of the error's card.
    failed: &'static str,
    retry: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let state = Memo::new(move |_| match asked.get() {
        Load::Loading => State::Loading,
        Load::Failed(error) => State::Failed(error),
        Load::Shown(_) => State::Shown,
    });
    let retry = Callback::new(move |()| {
        asked.clear();
        retry.run(());
    });
    move || match state.get() {
        State::Loading => view! { <Skeleton bars=1/> }.into_any(),
        State::Failed(error) => {
            view! { <ErrorCard title=failed error=error retry=retry/> }.into_any()
        }
        State::Shown => children().into_any(),
    }
}

//! The wish to be reminded of the deadline.

use domain::wire::RemindersView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::use_account_words;
use crate::api::{ApiError, Session};
use crate::components::{Toast, Toasts};
use crate::i18n::use_words;

/// In effect at once; a wish that could not be kept is taken back.
#[component]
pub(super) fn RemindersCard() -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let own = &use_account_words().reminders;
    // `None` until the server has said it.
    let wished = RwSignal::new(None::<bool>);
    // One at a time: two wishes under way may arrive in either order.
    let saving = RwSignal::new(false);
    let failed = move |error: &ApiError| {
        let (what, detail) = error.words(words);
        toasts.show(Toast::bad(own.failed.to_owned(), format!("{what}. {detail}")));
    };
    spawn_local(async move {
        match session.reminders().await {
            Ok(view) => wished.set(Some(view.deadline)),
            Err(error) => failed(&error),
        }
    });
    let choose = move |deadline: bool| {
        wished.set(Some(deadline));
        saving.set(true);
        spawn_local(async move {
            match session.set_reminders(RemindersView { deadline }).await {
                Ok(view) => wished.set(Some(view.deadline)),
                Err(error) => {
                    wished.set(Some(!deadline));
                    failed(&error);
                }
            }
            saving.set(false);
        });
    };
    view! {
        <section class="card pad">
            <h2>{own.title}</h2>
            <p>{own.text}</p>
            <label class="choice">
                <input
                    type="checkbox"
                    disabled=move || wished.get().is_none()
                    // It keeps the focus, which `disabled` would take.
                    aria-disabled=move || saving.get().then_some("true")
                    on:click=move |event| {
                        if saving.get_untracked() {
                            event.prevent_default();
                        }
                    }
                    prop:checked=move || wished.get().unwrap_or_default()
                    on:change=move |event| choose(event_target_checked(&event))
                />
                <span>{own.deadline}</span>
            </label>
        </section>
    }
}

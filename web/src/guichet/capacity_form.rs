//! Another capacity for one session.

use std::sync::Arc;

use domain::wire::{CapacityRequest, SessionDetail};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::words::use_desk_words;
use crate::api::ApiError;
use crate::components::{ErrorNotice, Tickbox, Toast, Toasts, value_of};
use crate::i18n::{self, use_words};

#[component]
pub(super) fn CapacityForm(
    /// As it is now; the session stays the same.
    #[prop(into)]
    detail: Signal<Option<Arc<SessionDetail>>>,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let toasts: Toasts = expect_context();
    let words = use_words();
    let desk_words = use_desk_words();
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let serve = RwSignal::new(false);
    let session = detail.get_untracked().map(|detail| detail.session.clone());
    let capacity = session.as_ref().map(|session| session.capacity.to_string());
    let asks_serve = Memo::new(move |_| {
        let session = &detail.get()?.session;
        (!session.serves_waiting && session.waiting > 0).then_some(session.waiting as usize)
    });
    let submit = {
        let session = session.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let Some(session) = session.clone() else { return };
            let Ok(capacity) = value_of("capacity").parse() else { return };
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            error.set(None);
            let request = CapacityRequest {
                capacity,
                reason: value_of("capacity-reason"),
                serve_waiting: serve.get_untracked(),
            };
            let (activity, date) = (session.activity.clone(), session.date);
            spawn_local(async move {
                let answer = desk.session.set_capacity(&activity, date, &request).await;
                busy.set(false);
                match answer {
                    Ok(seats) => {
                        let name = untrack(|| desk.name(&activity));
                        let what = format!("{name}, {}", i18n::day(date, words.language));
                        let capacity = seats.capacity.to_string();
                        let told = (desk_words.session.capacity_set)(&what, &capacity);
                        toasts.show(Toast::info(told));
                        desk.changed();
                    }
                    Err(refused) => error.set(Some(refused)),
                }
            });
        }
    };
    // A slip, perhaps: what it means is said before it is done.
    let typed = RwSignal::new(None::<u32>);
    let field_error = move |pointer: &'static str| {
        move || error.with(|error| error.as_ref()?.of_field(pointer).map(ToOwned::to_owned))
    };
    let other = move || {
        let error = error.get()?;
        let in_field = ["/reason", "/capacity"].iter().any(|field| error.of_field(field).is_some());
        (!in_field).then(|| view! { <ErrorNotice error=error/> })
    };
    view! {
        <form class="form" on:submit=submit>
            <div class="two pair">
                <div class="field">
                    <label for="capacity">{desk_words.session.capacity}</label>
                    <input
                        class="input"
                        id="capacity"
                        type="number"
                        min="0"
                        max=CapacityRequest::MOST.to_string()
                        required
                        value=capacity
                        on:input=move |event| typed.set(event_target_value(&event).parse().ok())
                    />
                    <Below detail=detail typed=typed/>
                    <p class="error" role="alert">{field_error("/capacity")}</p>
                </div>
                <div class="field">
                    <label for="capacity-reason">{desk_words.form.reason}</label>
                    <input
                        class="input"
                        id="capacity-reason"
                        type="text"
                        required
                        maxlength=domain::guichet::Reason::MOST.to_string()
                    />
                    <p class="error" role="alert">{field_error("/reason")}</p>
                </div>
            </div>
            {move || asks_serve.get().map(|waiting| {
                view! { <Tickbox value=serve label=(desk_words.form.serve)(waiting)/> }
            })}
            {other}
            <button class="btn" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {desk_words.session.set}
            </button>
        </form>
    }
}

/// A capacity below the seats that are taken.
#[component]
fn Below(
    detail: Signal<Option<Arc<SessionDetail>>>,
    typed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let told = use_desk_words().session.below;
    move || {
        let taken = detail.get()?.session.taken;
        let is_below = typed.get().is_some_and(|typed| typed < taken);
        is_below.then(|| view! { <p class="hint" role="status">{told(taken as usize)}</p> })
    }
}

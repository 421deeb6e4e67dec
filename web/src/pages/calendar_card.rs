//! The children's inscriptions in a phone's calendar.

use domain::wire::CalendarFeedView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::words::use_account_words;
use crate::api::{ApiError, Session};
use crate::browser;
use crate::components::{ErrorNotice, Icon, IconView};
use crate::i18n::use_words;

const ADDRESS: &str = "calendar-address";

/// The address is a secret: it is shown on demand.
#[component]
pub(super) fn CalendarCard() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_account_words().calendar;
    let all_words = use_words();
    let feed = RwSignal::new(None::<Result<CalendarFeedView, ApiError>>);
    let renewed = RwSignal::new(false);
    let ask = move |renew: bool| {
        move |_| {
            spawn_local(async move {
                let answer = session.calendar_feed(renew).await;
                renewed.set(renew && answer.is_ok());
                feed.set(Some(answer));
            });
        }
    };
    let content = move || match feed.get() {
        None => view! {
            <button class="btn" type="button" on:click=ask(false)>
                <IconView icon=Icon::Calendar/>
                {words.show}
            </button>
        }
        .into_any(),
        Some(Err(error)) => view! {
            <ErrorNotice error=error/>
            <button class="btn" type="button" on:click=ask(false)>{all_words.common.retry}</button>
        }
        .into_any(),
        Some(Ok(view)) => {
            let address = format!("{}{}", browser::origin(), view.path);
            // Phones open their calendar with it.
            let subscribe = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
            view! {
                <div class="field">
                    <label for=ADDRESS>{words.address}</label>
                    <input
                        class="input"
                        id=ADDRESS
                        type="url"
                        readonly
                        value=address
                        on:focus=move |event| {
                            let input = event.target();
                            if let Some(input) =
                                input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
                            {
                                input.select();
                            }
                        }
                    />
                </div>
                <div class="pair">
                    <a class="btn primary" href=subscribe>
                        <IconView icon=Icon::Calendar/>
                        {words.subscribe}
                    </a>
                    <button class="btn" type="button" on:click=ask(true)>
                        <IconView icon=Icon::Repeat/>
                        {words.renew}
                    </button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="card pad">
            <h2>{words.title}</h2>
            <p>{words.text}</p>
            <p class="hint">{words.secret}</p>
            <div class="stack">{content}</div>
            <p role="status">{move || renewed.get().then_some(words.renewed)}</p>
        </section>
    }
}

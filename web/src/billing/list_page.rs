//! The list of documents.

use std::sync::Arc;

use domain::wire::CarePaidView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::care::CareCard;
use super::due::Due;
use super::history::Year;
use super::page::Documents;
use super::words::use_billing_words;
use crate::api::{ApiError, Asked, Connection, Load, Session, State};
use crate::components::{ErrorCard, ErrorNotice, Icon, IconView, PageTitle};
use crate::i18n::use_words;
use crate::pages::Skeleton;

#[component]
pub(super) fn ListPage() -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let Documents(book) = expect_context();
    let words = use_words();
    let own = use_billing_words();
    let load = move || {
        spawn_local(async move {
            let answer = session.documents(None).await;
            let documents = Documents(book);
            match answer {
                Ok(view) => documents.renew(view),
                Err(error) => _ = book.try_update(|book| book.answered(Err(error))),
            }
        });
    };
    // At first, and when the connection is back.
    Effect::new(move || {
        connection.restored();
        if session.state() == State::SignedIn || connection.is_lost() {
            load();
        }
    });
    let retry = Callback::new(move |()| {
        book.set(Load::Loading);
        load();
    });
    let care = Asked::<CarePaidView>::new();
    let last_year = Memo::new(move |_| book.get().shown().map(|book| book.last_year()));
    Effect::new(move || {
        if let Some(year) = last_year.get() {
            care.ask(session.care_paid(year));
        }
    });
    let content = move || match book.get() {
        Load::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Load::Failed(error) => {
            view! { <ErrorCard title=own.failed error=error retry=retry/> }.into_any()
        }
        Load::Shown(known) if known.is_empty() => view! {
            <section class="card empty">
                <IconView icon=Icon::Euro/>
                <h2>{own.empty}</h2>
                <p class="soft">{own.empty_text}</p>
            </section>
        }
        .into_any(),
        Load::Shown(known) => {
            let years = known
                .years()
                .into_iter()
                .map(|(year, documents)| view! { <Year year=year documents=documents/> })
                .collect_view();
            view! {
                <Due book=(*known).clone()/>
                <CareCard asked=care/>
                <h2>{own.history}</h2>
                {years}
            }
            .into_any()
        }
    };
    view! {
        <PageTitle title=words.common.my_invoices/>
        {content}
        <More/>
    }
}

/// The way to older documents, where there are some.
#[component]
fn More() -> impl IntoView {
    let session: Session = expect_context();
    let Documents(book) = expect_context();
    let own = use_billing_words();
    let is_coming = RwSignal::new(false);
    let failed = RwSignal::new(None::<ApiError>);
    let next = Memo::new(move |_| book.get().shown().and_then(|book| book.next()));
    let ask = move |_| {
        if is_coming.get_untracked() {
            return;
        }
        is_coming.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = session.documents(next.get_untracked()).await;
            if is_coming.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(view) => book.update(|load| {
                    if let Load::Shown(book) = load {
                        Arc::make_mut(book).continue_with(view);
                    }
                }),
                Err(error) => failed.set(Some(error)),
            }
        });
    };
    let button = move || {
        next.get().map(|_| {
            view! {
                <button
                    class="btn block"
                    type="button"
                    aria-disabled=move || is_coming.get().then_some("true")
                    on:click=ask
                >
                    {move || if is_coming.get() { own.loading_more } else { own.more }}
                </button>
            }
        })
    };
    view! {
        {move || failed.get().map(|error| view! { <ErrorNotice error=error/> })}
        {button}
    }
}

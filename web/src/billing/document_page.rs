//! One invoice or credit note.

use domain::billing::{DocumentNumber, document};
use domain::cents::Cents;
use domain::dates;
use domain::wire::DocumentView;
use leptos::prelude::*;

use super::cheque::Cheque;
use super::download::PdfButton;
use super::paper::Paper;
use super::state_mark::StateMark;
use super::words::use_billing_words;
use crate::api::{Asked, Connection, Load, Session, State};
use crate::components::{ErrorCard, Icon, IconView, PageTitle};
use crate::i18n::use_words;
use crate::pages::Skeleton;
use crate::route::INVOICES;

#[component]
pub(super) fn DocumentPage(number: DocumentNumber) -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let words = use_words();
    let own = use_billing_words();
    let asked = Asked::<DocumentView>::new();
    Effect::new(move || {
        connection.restored();
        if session.state() == State::SignedIn || connection.is_lost() {
            asked.ask(session.document(number));
        }
    });
    let retry = Callback::new(move |()| {
        asked.clear();
        asked.ask(session.document(number));
    });
    let title = Memo::new(move |_| match asked.get() {
        Load::Shown(view) => document::title(&view.summary, words.language),
        _ => number.to_string(),
    });
    let content = move || match asked.get() {
        Load::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Load::Failed(error) => {
            view! { <ErrorCard title=own.document_failed error=error retry=retry/> }.into_any()
        }
        Load::Shown(view) => view! { <Shown view=(*view).clone()/> }.into_any(),
    };
    view! {
        {move || view! { <PageTitle title=title.get()/> }}
        {content}
    }
}

#[component]
fn Shown(view: DocumentView) -> impl IntoView {
    let own = use_billing_words();
    let print = |_| {
        let _ = window().print();
    };
    view! {
        <div class="tools">
            <a class="btn quiet" href=INVOICES>
                <IconView icon=Icon::Left/>
                {own.back}
            </a>
            <button class="btn wide-only" type="button" on:click=print>
                <IconView icon=Icon::Print/>
                {own.print}
            </button>
            <PdfButton summary=view.summary.clone() worded=true/>
        </div>
        <div class="with-aside aside-first">
            <Paper view=view.clone()/>
            <Beside view=view/>
        </div>
    }
}

/// What is to be done about it.
#[component]
fn Beside(view: DocumentView) -> impl IntoView {
    let words = use_words();
    let own = use_billing_words();
    let amount = |cents| document::amount(cents, words.language);
    let DocumentView { summary, office, .. } = view;
    let label = match &summary.credit {
        None => own.to_pay,
        Some(credit) if credit.left == Cents::ZERO => own.used_up,
        Some(_) => own.in_your_favour,
    };
    let cards = match (summary.balance, summary.credit) {
        (Some(balance), _) if balance.due > Cents::ZERO => {
            let due = balance.due;
            view! {
                <section class="card pad" aria-labelledby="due">
                    <header class="between">
                        <h2 id="due">{own.to_pay}</h2>
                        <StateMark balance=balance.clone()/>
                    </header>
                    <p class="money">{amount(due)}</p>
                    <p class="soft">
                        {(own.pay_until)(&dates::full(balance.due_on, words.language))}
                    </p>
                </section>
                <Cheque office=office number=summary.number due=due/>
            }
            .into_any()
        }
        (Some(balance), _) => view! {
            <section class="card pad" aria-labelledby="due">
                <header class="between">
                    <h2 id="due">{own.settled}</h2>
                    <StateMark balance=balance/>
                </header>
                <p class="soft">{own.settled_text}</p>
            </section>
        }
        .into_any(),
        (None, Some(credit)) if credit.left == Cents::ZERO => view! {
            <section class="card pad" aria-labelledby="due">
                <h2 id="due">{own.used_up}</h2>
                <p class="soft">{document::used_up(words.language)}</p>
            </section>
        }
        .into_any(),
        (None, Some(credit)) => view! {
            <section class="card pad" aria-labelledby="due">
                <h2 id="due">{own.in_your_favour}</h2>
                <p class="money">{amount(credit.left)}</p>
                <p class="soft">{document::credit_use(words.language)}</p>
            </section>
        }
        .into_any(),
        (None, None) => ().into_any(),
    };
    view! { <aside class="stack" aria-label=label>{cards}</aside> }
}

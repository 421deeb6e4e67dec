//! *Famille*: how one is billed; and the way to it, by the name of a child.

use std::sync::Arc;

use domain::billing::document;
use domain::ids::FamilyId;
use domain::problem::Language;
use domain::wire::{ChildView, DocumentSummary, FamilyBillingView};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::answer::Answer;
use super::cheque_sheet::ChequeSheet;
use super::documents::{self, Documents};
use super::made;
use super::quotients::Quotients;
use super::residence::ResidenceCard;
use super::room;
use super::rows::{MoreRows, Page, Rows};
use super::subscriptions::Subscriptions;
use super::words::{HeldWords, use_billing_words};
use crate::api::Asked;
use crate::api::Session;
use crate::guichet::child_search::ChildSearch;
use crate::i18n::use_words;

#[component]
pub(super) fn FamiliesPage() -> impl IntoView {
    let words = &use_billing_words().family;
    let navigate = use_navigate();
    let child = RwSignal::new(None::<ChildView>);
    Effect::new(move || {
        if let Some(child) = child.get() {
            navigate(&room::family(child.family_id), NavigateOptions::default());
        }
    });
    view! {
        <section class="card pad" aria-labelledby="family-search">
            <h2 id="family-search">{words.search}</h2>
            <div class="form"><ChildSearch child=child/></div>
        </section>
    }
}

/// A family's billing, and what takes a newer state of it.
#[derive(Clone, Copy)]
pub(super) struct Family {
    pub(super) id: FamilyId,
    ask: Callback<()>,
    asked: Asked<FamilyBillingView>,
}

impl Family {
    /// Tracked.
    pub(super) fn shown(self) -> Option<Arc<FamilyBillingView>> {
        self.asked.get().shown()
    }

    /// A change was made elsewhere on the page.
    pub(super) fn reload(self) {
        self.ask.run(());
    }

    /// A change was made: what the server answered. Answers which papers it has made.
    pub(super) fn changed(
        self,
        now: FamilyBillingView,
        words: &HeldWords,
        language: Language,
    ) -> String {
        let before = untrack(|| self.shown());
        let made = before.map(|before| made::told(made::since(&before, &now), words, language));
        self.asked.ask(async move { Ok(now) });
        made.unwrap_or_default()
    }
}

#[component]
pub(super) fn FamilyPage(family: FamilyId) -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().family;
    let asked = Asked::<FamilyBillingView>::new();
    let ask = Callback::new(move |()| asked.ask(session.family_billing(family)));
    let family = Family { id: family, ask, asked };
    family.reload();
    let cheque = RwSignal::new(None::<DocumentSummary>);
    let rows = Rows::<DocumentSummary>::new();
    Effect::new(move || {
        if let Some(shown) = family.shown() {
            rows.begin(shown.next.clone());
        }
    });
    let older: Page<DocumentSummary> = Callback::new(move |before: String| {
        Box::pin(async move {
            let page = session.family_documents(family.id, &before).await?;
            Ok((page.documents, page.next))
        }) as _
    });
    view! {
        <Answer asked=asked failed=words.failed retry=ask>
            <div class="two">
                {move || family.shown().map(|shown| view! { <Payer family=Arc::clone(&shown)/> })}
                {move || family.shown().map(|shown| view! { <Sums family=Arc::clone(&shown)/> })}
            </div>
            {move || family.shown().map(|shown| {
                view! { <Documents family=shown rows=rows cheque=cheque/> }
            })}
            <MoreRows rows=rows page=older list=documents::LIST/>
            <Subscriptions family=family/>
            <Quotients family=family/>
            <ResidenceCard family=family/>
        </Answer>
        <ChequeSheet invoice=cheque entered=ask/>
    }
}

#[component]
fn Payer(family: Arc<FamilyBillingView>) -> impl IntoView {
    let words = &use_billing_words().family;
    let address = family.payer.address.iter().map(|line| view! { <p>{line.clone()}</p> });
    let address = address.collect_view();
    let children = family.children.iter().map(|child| {
        view! { <li>{child.name.clone()}" "<span class="soft">{child.level.clone()}</span></li> }
    });
    let children = children.collect_view();
    view! {
        <section class="card pad" aria-labelledby="payer-title">
            <h2 id="payer-title">{family.payer.name.clone()}</h2>
            <div class="soft" aria-label=words.payer role="group">{address}</div>
            <h3>{words.children}</h3>
            <ul class="names">{children}</ul>
        </section>
    }
}

#[component]
fn Sums(family: Arc<FamilyBillingView>) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().family;
    view! {
        <section class="card pad" aria-labelledby="sums-title">
            <h2 id="sums-title">{words.sums}</h2>
            <dl class="totals">
                <div><dt>{words.due}</dt><dd>{document::amount(family.due, language)}</dd></div>
                <div><dt>{words.credit}</dt><dd>{document::amount(family.credit, language)}</dd></div>
            </dl>
        </section>
    }
}

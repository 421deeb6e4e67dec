//! What a run found: families that can't be billed, and what looks odd.

use domain::billing::Anomaly;
use domain::ids::{ChildId, RunId};
use domain::wire::{FamilyFindings, FindingsView};
use leptos::prelude::*;

use super::answer::Answer;
use super::room;
use super::rows::{MoreRows, Page, Rows};
use super::words::use_billing_words;
use crate::api::Asked;
use crate::api::Session;
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

#[component]
pub(super) fn Findings(run: RunId) -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().run;
    let asked = Asked::<FindingsView>::new();
    let ask = Callback::new(move |()| asked.ask(session.findings(run, None)));
    ask.run(());
    let rows = Rows::<FamilyFindings>::new();
    Effect::new(move || {
        if let Some(first) = asked.get().shown() {
            rows.begin(first.next.map(|next| next.to_string()));
        }
    });
    let page: Page<FamilyFindings> = Callback::new(move |after: String| {
        Box::pin(async move {
            let page = session.findings(run, Some(after)).await?;
            Ok((page.findings, page.next.map(|next| next.to_string())))
        }) as _
    });
    let entries = move || {
        let first = asked.get().shown().map(|first| first.findings.clone()).unwrap_or_default();
        if first.is_empty() {
            return view! { <p class="pad soft">{words.no_findings}</p> }.into_any();
        }
        let later = move || rows.later().into_iter().map(entry).collect_view();
        view! {
            <ul class="findings" id="findings" tabindex="-1">
                {first.into_iter().map(entry).collect_view()}
                {later}
            </ul>
        }
        .into_any()
    };
    view! {
        <Answer asked=asked failed=words.findings_failed retry=ask>
            <section class="card" aria-labelledby="findings-title">
                <div class="section-head">
                    <h2 id="findings-title">{words.findings}</h2>
                </div>
                {entries}
                <MoreRows rows=rows page=page list="findings"/>
            </section>
        </Answer>
    }
}

fn entry(family: FamilyFindings) -> impl IntoView {
    view! { <Family family=family/> }
}

#[component]
fn Family(family: FamilyFindings) -> impl IntoView {
    let language = use_words().language;
    let failure = family.failure.map(|failure| {
        view! {
            <li class="error"><IconView icon=Icon::Alert/>{failure.words(language)}</li>
        }
    });
    let lines = family.anomalies.iter().map(|anomaly| {
        let child = child_of(*anomaly)
            .and_then(|id| family.children.iter().find(|child| child.id == id))
            .map(|child| view! { <b>{child.first_name.clone()}</b>" · " });
        view! { <li>{child}{anomaly.words(language)}</li> }
    });
    let lines = lines.collect_view();
    view! {
        <li>
            <a href=room::family(family.family_id)>{family.name.clone()}</a>
            <ul>{failure}{lines}</ul>
        </li>
    }
}

/// Whose it is.
fn child_of(anomaly: Anomaly) -> Option<ChildId> {
    match anomaly {
        Anomaly::BirthDateMissing { child }
        | Anomaly::UnexpectedPresence { child, .. }
        | Anomaly::NotSubscribed { child, .. }
        | Anomaly::PresentOnClosedDay { child, .. } => Some(child),
        Anomaly::QuotientMissing | Anomaly::QuotientOutdated { .. } => None,
    }
}

//! What was changed in a child's week, by whom, when and from where.

use std::collections::HashMap;

use domain::activity::ActivitySlug;
use domain::bus::BusPackage;
use domain::ids::ChildId;
use domain::week::Week;
use domain::wire::{HistoryEntry, HistoryView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::store::Planning;
use crate::api::ApiError;
use crate::components::{ErrorNotice, Icon, IconView, Sheet};
use crate::i18n::{self, Words, use_words};

/// The child whose history was asked for.
#[derive(Clone, PartialEq)]
pub(super) struct HistoryOf {
    pub(super) week: Week,
    pub(super) child: ChildId,
    pub(super) child_name: String,
    /// What the activities are called.
    pub(super) names: HashMap<ActivitySlug, String>,
}

/// Opens the sheet.
#[derive(Clone, Copy)]
pub(super) struct HistoryOpener(pub(super) RwSignal<Option<HistoryOf>>);

#[component]
pub(super) fn HistorySheet() -> impl IntoView {
    let planning: Planning = expect_context();
    let words = use_words();
    let HistoryOpener(shown) = expect_context();
    let answer = RwSignal::new(None::<Result<HistoryView, ApiError>>);
    Effect::new(move || {
        let Some(of) = shown.get() else { return };
        answer.set(None);
        spawn_local(async move {
            let history = planning.session.history(of.child, of.week).await;
            if shown.with_untracked(|now| now.as_ref() == Some(&of)) {
                answer.set(Some(history));
            }
        });
    });
    let title = Signal::derive(move || {
        shown.get().map_or_else(String::new, |of| (words.history.title)(&of.child_name))
    });
    let content = move || match (answer.get(), shown.get()) {
        (_, None) => ().into_any(),
        (None, _) => view! { <p class="soft">{words.common.loading}</p> }.into_any(),
        (Some(Err(error)), _) => view! { <ErrorNotice error=error/> }.into_any(),
        (Some(Ok(history)), _) if history.entries.is_empty() => {
            view! { <p>{words.history.nothing}</p> }.into_any()
        }
        (Some(Ok(history)), Some(of)) => {
            let entries = history
                .entries
                .iter()
                .map(|entry| {
                    view! {
                        <li>
                            <p><b>{what(entry, &of.names, words)}</b></p>
                            <p class="soft">{from(entry, words)}</p>
                            {entry.reason.clone().map(|reason| view! { <p>"« "{reason}" »"</p> })}
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="history">{entries}</ul> }.into_any()
        }
    };
    view! {
        <Sheet
            id="history-title"
            is_open=Signal::derive(move || shown.with(Option::is_some))
            on_close=Callback::new(move |()| shown.set(None))
            start=|| view! { <IconView icon=Icon::Clock/> }
            title=title
        >
            <div aria-live="polite">{content}</div>
        </Sheet>
    }
}

/// `Cantine, lundi 18 : inscription ajoutée`.
fn what(entry: &HistoryEntry, names: &HashMap<ActivitySlug, String>, words: &Words) -> String {
    use domain::wire::HistoryWhat::{
        Added, Ended, Package, Removed, StoppedWaiting, Subscribed, Waited,
    };
    let cells = &words.cells;
    let name = match &entry.activity {
        Some(slug) => names.get(slug).map_or(slug.as_str(), String::as_str),
        None => entry.service.map_or("", cells.service),
    };
    let day = i18n::day(entry.date, words.language);
    // These may lie in another week.
    let far = || i18n::day_and_month(entry.date, words.language);
    match entry.what {
        Added => (cells.added)(name, &day),
        Removed => (cells.removed)(name, &day),
        Waited => (cells.waits)(name, &day),
        StoppedWaiting => (cells.left_line)(name, &day),
        Subscribed => (cells.opened)(name, &day),
        Ended => (cells.ended)(name, &far()),
        Package => (cells.package)(entry.package.map_or("", BusPackage::as_str), &far()),
    }
}

/// `mardi 12 sept. 9 h 14 · sur le portail, par Camille Delorme`.
fn from(entry: &HistoryEntry, words: &Words) -> String {
    let at = i18n::instant(entry.at, words.language);
    let origin = (words.history.origin)(entry.origin);
    match &entry.by {
        Some(by) => format!("{at} · {origin}, {by}"),
        None => format!("{at} · {origin}"),
    }
}

#[cfg(test)]
mod tests {
    use domain::activity::ServiceKind;
    use domain::problem::Language;
    use domain::wire::{ChangeOrigin, HistoryWhat};

    use super::*;
    use crate::i18n::words;

    fn told(entry: &HistoryEntry) -> [String; 2] {
        let judo = ActivitySlug::parse("tap-judo").unwrap();
        let names = HashMap::from([(judo, "Judo".to_owned())]);
        [Language::French, Language::English].map(|language| what(entry, &names, words(language)))
    }

    #[test]
    fn what_holds_for_a_term_names_its_service_and_its_whole_date() {
        let ended = HistoryEntry {
            at: "2017-12-04T09:00:00Z".parse().unwrap(),
            activity: None,
            service: Some(ServiceKind::Canteen),
            package: None,
            date: "2018-01-12".parse().unwrap(),
            what: HistoryWhat::Ended,
            origin: ChangeOrigin::Guichet,
            by: Some("Claire Morand".into()),
            reason: Some("Déménagement".into()),
        };
        assert_eq!(
            told(&ended),
            [
                "Cantine\u{a0}: abonnement du trimestre terminé après le vendredi 12 janv.",
                "Canteen: the term's subscription ended after Friday 12 Jan",
            ]
        );
        let activity = ActivitySlug::parse("tap-judo").ok();
        let judo = HistoryEntry { activity, service: None, ..ended.clone() };
        assert!(told(&judo)[0].starts_with("Judo\u{a0}: abonnement"));
        let package = HistoryEntry {
            service: Some(ServiceKind::Bus),
            package: Some(BusPackage::TwoRoundTrips),
            date: "2017-11-13".parse().unwrap(),
            what: HistoryWhat::Package,
            ..ended
        };
        assert_eq!(
            told(&package),
            [
                "Bus\u{a0}: forfait 2AR pour le trimestre qui commence le lundi 13 nov.",
                "Bus: package 2AR for the term that begins on Monday 13 Nov",
            ]
        );
    }
}

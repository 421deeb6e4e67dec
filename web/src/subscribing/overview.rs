//! What each child has, and the ways in.

use chrono::{DateTime, Utc};
use domain::activity::ServiceKind;
use domain::billing::document;
use domain::calendar::{Term, utc_to_paris};
use domain::dates;
use domain::ids::FamilyId;
use domain::subscribing::may_subscribe;
use domain::subscription::Subscription;
use domain::wire::{ChildView, PeriodView, SubscriptionsView};
use leptos::prelude::*;

use super::term_card::TermCard;
use super::words::use_subscribing_words;
use crate::api::{Asked, Connection, Load, Session, State};
use crate::components::{ErrorCard, Icon, IconView, PageTitle};
use crate::i18n::{self, use_words};
use crate::pages::Skeleton;
use crate::route::{Form, Step, subscribing};

#[component]
pub(super) fn Overview() -> impl IntoView {
    let session: Session = expect_context();
    let connection: Connection = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let asked = Asked::<SubscriptionsView>::new();
    Effect::new(move || {
        connection.restored();
        if session.state() == State::SignedIn || connection.is_lost() {
            asked.ask(session.subscriptions());
        }
    });
    let retry = Callback::new(move |()| {
        asked.clear();
        asked.ask(session.subscriptions());
    });
    let content = move || match asked.get() {
        Load::Loading => view! { <Skeleton bars=1/> }.into_any(),
        Load::Failed(error) => {
            view! { <ErrorCard title=own.failed error=error retry=retry/> }.into_any()
        }
        Load::Shown(view) if view.children.is_empty() => view! {
            <section class="card empty">
                <IconView icon=Icon::List/>
                <h2>{words.planning.no_child}</h2>
                <p class="soft">{words.planning.no_child_advice}</p>
            </section>
        }
        .into_any(),
        Load::Shown(view) => view! { <Shown view=(*view).clone()/> }.into_any(),
    };
    view! {
        <PageTitle title=words.common.my_subscriptions/>
        {content}
    }
}

/// The terms to show: those that are not over and, where all are, the last one. What is on now
/// comes first.
fn shown(terms: &[Term], now: DateTime<Utc>) -> Vec<Term> {
    let today = utc_to_paris(now).date();
    let ahead: Vec<_> = terms.iter().filter(|term| today <= term.last_day).cloned().collect();
    if ahead.is_empty() { terms.last().cloned().into_iter().collect() } else { ahead }
}

/// The children of each dossier, in the order of the eldest.
fn dossiers(children: &[ChildView]) -> Vec<(FamilyId, Vec<ChildView>)> {
    let mut dossiers: Vec<(FamilyId, Vec<ChildView>)> = Vec::new();
    for child in children {
        match dossiers.iter_mut().find(|(family, _)| *family == child.family_id) {
            Some((_, children)) => children.push(child.clone()),
            None => dossiers.push((child.family_id, vec![child.clone()])),
        }
    }
    dossiers
}

/// Whether one of the children has not all services in a term: the others are the guichet's to
/// change.
pub(super) fn lacks_something(children: &[ChildView], term: &Term, held: &[Subscription]) -> bool {
    children.iter().any(|child| {
        ServiceKind::ALL.iter().any(|service| {
            !held.iter().any(|held| {
                held.child == child.id && held.term == term.id && held.choice.service() == *service
            })
        })
    })
}

#[component]
fn Shown(view: SubscriptionsView) -> impl IntoView {
    let own = use_subscribing_words();
    let terms = shown(&view.terms, view.now);
    if terms.is_empty() {
        return view! {
            <section class="card empty">
                <IconView icon=Icon::List/>
                <h2>{own.no_term}</h2>
                <p class="soft">{own.no_term_text}</p>
            </section>
        }
        .into_any();
    }
    let open: Vec<_> =
        terms.iter().filter(|term| may_subscribe(term, view.now).is_ok()).cloned().collect();
    let ways = open
        .into_iter()
        .filter_map(|term| {
            let mut dossiers = dossiers(&view.children);
            dossiers.retain(|(_, children)| lacks_something(children, &term, &view.subscriptions));
            let is_new = view.subscriptions.iter().all(|held| held.term != term.id);
            (!dossiers.is_empty())
                .then(|| view! { <WayIn term=term dossiers=dossiers is_new=is_new/> })
        })
        .collect_view();
    let advice = (!view.subscriptions.is_empty()).then(|| {
        view! {
            <p class="hint with-icon">
                <IconView icon=Icon::Info/>
                <span>{own.held_advice}</span>
            </p>
        }
    });
    let cards = terms
        .into_iter()
        .map(|term| view! { <TermCard term=term view=view.clone()/> })
        .collect_view();
    view! {
        {ways}
        {cards}
        {advice}
    }
    .into_any()
}

/// A term that is open, and the form of each dossier.
#[component]
fn WayIn(
    term: Term,
    dossiers: Vec<(FamilyId, Vec<ChildView>)>,
    /// Nothing of the term is chosen yet.
    is_new: bool,
) -> impl IntoView {
    let words = use_words();
    let own = use_subscribing_words();
    let name = document::term(&term, words.language);
    let until = i18n::day(term.subscribe_until, words.language);
    let month = dates::month(term.subscribe_until, words.language);
    let several = dossiers.len() > 1;
    let links = dossiers
        .into_iter()
        .map(|(family, children)| {
            let names: Vec<_> = children.into_iter().map(|child| child.first_name).collect();
            let form = Form { family, term: term.id };
            let word = if several {
                (own.subscribe_whom)(&names.join(", "))
            } else if is_new {
                own.subscribe.to_owned()
            } else {
                own.complete_form.to_owned()
            };
            view! {
                <a class="btn primary big" href=subscribing(form, Step::Child(0))>
                    {word}
                    <IconView icon=Icon::Right/>
                </a>
            }
        })
        .collect_view();
    let span = document::span(&PeriodView::Term { term: term.clone() }, words.language);
    view! {
        <section class="card pad way-in" aria-labelledby="way-in">
            <div>
                <h2 id="way-in">{(own.is_open)(&name)}</h2>
                <p>{(own.open_until)(&format!("{until} {month}"))}</p>
                <p class="soft">{span}</p>
            </div>
            <div class="ways">{links}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscribing::testing::form;

    #[test]
    fn terms_that_are_over_are_not_shown() {
        let second = form().term;
        let day = |text: &str| text.parse().unwrap();
        let first = Term {
            number: 1,
            first_day: day("2017-09-04"),
            last_day: day("2017-12-01"),
            ..second.clone()
        };
        let terms = [first, second];
        let numbers = |now: &str| {
            shown(&terms, now.parse().unwrap()).iter().map(|term| term.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers("2017-11-20T12:00:00Z"), [1, 2]);
        assert_eq!(numbers("2017-12-01T22:00:00Z"), [1, 2]);
        assert_eq!(numbers("2017-12-01T23:00:00Z"), [2]);
        assert_eq!(numbers("2018-07-20T12:00:00Z"), [2], "the last one stays");
    }

    #[test]
    fn half_siblings_have_two_dossiers() {
        let mut children = form().children;
        children[0].family_id = uuid::Uuid::from_u128(8).into();
        let found: Vec<_> = dossiers(&children).iter().map(|(_, of)| of.len()).collect();
        assert_eq!(found, [1, 1]);
        assert_eq!(dossiers(&form().children)[0].1.len(), 2);
    }
}

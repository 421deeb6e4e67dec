//! A term's subscription form: what it is filled in with, and its confirmation.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::activity::{Activity, ServiceKind};
use domain::billing::{Period, due_on};
use domain::calendar::{Term, utc_to_paris};
use domain::cents::Cents;
use domain::ids::{ChildId, FamilyId, GuardianId, TermId};
use domain::mistake::ListMistake;
use domain::problem::ProblemCode;
use domain::settings::Settings;
use domain::subscribing::{Choices, confirm, days_to_book, may_subscribe};
use domain::subscription::Subscription;
use domain::type_week::dates_in_term;
use domain::wire::{
    ChildView, ConfirmationRequest, ConfirmationView, CreditMade, FullSession, OfferedActivity,
    SubscriptionDraft, SubscriptionForm, SubscriptionsView,
};

use crate::billing;
use crate::failure::{Failure, FullTap};
use crate::store::audit::Actor;
use crate::store::billing::documents::{self, Papers};
use crate::store::billing::{households, tariffs};
use crate::store::changes::{self, Wish};
use crate::store::days::SessionKey;
use crate::store::settings::Cache;
use crate::store::{Conn, children, drafts, inscriptions, sessions, subscriptions};

/// One dossier's form of one term, as one of its guardians may see it.
pub struct Form {
    pub settings: Arc<Settings>,
    pub family: FamilyId,
    pub term: Term,
    /// The guardian's children in this dossier, eldest first.
    pub children: Vec<ChildView>,
}

impl Form {
    /// Reads what a path names; what is none of the guardian's is not found.
    pub async fn read(
        conn: &mut Conn,
        cache: &Cache,
        guardian: GuardianId,
        (family, term): &(String, String),
    ) -> Result<Self, Failure> {
        let family: FamilyId = family.parse().map_err(|_| ProblemCode::FamilyNotFound)?;
        let term: TermId = term.parse().map_err(|_| ProblemCode::TermNotFound)?;
        if !households::is_guardians(conn, family, guardian).await? {
            return Err(ProblemCode::FamilyNotFound.into());
        }
        let settings = cache.current(conn).await?;
        let mut terms = settings.calendar.terms().iter();
        let term = terms.find(|known| known.id == term).ok_or(ProblemCode::TermNotFound)?.clone();
        let mut children = children::of_guardian(conn, guardian).await?;
        children.retain(|child| child.family_id == family);
        Ok(Self { settings, family, term, children })
    }

    /// All that the form is filled in, checked and priced with.
    pub async fn view(
        self,
        conn: &mut Conn,
        now: DateTime<Utc>,
    ) -> Result<SubscriptionForm, Failure> {
        let own = self.own();
        let Self { settings, family, term, children } = self;
        let period = Period::Term(term.id);
        let papers = Papers::of(&documents::of_period(conn, family, period).await?);
        let before = settings.calendar.terms().iter().rev().find(|t| t.last_day < term.first_day);
        let mut before = match before {
            Some(before) => subscriptions::of_family(conn, family, before.id).await?,
            None => Vec::new(),
        };
        before.retain(|before| own.contains(&before.child));
        let held = subscriptions::of_family(conn, family, term.id).await?.into_iter();
        let shown = |held: Subscription| {
            if own.contains(&held.child) { Some(held) } else { held.as_priced() }
        };
        Ok(SubscriptionForm {
            now,
            family_id: family,
            children,
            activities: with_seats(conn, &settings, &term, now).await?,
            held: held.filter_map(shown).collect(),
            before,
            household: households::billed(conn, family).await?.household,
            tariffs: tariffs::all(conn).await?,
            invoices: papers.invoices,
            credit_notes: papers.credit_notes,
            draft: drafts::get(conn, family, term.id, &own).await?,
            term,
        })
    }

    /// The ids of the guardian's children.
    #[must_use]
    pub fn own(&self) -> BTreeSet<ChildId> {
        self.children.iter().map(|child| child.id).collect()
    }

    /// Whether the children of a form are the guardian's, each named once at most.
    pub fn check_children(&self, form: &[Choices]) -> Result<(), Failure> {
        if form.len() > SubscriptionDraft::MOST {
            let mistake = ListMistake::TooLong(SubscriptionDraft::MOST);
            return Err(Failure::List { pointer: "/children".to_owned(), mistake });
        }
        let known = |choices: &Choices| self.children.iter().any(|child| child.id == choices.child);
        if form.iter().all(known) { Ok(()) } else { Err(ProblemCode::ChildNotFound.into()) }
    }

    /// Makes the subscriptions, their inscriptions and the papers together, or nothing of it. The
    /// family's row is to be held.
    pub async fn confirm(
        self,
        conn: &mut Conn,
        actor: &Actor,
        request: &ConfirmationRequest,
    ) -> Result<ConfirmationView, Failure> {
        self.check_children(&request.children)?;
        may_subscribe(&self.term, actor.now)?;
        let held = subscriptions::of_family(conn, self.family, self.term.id).await?;
        let activities = &self.settings.activities;
        let mut new = confirm(&request.children, &held, activities, self.term.id)?;
        for subscription in &mut new {
            subscription.confirmed_on = Some(utc_to_paris(actor.now).date());
        }
        if new.is_empty() {
            let mistake = ListMistake::Empty;
            return Err(Failure::List { pointer: "/children".to_owned(), mistake });
        }
        let (booked, full) = self.book(conn, actor, &request.children, &new).await?;
        let made = billing::settle_term(conn, actor, self.family, self.term.id).await?;
        let total = made.invoice.map_or(Cents::ZERO, |(_, total)| total);
        if request.expected_total.is_some_and(|expected| expected != total) {
            return Err(ProblemCode::TotalChanged.into());
        }
        let confirmed = request.children.iter().map(|choices| choices.child).collect();
        drafts::forget(conn, self.family, self.term.id, &confirmed, actor.now).await?;
        let credit_notes = made.credit_notes.into_iter();
        Ok(ConfirmationView {
            family_id: self.family,
            term_id: self.term.id,
            subscriptions: new,
            invoice: made.invoice.map(|(number, _)| number),
            due_on: made.invoice.map(|_| due_on(utc_to_paris(actor.now).date())),
            total,
            credit_notes: credit_notes
                .map(|(number, total)| CreditMade { number, total })
                .collect(),
            booked,
            full,
        })
    }

    /// Writes the subscriptions and books their days. Answers how many the children have now, and those
    /// that were full.
    async fn book(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        form: &[Choices],
        new: &[Subscription],
    ) -> Result<(u32, Vec<FullSession>), Failure> {
        let mut wishes = Vec::new();
        let today = utc_to_paris(actor.now).date();
        let from = (today > self.term.first_day).then_some(today);
        for subscription in new {
            let weekly = subscription.choice.weekly(&self.settings.activities);
            subscriptions::add(conn, actor, subscription, &weekly, from).await?;
            let days = days_to_book(&self.settings, subscription, &self.term, actor.now);
            let wish = |(activity, date)| Wish::booked(subscription.child, activity, date);
            wishes.extend(days.into_iter().map(wish));
        }
        if wishes.is_empty() {
            return Ok((0, Vec::new()));
        }
        changes::apply(conn, actor, &wishes).await?;
        // Not those that are new: a child may have kept days of a subscription that was ended.
        let mut booked = HashSet::new();
        for child in new.iter().map(|subscription| subscription.child).collect::<BTreeSet<_>>() {
            let days = inscriptions::of_child(conn, child).await?.into_iter();
            booked.extend(days.map(|(activity, date)| (child, activity, date)));
        }
        let (got, full): (Vec<_>, Vec<_>) = wishes.into_iter().partition(|wish| {
            let SessionKey { activity, date } = &wish.session;
            booked.contains(&(wish.child, activity.to_string(), *date))
        });
        let full: Vec<_> = full
            .into_iter()
            .map(|wish| FullSession {
                child_id: wish.child,
                activity: wish.session.activity,
                date: wish.session.date,
            })
            .collect();
        let taps = self.full_taps(form, &full);
        if taps.is_empty() {
            Ok((u32::try_from(got.len()).unwrap_or(u32::MAX), full))
        } else {
            Err(Failure::FullTaps(taps))
        }
    }

    /// The TAP activities of a form that have no seat on some of their days.
    fn full_taps(&self, form: &[Choices], full: &[FullSession]) -> Vec<FullTap> {
        let mut taps = Vec::new();
        for (child, choices) in form.iter().enumerate() {
            for (at, slug) in choices.taps.iter().enumerate() {
                let days: BTreeSet<_> = full
                    .iter()
                    .filter(|day| day.child_id == choices.child && day.activity == *slug)
                    .map(|day| day.date)
                    .collect();
                if !days.is_empty() {
                    let activity = self.settings.activity(slug);
                    taps.push(FullTap {
                        pointer: format!("/children/{child}/taps/{at}"),
                        name: activity.map_or_else(|| slug.to_string(), |a| a.name.clone()),
                        days: days.into_iter().collect(),
                    });
                }
            }
        }
        taps
    }
}

/// The caller's children and what they are subscribed to.
pub async fn overview(
    conn: &mut Conn,
    cache: &Cache,
    guardian: GuardianId,
    now: DateTime<Utc>,
) -> Result<SubscriptionsView, Failure> {
    let linked = subscriptions::linked(conn, cache, guardian, None, None).await?;
    Ok(SubscriptionsView {
        now,
        terms: linked.settings.calendar.terms().to_vec(),
        children: children::of_guardian(conn, guardian).await?,
        activities: linked
            .settings
            .activities
            .iter()
            .map(|one| OfferedActivity::of(one, None))
            .collect(),
        subscriptions: linked.subscriptions,
    })
}

/// The activities; those of TAP with the seats that are left on all of the term's days to come.
async fn with_seats(
    conn: &mut Conn,
    settings: &Settings,
    term: &Term,
    now: DateTime<Utc>,
) -> Result<Vec<OfferedActivity>, Failure> {
    let from = utc_to_paris(now).date().succ_opt().unwrap_or(NaiveDate::MAX).max(term.first_day);
    let left: HashMap<_, _> = sessions::seats_between(conn, from, term.last_day)
        .await?
        .into_iter()
        .map(|(session, seats)| (session, seats.left()))
        .collect();
    let seats = |activity: &Activity| {
        let dates = dates_in_term(settings, activity, activity.weekdays, term);
        let to_come = dates.filter(|date| *date >= from);
        let key = |date| SessionKey { activity: activity.slug.clone(), date };
        let least = to_come.map(|date| left.get(&key(date)).copied().unwrap_or(0)).min();
        least.filter(|_| activity.service == ServiceKind::Tap)
    };
    Ok(settings
        .activities
        .iter()
        .map(|activity| OfferedActivity::of(activity, seats(activity)))
        .collect())
}

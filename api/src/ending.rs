//! What the guichet changes of a confirmed subscription, with its papers (product rule, “Invoices”:
//! cancellations a credit note, additions a supplementary invoice).

use chrono::Days;
use domain::activity::{ActivitySlug, ServiceKind};
use domain::billing::BillingError;
use domain::calendar::Term;
use domain::cents::Cents;
use domain::guichet::may_end;
use domain::ids::{ChildId, FamilyId, TermId};
use domain::problem::ProblemCode;
use domain::settings::Settings;
use domain::subscription::{Choice, Subscription};
use domain::wire::{EndSubscriptionRequest, PackageRequest, SubscriptionChanged};

use crate::billing;
use crate::failure::Failure;
use crate::guichet::line;
use crate::store::audit::{self, Actor, Entry};
use crate::store::billing::households;
use crate::store::guichet::{children, ending};
use crate::store::settings::Cache;
use crate::store::{Conn, subscriptions};

/// Ends a service, or one TAP activity, after a day: what is booked later is given back. The canteen
/// is billed by the month, up to that day; a package or a TAP item is credited whole.
pub async fn end(
    conn: &mut Conn,
    cache: &Cache,
    actor: &Actor,
    wish: &EndSubscriptionRequest,
) -> Result<SubscriptionChanged, Failure> {
    let (settings, family, term) = hold(conn, cache, wish.child_id, wish.term_id).await?;
    let held = held(conn, wish.child_id, &term, wish.service).await?;
    let given = given_back(&settings, &held, wish.activity.as_ref())?;
    may_end(&term, wish.last_day)
        .map_err(|mistake| Failure::Field { pointer: "/last_day", mistake })?;
    // Of a term to come there is no day.
    let last_day = wish.last_day.max(term.first_day - Days::new(1));
    let serves = |session: &_| line(&settings, session, false, actor.now);
    // Other terms have subscriptions of their own.
    let rest = last_day + Days::new(1)..=term.last_day;
    let days = ending::give_back(conn, actor, wish.child_id, &given, rest, serves).await?;
    let (child, service) = (wish.child_id, wish.service);
    let whole = given.len() == chosen(&held, &settings).len();
    if !whole {
        for activity in given {
            subscriptions::remove_activity(conn, actor, child, term.id, activity).await?;
        }
    } else if service == ServiceKind::Canteen && last_day >= term.first_day {
        subscriptions::end(conn, child, term.id, service, last_day).await?;
    } else {
        subscriptions::remove(conn, child, term.id, service).await?;
    }
    let (before, after) = (service.as_str(), last_day.to_string());
    let entry = Entry {
        action: "subscription.ended",
        child: Some(child),
        activity: wish.activity.as_ref().filter(|_| service == ServiceKind::Tap),
        date: Some(last_day),
        before: Some(before),
        after: Some(&after),
    };
    audit::write(conn, actor, entry).await?;
    changed(conn, actor, family, &term, days).await
}

/// Gives a child another bus package for the term.
pub async fn set_package(
    conn: &mut Conn,
    cache: &Cache,
    actor: &Actor,
    wish: &PackageRequest,
) -> Result<SubscriptionChanged, Failure> {
    let (_, family, term) = hold(conn, cache, wish.child_id, wish.term_id).await?;
    let held = held(conn, wish.child_id, &term, ServiceKind::Bus).await?;
    let Choice::Bus { package: before, .. } = held.choice else {
        return Err(ProblemCode::NotSubscribed.into());
    };
    subscriptions::set_package(conn, actor, wish.child_id, term.id, wish.package).await?;
    let entry = Entry {
        action: "subscription.package",
        child: Some(wish.child_id),
        date: Some(term.first_day),
        before: Some(before.as_str()),
        after: Some(wish.package.as_str()),
        ..Entry::default()
    };
    audit::write(conn, actor, entry).await?;
    changed(conn, actor, family, &term, 0).await
}

/// Holds the family's row and the child's, in that order.
async fn hold(
    conn: &mut Conn,
    cache: &Cache,
    child: ChildId,
    term: TermId,
) -> Result<(std::sync::Arc<Settings>, FamilyId, Term), Failure> {
    let settings = cache.current(conn).await?;
    let mut terms = settings.calendar.terms().iter();
    let term = terms.find(|known| known.id == term).ok_or(ProblemCode::TermNotFound)?.clone();
    let family = households::of_child(conn, child, term.first_day).await?;
    let family = family.ok_or(ProblemCode::ChildNotFound)?;
    households::hold(conn, family).await?;
    children::hold(conn, child).await?;
    Ok((settings, family, term))
}

async fn held(
    conn: &mut Conn,
    child: ChildId,
    term: &Term,
    service: ServiceKind,
) -> Result<Subscription, Failure> {
    let mut all = subscriptions::of_child(conn, child).await?.into_iter();
    all.find(|held| held.term == term.id && held.choice.service() == service)
        .ok_or_else(|| ProblemCode::NotSubscribed.into())
}

/// The activities that a subscription opens.
fn chosen<'a>(held: &Subscription, settings: &'a Settings) -> Vec<&'a ActivitySlug> {
    let covered = settings.activities.iter().filter(|activity| held.choice.covers(activity));
    covered.map(|activity| &activity.slug).collect()
}

/// The activities that end: all, or the one of TAP that is named.
fn given_back<'a>(
    settings: &'a Settings,
    held: &Subscription,
    named: Option<&ActivitySlug>,
) -> Result<Vec<&'a ActivitySlug>, Failure> {
    let mut chosen = chosen(held, settings);
    if let Some(named) = named {
        // A package or the canteen is one thing.
        if held.choice.service() == ServiceKind::Tap {
            chosen.retain(|slug| *slug == named);
        }
        if !chosen.contains(&named) {
            return Err(ProblemCode::NotSubscribed.into());
        }
    }
    Ok(chosen)
}

async fn changed(
    conn: &mut Conn,
    actor: &Actor,
    family: FamilyId,
    term: &Term,
    days: usize,
) -> Result<SubscriptionChanged, Failure> {
    let made = billing::settle_billed_term(conn, actor, family, term.id).await?;
    Ok(SubscriptionChanged {
        days_freed: u32::try_from(days).unwrap_or(u32::MAX),
        invoice: made.invoice.map(|(number, _)| number),
        billed: made.invoice.map_or(Cents::ZERO, |(_, total)| total),
        credited: Cents::checked_sum(made.credit_notes.iter().map(|(_, total)| *total))
            .ok_or(BillingError::Overflow)?,
        credit_notes: made.credit_notes.into_iter().map(|(number, _)| number).collect(),
    })
}

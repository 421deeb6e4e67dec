//! The demo's subscriptions: every child to canteen and bus in all three terms, TAP while there
//! are seats.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use domain::activity::{ActivitySlug, ServiceKind, Weekdays};
use domain::bus::BusPackage;
use domain::calendar::{Term, paris_to_utc};
use domain::ids::ChildId;
use domain::settings::Settings;
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::{TypeWeek, dates_in_term};
use fastrand::Rng;

use super::Size;
use crate::store::audit::{Actor, Origin};
use crate::store::changes::{self, Wish};
use crate::store::children;
use crate::store::{Conn, StoreError, subscriptions};

/// How many regular children want each activity, Monday to Friday. Two days of the bus and one
/// of the canteen want more than there are seats.
const WANTED: [(&str, [usize; 5]); 5] = [
    ("cantine", [236, 231, 0, 243, 228]),
    ("bus-0830", [63, 66, 58, 61, 67]),
    ("bus-1130", [38, 41, 0, 40, 36]),
    ("bus-1330", [37, 40, 0, 41, 35]),
    ("bus-fin-ecole", [62, 65, 60, 66, 61]),
];
/// Regular children are drawn from so many; the others come now and then.
const REGULARS: [(&str, usize); 5] =
    [("cantine", 300), ("bus-0830", 80), ("bus-1130", 50), ("bus-1330", 50), ("bus-fin-ecole", 80)];
/// The first so many of the bus's regulars pay for two round trips a day.
const TWO_ROUND_TRIPS: usize = 55;

/// What the children want each week, the same in all terms.
struct Wishes {
    /// By child, in the order of the children.
    weeks: Vec<TypeWeek>,
    packages: Vec<BusPackage>,
    taps: Vec<Vec<ActivitySlug>>,
}

/// Subscribes all children and books their type weeks, as seats allow.
pub(super) async fn subscribe(
    conn: &mut Conn,
    rng: &mut Rng,
    settings: &Settings,
    size: Size,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let children = children::enrolled(conn).await?;
    let wishes = wishes(rng, settings, size, children.len());
    for term in settings.calendar.terms() {
        let opened = paris_to_utc(term.subscribe_from.and_time(NaiveTime::MIN)).min(now);
        let mut order: Vec<_> = (0..children.len()).collect();
        rng.shuffle(&mut order);
        // A form is confirmed for all children at once.
        let mut forms = BTreeMap::new();
        for index in order {
            let drawn = opened + chrono::TimeDelta::seconds(rng.i64(0..86_400 * 3));
            let confirmed = *forms.entry(children[index].family).or_insert(drawn);
            let actor = Actor {
                account: children[index].account,
                ..Actor::system(Origin::Subscription, confirmed.min(now))
            };
            let child = children[index].child;
            for choice in wishes.choices(index) {
                book(conn, &actor, settings, term, child, choice).await?;
            }
        }
    }
    Ok(())
}

async fn book(
    conn: &mut Conn,
    actor: &Actor,
    settings: &Settings,
    term: &Term,
    child: ChildId,
    choice: Choice,
) -> Result<(), StoreError> {
    let weekly = choice.weekly(&settings.activities);
    let subscription = Subscription::new(child, term.id, choice);
    subscriptions::add(conn, actor, &subscription, &weekly, None).await?;
    let mut days = Vec::new();
    for (slug, weekdays) in weekly.iter() {
        if let Some(activity) = settings.activity(slug) {
            let dates = dates_in_term(settings, activity, weekdays, term);
            days.extend(dates.map(|date| Wish::booked(child, slug.clone(), date)));
        }
    }
    if !days.is_empty() {
        changes::apply(conn, actor, &days).await?;
    }
    Ok(())
}

impl Wishes {
    fn choices(&self, index: usize) -> Vec<Choice> {
        let week = &self.weeks[index];
        let part = |bus: bool| -> TypeWeek {
            week.iter()
                .filter(|(slug, _)| slug.as_str().starts_with("bus-") == bus)
                .map(|(slug, days)| (slug.clone(), days))
                .collect()
        };
        let rhythm = |week: &TypeWeek| {
            if week.iter().next().is_some() { Rhythm::Regular } else { Rhythm::Occasional }
        };
        let (canteen, bus) = (part(false), part(true));
        let mut choices = vec![
            Choice::Canteen { rhythm: rhythm(&canteen), type_week: canteen },
            Choice::Bus { rhythm: rhythm(&bus), type_week: bus, package: self.packages[index] },
        ];
        if !self.taps[index].is_empty() {
            choices.push(Choice::Tap { activities: self.taps[index].clone() });
        }
        choices
    }
}

fn wishes(rng: &mut Rng, settings: &Settings, size: Size, count: usize) -> Wishes {
    // The printed login's two children come first: they are among the regulars.
    let mut order: Vec<usize> = (2.min(count)..count).collect();
    rng.shuffle(&mut order);
    order.splice(0..0, 0..2.min(count));

    let mut weeks = vec![TypeWeek::default(); count];
    for ((name, wanted), (_, regulars)) in WANTED.into_iter().zip(REGULARS) {
        let Ok(slug) = ActivitySlug::parse(name) else { continue };
        // Those who eat at the canteen seldom go home at noon.
        let skipped = if matches!(name, "bus-1130" | "bus-1330") { 20 } else { 0 };
        let pool = &order[skipped.min(count)..(skipped + size.of(regulars)).min(count)];
        for (weekday, wanted) in Weekdays::SCHOOL_WEEK.into_iter().zip(wanted) {
            let mut takers = pool.to_vec();
            rng.shuffle(&mut takers);
            for index in takers.into_iter().take(size.of(wanted)) {
                add_day(&mut weeks[index], &slug, weekday);
            }
        }
    }
    let mut packages = vec![BusPackage::OneRoundTrip; count];
    for index in order.iter().take(size.of(TWO_ROUND_TRIPS)) {
        packages[*index] = BusPackage::TwoRoundTrips;
    }
    Wishes { weeks, packages, taps: taps(settings, &order, count) }
}

/// Gives each TAP activity 17 of its seats; every fourth child takes two.
fn taps(settings: &Settings, order: &[usize], count: usize) -> Vec<Vec<ActivitySlug>> {
    let mut taps = vec![Vec::new(); count];
    let activities: Vec<_> =
        settings.activities.iter().filter(|a| a.service == ServiceKind::Tap).collect();
    let mut left: Vec<u32> = activities.iter().map(|a| a.capacity.saturating_sub(1)).collect();
    for (place, index) in order.iter().enumerate() {
        let wanted = if place % 4 == 0 { 2 } else { 1 };
        for step in 0..wanted {
            // Neighbours in the list run on different days.
            let choice = (place + step) % activities.len().max(1);
            if let (Some(activity), Some(left)) = (activities.get(choice), left.get_mut(choice))
                && *left > 0
            {
                *left -= 1;
                taps[*index].push(activity.slug.clone());
            }
        }
    }
    taps
}

fn add_day(week: &mut TypeWeek, slug: &ActivitySlug, weekday: Weekday) {
    let bits = week.days(slug).bits() | Weekdays::of(&[weekday]).bits();
    week.set(slug.clone(), Weekdays::from_bits(bits));
}

//! What the guichet does that parents can't: late, beyond the capacity, for a child that is not
//! subscribed; always with a reason.

use chrono::NaiveDate;

use crate::activity::{Activity, ServiceKind};
use crate::bus::BusPackage;
use crate::calendar::Term;
use crate::ids::{ChildId, TermId};
use crate::mistake::FieldMistake;
use crate::subscription::{Choice, Rhythm, Subscription, TapClash, may_take_tap};
use crate::type_week::TypeWeek;

/// Why the guichet makes a change; the family reads it in its history (product rule, “Weeks and
/// deadline”).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// Characters at most.
    pub const MOST: usize = 300;

    /// Reads a reason as it was typed: something has to be in it.
    pub fn parse(text: &str) -> Result<Self, FieldMistake> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(FieldMistake::Missing),
            count if count > Self::MOST => Err(FieldMistake::TooLong(Self::MOST)),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether what a child has for a term can end after a day: not after the term's last one, on which it
/// ends by itself, and a package that was used to its end is not credited.
pub fn may_end(term: &Term, last_day: NaiveDate) -> Result<(), FieldMistake> {
    if last_day < term.last_day { Ok(()) } else { Err(FieldMistake::NotBefore(term.last_day)) }
}

/// Why an activity can't be opened to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The child has it.
    Already,
    /// A bus is paid for by its package.
    PackageMissing,
    /// One or two TAP activities a week (product rule, “Subscriptions”).
    TwoTaps,
    /// It has another TAP activity on that day.
    SameDay,
}

impl From<TapClash> for NotAdded {
    fn from(clash: TapClash) -> Self {
        match clash {
            TapClash::Already => Self::Already,
            TapClash::SameDay => Self::SameDay,
            TapClash::TwoTaps => Self::TwoTaps,
        }
    }
}

/// The subscription by which the guichet opens an activity to a child for a term: now and then for
/// canteen and bus, so that nothing is booked by itself; for TAP, the one activity.
pub fn missing_subscription(
    activities: &[Activity],
    held: &[Subscription],
    child: ChildId,
    term: TermId,
    activity: &Activity,
    package: Option<BusPackage>,
) -> Result<Subscription, NotAdded> {
    let choices = held
        .iter()
        .filter(|held| held.child == child && held.term == term)
        .map(|held| &held.choice);
    if choices.clone().any(|choice| choice.covers(activity)) {
        return Err(NotAdded::Already);
    }
    if activity.service == ServiceKind::Tap {
        let has = |other: &&Activity| choices.clone().any(|choice| choice.covers(other));
        let taps: Vec<_> = activities
            .iter()
            .filter(|other| other.service == ServiceKind::Tap)
            .filter(has)
            .collect();
        may_take_tap(&taps, activity)?;
    }
    let (rhythm, type_week) = (Rhythm::Occasional, TypeWeek::default());
    let choice = match activity.service {
        ServiceKind::Canteen => Choice::Canteen { rhythm, type_week },
        ServiceKind::Bus => {
            Choice::Bus { rhythm, type_week, package: package.ok_or(NotAdded::PackageMissing)? }
        }
        ServiceKind::Tap => Choice::Tap { activities: vec![activity.slug.clone()] },
    };
    Ok(Subscription::new(child, term, choice))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use uuid::Uuid;

    use super::*;
    use crate::testing::{activity, bus_0830};

    #[test]
    fn what_is_held_ends_before_its_term_does() {
        let settings = crate::testing::neuvecelle();
        let term = &settings.calendar.terms()[0];
        let last = term.last_day;
        assert_eq!(may_end(term, last.pred_opt().unwrap()), Ok(()));
        assert_eq!(may_end(term, term.first_day.pred_opt().unwrap()), Ok(()));
        for day in [last, last.succ_opt().unwrap()] {
            assert_eq!(may_end(term, day), Err(FieldMistake::NotBefore(last)));
        }
    }

    #[test]
    fn a_reason_says_something_in_three_hundred_characters() {
        assert_eq!(Reason::parse("  malade \n").unwrap().as_str(), "malade");
        assert_eq!(Reason::parse(" \t\n"), Err(FieldMistake::Missing));
        assert!(Reason::parse(&"é".repeat(300)).is_ok());
        assert_eq!(Reason::parse(&"é".repeat(301)), Err(FieldMistake::TooLong(300)));
    }

    #[test]
    fn what_a_child_has_is_not_added_again() {
        let (child, term) = (ChildId(Uuid::from_u128(1)), TermId(Uuid::from_u128(2)));
        let bus = bus_0830();
        let add = |held: &[Subscription], term, activity: &Activity, package| {
            let all = [
                tap("tap-echecs", Weekday::Tue),
                tap("tap-judo", Weekday::Thu),
                tap("tap-theatre", Weekday::Tue),
                tap("tap-jardinage", Weekday::Fri),
            ];
            missing_subscription(&all, held, child, term, activity, package)
        };
        let package = Some(BusPackage::OneRoundTrip);
        assert_eq!(add(&[], term, &bus, None), Err(NotAdded::PackageMissing));
        let held = add(&[], term, &bus, package).unwrap();
        assert!(held.choice.covers(&bus));
        assert_eq!(held.choice.weekly(std::slice::from_ref(&bus)), TypeWeek::default());
        let held = [held];
        assert_eq!(add(&held, term, &bus, package), Err(NotAdded::Already));
        assert!(add(&held, TermId(Uuid::from_u128(3)), &bus, package).is_ok());

        // A second TAP activity beside the first, on another day, and no third.
        let [chess, judo, theatre, garden] = [
            tap("tap-echecs", Weekday::Tue),
            tap("tap-judo", Weekday::Thu),
            tap("tap-theatre", Weekday::Tue),
            tap("tap-jardinage", Weekday::Fri),
        ];
        let first = add(&held, term, &chess, None).unwrap();
        let held = [first.clone()];
        assert_eq!(add(&held, term, &chess, None), Err(NotAdded::Already));
        assert_eq!(add(&held, term, &theatre, None), Err(NotAdded::SameDay));
        let second = add(&held, term, &judo, None).unwrap();
        assert!(second.choice.covers(&judo));
        assert_eq!(add(&[first, second], term, &garden, None), Err(NotAdded::TwoTaps));
    }

    fn tap(slug: &str, day: Weekday) -> Activity {
        activity(slug, ServiceKind::Tap, &[day])
    }
}

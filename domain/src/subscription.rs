//! Subscriptions (*abonnements*): child × service × term.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::activity::{Activity, ActivitySlug, ServiceKind};
use crate::bus::BusPackage;
use crate::ids::{ChildId, TermId};
use crate::type_week::TypeWeek;

/// Whether a child comes each week or now and then (manual, 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    Regular,
    Occasional,
}

impl Rhythm {
    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Occasional => "occasional",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Regular, Self::Occasional].into_iter().find(|rhythm| rhythm.as_str() == text)
    }
}

/// What a service's subscription consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "service", rename_all = "snake_case")]
pub enum Choice {
    Canteen {
        rhythm: Rhythm,
        type_week: TypeWeek,
    },
    Bus {
        rhythm: Rhythm,
        type_week: TypeWeek,
        package: BusPackage,
    },
    /// One or two activities a week; their days are the type week.
    Tap {
        activities: Vec<ActivitySlug>,
    },
}

/// A child's subscription to a service for a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subscription {
    #[serde(rename = "child_id")]
    pub child: ChildId,
    #[serde(rename = "term_id")]
    pub term: TermId,
    /// The last day on which it holds, where it ends before its term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<NaiveDate>,
    /// The day on which it was confirmed, or changed last (Europe/Paris); absent in a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_on: Option<NaiveDate>,
    pub choice: Choice,
}

impl Subscription {
    /// For the whole term.
    #[must_use]
    pub fn new(child: ChildId, term: TermId, choice: Choice) -> Self {
        Self { child, term, last_day: None, confirmed_on: None, choice }
    }

    /// What the prices of a term follow from, for who may not see more: a bus package without its days,
    /// and how many TAP activities, not which. Nothing of the canteen, which is billed by the month.
    #[must_use]
    pub fn as_priced(&self) -> Option<Self> {
        let choice = match &self.choice {
            Choice::Canteen { .. } => return None,
            Choice::Bus { package, .. } => Choice::Bus {
                rhythm: Rhythm::Occasional,
                type_week: TypeWeek::default(),
                package: *package,
            },
            Choice::Tap { activities } => Choice::Tap {
                activities: (1..=activities.len()).map(ActivitySlug::unnamed).collect(),
            },
        };
        Some(Self { choice, ..self.clone() })
    }

    /// Whether it has not ended on a day of its term.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.last_day.is_none_or(|last| date <= last)
    }
}

impl Choice {
    /// The service.
    #[must_use]
    pub fn service(&self) -> ServiceKind {
        match self {
            Self::Canteen { .. } => ServiceKind::Canteen,
            Self::Bus { .. } => ServiceKind::Bus,
            Self::Tap { .. } => ServiceKind::Tap,
        }
    }

    /// The type week of canteen and bus; TAP has none.
    #[must_use]
    pub fn type_week(&self) -> Option<&TypeWeek> {
        match self {
            Self::Canteen { type_week, .. } | Self::Bus { type_week, .. } => Some(type_week),
            Self::Tap { .. } => None,
        }
    }

    /// Whether the subscription opens an activity to the child. All four bus trips are offered,
    /// whatever the package (manual, 3.1); of TAP the chosen activities alone.
    #[must_use]
    pub fn covers(&self, activity: &Activity) -> bool {
        activity.service == self.service()
            && match self {
                Self::Canteen { .. } | Self::Bus { .. } => true,
                Self::Tap { activities } => activities.contains(&activity.slug),
            }
    }

    /// The (activity, weekday) pairs to book on each running day of the term: the type week of a
    /// regular child, the chosen TAP activities on all their days, nothing for an occasional one.
    #[must_use]
    pub fn weekly(&self, activities: &[Activity]) -> TypeWeek {
        match self {
            Self::Canteen { rhythm: Rhythm::Regular, type_week }
            | Self::Bus { rhythm: Rhythm::Regular, type_week, .. } => type_week.clone(),
            Self::Canteen { .. } | Self::Bus { .. } => TypeWeek::default(),
            Self::Tap { .. } => activities
                .iter()
                .filter(|activity| self.covers(activity))
                .map(|activity| (activity.slug.clone(), activity.weekdays))
                .collect(),
        }
    }
}

/// Why a child can't take a TAP activity beside those that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TapClash {
    /// It has that one.
    Already,
    /// It has another on that day.
    SameDay,
    /// One or two activities a week (product rule, “Subscriptions”).
    TwoTaps,
}

/// Whether a child that has some TAP activities may take another one.
pub fn may_take_tap(held: &[&Activity], wished: &Activity) -> Result<(), TapClash> {
    if held.iter().any(|tap| tap.slug == wished.slug) {
        Err(TapClash::Already)
    } else if held.iter().any(|tap| tap.weekdays.meets(wished.weekdays)) {
        Err(TapClash::SameDay)
    } else if held.len() >= 2 {
        Err(TapClash::TwoTaps)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use uuid::Uuid;

    use super::*;
    use crate::activity::Weekdays;
    use crate::testing::{activity, bus_0830, date, neuvecelle};

    fn slug(text: &str) -> ActivitySlug {
        ActivitySlug::parse(text).unwrap()
    }

    fn monday() -> Weekdays {
        Weekdays::of(&[Weekday::Mon])
    }

    fn bus(rhythm: Rhythm) -> Choice {
        let type_week = [(slug("bus-0830"), monday())].into_iter().collect();
        Choice::Bus { rhythm, type_week, package: BusPackage::OneRoundTrip }
    }

    #[test]
    fn all_four_trips_are_offered_whatever_the_package() {
        let choice = bus(Rhythm::Occasional);
        for trip in ["bus-0830", "bus-1130", "bus-1330", "bus-fin-ecole"] {
            assert!(choice.covers(&activity(trip, ServiceKind::Bus, &[])), "{trip}");
        }
        assert!(!choice.covers(&activity("cantine", ServiceKind::Canteen, &[])));
    }

    #[test]
    fn who_may_not_see_more_sees_what_prices_follow_from() {
        let priced = |choice| {
            let held = Subscription::new(ChildId(Uuid::nil()), TermId(Uuid::nil()), choice);
            held.as_priced().map(|held| held.choice)
        };
        let package = BusPackage::OneRoundTrip;
        let (rhythm, type_week) = (Rhythm::Occasional, TypeWeek::default());
        assert_eq!(priced(Choice::Canteen { rhythm, type_week: TypeWeek::default() }), None);
        assert_eq!(priced(bus(Rhythm::Regular)), Some(Choice::Bus { rhythm, type_week, package }));
        for taps in [&["tap-echecs"][..], &["tap-echecs", "tap-judo"]] {
            let taps: Vec<_> = taps.iter().copied().map(slug).collect();
            let Some(Choice::Tap { activities }) = priced(Choice::Tap { activities: taps.clone() })
            else {
                panic!("TAP")
            };
            assert_eq!(activities.len(), taps.len());
            assert!(activities.iter().all(|slug| !taps.contains(slug)));
        }
    }

    #[test]
    fn of_tap_the_chosen_activities_alone() {
        let choice = Choice::Tap { activities: vec![slug("tap-echecs")] };
        let chess = activity("tap-echecs", ServiceKind::Tap, &[Weekday::Tue]);
        let judo = activity("tap-judo", ServiceKind::Tap, &[Weekday::Thu]);
        assert!(choice.covers(&chess) && !choice.covers(&judo));
        let weekly = choice.weekly(&[chess, judo]);
        assert!(weekly.contains(&slug("tap-echecs"), Weekday::Tue));
        assert!(!weekly.contains(&slug("tap-judo"), Weekday::Thu));
    }

    #[test]
    fn two_tap_activities_on_two_days() {
        let tap = |slug, day| activity(slug, ServiceKind::Tap, &[day]);
        let (chess, judo) = (tap("tap-echecs", Weekday::Tue), tap("tap-judo", Weekday::Thu));
        let (theatre, garden) = (tap("tap-theatre", Weekday::Tue), tap("tap-jardin", Weekday::Fri));
        assert_eq!(may_take_tap(&[], &chess), Ok(()));
        assert_eq!(may_take_tap(&[&chess], &chess), Err(TapClash::Already));
        assert_eq!(may_take_tap(&[&chess], &theatre), Err(TapClash::SameDay));
        assert_eq!(may_take_tap(&[&chess], &judo), Ok(()));
        assert_eq!(may_take_tap(&[&chess, &judo], &garden), Err(TapClash::TwoTaps));
    }

    #[test]
    fn a_type_week_is_booked_for_regular_children() {
        let all = [bus_0830()];
        assert_eq!(bus(Rhythm::Regular).weekly(&all).days(&slug("bus-0830")), monday());
        assert_eq!(bus(Rhythm::Occasional).weekly(&all), TypeWeek::default());
    }

    #[test]
    fn a_subscription_holds_for_its_child_and_term() {
        let settings = neuvecelle();
        let child = ChildId(Uuid::from_u128(1));
        let term = settings.calendar.terms()[0].id;
        let mut held = [Subscription::new(child, term, bus(Rhythm::Regular))];
        let on = |child, day| settings.is_subscribed(&held, child, &bus_0830(), date(day));
        assert!(on(child, "2017-09-04") && on(child, "2017-12-01"));
        assert!(!on(child, "2017-12-04"), "the next term");
        assert!(!on(child, "2018-07-09"), "no term");
        assert!(!on(ChildId(Uuid::from_u128(2)), "2017-09-04"));

        held[0].last_day = Some(date("2017-10-06"));
        let on = |day| settings.is_subscribed(&held, child, &bus_0830(), date(day));
        assert!(on("2017-10-06") && !on("2017-10-09"), "it ends before its term");
    }
}

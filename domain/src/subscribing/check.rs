//! Finds every fault of a form, and what a parent should know though it is none.

use std::collections::HashSet;

use chrono::Weekday;

use super::fault::{Fault, Field, Mistake, Place};
use super::{BusChoice, Choices};
use crate::activity::{Activity, ActivitySlug, ServiceKind, Weekdays};
use crate::bus::BusPackage;
use crate::dates;
use crate::problem::Language;
use crate::subscription::{Rhythm, Subscription, TapClash, may_take_tap};
use crate::type_week::TypeWeek;

/// Every fault of a form, child by child, in the order of the screen. Seats are not looked at.
#[must_use]
pub fn faults(form: &[Choices], held: &[Subscription], activities: &[Activity]) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (at, choices) in form.iter().enumerate() {
        let mut add = |field, mistake| {
            let place = Place { at, child: choices.child, field };
            faults.push(Fault { place, mistake });
        };
        if !seen.insert(choices.child) {
            add(Field::Child, Mistake::ChildTwice);
        }
        for service in choices.services() {
            let mut mine = held.iter().filter(|held| held.child == choices.child);
            if mine.any(|held| held.choice.service() == service) {
                add(Field::Service(service), Mistake::AlreadySubscribed);
            }
        }
        if let Some(canteen) = &choices.canteen {
            week(ServiceKind::Canteen, canteen.rhythm, &canteen.type_week, activities, &mut add);
        }
        if let Some(bus) = &choices.bus {
            if bus.package.is_none() {
                add(Field::Package, Mistake::NoPackage);
            }
            week(ServiceKind::Bus, bus.rhythm, &bus.type_week, activities, &mut add);
        }
        taps(&choices.taps, activities, &mut add);
    }
    faults
}

fn find<'a>(
    activities: &'a [Activity],
    service: ServiceKind,
    slug: &ActivitySlug,
) -> Option<&'a Activity> {
    activities.iter().find(|activity| activity.service == service && activity.slug == *slug)
}

fn week(
    service: ServiceKind,
    rhythm: Rhythm,
    week: &TypeWeek,
    activities: &[Activity],
    add: &mut impl FnMut(Field, Mistake),
) {
    if rhythm == Rhythm::Occasional {
        return;
    }
    if week.iter().next().is_none() {
        add(Field::TypeWeek(service), Mistake::NoWeekday);
    }
    for (slug, days) in week.iter() {
        let field = || Field::TypeWeekOf(service, slug.clone());
        match find(activities, service, slug) {
            None => add(field(), Mistake::UnknownActivity),
            Some(activity) => days
                .iter()
                .filter(|day| !activity.weekdays.contains(*day))
                .for_each(|day| add(field(), Mistake::NotOn(day))),
        }
    }
}

fn taps(chosen: &[ActivitySlug], activities: &[Activity], add: &mut impl FnMut(Field, Mistake)) {
    let mut taken = Vec::new();
    for (at, slug) in chosen.iter().enumerate() {
        let Some(tap) = find(activities, ServiceKind::Tap, slug) else {
            add(Field::Tap(at), Mistake::UnknownActivity);
            continue;
        };
        let mistake = match may_take_tap(&taken, tap) {
            Ok(()) => {
                taken.push(tap);
                continue;
            }
            Err(TapClash::Already) => Mistake::TapTwice,
            Err(TapClash::SameDay) => Mistake::TapSameDay,
            Err(TapClash::TwoTaps) => Mistake::ThirdTap,
        };
        add(Field::Tap(at), mistake);
    }
}

/// A weekday on which a type week has more trips than the package pays for. No fault: all four
/// trips are offered whatever the package, and the guichet looks at them each week (manual, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverPackage {
    pub weekday: Weekday,
    pub trips: u32,
    pub package: BusPackage,
}

impl OverPackage {
    /// What a parent should know before confirming.
    #[must_use]
    pub fn advice(self, language: Language) -> String {
        let Self { weekday, trips, package } = self;
        let (day, name, paid) =
            (dates::weekday(weekday, language), package.as_str(), package.trips_a_day());
        let larger = package == BusPackage::OneRoundTrip;
        match language {
            Language::French => format!(
                "Le {day}, {trips} trajets sont cochés, et le forfait {name} en paie {paid}. \
                 Retirez-en{}.",
                if larger { ", ou prenez le forfait 2AR" } else { "" }
            ),
            Language::English => format!(
                "On {day}, {trips} trips are ticked, and {name} pays for {paid}. Remove some{}.",
                if larger { ", or take 2AR" } else { "" }
            ),
        }
    }
}

/// The weekdays, Monday first, on which a regular child's type week goes beyond its package.
#[must_use]
pub fn over_package(bus: &BusChoice) -> Vec<OverPackage> {
    let (Rhythm::Regular, Some(package)) = (bus.rhythm, bus.package) else {
        return Vec::new();
    };
    Weekdays::SCHOOL_WEEK
        .into_iter()
        .filter_map(|weekday| {
            let ticked = bus.type_week.iter().filter(|(_, days)| days.contains(weekday));
            let trips = u32::try_from(ticked.count()).unwrap_or(u32::MAX);
            (package.excess(trips) > 0).then_some(OverPackage { weekday, trips, package })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{ChildId, TermId};
    use crate::subscribing::{CanteenChoice, confirm};
    use crate::subscription::Choice;
    use crate::testing::{activity, neuvecelle};

    fn slug(text: &str) -> ActivitySlug {
        ActivitySlug::parse(text).unwrap()
    }

    fn type_week(days: &[(&str, &[Weekday])]) -> TypeWeek {
        days.iter().map(|(name, days)| (slug(name), Weekdays::of(days))).collect()
    }

    fn child(number: u128) -> Choices {
        Choices { child: ChildId(Uuid::from_u128(number)), canteen: None, bus: None, taps: vec![] }
    }

    fn activities() -> Vec<Activity> {
        let mut all = neuvecelle().activities;
        all.push(activity("tap-judo", ServiceKind::Tap, &[Weekday::Thu]));
        all.push(activity("tap-theatre", ServiceKind::Tap, &[Weekday::Tue]));
        all.push(activity("tap-jardin", ServiceKind::Tap, &[Weekday::Fri]));
        all
    }

    fn found(form: &[Choices]) -> Vec<(usize, Field, Mistake)> {
        let faults = faults(form, &[], &activities()).into_iter();
        faults.map(|fault| (fault.place.at, fault.place.field, fault.mistake)).collect()
    }

    #[test]
    fn a_form_that_is_right_becomes_subscriptions() {
        let mut lea = child(1);
        let type_week = type_week(&[("cantine", &[Weekday::Mon])]);
        lea.canteen = Some(CanteenChoice { rhythm: Rhythm::Regular, type_week: type_week.clone() });
        lea.bus = Some(BusChoice {
            rhythm: Rhythm::Occasional,
            // Ticked before «De temps en temps» was chosen.
            type_week: type_week.clone(),
            package: Some(BusPackage::TwoRoundTrips),
        });
        lea.taps = vec![slug("tap-echecs"), slug("tap-judo")];
        let nothing = child(2);
        let term = TermId(Uuid::from_u128(9));
        let held = confirm(&[lea.clone(), nothing], &[], &activities(), term).unwrap();
        let choices: Vec<_> = held.iter().map(|held| &held.choice).collect();
        assert_eq!(
            choices,
            [
                &Choice::Canteen { rhythm: Rhythm::Regular, type_week },
                &Choice::Bus {
                    rhythm: Rhythm::Occasional,
                    type_week: TypeWeek::default(),
                    package: BusPackage::TwoRoundTrips,
                },
                &Choice::Tap { activities: lea.taps },
            ]
        );
        assert!(held.iter().all(|held| held.child == lea.child && held.term == term));
    }

    #[test]
    fn every_fault_is_found_with_its_place() {
        let mut lea = child(1);
        lea.canteen =
            Some(CanteenChoice { rhythm: Rhythm::Regular, type_week: TypeWeek::default() });
        lea.bus = Some(BusChoice {
            rhythm: Rhythm::Regular,
            type_week: type_week(&[
                ("bus-1130", &[Weekday::Mon, Weekday::Wed]),
                ("cantine", &[Weekday::Mon]),
            ]),
            package: None,
        });
        let mut tom = child(1);
        tom.taps = vec![
            slug("tap-echecs"),
            slug("tap-theatre"),
            slug("tap-echecs"),
            slug("bus-0830"),
            slug("tap-judo"),
            slug("tap-jardin"),
        ];
        let of = |name| Field::TypeWeekOf(ServiceKind::Bus, slug(name));
        assert_eq!(
            found(&[lea, tom]),
            [
                (0, Field::TypeWeek(ServiceKind::Canteen), Mistake::NoWeekday),
                (0, Field::Package, Mistake::NoPackage),
                (0, of("bus-1130"), Mistake::NotOn(Weekday::Wed)),
                (0, of("cantine"), Mistake::UnknownActivity),
                (1, Field::Child, Mistake::ChildTwice),
                (1, Field::Tap(1), Mistake::TapSameDay),
                (1, Field::Tap(2), Mistake::TapTwice),
                (1, Field::Tap(3), Mistake::UnknownActivity),
                (1, Field::Tap(5), Mistake::ThirdTap),
            ]
        );
    }

    #[test]
    fn what_a_child_has_is_the_guichets_to_change() {
        let term = TermId(Uuid::nil());
        let mut lea = child(1);
        lea.taps = vec![slug("tap-echecs")];
        let held = lea.draft(term);
        lea.canteen =
            Some(CanteenChoice { rhythm: Rhythm::Occasional, type_week: TypeWeek::default() });
        let tom = Choices { child: child(2).child, ..lea.clone() };
        let faults = confirm(&[lea.clone(), tom], &held, &activities(), term).unwrap_err();
        let place = Place { at: 0, child: lea.child, field: Field::Service(ServiceKind::Tap) };
        assert_eq!(faults, [Fault { place, mistake: Mistake::AlreadySubscribed }]);
        lea.taps.clear();
        assert_eq!(confirm(&[lea], &held, &activities(), term).unwrap().len(), 1);
    }

    #[test]
    fn a_draft_is_priced_before_it_is_complete() {
        let mut lea = child(1);
        lea.bus = Some(BusChoice {
            rhythm: Rhythm::Regular,
            type_week: TypeWeek::default(),
            package: Some(BusPackage::OneRoundTrip),
        });
        assert_eq!(found(std::slice::from_ref(&lea)).len(), 1);
        assert_eq!(lea.draft(TermId(Uuid::nil())).len(), 1);
        lea.bus.as_mut().unwrap().package = None;
        assert!(lea.draft(TermId(Uuid::nil())).is_empty());
    }

    #[test]
    fn trips_beyond_the_package_are_told_and_no_fault() {
        let days = [Weekday::Mon, Weekday::Thu];
        let mut bus = BusChoice {
            rhythm: Rhythm::Regular,
            type_week: type_week(&[
                ("bus-0830", &days),
                ("bus-1130", &[Weekday::Thu]),
                ("bus-fin-ecole", &days),
            ]),
            package: Some(BusPackage::OneRoundTrip),
        };
        let thursday = over_package(&bus);
        let package = BusPackage::OneRoundTrip;
        assert_eq!(thursday, [OverPackage { weekday: Weekday::Thu, trips: 3, package }]);
        assert_eq!(
            thursday[0].advice(Language::French),
            "Le jeudi, 3 trajets sont cochés, et le forfait 1AR en paie 2. Retirez-en, ou prenez \
             le forfait 2AR."
        );
        bus.package = Some(BusPackage::TwoRoundTrips);
        assert!(over_package(&bus).is_empty());
        bus.package = None;
        assert!(over_package(&bus).is_empty());
    }

    #[test]
    fn a_mistake_says_what_to_do_in_both_languages() {
        for mistake in [
            Mistake::ChildTwice,
            Mistake::NoWeekday,
            Mistake::NoPackage,
            Mistake::UnknownActivity,
            Mistake::NotOn(Weekday::Wed),
            Mistake::TapTwice,
            Mistake::TapSameDay,
            Mistake::ThirdTap,
            Mistake::AlreadySubscribed,
        ] {
            let [french, english] =
                [Language::French, Language::English].map(|language| mistake.advice(language));
            assert!(french != english && french.ends_with('.') && english.ends_with('.'));
        }
    }
}

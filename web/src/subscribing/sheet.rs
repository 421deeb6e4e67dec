//! One child's part of the form: what is chosen, and what was put aside.

use chrono::Weekday;
use domain::activity::{Activity, ActivitySlug, ServiceKind, Weekdays};
use domain::bus::BusPackage;
use domain::ids::ChildId;
use domain::subscribing::{BusChoice, CanteenChoice, Choices};
use domain::subscription::{Choice, Rhythm, Subscription};
use domain::type_week::TypeWeek;
use domain::wire::OfferedActivity;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) choices: Choices,
    /// What was chosen before «Pas de cantine» or «Pas de bus», lest a slip cost every tick.
    aside: (Option<CanteenChoice>, Option<BusChoice>),
}

impl Sheet {
    pub(super) fn new(choices: Choices) -> Self {
        Self { choices, aside: (None, None) }
    }

    pub(super) fn empty(child: ChildId) -> Self {
        Self::new(Choices { child, canteen: None, bus: None, taps: Vec::new() })
    }

    /// Meals, or none.
    pub(super) fn set_canteen(&mut self, rhythm: Option<Rhythm>) {
        let known = self.choices.canteen.take().or(self.aside.0.take());
        match rhythm {
            None => self.aside.0 = known,
            Some(rhythm) => {
                let type_week = known.map(|known| known.type_week).unwrap_or_default();
                self.choices.canteen = Some(CanteenChoice { rhythm, type_week });
            }
        }
    }

    /// A package, or no bus.
    pub(super) fn set_package(&mut self, package: Option<BusPackage>) {
        let known = self.choices.bus.take().or(self.aside.1.take());
        if package.is_none() {
            self.aside.1 = known;
            return;
        }
        let known = known.unwrap_or(BusChoice {
            rhythm: Rhythm::Regular,
            type_week: TypeWeek::default(),
            package: None,
        });
        self.choices.bus = Some(BusChoice { package, ..known });
    }

    pub(super) fn set_bus_rhythm(&mut self, rhythm: Rhythm) {
        if let Some(bus) = &mut self.choices.bus {
            bus.rhythm = rhythm;
        }
    }

    pub(super) fn type_week(&self, service: ServiceKind) -> Option<&TypeWeek> {
        match service {
            ServiceKind::Canteen => self.choices.canteen.as_ref().map(|canteen| &canteen.type_week),
            ServiceKind::Bus => self.choices.bus.as_ref().map(|bus| &bus.type_week),
            ServiceKind::Tap => None,
        }
    }

    /// Ticks or unticks a day of a type week.
    pub(super) fn tick(
        &mut self,
        service: ServiceKind,
        activity: &ActivitySlug,
        day: Weekday,
        on: bool,
    ) {
        let week = match service {
            ServiceKind::Canteen => self.choices.canteen.as_mut().map(|of| &mut of.type_week),
            ServiceKind::Bus => self.choices.bus.as_mut().map(|of| &mut of.type_week),
            ServiceKind::Tap => None,
        };
        if let Some(week) = week {
            let day = Weekdays::of(&[day]).bits();
            let days = week.days(activity).bits();
            let days = if on { days | day } else { days & !day };
            week.set(activity.clone(), Weekdays::from_bits(days));
        }
    }

    /// Takes a TAP activity, or gives it up.
    pub(super) fn take_tap(&mut self, activity: &ActivitySlug, take: bool) {
        self.choices.taps.retain(|taken| taken != activity);
        if take {
            self.choices.taps.push(activity.clone());
        }
    }
}

/// As the rules know an activity. They look at neither its length nor its seats.
pub(super) fn judged(offered: &OfferedActivity) -> Activity {
    Activity {
        slug: offered.slug.clone(),
        service: offered.service,
        name: offered.name.clone(),
        hint: offered.hint.clone(),
        weekdays: offered.weekdays,
        starts_at: offered.starts_at,
        wednesday_starts_at: None,
        minutes: 0,
        capacity: 0,
        position: 0,
    }
}

/// What of choices can still be chosen: no service that the child has by now, no activity that is
/// gone, no day on which it does not run any more.
pub(super) fn still_possible(
    choices: Choices,
    held: &[Subscription],
    activities: &[Activity],
) -> Choices {
    let child = choices.child;
    let has =
        |service| held.iter().any(|held| held.child == child && held.choice.service() == service);
    let week = |service, week: &TypeWeek| -> TypeWeek {
        let own = activities.iter().filter(|activity| activity.service == service);
        own.map(|activity| {
            let days = week.days(&activity.slug).bits() & activity.weekdays.bits();
            (activity.slug.clone(), Weekdays::from_bits(days))
        })
        .collect()
    };
    let is_tap = |slug: &ActivitySlug| {
        activities.iter().any(|one| one.service == ServiceKind::Tap && one.slug == *slug)
    };
    let canteen = choices.canteen.filter(|_| !has(ServiceKind::Canteen)).map(|canteen| {
        let type_week = week(ServiceKind::Canteen, &canteen.type_week);
        CanteenChoice { type_week, ..canteen }
    });
    let bus = choices.bus.filter(|_| !has(ServiceKind::Bus)).map(|bus| {
        let type_week = week(ServiceKind::Bus, &bus.type_week);
        BusChoice { type_week, ..bus }
    });
    let mut taps = choices.taps;
    taps.retain(|slug| !has(ServiceKind::Tap) && is_tap(slug));
    Choices { child, canteen, bus, taps }
}

/// A child's choices of another term.
pub(super) fn as_before(child: ChildId, before: &[Subscription]) -> Choices {
    let mut choices = Sheet::empty(child).choices;
    for held in before.iter().filter(|held| held.child == child) {
        match &held.choice {
            Choice::Canteen { rhythm, type_week } => {
                let (rhythm, type_week) = (*rhythm, type_week.clone());
                choices.canteen = Some(CanteenChoice { rhythm, type_week });
            }
            Choice::Bus { rhythm, type_week, package } => {
                let (rhythm, type_week) = (*rhythm, type_week.clone());
                choices.bus = Some(BusChoice { rhythm, type_week, package: Some(*package) });
            }
            Choice::Tap { activities } => choices.taps.clone_from(activities),
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscribing::testing::{activities, child, slug, term};

    fn days(sheet: &Sheet, service: ServiceKind, activity: &str) -> Vec<Weekday> {
        let week = sheet.type_week(service).cloned().unwrap_or_default();
        week.days(&slug(activity)).iter().collect()
    }

    #[test]
    fn a_slip_costs_no_tick() {
        let mut sheet = Sheet::empty(child(1));
        sheet.set_canteen(Some(Rhythm::Regular));
        sheet.tick(ServiceKind::Canteen, &slug("cantine"), Weekday::Mon, true);
        sheet.tick(ServiceKind::Canteen, &slug("cantine"), Weekday::Tue, true);
        sheet.tick(ServiceKind::Canteen, &slug("cantine"), Weekday::Mon, false);
        sheet.set_canteen(None);
        assert_eq!(sheet.choices.canteen, None);
        sheet.set_canteen(Some(Rhythm::Occasional));
        sheet.set_canteen(Some(Rhythm::Regular));
        assert_eq!(days(&sheet, ServiceKind::Canteen, "cantine"), [Weekday::Tue]);

        sheet.set_package(Some(BusPackage::OneRoundTrip));
        sheet.tick(ServiceKind::Bus, &slug("bus-0830"), Weekday::Fri, true);
        sheet.set_bus_rhythm(Rhythm::Occasional);
        sheet.set_package(None);
        assert_eq!(sheet.choices.bus, None);
        sheet.set_package(Some(BusPackage::TwoRoundTrips));
        let bus = sheet.choices.bus.clone().unwrap();
        assert_eq!(bus.rhythm, Rhythm::Occasional);
        assert_eq!(bus.package, Some(BusPackage::TwoRoundTrips));
        assert_eq!(days(&sheet, ServiceKind::Bus, "bus-0830"), [Weekday::Fri]);
    }

    #[test]
    fn tap_activities_come_in_the_order_of_the_choice() {
        let mut sheet = Sheet::empty(child(1));
        sheet.take_tap(&slug("tap-judo"), true);
        sheet.take_tap(&slug("tap-echecs"), true);
        sheet.take_tap(&slug("tap-judo"), true);
        assert_eq!(sheet.choices.taps, [slug("tap-echecs"), slug("tap-judo")]);
        sheet.take_tap(&slug("tap-echecs"), false);
        assert_eq!(sheet.choices.taps, [slug("tap-judo")]);
    }

    #[test]
    fn the_term_before_is_taken_over_as_far_as_it_can_be() {
        let week: TypeWeek = [
            (slug("bus-0830"), Weekdays::of(&[Weekday::Mon])),
            (slug("bus-1130"), Weekdays::of(&[Weekday::Mon, Weekday::Wed])),
            (slug("bus-gone"), Weekdays::of(&[Weekday::Mon])),
        ]
        .into_iter()
        .collect();
        let (rhythm, package) = (Rhythm::Regular, BusPackage::OneRoundTrip);
        let of = |number, choice| Subscription::new(child(number), term(), choice);
        let taps = vec![slug("tap-echecs"), slug("tap-gone")];
        let before = [
            of(1, Choice::Bus { rhythm, type_week: week, package }),
            of(1, Choice::Tap { activities: taps }),
            of(1, Choice::Canteen { rhythm, type_week: TypeWeek::default() }),
            of(2, Choice::Canteen { rhythm, type_week: TypeWeek::default() }),
        ];
        let held = [of(1, Choice::Canteen { rhythm, type_week: TypeWeek::default() })];
        let choices = still_possible(as_before(child(1), &before), &held, &activities());
        assert_eq!(choices.canteen, None, "the child has it");
        assert_eq!(choices.taps, [slug("tap-echecs")]);
        let bus = choices.bus.unwrap();
        let days = |name| bus.type_week.days(&slug(name)).iter().collect::<Vec<_>>();
        assert_eq!(days("bus-0830"), [Weekday::Mon]);
        assert_eq!(days("bus-1130"), [Weekday::Mon], "not on Wednesdays");
        assert_eq!(bus.type_week.iter().count(), 2);
    }
}

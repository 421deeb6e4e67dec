//! What a commune has set: services, activities, calendar.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::activity::{Activity, ActivitySlug, Service, ServiceKind};
use crate::calendar::Calendar;
use crate::deadline::DeadlineRule;
use crate::ids::ChildId;
use crate::inscription::Day;
use crate::subscription::Subscription;

/// The settings by which a day is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub commune: String,
    pub services: Vec<Service>,
    /// In the order of the screen.
    pub activities: Vec<Activity>,
    pub calendar: Calendar,
}

impl Settings {
    /// An activity by its name.
    #[must_use]
    pub fn activity(&self, slug: &ActivitySlug) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.slug == *slug)
    }

    /// The settings of a service.
    #[must_use]
    pub fn service(&self, kind: ServiceKind) -> Option<&Service> {
        self.services.iter().find(|service| service.kind == kind)
    }

    /// Whether an activity takes place on a day: its weekday, in a term, no closed day.
    #[must_use]
    pub fn runs_on(&self, activity: &Activity, date: NaiveDate) -> bool {
        activity.weekdays.contains(date.weekday()) && self.calendar.is_school_day(date)
    }

    /// Whether one of these subscriptions opens an activity to a child on a day.
    #[must_use]
    pub fn is_subscribed(
        &self,
        subscriptions: &[Subscription],
        child: ChildId,
        activity: &Activity,
        date: NaiveDate,
    ) -> bool {
        self.calendar.term_of(date).is_some_and(|term| {
            subscriptions.iter().any(|subscription| {
                subscription.child == child
                    && subscription.term == term.id
                    && subscription.choice.covers(activity)
                    && subscription.holds_on(date)
            })
        })
    }

    /// One activity on one day, as far as the settings know it.
    #[must_use]
    pub fn day<'a>(&'a self, activity: &'a Activity, date: NaiveDate, subscribed: bool) -> Day<'a> {
        let deadlines = self.service(activity.service).and_then(|service| service.deadlines);
        let instant = |rule: DeadlineRule| rule.closes_at(date, activity.starts_at(date));
        Day {
            runs: activity.weekdays.contains(date.weekday()),
            in_term: self.calendar.term_of(date).is_some(),
            closed: self.calendar.closed_on(date),
            subscribed,
            add_until: deadlines.map(|rules| instant(rules.add)),
            remove_until: deadlines.map(|rules| instant(rules.remove)),
        }
    }

    /// Whether a seat that comes free at that instant goes to the first in line.
    #[must_use]
    pub fn serves_waiting(&self, slug: &ActivitySlug, date: NaiveDate, now: DateTime<Utc>) -> bool {
        self.activity(slug)
            .is_some_and(|activity| self.day(activity, date, true).serves_waiting(now))
    }

    /// The instants at which something of these activities and days closes to parents, in no order.
    pub fn deadlines<'a>(
        &'a self,
        activities: impl IntoIterator<Item = &'a Activity>,
        dates: impl IntoIterator<Item = NaiveDate>,
    ) -> impl Iterator<Item = DateTime<Utc>> {
        let dates: Vec<_> =
            dates.into_iter().filter(|date| self.calendar.is_school_day(*date)).collect();
        activities.into_iter().flat_map(move |activity| {
            let runs = dates.iter().filter(|date| self.runs_on(activity, **date));
            let days: Vec<_> = runs.map(|date| self.day(activity, *date, true)).collect();
            days.into_iter().flat_map(|day| [day.add_until, day.remove_until]).flatten()
        })
    }

    /// The last instant at which something of these activities and days can still be changed by
    /// parents, if anything ever can.
    #[must_use]
    pub fn open_until<'a>(
        &'a self,
        activities: impl IntoIterator<Item = &'a Activity>,
        dates: impl IntoIterator<Item = NaiveDate>,
    ) -> Option<DateTime<Utc>> {
        self.deadlines(activities, dates).max()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::deadline::Deadlines;
    use crate::testing::{bus_0830, date, neuvecelle};
    use crate::week::Week;

    #[test]
    fn a_week_is_open_as_long_as_what_is_shown_of_it() {
        let mut settings = neuvecelle();
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let late = DeadlineRule::WorkingDaysBefore { days: 2, at: noon };
        settings.services[0].deadlines = Some(Deadlines { add: late, remove: late });
        let week = Week::starting(date("2017-09-18")).unwrap();
        let until = |slugs: &[&str]| {
            let shown = settings.activities.iter().filter(|a| slugs.contains(&a.slug.as_str()));
            settings.open_until(shown, week.school_days()).map(|until| until.to_string())
        };
        assert_eq!(until(&["bus-0830"]).as_deref(), Some("2017-09-12 10:00:00 UTC"));
        // Friday's canteen, on Wednesday.
        let both = until(&["bus-0830", "cantine"]);
        assert_eq!(both.as_deref(), Some("2017-09-20 10:00:00 UTC"));
        assert_eq!(until(&["tap-echecs"]), None);
        assert_eq!(settings.open_until([&bus_0830()], []), None);
    }
}

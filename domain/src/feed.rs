//! The calendar feed: a guardian's inscriptions as a phone's calendar shows them.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::activity::ActivitySlug;
use crate::calendar::utc_to_paris;
use crate::ids::ChildId;
use crate::settings::Settings;

/// Days before today that a feed still shows.
pub const DAYS_BACK: u64 = 30;

/// An inscription, as far as a feed needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub child: ChildId,
    pub first_name: String,
    pub activity: ActivitySlug,
    pub date: NaiveDate,
    /// When the child was inscribed.
    pub since: DateTime<Utc>,
}

/// One event of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `<child>-<activity>-<date>@preau`: the same at every reading, and no other event's.
    pub uid: String,
    /// `Léa · Cantine`.
    pub summary: String,
    /// Its last change.
    pub stamp: DateTime<Utc>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

/// The first day that a feed shows at that instant; it ends with the last known term.
#[must_use]
pub fn first_day(now: DateTime<Utc>) -> NaiveDate {
    utc_to_paris(now).date() - Days::new(DAYS_BACK)
}

/// The calendar's name: `Préau · Neuvecelle`.
#[must_use]
pub fn name(settings: &Settings) -> String {
    format!("Préau · {}", settings.commune)
}

/// The event of an inscription; none where nothing takes place: a day closed since, as in the
/// planning.
#[must_use]
pub fn event(settings: &Settings, entry: &Entry) -> Option<Event> {
    let activity = settings
        .activity(&entry.activity)
        .filter(|activity| settings.runs_on(activity, entry.date))?;
    let (start, end) = activity.session(entry.date);
    Some(Event {
        uid: format!("{}-{}-{}@preau", entry.child, activity.slug, entry.date),
        summary: format!("{} · {}", entry.first_name, activity.name),
        stamp: entry.since,
        start,
        end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{date, neuvecelle};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn canteen(day: &str) -> Entry {
        Entry {
            child: ChildId(uuid::Uuid::from_u128(7)),
            first_name: "Léa".into(),
            activity: ActivitySlug::parse("cantine").unwrap(),
            date: date(day),
            since: utc("2017-09-01T10:00:00Z"),
        }
    }

    #[test]
    fn an_inscription_is_an_event() {
        let event = event(&neuvecelle(), &canteen("2017-09-18")).unwrap();
        assert_eq!(event.uid, "00000000-0000-0000-0000-000000000007-cantine-2017-09-18@preau");
        assert_eq!(event.summary, "Léa · cantine");
        assert_eq!(event.stamp, utc("2017-09-01T10:00:00Z"));
        assert_eq!(event.start, utc("2017-09-18T06:30:00Z"));
        assert_eq!(event.end, utc("2017-09-18T07:00:00Z"));
    }

    #[test]
    fn what_does_not_take_place_is_no_event() {
        let settings = neuvecelle();
        // A Wednesday, the autumn holidays, after the last term.
        for day in ["2017-09-20", "2017-10-23", "2018-07-09"] {
            assert_eq!(event(&settings, &canteen(day)), None, "{day}");
        }
        let mut unknown = canteen("2017-09-18");
        unknown.activity = ActivitySlug::parse("piscine").unwrap();
        assert_eq!(event(&settings, &unknown), None);
    }

    #[test]
    fn a_feed_starts_thirty_days_before_today_in_paris() {
        assert_eq!(first_day(utc("2017-10-18T21:59:59Z")), date("2017-09-18"));
        assert_eq!(first_day(utc("2017-10-18T22:00:00Z")), date("2017-09-19"));
    }
}

//! Services and activities: what is subscribed to, and what is ticked.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::paris_to_utc;
use crate::deadline::Deadlines;

/// What is subscribed to and billed (manual, 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// *Cantine*.
    Canteen,
    /// *Bus*: the four trips.
    Bus,
    /// *Temps d'activités périscolaires*: fixed for the term.
    Tap,
}

impl ServiceKind {
    /// All services, in the order of the screens.
    pub const ALL: [Self; 3] = [Self::Canteen, Self::Bus, Self::Tap];

    /// The name in JSON and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canteen => "canteen",
            Self::Bus => "bus",
            Self::Tap => "tap",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A service with the settings that hold for all its activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub kind: ServiceKind,
    /// `None` when parents never change it: TAP holds for the term (manual, 3.2).
    pub deadlines: Option<Deadlines>,
}

/// The short stable name of an activity in addresses: `cantine`, `bus-0830`, `tap-echecs`.
///
/// 1 to 40 of a-z, 0-9 and hyphen; never changes once children are inscribed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "bus-0830"))]
#[serde(try_from = "String", into = "String")]
pub struct ActivitySlug(String);

/// The text is no activity's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an activity's name has 1 to 40 characters of a-z, 0-9 and hyphen")]
pub struct InvalidSlug;

impl ActivitySlug {
    /// Reads a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidSlug> {
        let valid = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidSlug) }
    }

    /// Stands for an activity that is counted but not named.
    #[must_use]
    pub fn unnamed(number: usize) -> Self {
        Self(format!("unnamed-{number}"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ActivitySlug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ActivitySlug {
    type Error = InvalidSlug;
    fn try_from(text: String) -> Result<Self, InvalidSlug> {
        Self::parse(&text)
    }
}

impl From<ActivitySlug> for String {
    fn from(slug: ActivitySlug) -> Self {
        slug.0
    }
}

/// The weekdays on which something runs; in JSON `["Mon", "Thu"]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, example = json!(["Mon", "Thu"])))]
#[serde(from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Weekdays(u8);

impl From<Vec<Weekday>> for Weekdays {
    fn from(days: Vec<Weekday>) -> Self {
        Self::of(&days)
    }
}

impl From<Weekdays> for Vec<Weekday> {
    fn from(days: Weekdays) -> Self {
        days.iter().collect()
    }
}

impl Weekdays {
    /// Monday to Friday.
    pub const SCHOOL_WEEK: [Weekday; 5] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

    /// The set of these days.
    #[must_use]
    pub fn of(days: &[Weekday]) -> Self {
        Self(days.iter().fold(0, |bits, day| bits | 1 << day.num_days_from_monday()))
    }

    /// Bit 0 is Monday, bit 6 Sunday; other bits are dropped.
    #[must_use]
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & 0x7f)
    }

    /// The inverse of [`Self::from_bits`].
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Its days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        let week = [Weekday::Sat, Weekday::Sun];
        Self::SCHOOL_WEEK.into_iter().chain(week).filter(move |day| self.contains(*day))
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the day is in the set.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << day.num_days_from_monday() != 0
    }
}

/// What is ticked: Cantine, one of the four bus trips, one TAP activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub slug: ActivitySlug,
    pub service: ServiceKind,
    /// As on the screen: `Bus fin école`.
    pub name: String,
    /// A short word below the name: `mer. 11h30`.
    pub hint: String,
    pub weekdays: Weekdays,
    /// Local start; a deadline in hours counts back from it.
    pub starts_at: NaiveTime,
    /// The start on Wednesdays, where it differs: the bus at the end of school (manual, 3.1).
    pub wednesday_starts_at: Option<NaiveTime>,
    /// How long a session lasts, in minutes; more than none.
    pub minutes: u32,
    /// Seats of a session, unless that session says otherwise.
    pub capacity: u32,
    /// Order on the screen.
    pub position: i32,
}

impl Activity {
    /// Its local start on a day.
    #[must_use]
    pub fn starts_at(&self, date: NaiveDate) -> NaiveTime {
        match self.wednesday_starts_at {
            Some(earlier) if date.weekday() == Weekday::Wed => earlier,
            _ => self.starts_at,
        }
    }

    /// The instants at which its session of a day starts and ends. The length is real time, also
    /// where the clocks change in between.
    #[must_use]
    pub fn session(&self, date: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
        let start = paris_to_utc(date.and_time(self.starts_at(date)));
        (start, start + TimeDelta::minutes(self.minutes.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_and_plain() {
        for good in ["cantine", "bus-0830", "tap-eveil-musical", &"a".repeat(40)] {
            assert_eq!(ActivitySlug::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "Bus", "bus 0830", "école", "../x", &"a".repeat(41)] {
            assert_eq!(ActivitySlug::parse(bad), Err(InvalidSlug), "{bad:?}");
        }
    }

    #[test]
    fn weekdays_hold_what_is_put_in() {
        let days = Weekdays::of(&[Weekday::Mon, Weekday::Wed]);
        assert!(days.contains(Weekday::Mon) && days.contains(Weekday::Wed));
        assert!(!days.contains(Weekday::Tue) && !days.contains(Weekday::Sun));
        assert_eq!(Weekdays::from_bits(days.bits()), days);
        assert_eq!(days.iter().collect::<Vec<_>>(), [Weekday::Mon, Weekday::Wed]);
        assert_eq!(Weekdays::from_bits(0xff), Weekdays::from_bits(0x7f));
    }

    fn session(activity: &Activity, day: &str) -> (String, String) {
        let (start, end) = activity.session(crate::testing::date(day));
        let text = |instant: DateTime<Utc>| instant.format("%d %H:%M").to_string();
        (text(start), text(end))
    }

    fn at(day: &str, end: &str) -> (String, String) {
        (day.to_owned(), end.to_owned())
    }

    #[test]
    fn a_session_keeps_its_local_hours_across_both_clock_changes() {
        let bus = crate::testing::bus_0830();
        for (day, start, end) in [
            ("2017-10-27", "27 06:30", "27 07:00"),
            // The clocks went back on Sunday 29 October.
            ("2017-10-30", "30 07:30", "30 08:00"),
            ("2018-03-23", "23 07:30", "23 08:00"),
            // And forward on Sunday 25 March.
            ("2018-03-26", "26 06:30", "26 07:00"),
        ] {
            assert_eq!(session(&bus, day), at(start, end), "{day}");
        }
    }

    #[test]
    fn a_session_through_a_clock_change_lasts_as_long_as_any() {
        let mut night = crate::testing::bus_0830();
        night.starts_at = NaiveTime::from_hms_opt(1, 30, 0).unwrap();
        night.minutes = 120;
        // 1:30 to 2:30, the second time that it is 2:30.
        assert_eq!(session(&night, "2017-10-29"), at("28 23:30", "29 01:30"));
        // 1:30 to 4:30.
        assert_eq!(session(&night, "2018-03-25"), at("25 00:30", "25 02:30"));
        // 2:30 is skipped; 23:30 runs into the next day.
        night.starts_at = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        assert_eq!(session(&night, "2018-03-25"), at("25 01:30", "25 03:30"));
        night.starts_at = NaiveTime::from_hms_opt(23, 30, 0).unwrap();
        assert_eq!(session(&night, "2018-03-24"), at("24 22:30", "25 00:30"));
    }

    #[test]
    fn on_wednesdays_a_session_is_as_long_as_ever() {
        let mut last = crate::testing::bus_0830();
        last.starts_at = NaiveTime::from_hms_opt(16, 30, 0).unwrap();
        last.wednesday_starts_at = NaiveTime::from_hms_opt(11, 30, 0);
        assert_eq!(session(&last, "2017-09-19"), at("19 14:30", "19 15:00"));
        assert_eq!(session(&last, "2017-09-20"), at("20 09:30", "20 10:00"));
    }

    #[test]
    fn service_names_read_back() {
        for kind in ServiceKind::ALL {
            assert_eq!(ServiceKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(ServiceKind::parse("piscine"), None);
    }
}

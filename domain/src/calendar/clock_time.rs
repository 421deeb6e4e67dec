//! The commune's clock: Europe/Paris.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Paris;

/// The instant of a local time. In the hour that autumn repeats, its first passage; in the hour
/// that spring skips, as if the clocks had not been put forward yet.
#[must_use]
pub fn paris_to_utc(local: NaiveDateTime) -> DateTime<Utc> {
    match Paris.from_local_datetime(&local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => time.to_utc(),
        LocalResult::None => {
            let hour = TimeDelta::hours(1);
            paris_to_utc(local - hour) + hour
        }
    }
}

/// The local time of an instant.
#[must_use]
pub fn utc_to_paris(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&Paris).naive_local()
}

//! The server's time, counted on from its last answer: the device's own clock may be wrong.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendar::utc_to_paris;
use domain::week::Week;
use leptos::prelude::*;

use crate::browser;

#[derive(Clone, Copy)]
pub(crate) struct Clock(RwSignal<Option<Reading>>);

#[derive(Clone, Copy, PartialEq)]
struct Reading {
    said: DateTime<Utc>,
    /// On the clock of [`browser::milliseconds`].
    heard_at: f64,
}

impl Reading {
    fn after(self, milliseconds: f64) -> DateTime<Utc> {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of one session")]
        let elapsed = (milliseconds - self.heard_at) as i64;
        self.said + TimeDelta::milliseconds(elapsed)
    }
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub(crate) fn set(self, said: DateTime<Utc>) {
        self.0.set(Some(Reading { said, heard_at: browser::milliseconds() }));
    }

    /// Tracked: what the server said last, and decides by.
    pub(crate) fn said(self) -> Option<DateTime<Utc>> {
        self.0.get().map(|reading| reading.said)
    }

    /// Tracks the server's answers, not the seconds between them.
    pub(crate) fn now(self) -> Option<DateTime<Utc>> {
        self.0.get().map(|reading| reading.after(browser::milliseconds()))
    }

    /// The commune's today; before the first answer, the device's.
    pub(crate) fn today(self) -> NaiveDate {
        self.now().map_or_else(browser::device_today, |now| utc_to_paris(now).date())
    }

    pub(crate) fn this_week(self) -> Week {
        Week::of(self.today())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on_from_what_the_server_said() {
        let said: DateTime<Utc> = "2017-09-12T09:59:59.500Z".parse().unwrap();
        let reading = Reading { said, heard_at: 1_000.0 };
        assert_eq!(reading.after(1_000.0), said);
        assert_eq!(reading.after(1_500.9), said + TimeDelta::milliseconds(500));
    }
}

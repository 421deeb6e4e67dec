//! The one place that reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time; tests and the demo can set it. All instants are truncated to microseconds,
/// which is what both databases keep.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// The system's time, shifted.
    Running(TimeDelta),
    /// Stands still, in microseconds since 1970, until it is set.
    Still(Arc<AtomicI64>),
}

/// The text sets no clock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no instant: write 2017-09-12T09:59:59.999Z, with + before it for a clock that runs"
)]
pub struct InvalidClock(String);

impl Clock {
    /// The system's time.
    #[must_use]
    pub fn system() -> Self {
        Self(Kind::Running(TimeDelta::zero()))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn still(at: DateTime<Utc>) -> Self {
        Self(Kind::Still(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// A clock that runs from an instant on.
    #[must_use]
    pub fn running_from(at: DateTime<Utc>) -> Self {
        Self(Kind::Running(at - system_now()))
    }

    /// `2017-09-12T09:59:59.999Z` stands still, `+2017-09-12T09:59:50Z` runs.
    pub fn parse(text: &str) -> Result<Self, InvalidClock> {
        let (runs, instant) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let at = instant.parse().map_err(|_| InvalidClock(text.to_owned()))?;
        Ok(if runs { Self::running_from(at) } else { Self::still(at) })
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match &self.0 {
            Kind::Running(shift) => (system_now() + *shift).timestamp_micros(),
            Kind::Still(micros) => micros.load(Ordering::Relaxed),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    /// Sets a clock that stands still; a running one keeps running.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Kind::Still(micros) = &self.0 {
            micros.store(at.timestamp_micros(), Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the Clock that all others ask")]
fn system_now() -> DateTime<Utc> {
    SystemTime::now().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_clock_stands_and_can_be_set() {
        let clock = Clock::parse("2017-09-12T09:59:59.999Z").unwrap();
        let then: DateTime<Utc> = "2017-09-12T09:59:59.999Z".parse().unwrap();
        assert_eq!(clock.now(), then);
        clock.set(then + TimeDelta::milliseconds(1));
        assert_eq!(clock.now(), then + TimeDelta::milliseconds(1));
    }

    #[test]
    fn a_running_clock_runs() {
        let clock = Clock::parse("+2017-09-12T09:59:50Z").unwrap();
        let first = clock.now();
        assert!(first >= "2017-09-12T09:59:50Z".parse::<DateTime<Utc>>().unwrap());
        assert!(clock.now() >= first);
        assert!(first < "2017-09-12T10:59:50Z".parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn instants_are_truncated_to_microseconds() {
        let clock = Clock::still("2017-09-12T09:59:59.999999999Z".parse().unwrap());
        assert_eq!(clock.now().timestamp_subsec_nanos(), 999_999_000);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(Clock::parse("Tuesday noon").is_err());
        assert!(Clock::parse("").is_err());
    }
}

//! How long an e-mail is worth sending.

use chrono::{DateTime, TimeDelta, Utc};

/// Nobody expects an e-mail that is older. Most end earlier, with what they tell of.
const TRIED_FOR: TimeDelta = TimeDelta::days(30);

/// Whether an e-mail that is refused again is given up.
#[must_use]
pub fn is_given_up(written_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - written_at >= TRIED_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_tried_for_thirty_days() {
        let written: DateTime<Utc> = "2017-09-11T08:00:00Z".parse().unwrap();
        let on = |instant: &str| is_given_up(written, instant.parse().unwrap());
        assert!(!on("2017-10-11T07:59:59Z"));
        assert!(on("2017-10-11T08:00:00Z"));
    }
}

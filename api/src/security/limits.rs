//! How often one may try: by address and by account.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Tries at signing in, links to choose a password, and readings of feeds.
pub struct Limits {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
    by_both: DefaultKeyedRateLimiter<(IpAddr, String)>,
    links: DefaultKeyedRateLimiter<String>,
    feeds: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

/// Wait so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    pub wait: Duration,
}

/// No e-mail address is longer (RFC 5321); what is counts as one, so that a key stays short.
pub const LONGEST_ADDRESS: usize = 254;

const fn per_minute(tries: u32) -> Quota {
    match NonZeroU32::new(tries) {
        Some(tries) => Quota::per_minute(tries),
        None => Quota::per_minute(NonZeroU32::MIN),
    }
}

/// As many at once, then one in so long.
fn now_and_then(at_once: u32, pause: Duration) -> Quota {
    match (NonZeroU32::new(at_once), Quota::with_period(pause)) {
        (Some(at_once), Some(quota)) => quota.allow_burst(at_once),
        _ => per_minute(1),
    }
}

impl Limits {
    /// 10 tries a minute at one account from one address, 100 at one account from anywhere (so
    /// that a stranger does not easily keep a parent out), 30 from one address (a household, an
    /// office). The demo lets 1,000 a minute through from one address, so that load can be tried
    /// from one machine.
    ///
    /// 3 links to one e-mail address, then one every twenty minutes: nobody's letter box is filled.
    ///
    /// 600 readings of feeds a minute from one address: a calendar service reads those of many
    /// parents from few addresses, and nobody guesses 256 bits at that pace.
    #[must_use]
    pub fn new(demo: bool) -> Self {
        Self {
            by_address: RateLimiter::keyed(per_minute(if demo { 1_000 } else { 30 })),
            by_account: RateLimiter::keyed(per_minute(100)),
            by_both: RateLimiter::keyed(per_minute(10)),
            links: RateLimiter::keyed(now_and_then(3, Duration::from_mins(20))),
            feeds: RateLimiter::keyed(per_minute(600)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a try at an account, named by its canonical e-mail address whether it exists or not.
    pub fn sign_in(&self, address: IpAddr, email: &str) -> Result<(), TooMany> {
        let address = network(address);
        let account = if email.len() > LONGEST_ADDRESS { "" } else { email }.to_owned();
        let now = self.clock.now();
        self.by_address
            .check_key(&address)
            // First: what is refused here must not use up what others may try at the account.
            .and_then(|()| self.by_both.check_key(&(address, account.clone())))
            .and_then(|()| self.by_account.check_key(&account))
            .map_err(|until| TooMany { wait: until.wait_time_from(now) })
    }

    /// Counts a link to an e-mail address, whether there is an account of it or not.
    pub fn link(&self, address: IpAddr, email: &str) -> Result<(), TooMany> {
        let now = self.clock.now();
        self.by_address
            .check_key(&network(address))
            .and_then(|()| self.links.check_key(&email.to_owned()))
            .map_err(|until| TooMany { wait: until.wait_time_from(now) })
    }

    /// Counts a reading of a feed, whether there is one or not.
    pub fn feed(&self, address: IpAddr) -> Result<(), TooMany> {
        let now = self.clock.now();
        self.feeds
            .check_key(&network(address))
            .map_err(|until| TooMany { wait: until.wait_time_from(now) })
    }

    /// Forgets those who have not tried for a while.
    pub fn forget_idle(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        self.by_both.retain_recent();
        self.links.retain_recent();
        self.feeds.retain_recent();
    }
}

/// An IPv6 customer has a whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn the_eleventh_try_at_an_account_waits() {
        let limits = Limits::new(false);
        for _ in 0..10 {
            assert_eq!(limits.sign_in(HERE, "a@example.org"), Ok(()));
        }
        let refused = limits.sign_in(HERE, "a@example.org").unwrap_err();
        assert!(refused.wait > Duration::ZERO && refused.wait <= Duration::from_mins(1));
        assert_eq!(limits.sign_in(HERE, "b@example.org"), Ok(()));
        let elsewhere = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(limits.sign_in(elsewhere, "a@example.org"), Ok(()), "not kept out by others");
    }

    #[test]
    fn one_address_uses_up_no_more_than_its_part_of_an_account() {
        let limits = Limits::new(false);
        for address in 1..=9 {
            let stranger = IpAddr::from([192, 0, 2, address]);
            for _ in 0..30 {
                let _ = limits.sign_in(stranger, "a@example.org");
            }
        }
        assert_eq!(limits.sign_in(HERE, "a@example.org"), Ok(()));
    }

    #[test]
    fn the_demo_lets_a_thousand_in_from_one_address() {
        let (demo, real) = (Limits::new(true), Limits::new(false));
        assert!((0..1_000).all(|n| demo.sign_in(HERE, &format!("{n}@example.org")).is_ok()));
        assert!((0..30).all(|n| real.sign_in(HERE, &format!("{n}@example.org")).is_ok()));
        assert!(real.sign_in(HERE, "another@example.org").is_err());
    }

    #[test]
    fn a_letter_box_gets_three_links_at_once() {
        let limits = Limits::new(false);
        assert!((0..3).all(|_| limits.link(HERE, "a@example.org").is_ok()));
        let refused = limits.link(IpAddr::from([192, 0, 2, 1]), "a@example.org").unwrap_err();
        let minutes = Duration::from_mins(19)..=Duration::from_mins(20);
        assert!(minutes.contains(&refused.wait), "{refused:?}");
        assert_eq!(limits.link(HERE, "b@example.org"), Ok(()));
        assert_eq!(limits.sign_in(HERE, "a@example.org"), Ok(()), "may still sign in");
    }

    #[test]
    fn feeds_are_read_often_but_not_without_end() {
        let limits = Limits::new(false);
        assert!((0..600).all(|_| limits.feed(HERE).is_ok()));
        // One more comes free every tenth of a second.
        assert!((0..600).any(|_| limits.feed(HERE).is_err()));
        assert_eq!(limits.feed(IpAddr::from([192, 0, 2, 1])), Ok(()));
        assert_eq!(limits.sign_in(HERE, "a@example.org"), Ok(()), "signing in is another matter");
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let limits = Limits::new(false);
        let near = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]);
        assert!((0..30).all(|n| limits.sign_in(near(n), &format!("{n}@example.org")).is_ok()));
        assert!(limits.sign_in(near(99), "another@example.org").is_err());
        let other = IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1]);
        assert!(limits.sign_in(other, "another@example.org").is_ok());
    }
}

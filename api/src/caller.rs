//! Who is calling: the one extractor, and what it demands.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, Utc};
use domain::guichet::Reason;
use domain::ids::{AccountId, GuardianId};
use domain::problem::ProblemCode;
use domain::wire::{Client, Role};

use crate::failure::Failure;
use crate::security::tokens::{Claims, Refused};
use crate::state::App;
use crate::store::audit::{Actor, Origin};

/// Anyone signed in.
pub struct Caller(pub Claims);

/// A guardian.
pub struct Parent {
    pub account: AccountId,
    pub guardian: GuardianId,
    client: Client,
}

impl Parent {
    /// As the one who makes a change.
    #[must_use]
    pub fn actor(&self, now: DateTime<Utc>) -> Actor {
        Actor::account(self.account, origin(self.client), now)
    }
}

/// The guichet's coordinator.
pub struct Coordinator {
    pub account: AccountId,
}

impl Coordinator {
    /// As the one who makes a change, and why.
    #[must_use]
    pub fn actor(&self, now: DateTime<Utc>, reason: &Reason) -> Actor {
        let reason = Some(reason.as_str().into());
        Actor { reason, ..Actor::account(self.account, Origin::Guichet, now) }
    }

    /// As the one who makes a change that says by itself why.
    #[must_use]
    pub fn plain_actor(&self, now: DateTime<Utc>) -> Actor {
        Actor::account(self.account, Origin::Guichet, now)
    }
}

/// From where a client's changes come.
#[must_use]
pub fn origin(client: Client) -> Origin {
    match client {
        Client::Browser => Origin::Web,
        Client::App => Origin::App,
    }
}

fn claims(req: &HttpRequest) -> Result<Claims, Failure> {
    let app = req.app_data::<web::Data<App>>().ok_or(ProblemCode::Unavailable)?;
    let header = req.headers().get(header::AUTHORIZATION).ok_or(ProblemCode::TokenMissing)?;
    let token = header
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .ok_or(ProblemCode::TokenInvalid)?
        .1
        .trim();
    app.tokens.read(token, app.clock.now()).map_err(|refused| {
        Failure::from(match refused {
            Refused::Invalid => ProblemCode::TokenInvalid,
            Refused::Expired => ProblemCode::TokenExpired,
        })
    })
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claims(req).map(Self))
    }
}

impl FromRequest for Parent {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claims(req).and_then(|claims| match (claims.role, claims.guardian) {
            (Role::Parent, Some(guardian)) => {
                Ok(Self { account: claims.sub, guardian, client: claims.client })
            }
            _ => Err(ProblemCode::Forbidden.into()),
        }))
    }
}

impl FromRequest for Coordinator {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claims(req).and_then(|claims| match claims.role {
            Role::Coordinator => Ok(Self { account: claims.sub }),
            Role::Parent | Role::Attendant => Err(ProblemCode::Forbidden.into()),
        }))
    }
}

/// The address a request comes from: the peer's, or what a trusted proxy says of it.
#[must_use]
pub fn address(req: &HttpRequest, app: &App) -> IpAddr {
    let peer = req.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let lines = req.headers().get_all("x-forwarded-for").filter_map(|line| line.to_str().ok());
    forwarded(peer, lines, &app.trusted_proxies)
}

/// The rightmost address that is not a trusted proxy's: all to its left can be forged. An entry
/// that is no address ends the search, as nothing to its left can be trusted either.
fn forwarded<'a>(peer: IpAddr, lines: impl Iterator<Item = &'a str>, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    let trusts = |address: IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == address);
    let entries: Vec<_> = lines.flat_map(|line| line.split(',')).collect();
    let mut client = peer;
    for entry in entries.into_iter().rev() {
        if !trusts(client) {
            break;
        }
        match entry.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => return peer,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        for (peer, lines, client) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            // The client's own line comes first, the proxies add theirs.
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1:5678"], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.66, nonsense, 10.0.0.2"], "10.0.0.1"),
        ] {
            let found = forwarded(ip(peer), lines.iter().copied(), &trusted);
            assert_eq!(found, ip(client), "{peer} {lines:?}");
        }
    }
}

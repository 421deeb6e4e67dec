//! Access tokens (JWT, ten minutes) and refresh tokens (opaque).

use std::fmt::Write;

use aws_lc_rs::{digest, rand};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{AccountId, GuardianId};
use domain::wire::{Client, Role};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::sign_ins::{SignedIn, TokenHash};

/// An access token's life.
pub const ACCESS_SECONDS: u32 = 600;

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The account.
    pub sub: AccountId,
    /// A parent's guardian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<GuardianId>,
    pub role: Role,
    pub client: Client,
    /// The line of refresh tokens, which a password change keeps.
    pub sid: Uuid,
    /// Seconds since 1970.
    pub iat: i64,
    pub exp: i64,
}

impl Claims {
    /// From then on the token is not taken.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.exp, 0).unwrap_or_default()
    }
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not signed by this server, or not a token at all.
    Invalid,
    Expired,
}

/// The system gave no random bytes, or a token could not be signed.
#[derive(Debug, thiserror::Error)]
#[error("a token could not be made")]
pub struct TokenError;

/// Signs and reads access tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl Tokens {
    /// With a key that all replicas share.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // The library asks the system's clock; `read` asks ours.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "sub"]);
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
        }
    }

    /// An access token for who has signed in.
    pub fn access(&self, who: &SignedIn, now: DateTime<Utc>) -> Result<String, TokenError> {
        let claims = Claims {
            sub: who.account,
            guardian: who.guardian,
            role: who.role,
            client: who.client,
            sid: who.sign_in,
            iat: now.timestamp(),
            exp: (now + TimeDelta::seconds(ACCESS_SECONDS.into())).timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|_| TokenError)
    }

    /// What a token says, if it is ours and has not ended.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, Refused> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|_| Refused::Invalid)?
            .claims;
        if claims.exp <= now.timestamp() { Err(Refused::Expired) } else { Ok(claims) }
    }
}

/// 32 random bytes.
pub fn random_key() -> Result<[u8; 32], TokenError> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| TokenError)?;
    Ok(bytes)
}

/// A fresh refresh token, or a feed's secret: 64 hexadecimal digits of 256 random bits.
pub fn secret() -> Result<String, TokenError> {
    Ok(hex(&random_key()?))
}

/// Bytes as hexadecimal digits.
#[must_use]
pub(super) fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What such a secret is known by: a refresh token is kept as this alone.
#[must_use]
pub fn hash(token: &str) -> TokenHash {
    let digest = digest::digest(&digest::SHA256, token.as_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who() -> SignedIn {
        SignedIn {
            sign_in: Uuid::from_u128(1),
            account: AccountId(Uuid::from_u128(2)),
            guardian: Some(GuardianId(Uuid::from_u128(3))),
            role: Role::Parent,
            client: Client::App,
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_token_lives_ten_minutes_by_our_clock() {
        let tokens = Tokens::new(&[7; 32]);
        let now = at("2017-09-12T10:00:00Z");
        let token = tokens.access(&who(), now).unwrap();
        assert_eq!(tokens.read(&token, at("2017-09-12T10:09:59Z")).unwrap().sub, who().account);
        assert_eq!(tokens.read(&token, at("2017-09-12T10:10:00Z")), Err(Refused::Expired));
    }

    #[test]
    fn a_token_of_another_key_is_refused() {
        let now = at("2017-09-12T10:00:00Z");
        let forged = Tokens::new(&[8; 32]).access(&who(), now).unwrap();
        assert_eq!(Tokens::new(&[7; 32]).read(&forged, now), Err(Refused::Invalid));
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let tokens = Tokens::new(&[7; 32]);
        let now = at("2017-09-12T10:00:00Z");
        let token = tokens.access(&who(), now).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT"}
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        assert_eq!(tokens.read(&unsigned, now), Err(Refused::Invalid));
        assert_eq!(tokens.read("", now), Err(Refused::Invalid));
    }

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let (one, two) = (secret().unwrap(), secret().unwrap());
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        assert_ne!(hash(&one), hash(&two));
    }
}

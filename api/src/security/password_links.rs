//! Links to choose a password: signed, good until their end and for one use.
//!
//! Nothing is kept of them: a link names the password that the account had when it was sent, by a
//! hash, and is good for no other. Choosing one ends them all, and so does another e-mail address.

use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::tokens::{Refused, TokenError, hash, hex};
use crate::store::accounts::Account;

/// For what these tokens are, and no others.
const AUDIENCE: &str = "password";

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    sub: AccountId,
    /// What the account was like.
    seal: String,
    /// Seconds since 1970.
    exp: i64,
}

/// A link whose signature is good.
#[derive(Debug)]
pub struct Link {
    pub account: AccountId,
    pub ends_at: DateTime<Utc>,
    seal: String,
}

impl Link {
    /// Whether the account is still as it was when the link was made.
    #[must_use]
    pub fn is_of(&self, account: &Account) -> bool {
        self.account == account.id && self.seal == seal(account)
    }
}

/// Makes and reads links.
pub struct PasswordLinks {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl PasswordLinks {
    /// With the key that all replicas share.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // The library asks the system's clock; `read` asks ours.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "sub", "aud"]);
        validation.set_audience(&[AUDIENCE]);
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            validation,
        }
    }

    /// A link for an account as it is now.
    pub fn make(&self, account: &Account, ends_at: DateTime<Utc>) -> Result<String, TokenError> {
        let claims = Claims {
            aud: AUDIENCE.to_owned(),
            sub: account.id,
            seal: seal(account),
            exp: ends_at.timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|_| TokenError)
    }

    /// What a link says, if it is ours and has not ended.
    pub fn read(&self, link: &str, now: DateTime<Utc>) -> Result<Link, Refused> {
        let claims = jsonwebtoken::decode::<Claims>(link, &self.decoding, &self.validation)
            .map_err(|_| Refused::Invalid)?
            .claims;
        let ends_at = DateTime::from_timestamp(claims.exp, 0).ok_or(Refused::Invalid)?;
        if ends_at <= now {
            return Err(Refused::Expired);
        }
        Ok(Link { account: claims.sub, ends_at, seal: claims.seal })
    }
}

fn seal(account: &Account) -> String {
    let password = account.password_hash.as_deref().unwrap_or_default();
    hex(&hash(&format!("{}\n{password}", account.email)))
}

#[cfg(test)]
mod tests {
    use domain::problem::Language;
    use domain::wire::{Client, Role};
    use uuid::Uuid;

    use super::super::tokens::Tokens;
    use super::*;
    use crate::store::sign_ins::SignedIn;

    fn account() -> Account {
        Account {
            id: AccountId(Uuid::from_u128(1)),
            email: "anne@example.org".into(),
            role: Role::Parent,
            first_name: "Anne".into(),
            last_name: "MARTIN".into(),
            guardian: None,
            password_hash: None,
            language: Language::default(),
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_link_is_good_until_its_end() {
        let links = PasswordLinks::new(&[7; 32]);
        let end = at("2017-09-12T10:00:00Z");
        let link = links.make(&account(), end).unwrap();
        let read = links.read(&link, at("2017-09-12T09:59:59Z")).unwrap();
        assert!(read.is_of(&account()) && read.ends_at == end);
        assert_eq!(links.read(&link, end).unwrap_err(), Refused::Expired);
    }

    #[test]
    fn a_chosen_password_another_address_and_another_account_end_it() {
        let links = PasswordLinks::new(&[7; 32]);
        let link = links.make(&account(), at("2017-09-12T10:00:00Z")).unwrap();
        let read = links.read(&link, at("2017-09-05T10:00:00Z")).unwrap();
        for other in [
            Account { password_hash: Some("$argon2id$…".into()), ..account() },
            Account { email: "anna@example.org".into(), ..account() },
            Account { id: AccountId(Uuid::from_u128(2)), ..account() },
        ] {
            assert!(!read.is_of(&other), "{other:?}");
        }
    }

    #[test]
    fn links_and_access_tokens_are_not_taken_for_each_other() {
        let key = [7; 32];
        let (links, tokens) = (PasswordLinks::new(&key), Tokens::new(&key));
        let now = at("2017-09-12T10:00:00Z");
        let link = links.make(&account(), at("2017-09-19T10:00:00Z")).unwrap();
        assert_eq!(tokens.read(&link, now).unwrap_err(), Refused::Invalid);
        let who = SignedIn {
            sign_in: Uuid::from_u128(3),
            account: account().id,
            guardian: None,
            role: Role::Parent,
            client: Client::App,
        };
        let token = tokens.access(&who, now).unwrap();
        assert_eq!(links.read(&token, now).unwrap_err(), Refused::Invalid);
        let forged = PasswordLinks::new(&[8; 32]);
        let forged = forged.make(&account(), at("2017-09-19T10:00:00Z")).unwrap();
        assert_eq!(links.read(&forged, now).unwrap_err(), Refused::Invalid);
    }
}

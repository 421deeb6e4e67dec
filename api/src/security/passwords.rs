//! Password hashing: argon2id, off the async threads, a bounded number at once.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashing did not work: out of memory, out of randomness, or the server is ending.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed: {0}")]
pub struct HashError(String);

/// Hashes and verifies, a few at a time: each takes 19 MiB and some milliseconds of a core.
#[derive(Clone)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    /// Verified when there is no such account, so that an unknown address takes as long.
    dummy: Arc<str>,
}

impl Passwords {
    /// At most `at_once` at the same time.
    pub fn new(at_once: usize) -> Result<Self, HashError> {
        let dummy = hash_now("no account has this password")?.into();
        Ok(Self { slots: Arc::new(Semaphore::new(at_once)), dummy })
    }

    /// The PHC string of a password.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        self.run(move || hash_now(&password)).await?
    }

    /// Whether the password is the one of the hash; false without one, after as long a time.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, HashError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        let matches = self
            .run(move || {
                let hash = PasswordHash::new(&hash).map_err(|e| HashError(e.to_string()))?;
                Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await??;
        Ok(known && matches)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let slot = self.slots.clone().acquire_owned().await;
        let slot = slot.map_err(|error| HashError(error.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let _held = slot;
            work()
        })
        .await
        .map_err(|error| HashError(error.to_string()))
    }
}

/// The PHC string of a password, worked out on this thread.
pub fn hash_now(password: &str) -> Result<String, HashError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| HashError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_verifies_its_own_password_alone() {
        let passwords = Passwords::new(1).unwrap();
        let hash = passwords.hash("quatre poules rousses".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(
            passwords.verify("quatre poules rousses".into(), Some(hash.clone())).await.unwrap()
        );
        assert!(!passwords.verify("trois poules rousses".into(), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn an_account_without_password_lets_nobody_in() {
        let passwords = Passwords::new(1).unwrap();
        let guess = "no account has this password".to_owned();
        assert!(!passwords.verify(guess, None).await.unwrap());
    }
}

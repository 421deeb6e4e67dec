//! Password hashing: argon2id, off the async threads, a bounded number at once.

use std::sync::Arc;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{self, try_generate_salt};
use argon2::{
    Algorithm, Argon2, Block, CustomizedPasswordHasher, Params, PasswordVerifier, Version,
};
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
                Ok(Argon2id.verify_password(password.as_bytes(), &hash).is_ok())
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
    let salt = try_generate_salt().map_err(|error| HashError(error.to_string()))?;
    Argon2id
        .hash_password_with_params(password.as_bytes(), &salt, Params::default())
        .map(|hash| hash.to_string())
        .map_err(|error| HashError(error.to_string()))
}

/// [`Argon2`] in memory of its own, see [`memory`].
struct Argon2id;

impl CustomizedPasswordHasher<PasswordHash> for Argon2id {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let algorithm = algorithm.map_or(Ok(Algorithm::Argon2id), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::default()), Version::try_from)?;
        let mut output = [0; Output::MAX_LENGTH];
        let output = output
            .get_mut(..params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN))
            .ok_or(password_hash::Error::OutputSize)?;
        let memory = memory(&params).ok_or(password_hash::Error::OutOfMemory)?;
        let argon2 = Argon2::new(algorithm, version, params);
        argon2.hash_password_into_with_memory(password, salt, output, memory)?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(argon2.params())?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(output)?),
        })
    }
}

/// Blocks whose memory goes back to the system with them. What is smaller than 32 MiB, glibc keeps
/// for its thread once such a block has been freed, and each thread that hashes would hold 19 MiB
/// for ever; what is larger is always a mapping of its own. Pages beyond those needed are never
/// touched and take no memory.
fn memory(params: &Params) -> Option<Vec<Block>> {
    const ALWAYS_MAPPED: usize = 33 * 1024 * 1024 / Block::SIZE;
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(params.block_count().max(ALWAYS_MAPPED)).ok()?;
    blocks.resize(params.block_count(), Block::new());
    Some(blocks)
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

    #[test]
    fn hashes_are_those_of_the_library() {
        use argon2::PasswordHasher;
        let salt = [7; 16];
        let ours = Argon2id
            .hash_password_customized(b"trois", &salt, None, None, Params::default())
            .unwrap();
        let theirs = Argon2::default().hash_password_with_salt(b"trois", &salt).unwrap();
        assert_eq!(ours.to_string(), theirs.to_string());
        // As a longer or cheaper one from elsewhere would be.
        let params = Params::new(64 * 1024, 1, 2, Some(24)).unwrap();
        let theirs = Argon2::from(params).hash_password_with_salt(b"trois", &salt).unwrap();
        assert!(Argon2id.verify_password(b"trois", &theirs).is_ok());
        assert!(Argon2id.verify_password(b"quatre", &theirs).is_err());
    }

    #[tokio::test]
    async fn an_account_without_password_lets_nobody_in() {
        let passwords = Passwords::new(1).unwrap();
        let guess = "no account has this password".to_owned();
        assert!(!passwords.verify(guess, None).await.unwrap());
    }
}

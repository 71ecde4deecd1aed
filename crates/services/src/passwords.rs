//! Passwords: Argon2id, off the async threads, and never more at once than the machine has room for.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use novashop_types::ErrorCode;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Checked when there is no account, so that the answer takes as long as if there were one. Nobody's password: salt and hash are random.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$QRxEbcOnFiDn6IbXloOatQ$NYmFzioMaAlZRXQzqmQ5faGjk8mQMQrL9oP4ngjqkq8";

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    /// Hashing keeps a core and 19 MiB busy: so many at once, so many more waiting, the rest is told to come back.
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    hasher: Argon2<'static>,
    hashed: Arc<AtomicU64>,
    /// What hashes work in, one for each at once, and kept: given back and asked for again, 19 MiB with an alignment of their own
    /// rarely fit where they were, and forty sign-ins made the process grow by 650 MiB for good.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    /// With room for `at_once` hashes: half the cores leave the other half to the rest of the shop.
    ///
    /// # Errors
    /// Only if Argon2 refuses its own parameters.
    pub fn new(at_once: usize) -> Result<Self> {
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| Error::internal("argon2 parameters", error.to_string()))?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self {
            working: Arc::new(Semaphore::new(at_once.max(1))),
            waiting: Arc::new(Semaphore::new(at_once.max(1) * 64)),
            hasher,
            hashed: Arc::default(),
            memory: Arc::default(),
        })
    }

    /// How many hashes were made or checked so far: what signing in costs, whoever asks.
    #[must_use]
    pub fn hashed(&self) -> u64 {
        self.hashed.load(Ordering::Relaxed)
    }

    /// The hash of a password, as a PHC string.
    ///
    /// # Errors
    /// `unavailable` where too many are being hashed already.
    pub async fn hash(&self, password: String) -> Result<String> {
        let own = self.clone();
        self.run(move || own.hash_now(&password)).await?
    }

    fn hash_now(&self, password: &str) -> Result<String> {
        let failed = |error: &dyn std::fmt::Display| Error::internal("hashing a password", error.to_string());
        let salt = Salt::generate();
        let hash = self.output(&self.hasher, password, &salt, Params::DEFAULT_OUTPUT_LEN).map_err(|error| failed(&error))?;
        let params = ParamsString::try_from(self.hasher.params()).map_err(|error| failed(&error))?;
        let (algorithm, version) = (Algorithm::Argon2id.ident(), Some(Version::V0x13.into()));
        Ok(PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(hash) }.to_string())
    }

    /// Whether a password fits a hash; without a hash it takes as long and is `false`.
    ///
    /// # Errors
    /// `unavailable` where too many are being hashed already.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let own = self.clone();
        self.run(move || {
            let known = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let exists = known.is_some();
            let fits = known.or_else(|| PasswordHash::new(DECOY).ok()).is_some_and(|hash| own.fits(&password, &hash));
            exists && fits
        })
        .await
    }

    fn fits(&self, password: &str, known: &PasswordHash) -> bool {
        let (Some(salt), Some(hash)) = (&known.salt, &known.hash) else { return false };
        let Ok(algorithm) = Algorithm::try_from(known.algorithm.as_str()) else { return false };
        let Ok(version) = known.version.map_or(Ok(Version::default()), Version::try_from) else { return false };
        let Ok(params) = Params::try_from(known) else { return false };
        // The outputs compare in constant time.
        self.output(&Argon2::new(algorithm, version, params), password, salt, hash.len()).is_ok_and(|output| output == *hash)
    }

    fn output(&self, hasher: &Argon2<'_>, password: &str, salt: &[u8], length: usize) -> std::result::Result<Output, String> {
        let places = || self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut blocks = places().pop().unwrap_or_default();
        blocks.resize(hasher.params().block_count(), Block::new());
        let mut out = vec![0; length];
        let done = hasher.hash_password_into_with_memory(password.as_bytes(), salt, &mut out, blocks.as_mut_slice());
        places().push(blocks);
        done.map_err(|error| error.to_string())?;
        Output::new(&out).map_err(|error| error.to_string())
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self
            .waiting
            .try_acquire()
            .map_err(|_| Error::refused(ErrorCode::Unavailable, "Too many people are signing in at this moment. Try again in a few seconds."))?;
        // The permit goes along: a caller who hangs up must not free a place that is still in use.
        let permit = Arc::clone(&self.working).acquire_owned().await.map_err(|error| Error::internal("waiting for a hash", error))?;
        self.hashed.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || {
            let value = work();
            drop(permit);
            value
        })
        .await
        .map_err(|error| Error::internal("hashing a password", error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_has_no_account_is_checked_against_a_hash_like_any_other() {
        let passwords = Passwords::new(1).unwrap();
        let own = passwords.hash("correct horse battery".into()).await.unwrap();
        let parts = |hash: &str| hash.split('$').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parts(&own)[..4], parts(DECOY)[..4], "algorithm, version and costs");
        assert_eq!(own.len(), DECOY.len());
        assert!(PasswordHash::new(DECOY).is_ok());
        assert!(passwords.verify("correct horse battery".into(), Some(own)).await.unwrap());
        for hash in [None, Some("!".to_owned()), Some(DECOY.to_owned())] {
            assert!(!passwords.verify("correct horse battery".into(), hash).await.unwrap());
        }
        assert_eq!(passwords.hashed(), 5);
    }

    #[test]
    fn memory_that_other_hashes_have_used_changes_none_and_is_not_taken_anew() {
        let passwords = Passwords::new(1).unwrap();
        // Hashes of other costs are checked too: they need more of it, or less.
        for (n, kib) in [64, 64, 16, 128, 32].into_iter().enumerate() {
            let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(kib, PASSES, 1, None).unwrap());
            let (password, salt) = (format!("password {n}"), b"a salt of theirs");
            let mut alone = [0; 32];
            hasher.hash_password_into(password.as_bytes(), salt, &mut alone).unwrap();
            assert_eq!(passwords.output(&hasher, &password, salt, alone.len()).unwrap().as_bytes(), alone);
        }
        assert_eq!(passwords.memory.lock().unwrap().len(), 1);
    }
}

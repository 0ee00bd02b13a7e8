//! Passwords: argon2id with a bound on how many are hashed at once, so that a storm of sign-ins starves nobody.
//!
//! Knows texts only. Who may sign in, and how often one may try, is the session service's and `rate_limit`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// No password is longer; longer ones never fit, but cost the caller as much time as any other.
pub const LONGEST: usize = 1024;

/// What an unknown account's password is compared with: the same parameters, so the same time, and never a match.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlz$bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkISEhISEhISE";

/// Why a password was neither accepted nor turned down.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFailure {
    /// Too many wait already: answer RATE_LIMITED.
    #[error("too many sign-ins are waiting")]
    Busy,
    /// Hashing itself failed or a stored hash is broken.
    #[error("a password could not be hashed: {0}")]
    Fault(String),
}

/// Hashes and checks passwords.
pub struct Passwords {
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
}

impl Passwords {
    /// At most `parallelism` hashes run at once and `queue` callers wait for their turn.
    pub fn new(parallelism: usize, queue: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(parallelism)),
            waiting: AtomicUsize::new(0),
            queue,
        }
    }

    /// A PHC string with a fresh salt.
    pub async fn hash(&self, password: SecretString) -> Result<String, PasswordFailure> {
        let turn = self.turn().await?;
        blocking(turn, move || {
            let hash = hasher()?.hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string())
                .map_err(|e| PasswordFailure::Fault(e.to_string()))
        })
        .await
    }

    /// Whether the password fits the stored PHC string. `None` (no such account) takes as long and is false.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> Result<bool, PasswordFailure> {
        let turn = self.turn().await?;
        blocking(turn, move || {
            let known = stored.is_some() && password.expose_secret().len() <= LONGEST;
            let stored = stored.filter(|_| known).unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&stored).map_err(|e| PasswordFailure::Fault(e.to_string()))?;
            let tried = if known {
                password.expose_secret().as_bytes()
            } else {
                b"nobody"
            };
            Ok(hasher()?.verify_password(tried, &hash).is_ok() && known)
        })
        .await
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, PasswordFailure> {
        if let Ok(turn) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(turn);
        }
        let _place = Place::take(&self.waiting, self.queue).ok_or(PasswordFailure::Busy)?;
        let turn = Arc::clone(&self.running).acquire_owned().await;
        turn.map_err(|e| PasswordFailure::Fault(e.to_string()))
    }
}

/// A place in the queue, given back also when the caller hangs up while waiting.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        let join = |now: usize| (now < most).then_some(now + 1);
        waiting
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, join)
            .ok()
            .map(|_| Self(waiting))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn hasher() -> Result<Argon2<'static>, PasswordFailure> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| PasswordFailure::Fault(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The turn moves into the thread: it ends with the hash, not with a caller who hung up.
async fn blocking<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    work: impl FnOnce() -> Result<T, PasswordFailure> + Send + 'static,
) -> Result<T, PasswordFailure> {
    let done = tokio::task::spawn_blocking(move || {
        let result = work();
        drop(turn);
        result
    });
    done.await.map_err(|e| PasswordFailure::Fault(e.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    #[tokio::test]
    async fn only_the_same_password_fits_and_no_salt_repeats() {
        let passwords = Passwords::new(2, 8);
        let hash = passwords.hash(secret("appshelf-demo")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash(secret("appshelf-demo")).await.unwrap());
        assert!(
            passwords
                .verify(secret("appshelf-demo"), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify(secret("appshelf-demO"), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify(secret(&"x".repeat(LONGEST + 1)), Some(hash))
                .await
                .unwrap()
        );
        assert!(passwords.verify(secret("x"), Some("plain".into())).await.is_err());
    }

    #[tokio::test]
    async fn an_unknown_account_takes_as_long_as_a_known_one() {
        let passwords = Passwords::new(1, 8);
        let hash = passwords.hash(secret("right")).await.unwrap();
        let mut times = [0u128; 2];
        for _ in 0..5 {
            for (slot, stored) in [Some(hash.clone()), None].into_iter().enumerate() {
                let begun = Instant::now();
                assert!(!passwords.verify(secret("nobody"), stored).await.unwrap());
                times[slot] += begun.elapsed().as_micros();
            }
        }
        let (known, unknown) = (times[0], times[1]);
        assert!(
            known < unknown * 3 && unknown < known * 3,
            "known {known} µs, unknown {unknown} µs"
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_storm_fills_the_queue_and_the_rest_is_turned_away() {
        let passwords = Arc::new(Passwords::new(1, 3));
        let tries = (0..40).map(|_| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.verify(secret("x"), None).await })
        });
        let answers = futures_util::future::join_all(tries).await;
        let busy = answers
            .iter()
            .filter(|a| matches!(a, Ok(Err(PasswordFailure::Busy))))
            .count();
        let served = answers.iter().filter(|a| matches!(a, Ok(Ok(false)))).count();
        assert_eq!(busy + served, 40);
        assert!(busy > 0 && served >= 4, "{busy} busy, {served} served");
        assert!(!passwords.verify(secret("x"), None).await.unwrap(), "calm again");
    }
}

//! How often one may try to sign in, a bound for each account and one for each client address; and how often a visitor may report that a
//! page was opened.
//!
//! Counts live in this process and are gone when it restarts. Memory is bounded by construction: keys are spread over
//! a fixed number of places by a hash that outsiders cannot predict.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Limits;

/// How many different keys are told apart. Two that share a place share its bound, which is rare and harmless.
const PLACES: u64 = 1 << 16;
/// After so many checks, places that are full again are forgotten.
const SWEEP_EVERY: u32 = 4096;

/// Too many tries; `seconds` until the next one counts, at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts, try again in {seconds} s")]
pub struct RateLimited {
    pub seconds: u64,
}

/// The bounds on sign-in.
pub struct SignInLimits {
    accounts: Keyed,
    addresses: Keyed,
}

impl SignInLimits {
    pub fn new(limits: &Limits) -> Self {
        Self {
            accounts: Keyed::per_minute(limits.sign_ins_per_account),
            addresses: Keyed::per_minute(limits.sign_ins_per_address),
        }
    }

    /// Counts one try. The address is asked first, so that one client cannot use up many accounts.
    pub fn check(&self, email: &str, address: IpAddr) -> Result<(), RateLimited> {
        self.addresses.check(&network(address))?;
        self.accounts.check(&email.trim().to_lowercase())
    }
}

/// The bound on what visitors report.
pub struct VisitorLimits(Keyed);

impl VisitorLimits {
    pub fn new(limits: &Limits) -> Self {
        Self(Keyed::per_minute(limits.promotion_opens_per_address))
    }

    /// Counts one report from this address.
    pub fn check(&self, address: IpAddr) -> Result<(), RateLimited> {
        self.0.check(&network(address))
    }
}

/// One bound over many keys: a burst of `count`, refilled evenly over a minute.
pub struct Keyed {
    limiter: DefaultKeyedRateLimiter<u64>,
    hasher: RandomState,
    clock: DefaultClock,
    checks: AtomicU32,
}

impl Keyed {
    /// A count of 0 is taken as 1.
    pub fn per_minute(count: u32) -> Self {
        Self {
            limiter: RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))),
            hasher: RandomState::new(),
            clock: DefaultClock::default(),
            checks: AtomicU32::new(0),
        }
    }

    /// Counts one try for this key.
    pub fn check(&self, key: &impl Hash) -> Result<(), RateLimited> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let place = self.hasher.hash_one(key) % PLACES;
        self.limiter.check_key(&place).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            RateLimited {
                seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0).max(u64::from(wait.is_zero())),
            }
        })
    }
}

/// One household or server has a whole /64 of IPv6 addresses, so that is what counts as one client.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Settings};

    fn limits(account: &str, address: &str) -> SignInLimits {
        let settings = Settings {
            sign_ins_per_account: Some(account.into()),
            sign_ins_per_address: Some(address.into()),
            ..Settings::default()
        };
        SignInLimits::new(&Config::load(settings).unwrap().limits)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_account_is_bounded_from_whatever_address_and_in_whatever_case() {
        let limits = limits("3", "100");
        for host in 1..=3 {
            limits
                .check("PA@partner.example", address(&format!("10.0.0.{host}")))
                .unwrap();
        }
        let refused = limits.check(" pa@partner.example", address("10.0.0.9")).unwrap_err();
        assert!((1..=20).contains(&refused.seconds), "{refused}");
        limits.check("pd@partner.example", address("10.0.0.9")).unwrap();
    }

    #[test]
    fn an_address_is_bounded_whatever_the_account_and_a_v6_network_is_one() {
        let limits = limits("100", "2");
        limits.check("a", address("2001:db8::1")).unwrap();
        limits.check("b", address("2001:db8::2")).unwrap();
        assert!(limits.check("c", address("2001:db8::3")).is_err());
        limits.check("c", address("2001:db8:0:1::3")).unwrap();
        limits.check("d", address("10.1.1.1")).unwrap();
        limits.check("e", address("::ffff:10.1.1.1")).unwrap();
        assert!(limits.check("f", address("10.1.1.1")).is_err());
    }

    #[test]
    fn a_million_keys_do_not_grow_memory_without_bound() {
        let keyed = Keyed::per_minute(10);
        for key in 0..1_000_000u32 {
            let _ = keyed.check(&key);
        }
        assert!(keyed.limiter.len() as u64 <= PLACES);
    }
}

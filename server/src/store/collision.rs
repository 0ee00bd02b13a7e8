//! Transactions that collided with others: whether and when they run again. PostgreSQL refuses one of two serializable transactions that
//! it cannot put in an order, and means that it be run again; which one it is, is chance, so that an unlucky one must not be unlucky
//! without end.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a transaction is run again before its fault is given up on.
const PATIENCE: Duration = Duration::from_secs(30);
/// Transactions of this process that collided so often go one at a time from then on.
const TAKE_TURNS_AFTER: u32 = 4;
/// The longest pause before the next attempt.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The collisions of a process.
#[derive(Debug, Default)]
pub(super) struct Collisions {
    turn: Mutex<()>,
    counted: AtomicU64,
}

/// One transaction and how often it collided.
pub(super) struct Contender<'a> {
    among: &'a Collisions,
    since: Instant,
    collisions: u32,
    /// Held from the attempt on that takes turns.
    turn: Option<MutexGuard<'a, ()>>,
}

impl Collisions {
    /// A transaction that has not been tried yet.
    pub fn contender(&self) -> Contender<'_> {
        Contender {
            among: self,
            since: Instant::now(),
            collisions: 0,
            turn: None,
        }
    }

    /// How many there were since the process started.
    pub fn count(&self) -> u64 {
        self.counted.load(Ordering::Relaxed)
    }
}

impl Contender<'_> {
    /// Waits until the transaction may run again; false where it was tried for long enough.
    pub fn may_run_again(&mut self) -> bool {
        self.collisions += 1;
        self.among.counted.fetch_add(1, Ordering::Relaxed);
        if self.since.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(pause(self.collisions, rand::random()));
        if self.collisions >= TAKE_TURNS_AFTER && self.turn.is_none() {
            self.turn = Some(self.among.turn.lock().unwrap_or_else(PoisonError::into_inner));
        }
        true
    }
}

/// Doubles with every collision. `chance` is 0 to 1 and spreads it from nothing on: those who collided must not collide again in step.
fn pause(collisions: u32, chance: f64) -> Duration {
    let longest = Duration::from_millis(1 << collisions.min(10)).min(LONGEST_PAUSE);
    longest.mul_f64(chance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_its_limit() {
        let longest: Vec<u128> = (1..=9).map(|collisions| pause(collisions, 1.0).as_millis()).collect();
        assert_eq!(longest, [2, 4, 8, 16, 32, 64, 128, 250, 250]);
        assert_eq!(pause(9, 0.0), Duration::ZERO);
    }

    #[test]
    fn those_who_collide_again_and_again_go_one_at_a_time() {
        let collisions = Collisions::default();
        let mut first = collisions.contender();
        for _ in 0..TAKE_TURNS_AFTER {
            assert!(first.may_run_again());
        }
        assert!(collisions.turn.try_lock().is_err(), "it has the turn");
        drop(first);
        assert!(collisions.turn.try_lock().is_ok(), "and gives it back");
        assert_eq!(collisions.count(), u64::from(TAKE_TURNS_AFTER));
    }
}

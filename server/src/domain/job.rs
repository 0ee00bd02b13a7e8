//! Work that outlives a request (its rows are `store::job`, what runs it is `jobs`): kinds, states, and how long a failed
//! one waits before it is tried again.

use chrono::Duration;

use super::words::words;

words! {
    /// What is to be done.
    JobKind {
        /// Carries out one delivery.
        Delivery = "delivery",
        /// Reads the amounts of a contract file.
        ContractAmounts = "contract.amounts",
        /// Reads and stores an uploaded package.
        PackageImport = "package.import",
        /// Sends the mail of a notification.
        Mail = "mail",
        /// Reminds reviewers of what they have not decided in time.
        ReviewReminder = "review.reminder",
        /// Writes the index of a page's records anew.
        RecordIndex = "record.index",
        /// Brings a product that was listed before there was a marketplace into its index.
        MarketIndex = "market.index",
        /// Does what the clock does to a license.
        LicenseDue = "license.due",
        /// Closes an order of a product that nobody paid in time.
        OrderDue = "order.due",
        /// Brings the version of a rollout to one subscriber.
        RolloutTurn = "rollout.turn",
    }
}

/// Which jobs a worker takes: mails have a lane of their own, so that a mail server that does not answer keeps nothing else
/// waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Mails,
    Others,
}

words! {
    /// State of a job.
    JobStatus {
        /// Waits for its time and a worker.
        Queued = "QUEUED",
        /// A worker holds its lease.
        Running = "RUNNING",
        /// Finished.
        Done = "DONE",
        /// Given up after its last attempt.
        Dead = "DEAD",
    }
}

/// The longest wait between two attempts.
const LONGEST_SECONDS: i64 = 300;

/// How long to wait after attempt number `attempt` (from 1) failed: 1, 2, 4 … seconds, at most five minutes, of which a
/// random half is left out so that jobs which failed together do not come back together. `chance` is 0 to 1.
pub fn backoff(attempt: i32, chance: f64) -> Duration {
    let doublings = attempt.clamp(1, 16) - 1;
    let seconds = (1_i64 << doublings).min(LONGEST_SECONDS);
    let milliseconds = seconds * 1000;
    let spread = (milliseconds as f64 / 2.0 * chance.clamp(0.0, 1.0)) as i64;
    Duration::milliseconds(milliseconds - spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_its_limit_and_keeps_at_least_half() {
        let whole: Vec<i64> = (1..=10).map(|attempt| backoff(attempt, 0.0).num_seconds()).collect();
        assert_eq!(whole, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        for attempt in [1, 5, 100] {
            assert_eq!(backoff(attempt, 1.0) * 2, backoff(attempt, 0.0));
        }
    }
}

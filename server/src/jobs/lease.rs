//! One leased job from start to end: runs its handler, renews the lease meanwhile, and records how it ended. A handler that
//! panics fails like any other; one whose lease was lost is left alone, because somebody else has the job.

use std::time::Duration;

use tokio::task::JoinHandle;

use super::Settings;
use super::run::{self, Context, Outcome};
use crate::domain::job::{JobKind, Lane};
use crate::stop::Stop;
use crate::store::job::{self, Job, Lease};
use crate::store::{Actor, Error, Fault, Result, Store, Tx};

/// A leased job in the hands of its handler.
#[derive(Clone, Debug)]
pub struct Held {
    pub lease: Lease,
    length: chrono::Duration,
}

impl Held {
    /// Says within a handler's transaction that the job got somewhere. Fails where the lease was lost, so that the
    /// transaction of a worker that was taken for dead never commits.
    pub fn progress(&self, tx: &mut Tx<'_>) -> Result<()> {
        match job::progress(tx, &self.lease, self.length)? {
            true => Ok(()),
            false => Err(lost()),
        }
    }

    #[cfg(test)]
    pub fn of(job: &Job, length: chrono::Duration) -> Self {
        Self {
            lease: job.held(),
            length,
        }
    }
}

fn lost() -> Error {
    Error::Fault(Fault::Other(anyhow::anyhow!(
        "the lease of the job was lost to another worker"
    )))
}

/// Takes the next due job.
pub(super) async fn take(store: &Store, lane: Lane, length: Duration) -> Result<Option<Job>> {
    let token = format!("{:032x}", rand::random::<u128>());
    let length = in_chrono(length);
    store
        .keep_house(system(), move |tx| job::lease(tx, lane, &token, length))
        .await
}

/// Runs a leased job and records how it ended.
pub(super) async fn run_held(context: Context, settings: Settings, job: Job, stop: Stop) {
    let held = Held {
        lease: job.held(),
        length: in_chrono(settings.lease),
    };
    let work = tokio::spawn(handle(context.clone(), job.clone(), held.clone()));
    let ended = match guard(context.store(), settings, &held, work, stop).await {
        End::Finished(result) => record(context.store(), &job, result).await,
        End::Stopped => {
            let job = job.clone();
            let put_back = move |tx: &mut Tx<'_>| job::release(tx, &job);
            context.store().keep_house(system(), put_back).await.map(drop)
        }
        End::Lost => {
            tracing::warn!(job = %job.id, "the lease was lost; another worker goes on");
            Ok(())
        }
    };
    if let Err(error) = ended {
        tracing::error!(job = %job.id, %error, "how a job ended could not be recorded; its lease will run out");
    }
}

async fn handle(context: Context, job: Job, held: Held) -> anyhow::Result<Outcome> {
    let kind: JobKind = job.kind.parse()?;
    let payload = serde_json::from_str(&job.payload)?;
    if job.is_exhausted() {
        let error = job.last_error.as_deref().unwrap_or("its worker ended again and again");
        run::give_up(&context, kind, &payload, error).await?;
        return Ok(Outcome::GivenUp);
    }
    run::run(&context, kind, &payload, &held).await?;
    Ok(Outcome::Done)
}

enum End {
    Finished(anyhow::Result<Outcome>),
    Lost,
    Stopped,
}

/// Waits for the work while renewing its lease.
async fn guard(
    store: &Store,
    settings: Settings,
    held: &Held,
    mut work: JoinHandle<anyhow::Result<Outcome>>,
    stop: Stop,
) -> End {
    let mut renewals = tokio::time::interval(settings.lease / 3);
    renewals.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    renewals.tick().await;
    let patience = async move {
        stop.requested().await;
        tokio::time::sleep(settings.grace).await;
    };
    tokio::pin!(patience);
    loop {
        tokio::select! {
            ended = &mut work => return End::Finished(ended.unwrap_or_else(|error| Err(panic_of(error)))),
            _ = renewals.tick() => {
                let held = held.clone();
                match store.keep_house(system(), move |tx| job::renew(tx, &held.lease, held.length)).await {
                    Ok(true) => {}
                    Ok(false) => {
                        // It may just have recorded its end itself; let it tell.
                        if work.is_finished() { continue }
                        work.abort();
                        return End::Lost;
                    }
                    Err(error) => tracing::warn!(%error, "a lease could not be renewed"),
                }
            }
            () = &mut patience => {
                work.abort();
                return End::Stopped;
            }
        }
    }
}

fn panic_of(error: tokio::task::JoinError) -> anyhow::Error {
    match error.try_into_panic() {
        Ok(panic) => {
            let text = panic
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned());
            anyhow::anyhow!("the handler panicked: {}", text.unwrap_or_default())
        }
        Err(error) => error.into(),
    }
}

async fn record(store: &Store, job: &Job, result: anyhow::Result<Outcome>) -> Result<()> {
    let job = job.clone();
    let lease = job.held();
    let kept = match result {
        Ok(Outcome::Done) => store.keep_house(system(), move |tx| job::finish(tx, &lease)).await?,
        Ok(Outcome::GivenUp) => {
            let error = job.last_error.clone().unwrap_or_default();
            tracing::error!(job = %job.id, kind = job.kind, error, "a job was given up");
            store
                .keep_house(system(), move |tx| job::bury(tx, &lease, &error))
                .await?
        }
        Err(error) => {
            let text = format!("{error:#}");
            let collided = error.downcast_ref::<Error>().is_some_and(Error::is_collision);
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, collided, error = text, "a job failed");
            let put_back = match collided {
                true => job::postpone,
                false => job::retry,
            };
            let chance: f64 = rand::random();
            store
                .keep_house(system(), move |tx| put_back(tx, &job, &text, chance))
                .await?
        }
    };
    if !kept {
        tracing::warn!("a job ended after its lease was lost");
    }
    Ok(())
}

fn in_chrono(length: Duration) -> chrono::Duration {
    chrono::Duration::from_std(length).unwrap_or(chrono::Duration::MAX)
}

pub(super) fn system() -> Actor {
    Actor {
        request_id: "job".to_owned(),
        ..Actor::default()
    }
}

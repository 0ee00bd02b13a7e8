//! Runs the durable queue: takes due jobs by lease, a bounded number at once, keeps the leases alive, tries failed ones
//! again later and gives them up after their last attempt. Woken by what is committed in this process and by a timer, as
//! other servers enqueue too. What the jobs do stands in the handlers; `run` knows which is which.

pub mod contract_amounts;
mod deliver;
pub mod import;
mod lease;
mod record_index;
mod review_reminder;
pub mod run;
pub mod upkeep;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

pub use lease::Held;

use crate::stop::Stop;
use crate::store::{Result, Signal, job};
use run::Context;

/// How the workers of this process behave.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Jobs that run at once.
    pub concurrency: usize,
    /// How long a lease lasts without renewal: after a crash, a job goes on that much later.
    pub lease: Duration,
    /// How long running jobs may go on when the process is stopped; what is left then is put back.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 2,
            lease: Duration::from_secs(6),
            grace: Duration::from_secs(10),
        }
    }
}

/// The longest sleep: other servers' jobs are seen after at most this long.
const LONGEST_SLEEP: Duration = Duration::from_millis(500);

/// Works until it is told to stop, then waits for running jobs or puts them back.
pub async fn work(context: Context, settings: Settings, stop: Stop) {
    let upkeep = tokio::spawn(upkeep::keep(context.clone(), stop.clone()));
    let places = Arc::new(Semaphore::new(settings.concurrency.max(1)));
    let mut signals = context.store().signals();
    let mut running = JoinSet::new();
    while !stop.is_requested() {
        while running.try_join_next().is_some() {}
        let started = start_next(&context, settings, &places, &stop, &mut running).await;
        match started {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the queue could not be read"),
        }
        let sleep = match places.available_permits() {
            // A job that ends makes room and wakes this up.
            0 => LONGEST_SLEEP,
            _ => until_due(&context).await,
        };
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = queued(&mut signals) => {}
            // A finished job makes room for the next.
            Some(_) = running.join_next() => {}
            () = stop.requested() => {}
        }
    }
    while running.join_next().await.is_some() {}
    drop(upkeep.await);
}

/// Starts the next due job if there is room for it; false where there is none.
async fn start_next(
    context: &Context,
    settings: Settings,
    places: &Arc<Semaphore>,
    stop: &Stop,
    running: &mut JoinSet<()>,
) -> Result<bool> {
    let Ok(place) = Arc::clone(places).try_acquire_owned() else {
        return Ok(false);
    };
    let store = context.store();
    // A look costs nothing; a write transaction waits for others.
    let due = store.read(job::next_due).await?;
    if due.is_none_or(|at| at > store.now()) {
        return Ok(false);
    }
    let Some(job) = lease::take(store, settings.lease).await? else {
        return Ok(false);
    };
    let (context, stop) = (context.clone(), stop.clone());
    running.spawn(async move {
        lease::run_held(context, settings, job, stop).await;
        drop(place);
    });
    Ok(true)
}

/// How long there is nothing to do.
async fn until_due(context: &Context) -> Duration {
    let store = context.store();
    match store.read(job::next_due).await {
        Ok(Some(at)) => {
            let wait = at.utc() - store.now().utc();
            wait.to_std().unwrap_or(Duration::from_millis(20)).min(LONGEST_SLEEP)
        }
        _ => LONGEST_SLEEP,
    }
}

/// Returns when something was queued in this process.
async fn queued(signals: &mut tokio::sync::broadcast::Receiver<Signal>) {
    loop {
        match signals.recv().await {
            Ok(Signal::JobQueued) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // The store outlives the workers; should it not, the timer is enough.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests;

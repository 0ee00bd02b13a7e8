//! Runs the durable queue: takes due jobs by lease, a bounded number at once, keeps the leases alive, tries failed ones
//! again later and gives them up after their last attempt. Woken by what is committed in this process and by a timer, as
//! other servers enqueue too. What the jobs do stands in the handlers; `run` knows which is which.

pub mod contract_amounts;
mod deliver;
pub mod import;
mod lease;
mod license_due;
mod mail;
mod market_index;
mod order_due;
mod record_index;
mod review_reminder;
mod rollout_turn;
pub mod run;
pub mod upkeep;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

pub use lease::Held;

use crate::domain::job::Lane;
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
/// Between two looks where another worker was quicker.
const SHORTEST_SLEEP: Duration = Duration::from_millis(20);

/// Mails that are sent at once: they wait for another machine, not for this one.
const MAILS_AT_ONCE: usize = 2;

/// A lane and the places for its jobs.
struct Track {
    lane: Lane,
    places: Arc<Semaphore>,
}

/// Works until it is told to stop, then waits for running jobs or puts them back.
pub async fn work(context: Context, settings: Settings, stop: Stop) {
    let upkeep = tokio::spawn(upkeep::keep(context.clone(), stop.clone()));
    let track = |lane, places: usize| Track {
        lane,
        places: Arc::new(Semaphore::new(places.max(1))),
    };
    let mut tracks = vec![track(Lane::Others, settings.concurrency)];
    // A worker that sends no mails leaves them to those that do.
    if context.post().is_some() {
        tracks.push(track(Lane::Mails, MAILS_AT_ONCE));
    }
    let mut signals = context.store().signals();
    let mut running = JoinSet::new();
    while !stop.is_requested() {
        while running.try_join_next().is_some() {}
        let mut started = false;
        let mut sleep = LONGEST_SLEEP;
        for track in &tracks {
            match start_next(&context, settings, track, &stop, &mut running).await {
                Ok(Next::Started) => started = true,
                Ok(Next::DueIn(wait)) => sleep = sleep.min(wait),
                Err(error) => tracing::error!(%error, "the queue could not be read"),
            }
        }
        if started {
            continue;
        }
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

/// What came of looking for a job.
enum Next {
    Started,
    /// There is nothing to start before that.
    DueIn(Duration),
}

/// Starts the next due job of a lane if there is room for it.
async fn start_next(
    context: &Context,
    settings: Settings,
    track: &Track,
    stop: &Stop,
    running: &mut JoinSet<()>,
) -> Result<Next> {
    let Ok(place) = Arc::clone(&track.places).try_acquire_owned() else {
        // A job that ends makes room and wakes the worker up.
        return Ok(Next::DueIn(LONGEST_SLEEP));
    };
    let (store, lane) = (context.store(), track.lane);
    // A look costs nothing; a write transaction waits for others.
    let Some(due) = store.read(move |conn| job::next_due(conn, lane)).await? else {
        return Ok(Next::DueIn(LONGEST_SLEEP));
    };
    if due > store.now() {
        let wait = (due.utc() - store.now().utc()).to_std();
        return Ok(Next::DueIn(wait.unwrap_or(SHORTEST_SLEEP)));
    }
    let Some(job) = lease::take(store, lane, settings.lease).await? else {
        return Ok(Next::DueIn(SHORTEST_SLEEP));
    };
    let (context, stop) = (context.clone(), stop.clone());
    running.spawn(async move {
        lease::run_held(context, settings, job, stop).await;
        drop(place);
    });
    Ok(Next::Started)
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

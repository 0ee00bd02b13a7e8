//! The time of the demo's story. It leaps only while the workers rest: a job in somebody's hands would lose its lease in between.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::app::{App, Clock};
use crate::cli::worker;
use crate::stop::{self, Stopper};

/// The clock, and the workers that go by it.
pub struct Calendar {
    app: Arc<App>,
    clock: Clock,
    workers: Mutex<Workers>,
}

struct Workers {
    stopper: Stopper,
    running: JoinHandle<()>,
}

impl Workers {
    fn start(app: &Arc<App>) -> Self {
        let (stopper, stop) = stop::pair();
        let running = worker::start(app, stop);
        Self { stopper, running }
    }

    /// Ends them with what they have begun.
    async fn rest(&mut self) -> anyhow::Result<()> {
        self.stopper.stop();
        Ok((&mut self.running).await?)
    }
}

impl Calendar {
    /// Starts the workers of an application whose clock is this one.
    pub fn open(app: &Arc<App>, clock: Clock) -> Self {
        let workers = Mutex::new(Workers::start(app));
        Self {
            app: Arc::clone(app),
            clock,
            workers,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets so much time pass.
    pub async fn pass(&self, time: Duration) -> anyhow::Result<()> {
        let mut workers = self.workers.lock().await;
        workers.rest().await?;
        self.clock.advance(time);
        *workers = Workers::start(&self.app);
        Ok(())
    }

    /// Stops the workers.
    pub async fn close(self) -> anyhow::Result<()> {
        self.workers.into_inner().rest().await
    }
}

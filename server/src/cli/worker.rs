//! `appshelf worker`: runs durable jobs without listening, beside one or more servers on the same database.

use std::process::ExitCode;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::app::{App, Clock};
use crate::cli::migrate;
use crate::config::Config;
use crate::jobs::run::{Context, Post};
use crate::jobs::{self, Settings};
use crate::stop::{self, Stop};

/// Works until the process is told to stop.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    migrate::ensure(&config)?;
    let app = App::open(config, Clock::System)?;
    let workers = start(&app, stop::at_signal()?);
    tracing::info!(jobs = app.config.job_workers, "working");
    workers.await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Starts the job workers of this process; they end some time after `stop` is asked for.
pub fn start(app: &Arc<App>, stop: Stop) -> JoinHandle<()> {
    let settings = Settings {
        concurrency: app.config.job_workers,
        lease: app.config.job_lease,
        grace: app.config.shutdown_timeout / 2,
    };
    let mut context = Context::new(app.store.clone(), app.files.clone());
    if let Some(mailer) = &app.mailer {
        context = context.with_post(Post {
            mailer: mailer.clone(),
            base_url: app.config.base_url.clone(),
        });
    }
    tokio::spawn(jobs::work(context, settings, stop))
}

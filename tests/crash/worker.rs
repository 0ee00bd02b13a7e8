//! A real `appshelf worker` process: started, waited for, killed. What it works on is known to the test alone.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use appshelf_tests::api::TestApp;
use appshelf_tests::process::binary;

/// Deliveries that one worker carries out at once, so that a kill hits several.
const AT_ONCE: &str = "4";
/// The shortest that the configuration allows: so much later somebody else goes on with what a dead worker held.
const LEASE: &str = "1s";
/// Between two looks: a worker tells nobody outside its process what it commits.
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// How long a worker may take until what is waited for has happened.
const PATIENCE: Duration = Duration::from_secs(120);

/// A worker; it dies with this value.
pub struct Worker {
    process: Child,
    log: PathBuf,
}

impl Worker {
    /// Starts a worker on the data of the application.
    pub fn start(app: &TestApp) -> Result<Self> {
        let log = app.folder().join("worker.log");
        let into = File::options().create(true).append(true).open(&log)?;
        let process = Command::new(binary()?)
            .arg("worker")
            .envs(app.environment())
            .env("APPSHELF_JOB_LEASE", LEASE)
            .env("APPSHELF_JOB_WORKERS", AT_ONCE)
            .stdin(Stdio::null())
            .stdout(into.try_clone()?)
            .stderr(into)
            .spawn()
            .context("starting appshelf worker")?;
        Ok(Self { process, log })
    }

    /// Waits until something has happened that `has_happened` looks for.
    pub async fn until(&mut self, has_happened: impl AsyncFn() -> Result<bool>) -> Result<()> {
        let started = Instant::now();
        while !has_happened().await? {
            if let Some(status) = self.process.try_wait()? {
                bail!("the worker ended with {status}:\n{}", self.last_words());
            }
            if started.elapsed() > PATIENCE {
                bail!("the worker gets nowhere:\n{}", self.last_words());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// SIGKILL; when this returns, the process is gone.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// The end of the log of all workers on this data.
    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

//! A real mail server for tests: aiosmtpd in a process of its own (`smtp/server.py`), which tells what it was sent. It ends with
//! this value.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// A running mail server.
pub struct MailServer {
    // Its standard input ends with it, and then so does the server.
    _process: Child,
    told: Lines<BufReader<ChildStdout>>,
    port: u16,
}

/// The folder with the server and its certificates.
pub fn folder() -> PathBuf {
    crate::repository().join("tests/support/smtp")
}

impl MailServer {
    /// Starts one that takes mails from everybody; `None` where this run has none (never in CI).
    pub async fn start() -> Result<Option<Self>> {
        Self::start_with(&[]).await
    }

    /// Starts one that demands STARTTLS and the user `appshelf` with the password `p/w 1`.
    pub async fn start_guarded() -> Result<Option<Self>> {
        let folder = folder().display().to_string();
        Self::start_with(&["--tls", &folder]).await
    }

    async fn start_with(arguments: &[&str]) -> Result<Option<Self>> {
        let python = std::env::var_os("APPSHELF_TEST_SMTP").map(PathBuf::from);
        let Some(python) = python.filter(|python| python.is_file()) else {
            let missing = "no mail server: APPSHELF_TEST_SMTP names no Python with aiosmtpd; run scripts/setup test";
            ensure!(std::env::var_os("CI").is_none(), missing);
            eprintln!("skipped: {missing}");
            return Ok(None);
        };
        let mut process = Command::new(python)
            .arg(folder().join("server.py"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = process.stdout.take().context("its output is piped")?;
        let mut server = Self {
            _process: process,
            told: BufReader::new(output).lines(),
            port: 0,
        };
        let port = server.next().await?["port"].as_u64().context("it tells its port")?;
        server.port = u16::try_from(port)?;
        Ok(Some(server))
    }

    /// Where it listens, as `APPSHELF_SMTP_URL` has it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The port at which it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it tells next; 60 seconds at most.
    pub async fn next(&mut self) -> Result<Value> {
        let line = tokio::time::timeout(Duration::from_secs(60), self.told.next_line()).await;
        let line = line.context("the mail server has nothing to tell")??;
        Ok(serde_json::from_str(&line.context("the mail server has ended")?)?)
    }

    /// The next mail to that address, whatever else comes before.
    pub async fn mail_to(&mut self, address: &str) -> Result<Value> {
        loop {
            let mut told = self.next().await?;
            if told["mail"]["to"][0] == address {
                return Ok(told["mail"].take());
            }
        }
    }

    /// What it tells of that address, while time goes on as `advance` lets it.
    pub async fn wait_for(&mut self, address: &str, advance: impl Fn()) -> Result<Value> {
        let all = async {
            loop {
                // Cancelling a wait for a line loses nothing of it.
                let line = tokio::time::timeout(Duration::from_millis(200), self.told.next_line()).await;
                let Ok(line) = line else {
                    advance();
                    continue;
                };
                let told: Value = serde_json::from_str(&line?.context("the mail server has ended")?)?;
                if told["mail"]["to"][0] == address || told["to"] == address {
                    return Ok(told);
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), all)
            .await
            .context("the mail server has nothing to tell")?
    }
}

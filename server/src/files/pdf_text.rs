//! The text of a PDF, read by poppler's `pdftotext` as a child process with bounds on time, memory and output (D2).
//! A document that cannot be read is `None` and a line in the log, never an error. No document is parsed in-process:
//! they come from strangers.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::domain::file::MediaType;

/// Reads documents, a few at a time. Clones share that bound.
#[derive(Debug, Clone)]
pub struct PdfText {
    tool: String,
    timeout: Duration,
    /// Address space of the child.
    memory_kib: u64,
    /// Bytes of text; a document with more counts as unreadable, for half of it could mislead.
    most_text: u64,
    at_once: Arc<Semaphore>,
}

impl Default for PdfText {
    fn default() -> Self {
        PdfText {
            tool: "pdftotext".to_owned(),
            timeout: Duration::from_secs(10),
            memory_kib: 512 * 1024,
            most_text: 4 * 1024 * 1024,
            at_once: Arc::new(Semaphore::new(2)),
        }
    }
}

/// Why there is no text.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error("pdftotext cannot be started: {0}")]
    NoTool(std::io::Error),
    #[error("pdftotext took too long")]
    TimeOut,
    #[error("the document holds too much text")]
    TooMuch,
    #[error("pdftotext gave up: {0}")]
    Failed(String),
    #[error("pdftotext cannot be talked to: {0}")]
    Pipe(#[from] std::io::Error),
}

impl PdfText {
    /// The text of a document; `None` for images and for what cannot be read.
    pub async fn read(&self, media_type: MediaType, document: &[u8]) -> Option<String> {
        if media_type != MediaType::Pdf {
            return None;
        }
        // Waiting in line does not count against the time of the document.
        let _turn = self.at_once.acquire().await.ok()?;
        let read = tokio::time::timeout(self.timeout, self.run(document))
            .await
            .unwrap_or(Err(Unreadable::TimeOut));
        match read {
            Ok(text) => Some(text),
            Err(reason) => {
                tracing::warn!(%reason, bytes = document.len(), "the text of a PDF could not be read");
                None
            }
        }
    }

    async fn run(&self, document: &[u8]) -> Result<String, Unreadable> {
        let mut child = self.start().map_err(Unreadable::NoTool)?;
        let mut input = child.stdin.take();
        let feed = async {
            if let Some(input) = &mut input {
                // A child that gives up early closes the pipe; its exit status says so better.
                let _ = input.write_all(document).await;
            }
            drop(input);
        };
        let (mut text, mut complaint) = (Vec::new(), Vec::new());
        let output = child.stdout.take();
        let errors = child.stderr.take();
        let read = async {
            match output {
                Some(output) => output.take(self.most_text + 1).read_to_end(&mut text).await,
                None => Ok(0),
            }
        };
        let listen = async {
            match errors {
                Some(errors) => errors.take(2048).read_to_end(&mut complaint).await,
                None => Ok(0),
            }
        };
        let ((), read, _) = tokio::join!(feed, read, listen);
        read?;
        if text.len() as u64 > self.most_text {
            return Err(Unreadable::TooMuch);
        }
        let status = child.wait().await?;
        if !status.success() {
            let complaint = String::from_utf8_lossy(&complaint);
            return Err(Unreadable::Failed(format!(
                "{status}: {}",
                complaint.lines().next().unwrap_or_default()
            )));
        }
        String::from_utf8(text).map_err(|_| Unreadable::Failed("the text is not UTF-8".to_owned()))
    }

    /// The shell sets the bounds on itself and becomes the tool, so that ending the child ends the tool.
    fn start(&self) -> std::io::Result<Child> {
        // Text goes to a pipe: the tool has no business writing files of any size.
        const BOUNDED: &str =
            r#"ulimit -v "$1" && ulimit -t "$2" && ulimit -c 0 && ulimit -f 0 && shift 2 && exec "$@""#;
        let mut command = Command::new("sh");
        command.args([
            "-c",
            BOUNDED,
            "sh",
            &self.memory_kib.to_string(),
            &(self.timeout.as_secs() + 1).to_string(),
        ]);
        command.args([&self.tool, "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"]);
        command.env_clear().env("LC_ALL", "C");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

#[cfg(test)]
mod tests;

//! Chromium and its driver as child processes: start, flags, end. What tests do in a page is `browser.rs`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel};

/// Flags for a browser without a screen that talks to loopback only. `ComputedAccessibilityInfo` lets a script ask an element
/// for the role and name that assistive technology is given, so that tests find what a person would.
const FLAGS: [&str; 15] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
    "--hide-scrollbars",
    // As a person's browser calls itself: programs are no visitors of promotion links.
    "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "--enable-blink-features=ComputedAccessibilityInfo",
];

/// A driver process with one browser session; both end when this is dropped.
pub struct Chromium {
    driver: Child,
    /// The WebDriver session.
    pub session: WebDriver,
    profile: TempDir,
}

impl Chromium {
    /// Starts a driver on a free port and in it a browser with a fresh profile, its window `width` × `height` CSS pixels.
    pub async fn start(width: u32, height: u32) -> Result<Self> {
        let (mut driver, port) = start_driver()?;
        let profile = tempfile::Builder::new().prefix("appshelf-chromium-").tempdir()?;
        match connect(port, profile.path(), width, height).await {
            Ok(session) => Ok(Self {
                driver,
                session,
                profile,
            }),
            Err(reason) => {
                let _ = driver.kill();
                let _ = driver.wait();
                Err(reason)
            }
        }
    }

    /// Ends the session in order; dropping alone also ends it, less politely.
    pub async fn quit(&self) -> Result<()> {
        self.session.clone().quit().await.context("ending the browser session")
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // A session that was not ended in order would end itself by a request that waits for the very thread that drops it:
        // a journey that failed would never say so.
        let _ = self.session.clone().leak();
        // SIGTERM lets the driver end in order, but not always its browser: that one is known by the profile of its own.
        signal("-TERM", self.driver.id());
        let _ = self.driver.wait();
        for id in browsers_of(self.profile.path()) {
            signal("-KILL", id);
        }
    }
}

fn signal(signal: &str, id: u32) {
    let _ = Command::new("kill")
        .args([signal, &id.to_string()])
        .stderr(Stdio::null())
        .status();
}

/// Processes that were started for this profile, as `/proc` tells.
fn browsers_of(profile: &Path) -> Vec<u32> {
    let profile = profile.to_string_lossy();
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let id = |entry: std::io::Result<std::fs::DirEntry>| {
        let id = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let command = std::fs::read(format!("/proc/{id}/cmdline")).ok()?;
        String::from_utf8_lossy(&command).contains(&*profile).then_some(id)
    };
    processes.filter_map(id).collect()
}

/// Whether the browser tests can run here. In CI their absence is a failure, elsewhere a note on the terminal.
pub fn is_present() -> bool {
    let present = ["chromium", "chromedriver"].iter().all(|name| find(name).is_some());
    if !present {
        assert!(
            std::env::var_os("CI").is_none(),
            "chromium or chromedriver is missing: run scripts/setup test"
        );
        eprintln!("skipped: chromium or chromedriver is missing; scripts/setup test installs them");
    }
    present
}

fn find(name: &str) -> Option<std::path::PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// The driver picks the port itself and says which: no race for it.
fn start_driver() -> Result<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .args(["--port=0", "--allowed-ips=127.0.0.1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("starting chromedriver: run scripts/setup test")?;
    let output = driver.stdout.take().context("chromedriver's output")?;
    let mut lines = BufReader::new(output).lines();
    for line in lines.by_ref() {
        if let Some(port) = line?.strip_prefix("ChromeDriver was started successfully on port ") {
            let port = port.trim_end_matches('.').parse().context("chromedriver's port")?;
            // The pipe is read to its end so that the driver never waits for it.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((driver, port));
        }
    }
    let _ = driver.wait();
    bail!("chromedriver ended before it said its port")
}

async fn connect(port: u16, profile: &Path, width: u32, height: u32) -> Result<WebDriver> {
    let mut wanted = ChromeCapabilities::new();
    for flag in FLAGS {
        wanted.add_arg(flag)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    wanted.add_arg(&format!("--window-size={width},{height}"))?;
    if let Some(binary) = find("chromium") {
        wanted.set_binary(&binary.to_string_lossy())?;
    }
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
        .await
        .context("starting chromium")
}

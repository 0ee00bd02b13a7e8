//! The product as users run it: the built `appshelf` binary as a child process on a free port, with a data folder and a
//! database of its own. It is not the in-process test app of the API tests; nothing in here can reach into the server.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// How long a server may take until `/readyz` answers; a debug build that makes a new database included.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// What a server is started with.
#[derive(Default)]
pub struct Settings {
    /// `None` is SQLite in the data folder.
    pub database_url: Option<String>,
    /// Loads the demo organisations, people and projects first.
    pub demo_data: bool,
    /// More settings by name, e.g. limits.
    pub environment: Vec<(String, String)>,
}

/// A running server; it is killed and its data folder removed when this is dropped.
pub struct Product {
    child: Child,
    settings: Settings,
    address: String,
    folder: TempDir,
}

impl Product {
    /// Starts a server on an empty database and waits until it is ready.
    pub async fn start(settings: Settings) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("appshelf-product-").tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir_all(&data)?;
        if let Some(url) = &settings.database_url {
            succeed(command(&data, &settings).args(["migrate"]).env("DATABASE_URL", url))?;
        }
        if settings.demo_data {
            load_demo_data(&data, &settings)?;
        }
        let address = format!("127.0.0.1:{}", free_port()?);
        let child = spawn(folder.path(), &data, &settings, &address)?;
        let mut product = Self {
            child,
            settings,
            address,
            folder,
        };
        product.wait_until_ready().await?;
        Ok(product)
    }

    /// A server with the demo data on SQLite, which most journeys start from.
    pub async fn with_demo_data() -> Result<Self> {
        Self::start(Settings {
            demo_data: true,
            ..Settings::default()
        })
        .await
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder that the server keeps its files (and SQLite database) in.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Everything that the server has written to its log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Ends the server at once, as a power cut would (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts the server anew on the same data, address and settings.
    pub async fn start_again(&mut self) -> Result<()> {
        self.kill()?;
        self.child = spawn(self.folder.path(), &self.data(), &self.settings, &self.address)?;
        self.wait_until_ready().await
    }

    /// Runs `appshelf ARGS…` with the server's own settings and returns what it printed; an exit code other than 0 fails.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        // Tokens carry the server's address.
        succeed(
            command(&self.data(), &self.settings)
                .args(arguments)
                .env("APPSHELF_BASE_URL", self.url()),
        )
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let client = reqwest::Client::new();
        let url = format!("{}/readyz", self.url());
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            if let Ok(answer) = client.get(&url).send().await
                && answer.status().is_success()
            {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "appshelf serve ended with {status} before it was ready:\n{}",
                    self.log()
                );
            }
            if Instant::now() > deadline {
                bail!("appshelf serve was not ready within {READY_WITHIN:?}:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// The `appshelf` binary under test: `APPSHELF_BIN`, or the one that cargo built beside this test.
pub fn binary() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("APPSHELF_BIN") {
        return Ok(path.into());
    }
    // target/<profile>/deps/test-hash or target/<profile>/tool: the binary lies in <profile>.
    let own = std::env::current_exe()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("appshelf"))
        .find(|path| path.is_file())
        .context("no appshelf binary beside the tests: run `cargo build -p appshelf` or set APPSHELF_BIN")
}

/// A loopback port that nothing listens on now. Another process may take it before it is used; starts then fail loudly.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Demo data for one server. On SQLite a folder named by `APPSHELF_TEST_DEMO_DATA`, seeded once for the whole run, is copied.
fn load_demo_data(data: &Path, settings: &Settings) -> Result<()> {
    match (std::env::var_os("APPSHELF_TEST_DEMO_DATA"), &settings.database_url) {
        (Some(template), None) => copy_folder(Path::new(&template), data),
        _ => succeed(command(data, settings).arg("seed")).map(|_| ()),
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn command(data: &Path, settings: &Settings) -> Command {
    let mut command = Command::new(binary().unwrap_or_else(|_| "appshelf".into()));
    // A developer's own settings must not leak into what is tested.
    for (name, _) in std::env::vars() {
        if name.starts_with("APPSHELF_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command.env("APPSHELF_DATA", data).env("APPSHELF_DEMO", "true");
    if let Some(url) = &settings.database_url {
        command.env("DATABASE_URL", url);
    }
    command.envs(settings.environment.iter().map(|(name, value)| (name, value)));
    command
}

fn spawn(folder: &Path, data: &Path, settings: &Settings, address: &str) -> Result<Child> {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("server.log"))?;
    command(data, settings)
        .arg("serve")
        .env("APPSHELF_BIND", address)
        .env("APPSHELF_BASE_URL", format!("http://{address}"))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("starting {:?}", binary()))
}

fn succeed(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} ended with {}:\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

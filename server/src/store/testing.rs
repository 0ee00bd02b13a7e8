//! Stores for tests: a migrated database of its own per test, on SQLite always and on PostgreSQL where
//! `APPSHELF_TEST_POSTGRES_URL` names a server. Each is a copy of a template that is migrated once per test run.

pub mod plan;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::{Connection, SimpleConnection};
use diesel::{PgConnection, SqliteConnection};

use super::conn::Address;
use super::{Actor, Result, Store, Tx, migrate};
use crate::app::Clock;

/// The instant at which the clocks of tests stand.
pub const START: &str = "2026-11-21T02:00:00Z";

/// A store on a database of its own, which is removed with this value.
pub struct TestStore {
    pub store: Store,
    pub clock: Clock,
    pub address: Address,
    folder: Option<PathBuf>,
}

impl std::ops::Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    /// Runs a write of the system.
    pub fn system<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.store.write_blocking(&Actor::default(), &work)
    }
}

/// Runs a test on SQLite and, where there is a server, on PostgreSQL.
pub fn on_both(test: impl Fn(&TestStore)) {
    test(&sqlite());
    if let Some(store) = postgres() {
        test(&store);
    }
}

/// A new store on SQLite.
pub fn sqlite() -> TestStore {
    let folder = unused_folder();
    std::fs::create_dir_all(&folder).expect("a folder for the test's database");
    let path = folder.join("test.sqlite3");
    std::fs::copy(sqlite_template(), &path).expect("the template can be copied");
    open(Address::Sqlite(path), Some(folder))
}

/// A new store on PostgreSQL, where there is a server; in CI its absence is a failure.
pub fn postgres() -> Option<TestStore> {
    let server = std::env::var("APPSHELF_TEST_POSTGRES_URL")
        .ok()
        .filter(|url| !url.is_empty());
    assert!(
        server.is_some() || std::env::var_os("CI").is_none(),
        "APPSHELF_TEST_POSTGRES_URL is not set: run under scripts/with-postgres"
    );
    let server = server?;
    let name = unused_name();
    create(&server, &name, postgres_template(&server));
    Some(open(Address::Postgres(with_database(&server, &name)), None))
}

fn open(address: Address, folder: Option<PathBuf>) -> TestStore {
    let clock = Clock::fixed(START.parse().expect("a valid instant"));
    let store = Store::open(&address, 4, clock.clone()).expect("the test's database opens");
    TestStore {
        store,
        clock,
        address,
        folder,
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            drop(std::fs::remove_dir_all(folder));
        }
        if let (Address::Postgres(url), Ok(server)) = (&self.address, std::env::var("APPSHELF_TEST_POSTGRES_URL"))
            && let Some((_, name)) = url.rsplit_once('/')
            && let Ok(mut conn) = PgConnection::establish(&server)
        {
            drop(conn.batch_execute(&format!(r#"DROP DATABASE IF EXISTS "{name}" WITH (FORCE)"#)));
        }
    }
}

fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = unused_folder();
        let path = folder.join("template.sqlite3");
        migrate::run(&Address::Sqlite(path.clone())).expect("the migrations run on SQLite");
        // What lies in the write-ahead log would not be copied.
        let mut conn = SqliteConnection::establish(&path.to_string_lossy()).expect("the template opens");
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("the log is written back");
        path
    })
}

/// The name of a migrated database of this process.
fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = unused_name();
        create(server, &name, "template0");
        migrate::run(&Address::Postgres(with_database(server, &name))).expect("the migrations run on PostgreSQL");
        name
    })
}

fn create(server: &str, name: &str, template: &str) {
    let mut conn = PgConnection::establish(server).expect("the test server of PostgreSQL answers");
    conn.batch_execute(&format!(r#"CREATE DATABASE "{name}" TEMPLATE "{template}""#))
        .expect("a database can be made");
}

fn with_database(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').unwrap_or((server, ""));
    format!("{address}/{name}")
}

fn unused_folder() -> PathBuf {
    std::env::temp_dir().join(format!("appshelf-{}", unused_name()))
}

fn unused_name() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let nanos = std::time::UNIX_EPOCH.elapsed().map_or(0, |at| at.subsec_nanos());
    format!("test_{}_{number}_{nanos}", std::process::id())
}

//! One connection type over both databases, and how connections are opened. The scheme of the address picks the database;
//! a mistyped address is an error that says so, never a new SQLite file.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::{Connection, SimpleConnection};
use diesel::r2d2::R2D2Connection;
use diesel::{PgConnection, SqliteConnection};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The dialect that queries are built for.
pub type Dialect = <Conn as Connection>::Backend;

/// Runs one body per database where the multi backend has no common form: batch inserts, the queue, search.
/// Inside it, the named connection is the real one with its full dialect.
macro_rules! on_each_backend {
    ($conn:expr, |$inner:ident| $body:expr) => {
        match $conn {
            $crate::store::conn::Conn::Sqlite($inner) => $body,
            $crate::store::conn::Conn::Postgres($inner) => $body,
        }
    };
}
pub(crate) use on_each_backend;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An SQLite file; its folder exists or is made.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as libpq reads it.
    Postgres(String),
}

impl std::str::FromStr for Address {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return match path.is_empty() {
                true => Err("the path of the SQLite file is missing: sqlite://path/to/appshelf.sqlite3".to_owned()),
                false => Ok(Self::Sqlite(PathBuf::from(path))),
            };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err("a database address starts with sqlite:// or postgres://".to_owned())
    }
}

impl Address {
    /// Opens a connection and sets it up: WAL, full durability and foreign keys on SQLite; UTC, a statement timeout and no compilation of
    /// short queries on PostgreSQL.
    pub fn open(&self) -> diesel::ConnectionResult<Conn> {
        match self {
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                conn.batch_execute(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
                )
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Sqlite(conn))
            }
            Self::Postgres(url) => {
                let mut conn = PgConnection::establish(url)?;
                conn.batch_execute(
                    "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET client_min_messages = warning; SET jit = off;",
                )
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

/// What the connections of a pool are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Reading,
    Writing,
}

/// Makes and checks the connections of a pool.
#[derive(Clone, Debug)]
pub struct Manager {
    address: Address,
    purpose: Purpose,
}

/// Why a pooled connection could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ManagerError {
    #[error("the database does not answer: {0}")]
    Open(#[from] diesel::ConnectionError),
    #[error("the database connection is broken: {0}")]
    Ping(#[from] diesel::result::Error),
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = ManagerError;

    fn connect(&self) -> Result<Conn, ManagerError> {
        let mut conn = self.address.open()?;
        if let (Conn::Postgres(inner), Purpose::Writing) = (&mut conn, self.purpose) {
            // A serializable transaction that scans a small table has read all of it, and collides with whoever writes to it.
            inner
                .batch_execute("SET enable_seqscan = off")
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
        }
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), ManagerError> {
        Ok(conn.ping()?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// A pool that hands out checked-in connections as they are; a broken one is found at return.
pub fn pool(address: &Address, purpose: Purpose, size: u32) -> Result<r2d2::Pool<Manager>, r2d2::Error> {
    r2d2::Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(30))
        .build(Manager {
            address: address.clone(),
            purpose,
        })
}

//! Databases on the PostgreSQL server of the test run: made empty or as a copy, dropped afterwards. The server itself is started
//! by `scripts/with-postgres` (or is any other named in `APPSHELF_TEST_POSTGRES_URL`); nothing here starts or stops it.

use anyhow::{Context, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

/// The variable that names the server: `postgres://USER@HOST:PORT/DATABASE`, with the right to make databases.
pub const VARIABLE: &str = "APPSHELF_TEST_POSTGRES_URL";

/// The server's address, if there is one. In CI its absence is a failure, elsewhere the caller runs on SQLite alone.
pub fn server() -> Option<String> {
    let url = std::env::var(VARIABLE).ok().filter(|url| !url.is_empty());
    assert!(
        url.is_some() || std::env::var_os("CI").is_none(),
        "{VARIABLE} is not set: run under scripts/with-postgres"
    );
    url
}

/// A database that is dropped with this value.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A new empty database; names are never used twice within a server.
    pub fn empty(server: &str) -> Result<Self> {
        Self::made_from(server, "template0")
    }

    /// A copy of another database, which nobody may be connected to meanwhile.
    pub fn copy_of(server: &str, template: &str) -> Result<Self> {
        Self::made_from(server, template)
    }

    /// The address under which the product reaches it.
    pub fn url(&self) -> String {
        with_database(&self.server, &self.name)
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn made_from(server: &str, template: &str) -> Result<Self> {
        let name = unused_name();
        connect(server)?.batch_execute(&format!(r#"CREATE DATABASE "{name}" TEMPLATE "{template}""#))?;
        Ok(Self {
            server: server.to_owned(),
            name,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that still holds connections must not keep the test from ending.
        if let Ok(mut connection) = connect(&self.server) {
            let _ = connection.batch_execute(&format!(r#"DROP DATABASE IF EXISTS "{}" WITH (FORCE)"#, self.name));
        }
    }
}

/// Runs `make` once per server and name, however many test processes ask for it, and keeps its result as a template.
/// `make` is given the address of an empty database and must close its connections.
pub fn template(server: &str, name: &str, make: impl FnOnce(&str) -> Result<()>) -> Result<()> {
    let mut connection = connect(server)?;
    // The lock is the session's: should this process die, PostgreSQL releases it.
    sql_query("SELECT pg_advisory_lock(hashtext($1)::bigint)")
        .bind::<diesel::sql_types::Text, _>(name)
        .execute(&mut connection)?;
    if count_databases(&mut connection, name)? > 0 {
        return Ok(());
    }
    // It gets its name only when complete, so that a failed attempt is never taken for a template.
    let draft = Database::empty(server)?;
    make(&draft.url())?;
    connection.batch_execute(&format!(r#"ALTER DATABASE "{}" RENAME TO "{name}""#, draft.name()))?;
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count_databases(connection: &mut PgConnection, name: &str) -> Result<i64> {
    let count: Count = sql_query("SELECT count(*) AS count FROM pg_database WHERE datname = $1")
        .bind::<diesel::sql_types::Text, _>(name)
        .get_result(connection)?;
    Ok(count.count)
}

fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::establish(url).with_context(|| format!("connecting to {url}"))
}

/// Process id, a counter and the clock's nanoseconds: tests run in many processes and in threads of one.
fn unused_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let nanos = std::time::UNIX_EPOCH
        .elapsed()
        .map_or(0, |elapsed| elapsed.subsec_nanos());
    format!(
        "test_{}_{}_{nanos}",
        std::process::id(),
        COUNTER.fetch_add(1, Ordering::Relaxed)
    )
}

fn with_database(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').unwrap_or((server, ""));
    format!("{address}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_made_once_and_copies_are_independent() {
        let Some(server) = server() else { return };
        let name = unused_name();
        for _ in 0..2 {
            template(&server, &name, |url| {
                Ok(connect(url)?.batch_execute("CREATE TABLE mark (n int)")?)
            })
            .unwrap();
        }
        let [first, second] = [0, 1].map(|_| Database::copy_of(&server, &name).unwrap());
        connect(&first.url())
            .unwrap()
            .batch_execute("INSERT INTO mark VALUES (1)")
            .unwrap();
        let rows: Count = sql_query("SELECT count(*) AS count FROM mark")
            .get_result(&mut connect(&second.url()).unwrap())
            .unwrap();
        assert_eq!(rows.count, 0);
    }
}

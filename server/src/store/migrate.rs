//! Brings the schema up to date: both databases have mirrored migrations, embedded in the binary.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Address, Conn};

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// One key for everybody who migrates the same PostgreSQL database: servers that start together take turns.
const MIGRATION_LOCK: i64 = 0x4150_5053;

/// Runs what is missing; returns the names of the migrations that ran.
pub fn run(address: &Address) -> anyhow::Result<Vec<String>> {
    if let Address::Sqlite(path) = address
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| anyhow::anyhow!("migration failed: {error}");
    let ran = match address.open()? {
        Conn::Sqlite(mut conn) => names(conn.run_pending_migrations(SQLITE).map_err(failed)?),
        Conn::Postgres(mut conn) => {
            use diesel::RunQueryDsl;
            diesel::sql_query(format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).execute(&mut conn)?;
            names(conn.run_pending_migrations(POSTGRES).map_err(failed)?)
        }
    };
    Ok(ran)
}

/// Names of migrations that are missing in the database.
pub fn missing(address: &Address) -> anyhow::Result<Vec<String>> {
    let failed =
        |error: Box<dyn std::error::Error + Send + Sync>| anyhow::anyhow!("cannot read the migrations: {error}");
    Ok(match address.open()? {
        Conn::Sqlite(mut conn) => conn
            .pending_migrations(SQLITE)
            .map_err(failed)?
            .iter()
            .map(|m| m.name().to_string())
            .collect(),
        Conn::Postgres(mut conn) => conn
            .pending_migrations(POSTGRES)
            .map_err(failed)?
            .iter()
            .map(|m| m.name().to_string())
            .collect(),
    })
}

fn names(versions: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

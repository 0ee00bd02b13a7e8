//! `appshelf migrate`: brings the database up to date. SQLite does so by itself when the server starts; PostgreSQL, which
//! several servers may share, only by this command.

use std::process::ExitCode;

use anyhow::bail;

use crate::app;
use crate::config::Config;
use crate::store::conn::Address;
use crate::store::migrate;

/// Runs what is missing and says what ran.
pub fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let ran = migrate::run(&app::address(config)?)?;
    for name in &ran {
        println!("migrated {name}");
    }
    if ran.is_empty() {
        println!("the database is up to date");
    }
    Ok(ExitCode::SUCCESS)
}

/// Before serving: migrates SQLite, refuses a PostgreSQL database that is behind.
pub fn ensure(config: &Config) -> anyhow::Result<()> {
    let address = app::address(config)?;
    if let Address::Sqlite(_) = address {
        migrate::run(&address)?;
        return Ok(());
    }
    let missing = migrate::missing(&address)?;
    if !missing.is_empty() {
        bail!(
            "the database lacks {} migrations ({}): run `appshelf migrate` first",
            missing.len(),
            missing.join(", ")
        );
    }
    Ok(())
}

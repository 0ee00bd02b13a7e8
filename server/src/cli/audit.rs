//! `appshelf audit verify`: walks every audit chain and proves that no entry was altered, reordered or removed (P5).

use std::process::ExitCode;

use crate::app;
use crate::config::Config;
use crate::store::{audit, migrate};

/// Prints what was found as JSON. Exit code 0 when every chain holds, 1 when one is broken.
pub fn verify(config: &Config) -> anyhow::Result<ExitCode> {
    let address = app::address(config)?;
    let missing = migrate::missing(&address)?;
    anyhow::ensure!(
        missing.is_empty(),
        "the database is behind: run `appshelf migrate` first"
    );
    let found = audit::verify(&mut address.open()?)?;
    println!("{}", serde_json::to_string_pretty(&found)?);
    Ok(if found.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

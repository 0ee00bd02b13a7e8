//! `appshelf seed`: demo data for an empty database, in demo mode only. Organisations and people are set up as on a console;
//! everything else is done by those people over the API, so that demo data went through every rule.

mod actor;
mod buying;
mod calendar;
mod catalogue;
mod catalogue_line;
pub mod contract;
mod cool_app;
mod limits;
mod market;
mod people;
mod picture;
mod product;
mod promotion;
mod rollout;
mod running;
mod self_test;
mod service;
mod stall;
mod story;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use chrono::Duration;

use calendar::Calendar;

use crate::app::{App, Clock};
use crate::cli::{migrate, worker};
use crate::config::Config;
use crate::stop;
use crate::store::organization;

/// Password of every demo account.
pub const PASSWORD: &str = "appshelf-demo";
/// The story begins so many days ago.
const DAYS: i64 = 9;

/// Loads the demo data; a database that holds anything is left as it is. With a catalogue, its products are listed on top of it.
pub async fn run(config: Config, catalogue: Option<&Path>) -> anyhow::Result<ExitCode> {
    if !config.demo {
        bail!("demo data has well-known passwords: it is loaded in demo mode only (APPSHELF_DEMO=true)");
    }
    migrate::ensure(&config)?;
    let again = config.clone();
    let ended = demo(config).await?;
    if let Some(file) = catalogue {
        let app = App::open(again, Clock::System)?;
        let (stopper, stop) = stop::pair();
        let workers = worker::start(&app, stop);
        let listed = catalogue::list(&app, file).await;
        stopper.stop();
        workers.await?;
        listed?;
    }
    Ok(ended)
}

/// The demo's own story.
async fn demo(config: Config) -> anyhow::Result<ExitCode> {
    let clock = Clock::fixed(Clock::System.now() - Duration::days(DAYS));
    let app = App::open(config, clock.clone())?;
    if app.store.read(organization::any).await? {
        eprintln!("the database has data already; nothing was loaded");
        return Ok(ExitCode::SUCCESS);
    }
    let calendar = Calendar::open(&app, clock);
    let told = story::tell(&app, &calendar).await;
    calendar.close().await?;
    told.context("the demo data is incomplete: delete the data folder (or empty the database), then load it again")?;
    ensure!(app.store.read(organization::any).await?, "the story told nothing");
    eprintln!("demo data loaded");
    Ok(ExitCode::SUCCESS)
}

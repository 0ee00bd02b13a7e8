//! The `appshelf` binary: reads the command line, starts logging and calls the library. No decision of the product is
//! made here.

// The schema's roots nest futures deeper than the compiler looks without being told.
#![recursion_limit = "256"]

use std::process::ExitCode;

use appshelf::cli;
use appshelf::config::{Config, Settings};
use appshelf::{auth, telemetry};
use clap::{Parser, Subcommand};

/// AppShelf: an application marketplace and distribution platform
#[derive(Parser)]
#[command(name = "appshelf", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the front end, and run durable jobs
    Serve {
        /// Leave the durable jobs to `appshelf worker`
        #[arg(long)]
        no_worker: bool,
    },
    /// Run durable jobs without serving
    Worker,
    /// Bring the database up to date
    Migrate,
    /// Print the GraphQL schema
    Schema,
    /// Load demo data into an empty database (demo mode only)
    Seed {
        /// Then list the products of a catalogue, one a line as JSON; a second run goes on where the first one stopped
        #[arg(long, value_name = "FILE")]
        catalogue: Option<std::path::PathBuf>,
    },
    /// Import an application package from a file
    Import(cli::import::Args),
    /// Prove that no audit entry was altered, reordered or removed
    #[command(subcommand)]
    Audit(Audit),
    /// Print an access token (demo mode only)
    Token {
        /// E-mail address of the account
        #[arg(long)]
        user: String,
        /// `CorpID` of the organisation to act for; the last one used when left out
        #[arg(long, value_name = "CORP_ID")]
        org: Option<String>,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Walk every chain and print what was found as JSON
    Verify,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::load(cli.settings) {
        Ok(config) => config,
        Err(refused) => {
            eprintln!("appshelf: {refused}");
            return ExitCode::from(2);
        }
    };
    telemetry::start(&config);
    auth::token::install_provider();
    dispatch(cli.command, config).unwrap_or_else(|error| {
        eprintln!("appshelf: {error:#}");
        ExitCode::FAILURE
    })
}

fn dispatch(command: Command, config: Config) -> anyhow::Result<ExitCode> {
    // Requests run on the threads of `http`; these run jobs and whatever else is asynchronous.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    match command {
        Command::Serve { no_worker } => runtime.block_on(cli::serve::run(config, !no_worker)),
        Command::Worker => runtime.block_on(cli::worker::run(config)),
        Command::Migrate => cli::migrate::run(&config),
        Command::Schema => Ok(cli::schema::run()),
        Command::Seed { catalogue } => runtime.block_on(cli::seed::run(config, catalogue.as_deref())),
        Command::Import(args) => runtime.block_on(cli::import::run(config, args)),
        Command::Audit(Audit::Verify) => cli::audit::verify(&config),
        Command::Token { user, org } => runtime.block_on(cli::token::run(config, user, org)),
    }
}

//! `appshelf import`: reads an application package from a file beside the server and stores it as a version, without the
//! queue. Prints the report as JSON on standard output; a file that is refused is told with its place on standard error,
//! with exit code 2, and nothing is stored.
//!
//! A second import of an application of the same name becomes a new version of it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::app::{App, Clock};
use crate::cli::migrate;
use crate::config::Config;
use crate::domain::locale::Locale;
use crate::domain::organization::Role;
use crate::domain::refusal::Refusal;
use crate::package::{self, Format, Import, ImportReport, Limits, ReadOptions};
use crate::services::package_import::{self, Target, TargetApplication};
use crate::store::conn::Conn;
use crate::store::organization::Organization;
use crate::store::{self, Actor, Error, membership, organization};

/// What is imported, and for whom.
#[derive(clap::Args)]
pub struct Args {
    /// The package: appshelf.package/1 or a Baserow export
    file: PathBuf,
    /// `CorpID` of the partner whose application it becomes
    #[arg(long, value_name = "CORP_ID")]
    org: String,
    /// native or baserow; found out from the content when left out
    #[arg(long, default_value = "auto", hide_default_value = true)]
    format: Format,
    /// Version number, instead of the one in the file
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Read and report, store nothing
    #[arg(long)]
    dry_run: bool,
}

/// Exit code of everything that the caller can put right.
const REFUSED: u8 = 2;

/// Imports one file.
pub async fn run(config: Config, args: Args) -> anyhow::Result<ExitCode> {
    migrate::ensure(&config)?;
    let app = App::open(config, Clock::System)?;
    let corp_id = args.org.trim().to_lowercase();
    let found = app.store.read(move |conn| target(conn, &corp_id)).await?;
    let target = match found {
        Ok(target) => target,
        Err(why) => return Ok(refused(&why)),
    };
    let limits = Limits {
        bytes: app.config.limits.package,
        ..Limits::default()
    };
    let options = ReadOptions {
        format: args.format,
        version: args.version,
        limits,
    };
    let read = match package::read_package_file(&args.file, &options, &mut |_| {}) {
        Ok(read) => read,
        Err(error) => return Ok(refused(&format!("{}: {error}", args.file.display()))),
    };
    match keep(&app, target, read, args.dry_run).await {
        Ok(report) => {
            println!("{}", serde_json::to_string_pretty(&report)?);
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Refused(refusal)) => Ok(refused(&in_words(&refusal))),
        Err(error) => Err(error).context("the package could not be stored"),
    }
}

/// The organisation with somebody to make its version: its first partner admin, else its first developer. The outer
/// error is a fault, the inner one is for the caller.
fn target(conn: &mut Conn, corp_id: &str) -> store::Result<Result<Target, String>> {
    let Some(found) = organization::by_corp_id(conn, corp_id)? else {
        return Ok(Err(format!("there is no organisation with the CorpID {corp_id}")));
    };
    if !found.is_partner {
        return Ok(Err(format!("{} ({corp_id}) is not a partner", found.name)));
    }
    let maker = maker(conn, &found)?;
    let nobody = || format!("{} ({corp_id}) has no partner admin or developer", found.name);
    Ok(maker.ok_or_else(nobody).map(|created_by| Target {
        organization_id: found.id.clone(),
        application: TargetApplication::OfSameName,
        created_by,
    }))
}

fn maker(conn: &mut Conn, organization: &Organization) -> store::Result<Option<crate::domain::id::UserId>> {
    let active = membership::of_organization(conn, &organization.id)?;
    for role in [Role::PartnerAdmin, Role::PartnerDeveloper] {
        for member in &active {
            if member.parsed_roles()?.any(&[role]) {
                return Ok(Some(member.user_id.clone()));
            }
        }
    }
    Ok(None)
}

/// Stores what was read, or says what storing it would do.
async fn keep(app: &App, target: Target, read: Import, dry_run: bool) -> store::Result<ImportReport> {
    if dry_run {
        let rehearsed = app
            .store
            .read(move |conn| package_import::rehearse(conn, &target, &read));
        return rehearsed.await;
    }
    let actor = Actor {
        organization_id: Some(target.organization_id.clone()),
        request_id: "console".to_owned(),
        ..Actor::default()
    };
    let stored = app
        .store
        .write(actor, move |tx| package_import::store(tx, &target, &read));
    stored.await.map(|(_, report)| report)
}

fn in_words(refusal: &Refusal) -> String {
    let message = match refusal.issues() {
        [issue] => issue.message(Locale::En),
        _ => refusal.message(Locale::En),
    };
    format!(
        "{}: {message}. {}.",
        refusal.code().as_str(),
        refusal.next_step(Locale::En)
    )
}

fn refused(why: &str) -> ExitCode {
    eprintln!("appshelf: {why}");
    ExitCode::from(REFUSED)
}

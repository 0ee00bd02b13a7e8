//! Imports of application packages: asked for by a partner, carried out by a durable job, or run at once from the
//! console. The package becomes a version whole or not at all, in one transaction, and never twice.
//!
//! A version keeps the number that its file or the caller gives it. Numbers are unique in an application, because versions
//! never change; a file that names none (Baserow exports) gets the patch after the highest one there is.

mod content;
mod outcome;
mod plan;

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::application::{ImportStage, PackageFormat, PackageImportStatus};
use crate::domain::file::FilePurpose;
use crate::domain::id::{ApplicationId, FileId, OrganizationId, PackageImportId, UserId};
use crate::domain::job::JobKind;
use crate::domain::notification::Notice;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::version_number::VersionNumber;
use crate::package::{Import, ImportReport};
use crate::store::application_version::ApplicationVersion;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::job::{self, NewJob};
use crate::store::notification::{self, Recipients};
use crate::store::package_import::{self, End, PackageImport};
use crate::store::{Result, Tx, file};

pub use outcome::{KeptProblem, KeptReport, problems_of, report_of};

/// What a partner asks for.
#[derive(Clone, Debug)]
pub struct NewImport {
    pub file_id: FileId,
    pub format: PackageFormat,
    /// The application that gets a new version; `None` makes a new one.
    pub application_id: Option<ApplicationId>,
    /// Instead of the number in the file.
    pub version: Option<String>,
    /// Read and report, store nothing.
    pub dry_run: bool,
}

/// Where a package goes.
#[derive(Clone, Debug)]
pub struct Target {
    pub organization_id: OrganizationId,
    pub application: TargetApplication,
    pub created_by: UserId,
}

/// Which application gets the version.
#[derive(Clone, Debug)]
pub enum TargetApplication {
    /// This one.
    Existing(ApplicationId),
    /// A new one, whatever it is called.
    New,
    /// The organisation's own of the package's name, else a new one.
    OfSameName,
}

/// What the job of an import is given.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Payload {
    pub import_id: PackageImportId,
}

/// Starts an import of an uploaded file. What can be refused without reading the file is refused now.
pub fn start(tx: &mut Tx<'_>, viewer: &Viewer, new: NewImport) -> Result<PackageImport> {
    let scope = viewer.partner()?;
    let uploaded = file::find(tx.conn, &viewer.member()?, &new.file_id)?;
    let uploaded = uploaded.ok_or_else(|| Refusal::not_found().at("fileId"))?;
    if uploaded.purpose != FilePurpose::Package {
        return Err(Refusal::invalid("fileId", FilePurpose::Package.wrong_kind()).into());
    }
    if let Some(id) = &new.application_id {
        plan::existing(tx.conn, &scope.organization_id, id)?;
    }
    if let Some(number) = &new.version {
        let number: VersionNumber = number.parse().map_err(|problem| Refusal::invalid("version", problem))?;
        plan::free(tx.conn, new.application_id.as_ref(), &number)?;
    }
    let import = PackageImport {
        id: tx.id(),
        organization_id: scope.organization_id,
        file_id: new.file_id,
        format: new.format,
        application_id: new.application_id,
        version_number: new.version,
        dry_run: new.dry_run,
        status: PackageImportStatus::Queued,
        stage: ImportStage::Waiting,
        done: 0,
        total: 0,
        report: None,
        problems: None,
        version_id: None,
        created_by: scope.user_id,
        created_at: tx.now,
        finished_at: None,
    };
    package_import::insert(tx, &import)?;
    let payload = serde_json::to_value(Payload {
        import_id: import.id.clone(),
    })?;
    job::enqueue(
        tx,
        NewJob::new(JobKind::PackageImport, payload).once(import.id.as_str()),
    )?;
    record(tx, "import.started", &import, &uploaded.name)?;
    Ok(import)
}

/// An import of the viewer's organisation as a partner; for everybody else it does not exist.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &PackageImportId) -> Result<Option<PackageImport>> {
    match viewer.partner() {
        Ok(scope) => package_import::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// Whether an import has ended, well or not.
pub fn is_finished(import: &PackageImport) -> bool {
    match import.status {
        PackageImportStatus::Queued | PackageImportStatus::Running => false,
        PackageImportStatus::Succeeded | PackageImportStatus::Failed => true,
    }
}

/// Where the package of an import goes.
fn target_of(import: &PackageImport) -> Target {
    let application = match &import.application_id {
        Some(id) => TargetApplication::Existing(id.clone()),
        None => TargetApplication::New,
    };
    Target {
        organization_id: import.organization_id.clone(),
        application,
        created_by: import.created_by.clone(),
    }
}

/// What storing a package would do, without doing it: its report, or the refusal.
pub fn rehearse(conn: &mut Conn, target: &Target, read: &Import) -> Result<ImportReport> {
    Ok(plan::plan(conn, target, read)?.report)
}

/// Stores a package as a version: the application where it is new, the version, its components and sample rows.
pub fn store(tx: &mut Tx<'_>, target: &Target, read: &Import) -> Result<(ApplicationVersion, ImportReport)> {
    let plan = plan::plan(tx.conn, target, read)?;
    let version = content::store(tx, target, &plan, &read.package)?;
    Ok((version, plan.report))
}

/// Ends an import with what was read: stores it, or for a dry run only its report. A refusal is for [`fail`]. Stale where
/// the import ended before, and then nothing is stored.
pub fn finish(tx: &mut Tx<'_>, import: &PackageImport, read: &Import) -> Result<()> {
    let target = target_of(import);
    let (version_id, report) = if import.dry_run {
        (None, rehearse(tx.conn, &target, read)?)
    } else {
        let (version, report) = store(tx, &target, read)?;
        (Some(version.id), report)
    };
    let notice = Notice::ImportSucceeded {
        application: report.application.clone(),
        version: report.version.clone(),
        dry_run: import.dry_run,
    };
    let report = serde_json::to_string(&report)?;
    end(tx, import, &End::Succeeded { report, version_id }, "import.succeeded")?;
    tell(tx, import, &notice)
}

/// Ends an import with the reasons why nothing was stored.
pub fn fail(tx: &mut Tx<'_>, import: &PackageImport, problems: &[KeptProblem]) -> Result<()> {
    let problems = serde_json::to_string(problems)?;
    end(tx, import, &End::Failed { problems }, "import.failed")?;
    let file = file::get(tx.conn, &import.file_id)?.name;
    tell(tx, import, &Notice::ImportFailed { file })
}

/// Whoever started the import learns how it ended.
fn tell(tx: &mut Tx<'_>, import: &PackageImport, notice: &Notice) -> Result<()> {
    let starter = Recipients::Person(&import.organization_id, &import.created_by);
    notification::notify(tx, starter, import.id.as_str(), notice)?;
    Ok(())
}

fn end(tx: &mut Tx<'_>, import: &PackageImport, how: &End, action: &'static str) -> Result<()> {
    if !package_import::end(tx, &import.id, how)? {
        return Err(Refusal::stale().into());
    }
    let name = file::get(tx.conn, &import.file_id)?.name;
    record(tx, action, import, &name)
}

fn record(tx: &mut Tx<'_>, action: &'static str, import: &PackageImport, label: &str) -> Result<()> {
    tx.audit(Fact {
        organization_id: &import.organization_id,
        action,
        object_id: import.id.as_str(),
        label,
        before: None,
        after: Some(json!({ "fileId": import.file_id, "dryRun": import.dry_run })),
    })
}

/// Why an import of a file that is not there any more fails.
pub fn missing_file() -> KeptProblem {
    KeptProblem::of_refusal(&Refusal::invalid("file", Problem::Unknown))
}

#[cfg(test)]
mod tests;

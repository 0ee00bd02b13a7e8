//! Rows of package imports: what was asked for, how far it has come, and what became of it. Reading and storing the
//! package is `services::package_import`.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::package_imports;
use super::{Result, Signal, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::application::{ImportStage, PackageFormat, PackageImportStatus};
use crate::domain::id::{ApplicationId, ApplicationVersionId, FileId, OrganizationId, PackageImportId, UserId};
use crate::domain::instant::Instant;

/// An import.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = package_imports)]
pub struct PackageImport {
    pub id: PackageImportId,
    pub organization_id: OrganizationId,
    pub file_id: FileId,
    pub format: PackageFormat,
    /// The application that gets a new version; `None` makes a new one.
    pub application_id: Option<ApplicationId>,
    /// Instead of the number in the file.
    pub version_number: Option<String>,
    pub dry_run: bool,
    pub status: PackageImportStatus,
    /// What is being done; moves while it runs.
    pub stage: ImportStage,
    pub done: i32,
    pub total: i32,
    /// JSON, once it succeeded.
    pub report: Option<String>,
    /// JSON, once it failed.
    pub problems: Option<String>,
    /// What was made, once it succeeded.
    pub version_id: Option<ApplicationVersionId>,
    pub created_by: UserId,
    pub created_at: Instant,
    pub finished_at: Option<Instant>,
}

/// How an import ended.
#[derive(Clone, Debug)]
pub enum End {
    /// With its report, and the version where one was made.
    Succeeded {
        report: String,
        version_id: Option<ApplicationVersionId>,
    },
    /// With its problems.
    Failed { problems: String },
}

/// An import of the partner's own, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &PackageImportId) -> Result<Option<PackageImport>> {
    let query = package_imports::table
        .find(id)
        .filter(package_imports::organization_id.eq(&scope.organization_id))
        .select(package_imports::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One import by an id that the system holds already: of its job.
pub fn get(conn: &mut Conn, id: &PackageImportId) -> Result<PackageImport> {
    Ok(package_imports::table
        .find(id)
        .select(package_imports::all_columns)
        .first(conn)?)
}

/// Makes an import.
pub fn insert(tx: &mut Tx<'_>, import: &PackageImport) -> Result<()> {
    diesel::insert_into(package_imports::table)
        .values(import)
        .execute(tx.conn)?;
    Ok(())
}

/// Notes how far an unfinished import has come; false where it is finished already.
pub fn advance(tx: &mut Tx<'_>, id: &PackageImportId, stage: ImportStage, done: i32, total: i32) -> Result<bool> {
    let unfinished = package_imports::table
        .filter(package_imports::id.eq(id))
        .filter(package_imports::finished_at.is_null());
    let set = (
        package_imports::status.eq(PackageImportStatus::Running),
        package_imports::stage.eq(stage),
        package_imports::done.eq(done),
        package_imports::total.eq(total),
    );
    let changed = diesel::update(unfinished).set(set).execute(tx.conn)?;
    tx.signal(Signal::ImportMoved(id.clone()));
    Ok(changed == 1)
}

/// Ends an unfinished import; false where it is finished already, and then nothing of this transaction may stay.
pub fn end(tx: &mut Tx<'_>, id: &PackageImportId, end: &End) -> Result<bool> {
    let unfinished = package_imports::table
        .filter(package_imports::id.eq(id))
        .filter(package_imports::finished_at.is_null());
    let (status, report, problems, version_id) = match end {
        End::Succeeded { report, version_id } => {
            (PackageImportStatus::Succeeded, Some(report), None, version_id.as_ref())
        }
        End::Failed { problems } => (PackageImportStatus::Failed, None, Some(problems), None),
    };
    let set = (
        package_imports::status.eq(status),
        package_imports::stage.eq(ImportStage::Finished),
        package_imports::report.eq(report),
        package_imports::problems.eq(problems),
        package_imports::version_id.eq(version_id),
        package_imports::finished_at.eq(Some(tx.now)),
    );
    let changed = diesel::update(unfinished).set(set).execute(tx.conn)?;
    tx.signal(Signal::ImportMoved(id.clone()));
    Ok(changed == 1)
}

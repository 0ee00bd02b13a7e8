//! Rows of versions (版本): an immutable content snapshot with a number, a status and a description. What it is made of is
//! `application_component`.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::application_versions;
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::application::VersionStatus;
use crate::domain::id::{ApplicationId, ApplicationVersionId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;
use crate::domain::version_number::VersionNumber;

/// A version of an application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_versions)]
pub struct ApplicationVersion {
    pub id: ApplicationVersionId,
    pub application_id: ApplicationId,
    /// Whose the application is.
    pub organization_id: OrganizationId,
    /// See `domain::version_number`.
    pub number: String,
    pub status: VersionStatus,
    /// The only part that may change.
    pub description: String,
    pub component_count: i32,
    pub sample_row_count: i32,
    pub created_by: UserId,
    pub created_at: Instant,
    pub published_at: Option<Instant>,
}

/// A version of the partner's own, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &ApplicationVersionId) -> Result<Option<ApplicationVersion>> {
    let query = application_versions::table
        .find(id)
        .filter(application_versions::organization_id.eq(&scope.organization_id))
        .select(application_versions::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One version by an id that the system holds already: of a delivery or an import.
pub fn get(conn: &mut Conn, id: &ApplicationVersionId) -> Result<ApplicationVersion> {
    Ok(application_versions::table
        .find(id)
        .select(application_versions::all_columns)
        .first(conn)?)
}

/// Versions by id. See [`get`].
pub fn by_ids(conn: &mut Conn, ids: &[ApplicationVersionId]) -> Result<Vec<ApplicationVersion>> {
    Ok(application_versions::table
        .filter(application_versions::id.eq_any(ids))
        .select(application_versions::all_columns)
        .load(conn)?)
}

/// All versions of applications that the viewer was shown already, highest number first.
pub fn of_applications(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<ApplicationVersion>> {
    let mut found: Vec<ApplicationVersion> = application_versions::table
        .filter(application_versions::application_id.eq_any(ids))
        .select(application_versions::all_columns)
        .load(conn)?;
    found.sort_by(|left, right| VersionNumber::compare(&right.number, &left.number));
    Ok(found)
}

/// The version that an application is sold and sent in: its published one with the highest number. `None` where nothing
/// is published.
pub fn published(conn: &mut Conn, application: &ApplicationId) -> Result<Option<ApplicationVersion>> {
    let found = of_applications(conn, std::slice::from_ref(application))?;
    Ok(found
        .into_iter()
        .find(|version| version.status == VersionStatus::Published))
}

/// Makes a version.
pub fn insert(tx: &mut Tx<'_>, version: &ApplicationVersion) -> Result<()> {
    diesel::insert_into(application_versions::table)
        .values(version)
        .execute(tx.conn)?;
    Ok(())
}

/// Saves the status of a version that was read in `from`. Stale where somebody was quicker.
pub fn set_status(
    tx: &mut Tx<'_>,
    before: &ApplicationVersion,
    status: VersionStatus,
    published_at: Option<Instant>,
) -> Result<ApplicationVersion> {
    let read = application_versions::table
        .find(&before.id)
        .filter(application_versions::status.eq(before.status));
    let set = (
        application_versions::status.eq(status),
        application_versions::published_at.eq(published_at),
    );
    match diesel::update(read).set(set).execute(tx.conn)? {
        1 => Ok(ApplicationVersion {
            status,
            published_at,
            ..before.clone()
        }),
        _ => Err(Refusal::stale().into()),
    }
}

/// Replaces a version's description.
pub fn set_description(tx: &mut Tx<'_>, before: &ApplicationVersion, description: &str) -> Result<ApplicationVersion> {
    diesel::update(application_versions::table.find(&before.id))
        .set(application_versions::description.eq(description))
        .execute(tx.conn)?;
    Ok(ApplicationVersion {
        description: description.to_owned(),
        ..before.clone()
    })
}

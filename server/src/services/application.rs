//! Applications and their versions (L4): lists, look-ups, describing and publishing. Versions come into being by imports
//! (`package_import`) alone, and their content never changes.

use serde_json::json;

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::application::{ApplicationAction, VersionAction, VersionStatus};
use crate::domain::distribution_link::barrier;
use crate::domain::id::{ApplicationId, ApplicationVersionId};
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::transition::Status;
use crate::domain::wording::paragraphs;
use crate::store::application::{self, Application};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::{Result, Tx};

/// Characters of a version's description, as people count them.
pub const MAX_DESCRIPTION: usize = 10_000;

/// The partner's applications whose name contains the text, newest first.
pub fn list(conn: &mut Conn, viewer: &Viewer, search: Option<&str>, page: &PageRequest) -> Result<Page<Application>> {
    application::list(conn, &viewer.partner()?, search, page)
}

/// How many applications [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, search: Option<&str>) -> Result<i64> {
    application::count(conn, &viewer.partner()?, search)
}

/// An application of the viewer's organisation as a partner; for everybody else it does not exist.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &ApplicationId) -> Result<Option<Application>> {
    match viewer.partner() {
        Ok(scope) => application::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// A version of the viewer's organisation as a partner; for everybody else it does not exist.
pub fn get_version(conn: &mut Conn, viewer: &Viewer, id: &ApplicationVersionId) -> Result<Option<ApplicationVersion>> {
    match viewer.partner() {
        Ok(scope) => application_version::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// Publishes a version: it may be sold and sent from now on.
pub fn publish_version(tx: &mut Tx<'_>, viewer: &Viewer, id: &ApplicationVersionId) -> Result<ApplicationVersion> {
    let before = own_version(tx, &viewer.partner()?, id, "versionId")?;
    let status = before.status.apply(VersionAction::Publish)?;
    let now = tx.now;
    let after = application_version::set_status(tx, &before, status, Some(now))?;
    record(tx, "version.published", &before, &after)?;
    Ok(after)
}

/// Replaces the description of a version, the only part of it that may change.
pub fn describe_version(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ApplicationVersionId,
    description: &str,
) -> Result<ApplicationVersion> {
    let scope = viewer.partner()?;
    let before = own_version(tx, &scope, id, "versionId")?;
    before.status.apply(VersionAction::Describe)?;
    let description = paragraphs(description, MAX_DESCRIPTION)
        .map_err(|problem| Refusal::validation(vec![Issue::new("description", problem)]))?;
    let after = application_version::set_description(tx, &before, &description)?;
    record(tx, "version.described", &before, &after)?;
    Ok(after)
}

fn own_version(
    tx: &mut Tx<'_>,
    scope: &PartnerScope,
    id: &ApplicationVersionId,
    path: &str,
) -> Result<ApplicationVersion> {
    let found = application_version::find(tx.conn, scope, id)?;
    Ok(found.ok_or_else(|| Refusal::not_found().at(path))?)
}

fn record(
    tx: &mut Tx<'_>,
    action: &'static str,
    before: &ApplicationVersion,
    after: &ApplicationVersion,
) -> Result<()> {
    application::touch(tx, &after.application_id)?;
    let state = |version: &ApplicationVersion| json!({ "status": version.status, "description": version.description });
    tx.audit(Fact {
        organization_id: &after.organization_id,
        action,
        object_id: after.id.as_str(),
        label: &after.number,
        before: Some(state(before)),
        after: Some(state(after)),
    })
}

/// What the viewer may do with an application that has these versions.
pub fn application_actions(
    viewer: &Viewer,
    application: &Application,
    versions: &[ApplicationVersion],
) -> Vec<ApplicationAction> {
    let own = viewer.organization_id == application.organization_id;
    if !own || viewer.partner().is_err() {
        return Vec::new();
    }
    let published = versions
        .iter()
        .any(|version| version.status == VersionStatus::Published);
    let newest = versions.first().map(|version| version.status);
    let publishable = newest.is_some_and(|status| status.after(VersionAction::Publish).is_some());
    let distributable = barrier(application.origin, published).is_none();
    [
        (ApplicationAction::ImportVersion, application.origin.takes_versions()),
        (ApplicationAction::PublishVersion, publishable),
        (
            ApplicationAction::CreateLink,
            viewer.partner_admin().is_ok() && distributable,
        ),
    ]
    .into_iter()
    .filter_map(|(action, open)| open.then_some(action))
    .collect()
}

/// What the viewer may do with a version.
pub fn version_actions(viewer: &Viewer, version: &ApplicationVersion) -> Vec<VersionAction> {
    let own = viewer.organization_id == version.organization_id;
    if !own || viewer.partner().is_err() {
        return Vec::new();
    }
    let open = |action: &VersionAction| version.status.after(*action).is_some();
    VersionAction::ALL.iter().copied().filter(open).collect()
}

#[cfg(test)]
mod tests;

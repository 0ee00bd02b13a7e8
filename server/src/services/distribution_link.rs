//! Distribution links (D7–D9): any partner admin gets and revokes them, under active projects of the own organisation.

use serde_json::json;

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::distribution_link::barrier;
use crate::domain::id::{ApplicationId, DistributionLinkId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::link_token::LinkToken;
use crate::domain::message::Code;
use crate::domain::problem::Problem;
use crate::domain::project::{ProjectEventKind, ProjectStatus};
use crate::domain::refusal::Refusal;
use crate::domain::seat;
use crate::store::application::Application;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::distribution_link::{self, DistributionLink};
use crate::store::project::{self, Project};
use crate::store::{Result, Tx, application, application_version, permission, seat as seats_of};

/// What a link is wanted for.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub project_id: ProjectId,
    pub application_id: ApplicationId,
    /// `None` sells until the project closes.
    pub expires_at: Option<Instant>,
    /// How many users the application admits once it is bought; `None` for no limit.
    pub seats: Option<i32>,
}

/// Makes a link for one application under an active project. `secret` signs its token.
pub fn create(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    wanted: &NewLink,
    secret: &[u8],
) -> Result<(DistributionLink, Project)> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let project = project::find_own(tx.conn, &scope, &wanted.project_id)?;
    let project = project.ok_or_else(|| Refusal::not_found().at("projectId"))?;
    if project.status != ProjectStatus::Active {
        return Err(Refusal::rule(Code::ProjectNotActive).at("projectId").into());
    }
    let application = distributable(tx.conn, &scope, &wanted.application_id)?;
    if wanted.expires_at.is_some_and(|end| end <= tx.now) {
        return Err(Refusal::invalid("expiresAt", Problem::NotInFuture).into());
    }
    let seats = seat::check(wanted.seats)?;
    let id: DistributionLinkId = tx.id();
    let link = DistributionLink {
        token_hash: LinkToken::of(secret, id.as_str()).hash().as_str().to_owned(),
        id,
        organization_id: scope.organization_id.clone(),
        project_id: project.id.clone(),
        application_id: application.id.clone(),
        expires_at: wanted.expires_at,
        revoked_at: None,
        created_by: scope.user_id.clone(),
        created_at: tx.now,
    };
    distribution_link::insert(tx, &link)?;
    if let Some(seats) = seats {
        seats_of::set_of_link(tx, &link.id, seats)?;
    }
    project::add_event(tx, &project.id, ProjectEventKind::LinkCreated, Some(&application.name))?;
    record(tx, &link, &project, &application, "link.created")?;
    Ok((link, project))
}

/// The partner's own application, if it may be distributed (D8).
fn distributable(conn: &mut Conn, scope: &PartnerScope, id: &ApplicationId) -> Result<Application> {
    let found = application::find(conn, scope, id)?.ok_or_else(|| Refusal::not_found().at("applicationId"))?;
    let published = application_version::published(conn, id)?.is_some();
    match barrier(found.origin, published) {
        Some(barrier) => Err(Refusal::not_distributable(barrier).at("applicationId").into()),
        None => Ok(found),
    }
}

/// Stops a link from selling.
pub fn revoke(tx: &mut Tx<'_>, viewer: &Viewer, id: &DistributionLinkId) -> Result<(DistributionLink, Project)> {
    let scope = viewer.partner_admin()?;
    let found = distribution_link::find_own(tx.conn, &scope, id)?;
    let (link, project) = found.ok_or_else(Refusal::not_found)?;
    link.status(&project, tx.now).require_revocable()?;
    let link = distribution_link::revoke(tx, &link)?;
    let application = application::get(tx.conn, &link.application_id)?;
    project::add_event(tx, &project.id, ProjectEventKind::LinkRevoked, Some(&application.name))?;
    record(tx, &link, &project, &application, "link.revoked")?;
    Ok((link, project))
}

/// One link of the partner with its project, or `None`.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &DistributionLinkId) -> Result<Option<(DistributionLink, Project)>> {
    distribution_link::find_own(conn, &viewer.partner_admin()?, id)
}

fn record(
    tx: &mut Tx<'_>,
    link: &DistributionLink,
    project: &Project,
    application: &Application,
    action: &'static str,
) -> Result<()> {
    let after = json!({
        "projectId": project.id.as_str(),
        "applicationId": application.id.as_str(),
        "expiresAt": link.expires_at,
        "revokedAt": link.revoked_at,
    });
    tx.audit(Fact {
        organization_id: &project.organization_id,
        action,
        object_id: link.id.as_str(),
        label: &format!("{} · {}", project.name, application.name),
        before: None,
        after: Some(after),
    })
}

#[cfg(test)]
mod tests;

//! Distribution links. Only the hash of a link's token is stored; whether a link sells is decided by the domain.

use diesel::prelude::*;

use super::conn::Conn;
use super::project::Project;
use super::schema::{distribution_links, orders, projects};
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::distribution_link::DistributionLinkStatus;
use crate::domain::id::{ApplicationId, DistributionLinkId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::link_token::TokenHash;
use crate::domain::project::ProjectStatus;
use crate::domain::refusal::Refusal;

/// A link that lets one customer buy one application under one project.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = distribution_links)]
pub struct DistributionLink {
    pub id: DistributionLinkId,
    pub organization_id: OrganizationId,
    pub project_id: ProjectId,
    pub application_id: ApplicationId,
    /// SHA-256, hex.
    pub token_hash: String,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub created_by: UserId,
    pub created_at: Instant,
}

impl DistributionLink {
    /// Whether it sells at `now`, given its project.
    pub fn status(&self, project: &Project, now: Instant) -> DistributionLinkStatus {
        DistributionLinkStatus::at(self.revoked_at, self.expires_at, project.status, now)
    }
}

/// The link that a visitor's token opens, with its project. The token is the authority (D9), so no scope is asked for.
pub fn by_token_hash(conn: &mut Conn, hash: &TokenHash) -> Result<Option<(DistributionLink, Project)>> {
    let query = distribution_links::table
        .inner_join(projects::table)
        .filter(distribution_links::token_hash.eq(hash.as_str()))
        .select((distribution_links::all_columns, projects::all_columns));
    Ok(query.first(conn).optional()?)
}

/// The partner's own link with its project, or `None`.
pub fn find_own(
    conn: &mut Conn,
    scope: &PartnerScope,
    id: &DistributionLinkId,
) -> Result<Option<(DistributionLink, Project)>> {
    let query = distribution_links::table
        .inner_join(projects::table)
        .filter(distribution_links::id.eq(id))
        .filter(distribution_links::organization_id.eq(&scope.organization_id))
        .select((distribution_links::all_columns, projects::all_columns));
    Ok(query.first(conn).optional()?)
}

/// Links of projects that the viewer was shown already, newest first.
pub fn of_projects(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<DistributionLink>> {
    let query = distribution_links::table
        .filter(distribution_links::project_id.eq_any(ids))
        .order(distribution_links::id.desc())
        .select(distribution_links::all_columns);
    Ok(query.load(conn)?)
}

/// How many links each of the projects has; those without any are absent. The viewer was shown the projects already.
pub fn counts(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<(ProjectId, i64)>> {
    let query = distribution_links::table
        .filter(distribution_links::project_id.eq_any(ids))
        .group_by(distribution_links::project_id)
        .select((distribution_links::project_id, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}

/// How many links each of the applications has, and how many of them sell at `now` (see [`DistributionLinkStatus::at`]). Those without
/// any are absent; the viewer was shown the applications already.
pub fn counts_of_applications(
    conn: &mut Conn,
    ids: &[ApplicationId],
    now: Instant,
) -> Result<Vec<(ApplicationId, i64, i64)>> {
    use diesel::dsl::{case_when, count_star, sum};
    use diesel::sql_types::Integer;
    let lasts = distribution_links::expires_at
        .is_null()
        .or(distribution_links::expires_at.assume_not_null().gt(now));
    let kept = distribution_links::revoked_at.is_null();
    let active = projects::status.eq(ProjectStatus::Active);
    let open = case_when(lasts.and(kept).and(active), 1.into_sql::<Integer>()).otherwise(0.into_sql::<Integer>());
    let query = distribution_links::table
        .inner_join(projects::table)
        .filter(distribution_links::application_id.eq_any(ids))
        .group_by(distribution_links::application_id)
        .select((
            distribution_links::application_id,
            count_star(),
            sum(open).assume_not_null(),
        ));
    Ok(query.load(conn)?)
}

/// Makes a link.
pub fn insert(tx: &mut Tx<'_>, link: &DistributionLink) -> Result<()> {
    diesel::insert_into(distribution_links::table)
        .values(link)
        .execute(tx.conn)?;
    Ok(())
}

/// Revokes a link that is not revoked yet. Stale where somebody was quicker.
pub fn revoke(tx: &mut Tx<'_>, link: &DistributionLink) -> Result<DistributionLink> {
    let open = distribution_links::table
        .filter(distribution_links::id.eq(&link.id))
        .filter(distribution_links::revoked_at.is_null());
    let revoked_at = Some(tx.now);
    match diesel::update(open)
        .set(distribution_links::revoked_at.eq(revoked_at))
        .execute(tx.conn)?
    {
        1 => Ok(DistributionLink {
            revoked_at,
            ..link.clone()
        }),
        _ => Err(Refusal::stale().into()),
    }
}

/// How many orders came through each of the links; those without any are absent. The viewer was shown the links already.
pub fn order_counts(conn: &mut Conn, ids: &[DistributionLinkId]) -> Result<Vec<(DistributionLinkId, i64)>> {
    let query = orders::table
        .filter(orders::link_id.eq_any(ids))
        .group_by(orders::link_id)
        .select((orders::link_id, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}

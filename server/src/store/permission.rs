//! Distribution permissions (D1): one current application per organisation, and those before it as history.

use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::page::{self, Page, PageRequest, paged};
use super::schema::distribution_permissions as permissions;
use super::{Fault, Result, Tx};
use crate::auth::viewer::{PartnerScope, ReviewerScope};
use crate::domain::id::{DistributionPermissionId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::permission::{DistributionPermissionStatus, require_granted, revoked_meanwhile};
use crate::domain::refusal::Refusal;

/// Marks the application that counts.
pub const CURRENT: &str = "CURRENT";

/// A partner's application for the permission, and what became of it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = permissions, treat_none_as_null = true)]
pub struct DistributionPermission {
    pub id: DistributionPermissionId,
    pub organization_id: OrganizationId,
    pub status: DistributionPermissionStatus,
    pub scenario: String,
    /// JSON array of texts.
    pub delivery_references: String,
    pub contact_name: String,
    pub contact_mobile: String,
    pub agreement_version: String,
    pub submitted_by: UserId,
    pub submitted_at: Instant,
    pub due_at: Instant,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Instant>,
    pub reason: Option<String>,
    /// [`CURRENT`], or nothing for history.
    pub current_marker: Option<String>,
    pub version: i32,
}

impl DistributionPermission {
    /// The delivery references.
    pub fn references(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.delivery_references).map_err(|error| {
            let what = format!("delivery references: {error}");
            Fault::Inconsistent {
                table: "distribution_permissions",
                row: self.id.to_string(),
                what,
            }
            .into()
        })
    }
}

type Boxed<'a> = permissions::BoxedQuery<'a, Dialect>;

/// The application of an organisation that counts, if there ever was one.
pub fn current(conn: &mut Conn, organization: &OrganizationId) -> Result<Option<DistributionPermission>> {
    let query = permissions::table
        .filter(permissions::organization_id.eq(organization))
        .filter(permissions::current_marker.eq(Some(CURRENT)))
        .select(permissions::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Where the partner stands at this moment; `None` where it never applied.
fn status_of(conn: &mut Conn, partner: &OrganizationId) -> Result<Option<DistributionPermissionStatus>> {
    let query = permissions::table
        .filter(permissions::organization_id.eq(partner))
        .filter(permissions::current_marker.eq(Some(CURRENT)))
        .select(permissions::status);
    Ok(query.first(conn).optional()?)
}

/// Refused with PERMISSION_REQUIRED unless the partner's permission is granted at this moment (D1).
pub fn require(conn: &mut Conn, scope: &PartnerScope) -> Result<()> {
    Ok(require_granted(status_of(conn, &scope.organization_id)?)?)
}

/// The same for a reviewer who would approve what its partner may not do at this moment.
pub fn require_of(conn: &mut Conn, partner: &OrganizationId) -> Result<()> {
    let status = status_of(conn, partner)?;
    Ok(require_granted(status).map_err(|_| revoked_meanwhile())?)
}

/// Of these partners those whose permission is granted at this moment.
pub fn granted(conn: &mut Conn, partners: &[OrganizationId]) -> Result<Vec<OrganizationId>> {
    let query = permissions::table
        .filter(permissions::organization_id.eq_any(partners))
        .filter(permissions::current_marker.eq(Some(CURRENT)))
        .filter(permissions::status.eq(DistributionPermissionStatus::Granted))
        .select(permissions::organization_id);
    Ok(query.load(conn)?)
}

/// An application of any partner, current or not.
pub fn find(
    conn: &mut Conn,
    _: &ReviewerScope,
    id: &DistributionPermissionId,
) -> Result<Option<DistributionPermission>> {
    let query = permissions::table.find(id).select(permissions::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One application by an id that the system holds already: of a reminder.
pub fn get(conn: &mut Conn, id: &DistributionPermissionId) -> Result<DistributionPermission> {
    Ok(permissions::table
        .find(id)
        .select(permissions::all_columns)
        .first(conn)?)
}

/// An application of the partner, current or not.
pub fn find_own(
    conn: &mut Conn,
    scope: &PartnerScope,
    id: &DistributionPermissionId,
) -> Result<Option<DistributionPermission>> {
    let query = permissions::table
        .find(id)
        .filter(permissions::organization_id.eq(&scope.organization_id))
        .select(permissions::all_columns);
    Ok(query.first(conn).optional()?)
}

fn narrowed<'a>(status: Option<DistributionPermissionStatus>) -> Boxed<'a> {
    let query = permissions::table.select(permissions::all_columns).into_boxed();
    match status {
        Some(status) => query.filter(permissions::status.eq(status)),
        None => query,
    }
}

/// A page of applications, newest first; those that wait (SUBMITTED) soonest due first.
pub fn list(
    conn: &mut Conn,
    _: &ReviewerScope,
    status: Option<DistributionPermissionStatus>,
    page: &PageRequest,
) -> Result<Page<DistributionPermission>> {
    let query = narrowed(status);
    if is_queue(status) {
        return Ok(page.cut(by_due(query, page)?.load(conn)?));
    }
    Ok(page.cut(paged!(query, page, permissions::id, descending).load(conn)?))
}

/// How many applications a list has in all.
pub fn count(conn: &mut Conn, _: &ReviewerScope, status: Option<DistributionPermissionStatus>) -> Result<i64> {
    Ok(narrowed(status).select(diesel::dsl::count_star()).first(conn)?)
}

/// Whether the list is what a reviewer works off.
pub fn is_queue(status: Option<DistributionPermissionStatus>) -> bool {
    status == Some(DistributionPermissionStatus::Submitted)
}

/// The page key of an application in its list.
pub fn page_key(permission: &DistributionPermission, queue: bool) -> String {
    if queue {
        page::instant_key(permission.due_at, permission.id.as_str())
    } else {
        permission.id.to_string()
    }
}

fn by_due<'a>(query: Boxed<'a>, request: &PageRequest) -> Result<Boxed<'a>> {
    let (due, id) = (permissions::due_at, permissions::id);
    let query = query.limit(request.limit());
    let from = request.from.as_deref().map(page::parse_instant_key).transpose()?;
    Ok(match (request.backwards, from) {
        (false, None) => query.order((due.asc(), id.asc())),
        (true, None) => query.order((due.desc(), id.desc())),
        (false, Some((at, last))) => query
            .filter(due.ge(at))
            .filter(due.gt(at).or(id.gt(last)))
            .order((due.asc(), id.asc())),
        (true, Some((at, last))) => query
            .filter(due.le(at))
            .filter(due.lt(at).or(id.lt(last)))
            .order((due.desc(), id.desc())),
    })
}

/// Hands an application in as the one that counts; the one before becomes history.
pub fn insert_current(tx: &mut Tx<'_>, permission: &DistributionPermission) -> Result<()> {
    let before = permissions::table
        .filter(permissions::organization_id.eq(&permission.organization_id))
        .filter(permissions::current_marker.eq(Some(CURRENT)));
    diesel::update(before)
        .set(permissions::current_marker.eq(None::<String>))
        .execute(tx.conn)?;
    diesel::insert_into(permissions::table)
        .values(permission)
        .execute(tx.conn)?;
    Ok(())
}

/// Saves a decision on an application as it was read. Stale where somebody was quicker.
pub fn update(
    tx: &mut Tx<'_>,
    before: &DistributionPermission,
    after: DistributionPermission,
) -> Result<DistributionPermission> {
    let after = DistributionPermission {
        version: before.version + 1,
        ..after
    };
    let read = permissions::table
        .filter(permissions::id.eq(&before.id))
        .filter(permissions::version.eq(before.version))
        .filter(permissions::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

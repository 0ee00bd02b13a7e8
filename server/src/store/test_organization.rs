//! Test organisations: which organisations they are, and whose. The organisations themselves are `organization`.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{memberships, test_organizations};
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::instant::Instant;

/// A test organisation of a partner.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = test_organizations)]
pub struct TestOrganization {
    pub organization_id: OrganizationId,
    pub partner_id: OrganizationId,
    pub created_by: UserId,
    pub created_at: Instant,
}

/// The partner's test organisations, oldest first. There are few: `domain::test_organization::MAX`.
pub fn list(conn: &mut Conn, scope: &PartnerScope) -> Result<Vec<TestOrganization>> {
    of_partner(conn, &scope.organization_id)
}

/// Those of a partner. See [`list`].
pub fn of_partner(conn: &mut Conn, partner: &OrganizationId) -> Result<Vec<TestOrganization>> {
    let query = test_organizations::table
        .filter(test_organizations::partner_id.eq(partner))
        .order(test_organizations::organization_id.asc())
        .select(test_organizations::all_columns);
    Ok(query.load(conn)?)
}

/// A test organisation of the partner's own, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &OrganizationId) -> Result<Option<TestOrganization>> {
    let query = test_organizations::table
        .find(id)
        .filter(test_organizations::partner_id.eq(&scope.organization_id))
        .select(test_organizations::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Test organisations by id, for whoever was shown a self-test in them.
pub fn by_ids(conn: &mut Conn, ids: &[OrganizationId]) -> Result<Vec<TestOrganization>> {
    let query = test_organizations::table
        .filter(test_organizations::organization_id.eq_any(ids))
        .select(test_organizations::all_columns);
    Ok(query.load(conn)?)
}

/// Whether an organisation is somebody's test organisation.
pub fn is_one(conn: &mut Conn, id: &OrganizationId) -> Result<bool> {
    let found = test_organizations::table
        .find(id)
        .select(test_organizations::organization_id);
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Those of the organisations of which the person is a member.
pub fn joined(conn: &mut Conn, ids: &[OrganizationId], user: &UserId) -> Result<Vec<OrganizationId>> {
    let query = memberships::table
        .filter(memberships::organization_id.eq_any(ids))
        .filter(memberships::user_id.eq(user))
        .filter(memberships::active.eq(true))
        .select(memberships::organization_id);
    Ok(query.load(conn)?)
}

/// Makes an organisation one; it was made for this in the same transaction.
pub fn insert(tx: &mut Tx<'_>, row: &TestOrganization) -> Result<()> {
    diesel::insert_into(test_organizations::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

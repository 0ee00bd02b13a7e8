//! Organisations, their departments and the entitlements of their edition.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{departments, organizations};
use super::{Result, Tx};
use crate::auth::viewer::{CustomerScope, MemberScope, ReviewerScope, SuperadminScope};
use crate::domain::id::{DepartmentId, OrganizationId};
use crate::domain::instant::Instant;
use crate::domain::organization::{EditionName, OrganizationKind, PartnerTier};
use crate::domain::product_content::Industry;
use crate::domain::project::OrganizationSize;

/// An organisation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = organizations)]
pub struct Organization {
    pub id: OrganizationId,
    pub corp_id: String,
    pub name: String,
    pub is_customer: bool,
    pub is_partner: bool,
    pub is_platform: bool,
    pub edition: EditionName,
    pub partner_tier: PartnerTier,
    pub created_at: Instant,
    /// What it says of itself, for the marketplace (L11).
    pub industry: Option<Industry>,
    pub size: Option<OrganizationSize>,
}

impl Organization {
    /// Its kinds, in the schema's order.
    pub fn kinds(&self) -> Vec<OrganizationKind> {
        [
            (self.is_customer, OrganizationKind::Customer),
            (self.is_partner, OrganizationKind::Partner),
            (self.is_platform, OrganizationKind::Platform),
        ]
        .into_iter()
        .filter_map(|(is, kind)| is.then_some(kind))
        .collect()
    }
}

/// A department of an organisation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = departments)]
pub struct Department {
    pub id: DepartmentId,
    pub organization_id: OrganizationId,
    pub name: String,
    pub created_at: Instant,
}

/// Organisations by id, for names beside things that the viewer was shown already. Not a search: whoever has no id
/// learns nothing.
pub fn by_ids(conn: &mut Conn, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
    Ok(organizations::table
        .filter(organizations::id.eq_any(ids))
        .select(organizations::all_columns)
        .load(conn)?)
}

/// One organisation by id. See [`by_ids`].
pub fn get(conn: &mut Conn, id: &OrganizationId) -> Result<Organization> {
    Ok(organizations::table
        .find(id)
        .select(organizations::all_columns)
        .first(conn)?)
}

/// The organisation with that CorpID (already folded), for the system itself: imports, seeds, purchase checks.
pub fn by_corp_id(conn: &mut Conn, corp_id: &str) -> Result<Option<Organization>> {
    let query = organizations::table
        .filter(organizations::corp_id.eq(corp_id))
        .select(organizations::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Whether there is any organisation at all: an installation that was never set up has none.
pub fn any(conn: &mut Conn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(organizations::table.select(organizations::id))).get_result(conn)?)
}

/// Which of the CorpIDs (already folded) belong to an organisation. Says nothing else about it.
pub fn known_corp_ids(conn: &mut Conn, corp_ids: &[String]) -> Result<Vec<String>> {
    Ok(organizations::table
        .filter(organizations::corp_id.eq_any(corp_ids))
        .select(organizations::corp_id)
        .load(conn)?)
}

/// Makes an organisation.
pub fn insert(tx: &mut Tx<'_>, organization: &Organization) -> Result<()> {
    diesel::insert_into(organizations::table)
        .values(organization)
        .execute(tx.conn)?;
    Ok(())
}

/// Sets a partner's tier (D1: by the reviewer).
pub fn set_tier(tx: &mut Tx<'_>, _: &ReviewerScope, id: &OrganizationId, tier: PartnerTier) -> Result<()> {
    diesel::update(organizations::table.find(id))
        .set(organizations::partner_tier.eq(tier))
        .execute(tx.conn)?;
    Ok(())
}

/// Keeps what an organisation says of itself; nothing where it does not say.
pub fn set_profile(
    tx: &mut Tx<'_>,
    scope: &MemberScope,
    industry: Option<Industry>,
    size: Option<OrganizationSize>,
) -> Result<Organization> {
    diesel::update(organizations::table.find(&scope.organization_id))
        .set((organizations::industry.eq(industry), organizations::size.eq(size)))
        .execute(tx.conn)?;
    get(tx.conn, &scope.organization_id)
}

/// Makes the organisation of the scope a partner.
pub fn install_portal(tx: &mut Tx<'_>, scope: &CustomerScope) -> Result<Organization> {
    diesel::update(organizations::table.find(&scope.organization_id))
        .set((
            organizations::is_partner.eq(true),
            organizations::partner_tier.eq(PartnerTier::Partner),
        ))
        .execute(tx.conn)?;
    get(tx.conn, &scope.organization_id)
}

/// Sets what an organisation is entitled to.
pub fn set_edition(tx: &mut Tx<'_>, _: &SuperadminScope, id: &OrganizationId, edition: EditionName) -> Result<()> {
    diesel::update(organizations::table.find(id))
        .set(organizations::edition.eq(edition))
        .execute(tx.conn)?;
    Ok(())
}

/// Makes a department.
pub fn insert_department(tx: &mut Tx<'_>, department: &Department) -> Result<()> {
    diesel::insert_into(departments::table)
        .values(department)
        .execute(tx.conn)?;
    Ok(())
}

/// The departments of the viewer's organisation, by name.
pub fn departments(conn: &mut Conn, scope: &MemberScope) -> Result<Vec<Department>> {
    let query = departments::table
        .filter(departments::organization_id.eq(&scope.organization_id))
        .order((departments::name.asc(), departments::id.asc()))
        .select(departments::all_columns);
    Ok(query.load(conn)?)
}

/// Those of the ids that are departments of the customer.
pub fn departments_by_ids(conn: &mut Conn, scope: &CustomerScope, ids: &[DepartmentId]) -> Result<Vec<Department>> {
    let query = departments::table
        .filter(departments::organization_id.eq(&scope.organization_id))
        .filter(departments::id.eq_any(ids))
        .order(departments::name.asc())
        .select(departments::all_columns);
    Ok(query.load(conn)?)
}

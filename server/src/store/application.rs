//! Rows of applications (应用). Their versions are `application_version`, what those are made of `application_component`.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::conn::{Conn, Dialect};
use super::membership::escape_like;
use super::page::{Page, PageRequest, paged};
use super::schema::applications;
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::application::ApplicationOrigin;
use crate::domain::id::{ApplicationId, OrganizationId};
use crate::domain::instant::Instant;

/// An application.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = applications)]
pub struct Application {
    pub id: ApplicationId,
    pub organization_id: OrganizationId,
    pub name: String,
    /// One line, may be empty.
    pub summary: String,
    pub origin: ApplicationOrigin,
    pub created_at: Instant,
    /// When a version was imported, published or described last.
    pub updated_at: Instant,
}

type Boxed<'a> = applications::BoxedQuery<'a, Dialect>;

fn narrowed<'a>(scope: &PartnerScope, search: Option<&str>) -> Boxed<'a> {
    let own = applications::organization_id.eq(scope.organization_id.clone());
    let query = applications::table
        .filter(own)
        .select(applications::all_columns)
        .into_boxed();
    match search.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let like = format!("%{}%", escape_like(&text.to_lowercase()));
            query.filter(sql::<Text>("lower(applications.name)").like(like).escape('\\'))
        }
        None => query,
    }
}

/// The partner's application, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &ApplicationId) -> Result<Option<Application>> {
    let query = narrowed(scope, None).filter(applications::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// One application by an id that the system holds already: of a version, a link or an order.
pub fn get(conn: &mut Conn, id: &ApplicationId) -> Result<Application> {
    Ok(applications::table
        .find(id)
        .select(applications::all_columns)
        .first(conn)?)
}

/// Applications by id. See [`get`].
pub fn by_ids(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Application>> {
    Ok(applications::table
        .filter(applications::id.eq_any(ids))
        .select(applications::all_columns)
        .load(conn)?)
}

/// The oldest application of an organisation with exactly that name, for the system itself: imports.
pub fn by_name(
    conn: &mut Conn,
    organization: &OrganizationId,
    name: &str,
    origin: ApplicationOrigin,
) -> Result<Option<Application>> {
    let query = applications::table
        .filter(applications::organization_id.eq(organization))
        .filter(applications::name.eq(name))
        .filter(applications::origin.eq(origin))
        .order(applications::id.asc())
        .select(applications::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A page of the partner's applications whose name contains the text, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartnerScope,
    search: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Application>> {
    let query = narrowed(scope, search);
    Ok(page.cut(paged!(query, page, applications::id, descending).load(conn)?))
}

/// How many applications a list has in all.
pub fn count(conn: &mut Conn, scope: &PartnerScope, search: Option<&str>) -> Result<i64> {
    Ok(narrowed(scope, search).select(diesel::dsl::count_star()).first(conn)?)
}

/// Makes an application.
pub fn insert(tx: &mut Tx<'_>, application: &Application) -> Result<()> {
    diesel::insert_into(applications::table)
        .values(application)
        .execute(tx.conn)?;
    Ok(())
}

/// Notes that something of the application changed.
pub fn touch(tx: &mut Tx<'_>, id: &ApplicationId) -> Result<()> {
    diesel::update(applications::table.find(id))
        .set(applications::updated_at.eq(tx.now))
        .execute(tx.conn)?;
    Ok(())
}

/// Replaces the line that lists show.
pub fn set_summary(tx: &mut Tx<'_>, id: &ApplicationId, summary: &str) -> Result<()> {
    diesel::update(applications::table.find(id))
        .set(applications::summary.eq(summary))
        .execute(tx.conn)?;
    Ok(())
}

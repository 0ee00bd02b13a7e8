//! Orders of track B. A partner sees what it sold, a customer admin what their organisation bought, a reviewer all. What may
//! be done with one is decided by the domain.

use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::membership::escape_like;
use super::page::{Page, PageRequest, paged};
use super::project::Project;
use super::schema::{orders, projects};
use super::{Result, Tx};
use crate::auth::viewer::{CustomerScope, PartnerScope, PartyScope};
use crate::domain::id::{ApplicationId, DistributionLinkId, InstanceId, OrderId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::order::{OrderSort, SendStatus};
use crate::domain::refusal::Refusal;

pub use super::order_event::{Happened, add_event};

/// An order.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = orders, treat_none_as_null = true)]
pub struct Order {
    pub id: OrderId,
    /// Short, unique, read out by people.
    pub number: String,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub project_id: ProjectId,
    pub application_id: ApplicationId,
    pub link_id: DistributionLinkId,
    /// As it was called when it was bought.
    pub application_name: String,
    pub customer_name: String,
    /// See [`searchable`].
    pub search_text: String,
    pub ordered_by: UserId,
    pub created_at: Instant,
    pub amount_minor: i64,
    pub currency: String,
    pub app_status: SendStatus,
    pub page_status: SendStatus,
    pub full_edit_permission: bool,
    /// Once the application arrived.
    pub instance_id: Option<InstanceId>,
    /// Grows with every change.
    pub version: i32,
}

/// What the order centre searches, in lower case: names of the customer, the application's name, the number.
pub fn searchable(parts: &[&str]) -> String {
    parts.join("\n").to_lowercase()
}

/// Which orders of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Part of the customer's or the application's name, or of the number.
    pub search: Option<String>,
    pub app_status: Option<SendStatus>,
    /// Inclusive.
    pub created_from: Option<Instant>,
    /// Exclusive.
    pub created_to: Option<Instant>,
    pub project_id: Option<ProjectId>,
}

type Boxed<'a> = orders::BoxedQuery<'a, Dialect>;

/// Every order that the scope may see.
fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = orders::table.select(orders::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => query.filter(orders::partner_id.eq(partner.organization_id.clone())),
        PartyScope::Customer(customer) if customer.admin => {
            query.filter(orders::customer_id.eq(customer.organization_id.clone()))
        }
        // Orders are the admins' matter.
        PartyScope::Customer(_) => query.filter(orders::id.eq("")),
        PartyScope::Reviewer(_) => query,
    }
}

fn narrowed<'a>(scope: &PartyScope, filter: &OrderFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(search) = filter.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let like = format!("%{}%", escape_like(&search.to_lowercase()));
        query = query.filter(orders::search_text.like(like).escape('\\'));
    }
    if let Some(status) = filter.app_status {
        query = query.filter(orders::app_status.eq(status));
    }
    if let Some(from) = filter.created_from {
        query = query.filter(orders::created_at.ge(from));
    }
    if let Some(to) = filter.created_to {
        query = query.filter(orders::created_at.lt(to));
    }
    if let Some(project) = &filter.project_id {
        query = query.filter(orders::project_id.eq(project.clone()));
    }
    query
}

/// A page of orders.
pub fn list(
    conn: &mut Conn,
    scope: &PartyScope,
    filter: &OrderFilter,
    sort: OrderSort,
    page: &PageRequest,
) -> Result<Page<Order>> {
    let query = narrowed(scope, filter);
    let rows = match sort {
        OrderSort::CreatedDesc => paged!(query, page, orders::id, descending).load(conn)?,
        OrderSort::CreatedAsc => paged!(query, page, orders::id, ascending).load(conn)?,
    };
    Ok(page.cut(rows))
}

/// How many orders a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &OrderFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(diesel::dsl::count_star()).first(conn)?)
}

/// The order, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &OrderId) -> Result<Option<Order>> {
    Ok(visible(scope)
        .filter(orders::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// An order that the partner sold, or `None`.
pub fn find_sold(conn: &mut Conn, scope: &PartnerScope, id: &OrderId) -> Result<Option<Order>> {
    find(conn, &PartyScope::Partner(scope.clone()), id)
}

/// Orders by id, for whoever was shown a delivery or an instance of them.
pub fn of_ids(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<Order>> {
    Ok(orders::table
        .filter(orders::id.eq_any(ids))
        .select(orders::all_columns)
        .load(conn)?)
}

/// Orders of projects that the viewer was shown already, newest first.
pub fn of_projects(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<Order>> {
    let query = orders::table
        .filter(orders::project_id.eq_any(ids))
        .order(orders::id.desc())
        .select(orders::all_columns);
    Ok(query.load(conn)?)
}

/// Projects by id, for whoever was shown an order of them and may know its project.
pub fn projects_of(conn: &mut Conn, ids: &[ProjectId]) -> Result<Vec<Project>> {
    Ok(projects::table
        .filter(projects::id.eq_any(ids))
        .select(projects::all_columns)
        .load(conn)?)
}

/// One order by an id that the system holds already: of a delivery or an instance.
pub fn get(conn: &mut Conn, id: &OrderId) -> Result<Order> {
    Ok(orders::table.find(id).select(orders::all_columns).first(conn)?)
}

/// How many orders the customer placed for an application under a project.
pub fn count_earlier(
    conn: &mut Conn,
    scope: &CustomerScope,
    project: &ProjectId,
    application: &ApplicationId,
) -> Result<i64> {
    let query = orders::table
        .filter(orders::customer_id.eq(&scope.organization_id))
        .filter(orders::project_id.eq(project))
        .filter(orders::application_id.eq(application));
    Ok(query.count().get_result(conn)?)
}

/// The latest order that the person placed through a link after `since`.
pub fn latest_of(
    conn: &mut Conn,
    scope: &CustomerScope,
    link: &DistributionLinkId,
    since: Instant,
) -> Result<Option<Order>> {
    let query = orders::table
        .filter(orders::link_id.eq(link))
        .filter(orders::customer_id.eq(&scope.organization_id))
        .filter(orders::ordered_by.eq(&scope.user_id))
        .filter(orders::created_at.gt(since))
        .order(orders::id.desc())
        .select(orders::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Whether a number is taken.
pub fn is_number_taken(conn: &mut Conn, number: &str) -> Result<bool> {
    let same = orders::table.filter(orders::number.eq(number));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Makes an order.
pub fn insert(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    diesel::insert_into(orders::table).values(order).execute(tx.conn)?;
    Ok(())
}

/// Saves an order that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Order, after: Order) -> Result<Order> {
    let after = Order {
        version: before.version + 1,
        ..after
    };
    let read = orders::table
        .filter(orders::id.eq(&before.id))
        .filter(orders::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

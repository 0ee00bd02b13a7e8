//! Orders of track B. A partner sees what it sold, a customer admin what their organisation bought, a reviewer all. What may
//! be done with one is decided by the domain.

use diesel::prelude::*;

use super::conn::{Conn, Dialect};
use super::membership::escape_like;
use super::page::{Page, PageRequest, instant_key, paged_by, parse_instant_key, parse_text_key, text_key};
use super::project::Project;
use super::schema::{orders, projects};
use super::search::{self, Candidates};
use super::{Result, Tx};
use crate::auth::viewer::{CustomerScope, PartnerScope, PartyScope};
use crate::domain::id::{ApplicationId, DistributionLinkId, InstanceId, OrderId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::order::{OrderSort, SendStatus};
use crate::domain::project::ProjectStatus;
use crate::domain::purchase::order_number;
use crate::domain::refusal::Refusal;
use crate::domain::search_token::SearchNoun;

pub use super::order_event::{Happened, add_automatic_event, add_event};

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
    pub page_status: Option<SendStatus>,
    /// Inclusive.
    pub created_from: Option<Instant>,
    /// Exclusive.
    pub created_to: Option<Instant>,
    pub project_id: Option<ProjectId>,
    /// Of projects alone that are active.
    pub project_active: bool,
}

type Boxed<'a> = orders::BoxedQuery<'a, Dialect>;

/// Narrows a query to rows whose column has the value. Rows that are looked up by id are not to be looked up by another
/// index instead, which SQLite would take for more selective than it is: no index holds a column with a text added.
macro_rules! having {
    ($query:expr, $by_id:expr, $column:expr, $value:expr) => {
        match $by_id {
            true => $query.filter($column.concat("").eq($value)),
            false => $query.filter($column.eq($value)),
        }
    };
}

/// Every order that the scope may see.
fn visible<'a>(scope: &PartyScope, by_id: bool) -> Boxed<'a> {
    let query = orders::table.select(orders::all_columns).into_boxed();
    match scope {
        PartyScope::Partner(partner) => having!(query, by_id, orders::partner_id, partner.organization_id.clone()),
        PartyScope::Customer(customer) if customer.admin => {
            having!(query, by_id, orders::customer_id, customer.organization_id.clone())
        }
        // Orders are the admins' matter.
        PartyScope::Customer(_) => query.filter(orders::id.eq("")),
        PartyScope::Reviewer(_) => query,
    }
}

fn narrowed<'a>(conn: &mut Conn, scope: &PartyScope, filter: &OrderFilter) -> Result<Boxed<'a>> {
    let searched = filter.search.as_deref().map(|text| text.trim().to_lowercase());
    let searched = searched.filter(|text| !text.is_empty());
    let candidates = match &searched {
        Some(text) => search::candidates(conn, SearchNoun::Order, scope, text)?,
        None => Candidates::Many,
    };
    let by_id = candidates != Candidates::Many;
    let mut query = visible(scope, by_id);
    if let Candidates::Few(ids) = candidates {
        query = query.filter(orders::id.eq_any(ids));
    }
    if let Some(text) = searched {
        let like = format!("%{}%", escape_like(&text));
        query = query.filter(orders::search_text.like(like).escape('\\'));
    }
    if let Some(status) = filter.app_status {
        query = having!(query, by_id, orders::app_status, status);
    }
    if let Some(status) = filter.page_status {
        query = having!(query, by_id, orders::page_status, status);
    }
    if let Some(from) = filter.created_from {
        query = query.filter(orders::created_at.ge(from));
    }
    if let Some(to) = filter.created_to {
        query = query.filter(orders::created_at.lt(to));
    }
    if filter.project_active {
        let active = projects::table
            .filter(projects::id.eq(orders::project_id))
            .filter(projects::status.eq(ProjectStatus::Active));
        query = query.filter(diesel::dsl::exists(active));
    }
    if let Some(project) = &filter.project_id {
        query = having!(query, by_id, orders::project_id, project.clone());
    }
    Ok(query)
}

/// A page of orders.
pub fn list(
    conn: &mut Conn,
    scope: &PartyScope,
    filter: &OrderFilter,
    sort: OrderSort,
    page: &PageRequest,
) -> Result<Page<Order>> {
    use orders::{application_name, created_at, customer_name, id};
    let query = narrowed(conn, scope, filter)?;
    let rows = match in_scope(scope, sort) {
        OrderSort::CreatedDesc => paged_by!(query, page, parse_instant_key, created_at, id, descending).load(conn)?,
        OrderSort::CreatedAsc => paged_by!(query, page, parse_instant_key, created_at, id, ascending).load(conn)?,
        OrderSort::CustomerDesc => paged_by!(query, page, parse_text_key, customer_name, id, descending).load(conn)?,
        OrderSort::CustomerAsc => paged_by!(query, page, parse_text_key, customer_name, id, ascending).load(conn)?,
        OrderSort::ApplicationDesc => {
            paged_by!(query, page, parse_text_key, application_name, id, descending).load(conn)?
        }
        OrderSort::ApplicationAsc => {
            paged_by!(query, page, parse_text_key, application_name, id, ascending).load(conn)?
        }
    };
    Ok(page.cut(rows))
}

/// A customer's own orders are all of one customer: sorted by it, they stand by time.
const fn in_scope(scope: &PartyScope, sort: OrderSort) -> OrderSort {
    match (scope, sort) {
        (PartyScope::Customer(_), OrderSort::CustomerDesc) => OrderSort::CreatedDesc,
        (PartyScope::Customer(_), OrderSort::CustomerAsc) => OrderSort::CreatedAsc,
        (_, sort) => sort,
    }
}

/// The page key of an order in a list of that scope and sort.
pub fn page_key(order: &Order, scope: &PartyScope, sort: OrderSort) -> String {
    let id = order.id.as_str();
    match in_scope(scope, sort) {
        OrderSort::CreatedDesc | OrderSort::CreatedAsc => instant_key(order.created_at, id),
        OrderSort::CustomerDesc | OrderSort::CustomerAsc => text_key(&order.customer_name, id),
        OrderSort::ApplicationDesc | OrderSort::ApplicationAsc => text_key(&order.application_name, id),
    }
}

/// How many orders a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &OrderFilter) -> Result<i64> {
    let query = narrowed(conn, scope, filter)?;
    Ok(query.select(diesel::dsl::count_star()).first(conn)?)
}

/// The order, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &OrderId) -> Result<Option<Order>> {
    Ok(visible(scope, true)
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

/// A number that no order of the track has, by the track's own look-up.
pub fn unused_number(
    tx: &mut Tx<'_>,
    track: char,
    is_taken: impl Fn(&mut Conn, &str) -> Result<bool>,
) -> Result<String> {
    // Four characters are enough for hundreds of thousands of orders a day; more come once they get crowded.
    for attempt in 0..u32::MAX {
        let number = order_number(track, tx.now.utc(), 4 + attempt / 4, rand::random());
        if !is_taken(tx.conn, &number)? {
            return Ok(number);
        }
    }
    Err(anyhow::anyhow!("no order number is free").into())
}

/// Makes an order, which both sides find by its words from now on.
pub fn insert(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    diesel::insert_into(orders::table).values(order).execute(tx.conn)?;
    let parties = [order.partner_id.as_str(), order.customer_id.as_str()];
    search::index(tx, SearchNoun::Order, &parties, order.id.as_str(), &order.search_text)
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

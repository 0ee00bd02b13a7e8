//! The timeline of an order (D20). A step is added in the transaction that it tells of, by whoever moves something of the
//! order, and is never changed; this is also the one place that hears of everything that happens to one.

use diesel::prelude::*;

use super::conn::Conn;
use super::order::Order;
use super::page::{Page, PageRequest, instant_key, paged_by, parse_instant_key};
use super::schema::order_events;
use super::{Fault, Result, Tx};
use crate::domain::id::{DeliveryId, OrderEventId, OrderId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};

/// A step that is to be added.
#[derive(Clone, Debug)]
pub struct Happened<'a> {
    pub order_id: &'a OrderId,
    pub kind: OrderEventKind,
    /// The delivery that it is about.
    pub delivery_id: Option<&'a DeliveryId>,
    pub facts: Option<OrderEventFacts>,
}

/// One step of an order.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_events)]
pub struct OrderEvent {
    pub id: OrderEventId,
    pub order_id: OrderId,
    pub at: Instant,
    pub kind: OrderEventKind,
    /// `None` for the system.
    pub user_id: Option<UserId>,
    /// For which the person acted.
    pub organization_id: Option<OrganizationId>,
    pub delivery_id: Option<DeliveryId>,
    /// JSON, see [`OrderEvent::parsed_facts`].
    pub facts: Option<String>,
}

impl OrderEvent {
    /// What belongs to the step.
    pub fn parsed_facts(&self) -> Result<Option<OrderEventFacts>> {
        let parsed = self.facts.as_deref().map(serde_json::from_str).transpose();
        parsed.map_err(|error| {
            let (table, row, what) = ("order_events", self.id.to_string(), error.to_string());
            Fault::Inconsistent { table, row, what }.into()
        })
    }
}

/// Adds a step, by whoever acts.
pub fn add_event(tx: &mut Tx<'_>, happened: Happened<'_>) -> Result<()> {
    let (person, organization) = (tx.actor.user_id.clone(), tx.actor.organization_id.clone());
    add(tx, happened, person, organization)
}

/// Adds a step that nobody decided, whoever's act brought it about.
pub fn add_automatic_event(tx: &mut Tx<'_>, happened: Happened<'_>) -> Result<()> {
    add(tx, happened, None, None)
}

fn add(
    tx: &mut Tx<'_>,
    happened: Happened<'_>,
    user_id: Option<UserId>,
    organization_id: Option<OrganizationId>,
) -> Result<()> {
    let facts = happened.facts.map(|facts| serde_json::to_string(&facts)).transpose()?;
    let event = OrderEvent {
        id: tx.id(),
        order_id: happened.order_id.clone(),
        at: tx.now,
        kind: happened.kind,
        user_id,
        organization_id,
        delivery_id: happened.delivery_id.cloned(),
        facts,
    };
    diesel::insert_into(order_events::table)
        .values(event)
        .execute(tx.conn)?;
    Ok(())
}

/// A page of the steps of an order that the viewer was shown, newest first.
pub fn list(conn: &mut Conn, order: &Order, page: &PageRequest) -> Result<Page<OrderEvent>> {
    let query = order_events::table
        .filter(order_events::order_id.eq(order.id.clone()))
        .select(order_events::all_columns)
        .into_boxed();
    let (at, id) = (order_events::at, order_events::id);
    Ok(page.cut(paged_by!(query, page, parse_instant_key, at, id, descending).load(conn)?))
}

/// How many steps an order has.
pub fn count(conn: &mut Conn, order: &Order) -> Result<i64> {
    let steps = order_events::table.filter(order_events::order_id.eq(&order.id));
    Ok(steps.count().get_result(conn)?)
}

/// The page key of a step.
pub fn page_key(event: &OrderEvent) -> String {
    instant_key(event.at, event.id.as_str())
}

//! What gateways told of payments (L14): each message once, by the id that it was sent with, whatever became of it.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::payment_events;
use super::{Result, Tx};
use crate::domain::id::ProductOrderId;
use crate::domain::instant::Instant;
use crate::domain::payment::{PaymentEventKind, PaymentOutcome};

/// One message of a gateway.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_events)]
pub struct PaymentEvent {
    /// The gateway's.
    pub id: String,
    pub order_id: ProductOrderId,
    pub kind: PaymentEventKind,
    pub amount_minor: i64,
    pub currency: String,
    pub reference: String,
    /// By the gateway's clock.
    pub occurred_at: Instant,
    pub received_at: Instant,
    pub outcome: PaymentOutcome,
}

/// Whether a message came before.
pub fn is_known(conn: &mut Conn, id: &str) -> Result<bool> {
    let same = payment_events::table.find(id);
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Keeps a message.
pub fn insert(tx: &mut Tx<'_>, event: &PaymentEvent) -> Result<()> {
    diesel::insert_into(payment_events::table)
        .values(event)
        .execute(tx.conn)?;
    Ok(())
}

/// What waits for something that stands before the order, oldest first.
pub fn waiting(conn: &mut Conn, order: &ProductOrderId) -> Result<Vec<PaymentEvent>> {
    let query = payment_events::table
        .filter(payment_events::order_id.eq(order))
        .filter(payment_events::outcome.eq(PaymentOutcome::Waiting))
        .order((payment_events::occurred_at.asc(), payment_events::id.asc()))
        .select(payment_events::all_columns);
    Ok(query.load(conn)?)
}

/// Says what became of a message.
pub fn settle(tx: &mut Tx<'_>, id: &str, outcome: PaymentOutcome) -> Result<()> {
    diesel::update(payment_events::table.find(id))
        .set(payment_events::outcome.eq(outcome))
        .execute(tx.conn)?;
    Ok(())
}

/// The messages of orders that the viewer was shown already, in the order in which they happened.
pub fn of_orders(conn: &mut Conn, orders: &[ProductOrderId]) -> Result<Vec<PaymentEvent>> {
    let query = payment_events::table
        .filter(payment_events::order_id.eq_any(orders))
        .order((payment_events::occurred_at.asc(), payment_events::id.asc()))
        .select(payment_events::all_columns);
    Ok(query.load(conn)?)
}

//! Items of deliveries: one for each component of the version, marked as it is handled. The delivery itself is `delivery`.

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::delivery_items;
use super::{Fault, Result, Tx};
use crate::domain::component::ComponentKind;
use crate::domain::delivery::DeliveryItemStatus;
use crate::domain::id::DeliveryId;
use crate::domain::preflight::DeliveryFailure;

/// One component of a delivery.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = delivery_items, treat_none_as_default_value = false)]
pub struct DeliveryItem {
    pub delivery_id: DeliveryId,
    pub component_key: String,
    pub position: i32,
    pub kind: ComponentKind,
    pub name: String,
    pub status: DeliveryItemStatus,
    /// JSON: a `SkipReason` where SKIPPED, a `DeliveryFailure` where FAILED.
    pub reason: Option<String>,
}

/// Most rows of one INSERT.
const ROWS: usize = 400;

/// Adds the items of a delivery.
pub fn insert(tx: &mut Tx<'_>, items: &[DeliveryItem]) -> Result<()> {
    for piece in items.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(delivery_items::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// The items of deliveries that the viewer was shown already, in the order of the version.
pub fn of_deliveries(conn: &mut Conn, ids: &[DeliveryId]) -> Result<Vec<DeliveryItem>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq_any(ids))
        .order((delivery_items::delivery_id.asc(), delivery_items::position.asc()))
        .select(delivery_items::all_columns);
    Ok(query.load(conn)?)
}

/// The next items that wait from a position on, in the order of the version. The position keeps steps from reading again what
/// earlier ones have handled: a long delivery would read itself many times over, and collide with others.
pub fn waiting(conn: &mut Conn, delivery: &DeliveryId, from: i32, limit: i64) -> Result<Vec<DeliveryItem>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::position.ge(from))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued))
        .order(delivery_items::position.asc())
        .limit(limit)
        .select(delivery_items::all_columns);
    Ok(query.load(conn)?)
}

/// Marks waiting items between two positions as done. A fault where one of them was not waiting any more: then nothing of the
/// transaction may stay. The positions keep the database from reading the whole delivery to find the keys.
pub fn finish(tx: &mut Tx<'_>, delivery: &DeliveryId, between: (i32, i32), keys: &[String]) -> Result<()> {
    let waiting = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::position.between(between.0, between.1))
        .filter(delivery_items::component_key.eq_any(keys))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    let changed = diesel::update(waiting)
        .set(delivery_items::status.eq(DeliveryItemStatus::Done))
        .execute(tx.conn)?;
    if changed == keys.len() {
        return Ok(());
    }
    Err(Fault::Inconsistent {
        table: "delivery_items",
        row: delivery.to_string(),
        what: format!("{changed} of {} items were waiting", keys.len()),
    }
    .into())
}

/// Marks one waiting item as failed.
pub fn fail(tx: &mut Tx<'_>, delivery: &DeliveryId, key: &str, reason: &DeliveryFailure) -> Result<()> {
    let waiting = delivery_items::table
        .find((delivery, key))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    diesel::update(waiting)
        .set((
            delivery_items::status.eq(DeliveryItemStatus::Failed),
            delivery_items::reason.eq(Some(serde_json::to_string(reason)?)),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Lets failed items wait again (D18: a retry).
pub fn requeue_failed(tx: &mut Tx<'_>, delivery: &DeliveryId) -> Result<usize> {
    let failed = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Failed));
    Ok(diesel::update(failed)
        .set((
            delivery_items::status.eq(DeliveryItemStatus::Queued),
            delivery_items::reason.eq(None::<String>),
        ))
        .execute(tx.conn)?)
}

/// How many items are in each status.
pub fn counts(conn: &mut Conn, delivery: &DeliveryId) -> Result<Vec<(DeliveryItemStatus, i64)>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .group_by(delivery_items::status)
        .select((delivery_items::status, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}

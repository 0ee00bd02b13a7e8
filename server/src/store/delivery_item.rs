//! Items of deliveries: one for each component of the version, marked as it is handled. The delivery itself is `delivery`.

use std::collections::{HashMap, HashSet};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::conn::{Conn, on_each_backend};
use super::delivery::Delivery;
use super::schema::{application_components, delivery_items};
use super::{Result, Tx};
use crate::domain::component::ComponentKind;
use crate::domain::delivery::DeliveryItemStatus;
use crate::domain::id::DeliveryId;
use crate::domain::instance::ComponentState;
use crate::domain::preflight::{DeliveryFailure, SkipReason};

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
    /// In which state it arrives, as the checks promised; nothing before they passed and for what stays behind.
    pub arrives: Option<ComponentState>,
    /// Sample rows that come along.
    pub sample_rows: i32,
    /// Whether the database may copy it as it is.
    pub as_is: bool,
    /// Of an overwrite: the fingerprint of the page that was acknowledged.
    pub acknowledged: Option<String>,
}

/// Waiting items that one transaction handles: those between two positions.
#[derive(Clone, Debug)]
pub struct Batch {
    /// In the order of the version; never empty.
    pub items: Vec<DeliveryItem>,
}

impl Batch {
    /// The first and the last position.
    pub fn range(&self) -> (i32, i32) {
        let at = |item: Option<&DeliveryItem>| item.map_or(0, |item| item.position);
        (at(self.items.first()), at(self.items.last()))
    }
}

/// A statement about `batch`, the waiting items of a delivery ($1) between two positions ($2, $3). They are read by themselves and
/// first: joined in another order, a database would look at items of the whole delivery and of its neighbours, and serializable
/// transactions that have nothing in common would collide.
pub(super) fn of_batch(statement: &str) -> String {
    format!(
        "WITH batch AS MATERIALIZED (\
         SELECT delivery_id, component_key, position, arrives, sample_rows, as_is FROM delivery_items \
         WHERE delivery_id = $1 AND status = 'QUEUED' AND position BETWEEN $2 AND $3) {statement}"
    )
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

/// The next items that wait from a position on, at most so many and with no more content than `bytes`, as far as one alone has
/// not more; `None` where none waits. The position keeps steps from reading again what earlier ones have handled: a long delivery
/// would read itself many times over, and collide with others.
pub fn next_batch(conn: &mut Conn, delivery: &Delivery, from: i32, limit: i64, bytes: i64) -> Result<Option<Batch>> {
    let size = sql::<Nullable<BigInt>>("CAST(length(application_components.definition) AS BIGINT)");
    let source = application_components::table.on(application_components::version_id
        .eq(&delivery.version_id)
        .and(application_components::key.eq(delivery_items::component_key)));
    let waiting: Vec<(DeliveryItem, Option<i64>)> = delivery_items::table
        .left_join(source)
        .filter(delivery_items::delivery_id.eq(&delivery.id))
        .filter(delivery_items::position.ge(from))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued))
        .order(delivery_items::position.asc())
        .limit(limit)
        .select((delivery_items::all_columns, size))
        .load(conn)?;
    let mut taken = 0;
    let mut items = Vec::with_capacity(waiting.len());
    for (item, size) in waiting {
        taken += size.unwrap_or(0);
        if taken > bytes && !items.is_empty() {
            break;
        }
        items.push(item);
    }
    Ok((!items.is_empty()).then_some(Batch { items }))
}

/// Keys of the items that were handled already.
pub fn handled(conn: &mut Conn, delivery: &DeliveryId) -> Result<HashSet<String>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::status.ne(DeliveryItemStatus::Queued))
        .select(delivery_items::component_key);
    Ok(query.load(conn)?.into_iter().collect())
}

/// Of some components, as far as a delivery brings them: the position of each and how many sample rows come along.
pub fn sample_places(conn: &mut Conn, delivery: &DeliveryId, keys: &[&str]) -> Result<HashMap<String, (i32, i32)>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::component_key.eq_any(keys))
        .filter(delivery_items::sample_rows.gt(0))
        .select((
            delivery_items::component_key,
            (delivery_items::position, delivery_items::sample_rows),
        ));
    Ok(query.load(conn)?.into_iter().collect())
}

/// Key and name of the items that stayed behind for one of these reasons, in the order of the version.
pub fn skipped_for(conn: &mut Conn, delivery: &DeliveryId, reason: SkipReason) -> Result<Vec<(String, String)>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Skipped))
        .filter(delivery_items::reason.eq(serde_json::to_string(&reason)?))
        .order(delivery_items::position.asc())
        .select((delivery_items::component_key, delivery_items::name));
    Ok(query.load(conn)?)
}

/// Keys of the items that wait.
pub fn waiting_keys(conn: &mut Conn, delivery: &DeliveryId) -> Result<HashSet<String>> {
    let query = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued))
        .select(delivery_items::component_key);
    Ok(query.load(conn)?.into_iter().collect())
}

/// Takes back items that wait, to be planned anew.
pub fn delete_waiting(tx: &mut Tx<'_>, delivery: &DeliveryId) -> Result<()> {
    let waiting = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    diesel::delete(waiting).execute(tx.conn)?;
    Ok(())
}

/// Marks the items of a batch that still wait as done; how many. Found by their positions, as they were read.
pub fn finish(tx: &mut Tx<'_>, batch: &Batch, delivery: &DeliveryId) -> Result<usize> {
    let (first, last) = batch.range();
    let waiting = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::position.between(first, last))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    Ok(diesel::update(waiting)
        .set(delivery_items::status.eq(DeliveryItemStatus::Done))
        .execute(tx.conn)?)
}

/// Marks some waiting items of a batch as done; how many. The positions keep the database from reading the whole delivery to
/// find the keys.
pub fn finish_some(tx: &mut Tx<'_>, batch: &Batch, delivery: &DeliveryId, keys: &[String]) -> Result<usize> {
    let (first, last) = batch.range();
    let waiting = delivery_items::table
        .filter(delivery_items::delivery_id.eq(delivery))
        .filter(delivery_items::position.between(first, last))
        .filter(delivery_items::component_key.eq_any(keys))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    Ok(diesel::update(waiting)
        .set(delivery_items::status.eq(DeliveryItemStatus::Done))
        .execute(tx.conn)?)
}

/// Marks one waiting item as failed.
pub fn fail(tx: &mut Tx<'_>, delivery: &DeliveryId, key: &str, reason: &DeliveryFailure) -> Result<()> {
    let reason = serde_json::to_string(reason)?;
    set(tx, delivery, key, DeliveryItemStatus::Failed, reason)
}

/// Marks one waiting item as staying behind.
pub fn skip(tx: &mut Tx<'_>, delivery: &DeliveryId, key: &str, reason: SkipReason) -> Result<()> {
    let reason = serde_json::to_string(&reason)?;
    set(tx, delivery, key, DeliveryItemStatus::Skipped, reason)
}

fn set(tx: &mut Tx<'_>, delivery: &DeliveryId, key: &str, status: DeliveryItemStatus, reason: String) -> Result<()> {
    let waiting = delivery_items::table
        .find((delivery, key))
        .filter(delivery_items::status.eq(DeliveryItemStatus::Queued));
    diesel::update(waiting)
        .set((
            delivery_items::status.eq(status),
            delivery_items::reason.eq(Some(reason)),
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

//! Pages that a customer removed from an instance (D16): a delivery must know of them, so that none comes back as if nothing had
//! happened. Their records stay stored, and are there again when the page is sent as a new one.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Text};

use super::conn::Conn;
use super::delivery::Delivery;
use super::delivery_item::{Batch, of_batch};
use super::schema::removed_pages;
use super::{Result, Tx, grouped};
use crate::domain::component::ComponentKind;
use crate::domain::id::{DeliveryId, InstanceId, UserId};
use crate::domain::instant::Instant;

/// A page that is gone.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = removed_pages)]
pub struct RemovedPage {
    pub instance_id: InstanceId,
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    /// The delivery that had brought it.
    pub delivery_id: DeliveryId,
    pub removed_by: UserId,
    pub removed_at: Instant,
}

/// What the customer removed from instances.
pub fn of_instances(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<InstanceId, Vec<RemovedPage>>> {
    let rows: Vec<RemovedPage> = removed_pages::table
        .filter(removed_pages::instance_id.eq_any(instances))
        .order(removed_pages::key.asc())
        .select(removed_pages::all_columns)
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|row| (row.instance_id.clone(), row))))
}

/// Those of some pages that the customer removed.
pub fn of_keys(conn: &mut Conn, instance: &InstanceId, keys: &[&str]) -> Result<Vec<RemovedPage>> {
    let query = removed_pages::table
        .filter(removed_pages::instance_id.eq(instance))
        .filter(removed_pages::key.eq_any(keys))
        .select(removed_pages::all_columns);
    Ok(query.load(conn)?)
}

/// Remembers that a page was removed.
pub fn insert(tx: &mut Tx<'_>, page: &RemovedPage) -> Result<()> {
    diesel::insert_into(removed_pages::table)
        .values(page)
        .execute(tx.conn)?;
    Ok(())
}

/// Forgets the pages of a batch's waiting items, which come back.
pub fn forget(tx: &mut Tx<'_>, delivery: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<()> {
    let (first, last) = batch.range();
    let forget =
        of_batch("DELETE FROM removed_pages WHERE instance_id = $4 AND key IN (SELECT component_key FROM batch)");
    sql_query(forget)
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(instance)
        .execute(tx.conn)?;
    Ok(())
}

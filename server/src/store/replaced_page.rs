//! Pages as they were before an overwrite replaced them (D16): kept with their replacement, and put back by a rollback.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Text};

use super::conn::Conn;
use super::delivery::Delivery;
use super::delivery_item::{Batch, of_batch};
use super::schema::replaced_pages;
use super::{Result, Tx};
use crate::domain::component::ComponentKind;
use crate::domain::id::{DeliveryId, InstanceId};

/// A page that an overwrite replaced, without its definition.
#[derive(Clone, Debug, Queryable)]
pub struct ReplacedPage {
    pub key: String,
    pub position: i32,
    pub kind: ComponentKind,
    pub name: String,
}

/// What an overwrite replaced and no rollback has put back yet, in the order of the instance.
pub fn waiting(conn: &mut Conn, overwrite: &DeliveryId) -> Result<Vec<ReplacedPage>> {
    let query = replaced_pages::table
        .filter(replaced_pages::delivery_id.eq(overwrite))
        .filter(replaced_pages::restored_by_id.is_null())
        .order((replaced_pages::position.asc(), replaced_pages::key.asc()))
        .select((
            replaced_pages::key,
            replaced_pages::position,
            replaced_pages::kind,
            replaced_pages::name,
        ));
    Ok(query.load(conn)?)
}

/// Keeps the pages of a batch's waiting items as they are; how many.
pub fn keep(tx: &mut Tx<'_>, overwrite: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<usize> {
    let (first, last) = batch.range();
    let keep = of_batch(
        "INSERT INTO replaced_pages \
         (delivery_id, key, instance_id, position, kind, name, folder, definition, required_features, state, brought_by_id, \
         changed_at, changed_by) \
         SELECT batch.delivery_id, p.key, p.instance_id, p.position, p.kind, p.name, p.folder, p.definition, \
         p.required_features, p.state, p.delivery_id, p.changed_at, p.changed_by \
         FROM batch JOIN instance_components p ON p.instance_id = $4 AND p.key = batch.component_key",
    );
    let keep = sql_query(keep)
        .bind::<Text, _>(&overwrite.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(instance);
    Ok(keep.execute(tx.conn)?)
}

/// Notes that the pages of a batch's waiting items were put back; how many.
pub fn restored(tx: &mut Tx<'_>, rollback: &Delivery, overwrite: &DeliveryId, batch: &Batch) -> Result<usize> {
    let (first, last) = batch.range();
    let restored = of_batch(
        "UPDATE replaced_pages SET restored_by_id = $1 \
         WHERE delivery_id = $4 AND restored_by_id IS NULL AND key IN (SELECT component_key FROM batch)",
    );
    let restored = sql_query(restored)
        .bind::<Text, _>(&rollback.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(overwrite);
    Ok(restored.execute(tx.conn)?)
}

//! Components of an instance as the delivery engine writes them: copied, replaced and put back by the database itself, so many
//! at once as one transaction handles. The engine holds the delivery; whoever reads an instance goes through `instance`.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Integer, Nullable, Text};

use super::conn::Conn;
use super::delivery::Delivery;
use super::delivery_item::{Batch, of_batch};
use super::instance::InstanceComponent;
use super::schema::{deliveries, instance_components};
use super::{Result, Tx};
use crate::domain::component::ComponentKind;
use crate::domain::id::{DeliveryId, InstanceId, UserId};
use crate::domain::instant::Instant;

/// A component without its definition, which may be large.
#[derive(Clone, Debug, Queryable)]
pub struct Head {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    /// JSON array of features.
    pub required_features: String,
    pub delivery_id: DeliveryId,
}

/// A component as far as an overwrite compares it with what was acknowledged.
#[derive(Clone, Debug, Queryable)]
pub struct Content {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    pub definition: String,
}

/// The columns of a [`Head`].
const HEAD: (
    instance_components::key,
    instance_components::kind,
    instance_components::name,
    instance_components::required_features,
    instance_components::delivery_id,
) = (
    instance_components::key,
    instance_components::kind,
    instance_components::name,
    instance_components::required_features,
    instance_components::delivery_id,
);

/// What an instance has.
pub fn heads(conn: &mut Conn, instance: &InstanceId) -> Result<Vec<Head>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .order(instance_components::position.asc())
        .select(HEAD);
    Ok(query.load(conn)?)
}

/// Some of what an instance has.
pub fn heads_of(conn: &mut Conn, instance: &InstanceId, keys: &[String]) -> Result<Vec<Head>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .filter(instance_components::key.eq_any(keys))
        .select(HEAD);
    Ok(query.load(conn)?)
}

/// The content of some components.
pub fn contents(conn: &mut Conn, instance: &InstanceId, keys: &[String]) -> Result<Vec<Content>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .filter(instance_components::key.eq_any(keys))
        .select((
            instance_components::key,
            instance_components::kind,
            instance_components::name,
            instance_components::definition,
        ));
    Ok(query.load(conn)?)
}

/// The version of the application that each delivery brought which components of the instances came with.
pub fn versions(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<DeliveryId, String>> {
    let query = instance_components::table
        .inner_join(deliveries::table.on(deliveries::id.eq(instance_components::delivery_id)))
        .filter(instance_components::instance_id.eq_any(instances))
        .select((deliveries::id, deliveries::version_number))
        .distinct();
    Ok(query.load(conn)?.into_iter().collect())
}

/// The position after all others.
pub fn next_position(conn: &mut Conn, instance: &InstanceId) -> Result<i32> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .select(diesel::dsl::max(instance_components::position));
    Ok(query.first::<Option<i32>>(conn)?.map_or(0, |last| last + 1))
}

/// Folders of an instance.
pub fn folders(conn: &mut Conn, instance: &InstanceId) -> Result<Vec<String>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .filter(instance_components::folder.is_not_null())
        .select(instance_components::folder.assume_not_null())
        .distinct();
    Ok(query.load(conn)?)
}

/// Copies the waiting items of a batch that arrive as they are; how many. A folder of the delivery takes the place of their own:
/// that of new pages of all of them, that of a license of forms which bring rows along (L16).
pub fn copy(tx: &mut Tx<'_>, delivery: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<usize> {
    let (first, last) = batch.range();
    let copy = of_batch(
        "INSERT INTO instance_components \
         (instance_id, key, position, kind, name, folder, definition, required_features, state, delivery_id) \
         SELECT $4, c.key, batch.position, c.kind, c.name, \
         CASE WHEN $5 OR batch.sample_rows > 0 THEN COALESCE($6, c.folder) ELSE c.folder END, \
         c.definition, c.required_features, batch.arrives, batch.delivery_id \
         FROM batch JOIN application_components c ON c.version_id = $7 AND c.key = batch.component_key \
         WHERE batch.as_is = TRUE",
    );
    let copy = sql_query(copy)
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(instance)
        .bind::<Bool, _>(delivery.license_id.is_none())
        .bind::<Nullable<Text>, _>(&delivery.folder)
        .bind::<Text, _>(&delivery.version_id);
    Ok(copy.execute(tx.conn)?)
}

/// Puts the content of the version into the place of what the instance has under the keys of a batch's waiting items that arrive as
/// they are; how many were there. Where they stand is the customer's matter and stays (D16).
pub fn replace(tx: &mut Tx<'_>, delivery: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<usize> {
    let (first, last) = batch.range();
    let replace = of_batch(
        "UPDATE instance_components \
         SET kind = c.kind, name = c.name, definition = c.definition, required_features = c.required_features, \
         state = batch.arrives, delivery_id = batch.delivery_id, changed_at = NULL, changed_by = NULL \
         FROM batch JOIN application_components c ON c.version_id = $4 AND c.key = batch.component_key \
         WHERE instance_components.instance_id = $5 AND instance_components.key = batch.component_key \
         AND batch.as_is = TRUE",
    );
    let replace = sql_query(replace)
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(&delivery.version_id)
        .bind::<Text, _>(instance);
    Ok(replace.execute(tx.conn)?)
}

/// Puts one component, made ready, into the place of what the instance has under its key, as [`replace`] does.
pub fn put(tx: &mut Tx<'_>, component: &InstanceComponent) -> Result<usize> {
    let nobody: Option<UserId> = None;
    let changed = (
        instance_components::kind.eq(component.kind),
        instance_components::name.eq(&component.name),
        instance_components::definition.eq(&component.definition),
        instance_components::required_features.eq(&component.required_features),
        instance_components::state.eq(component.state),
        instance_components::delivery_id.eq(&component.delivery_id),
        instance_components::changed_at.eq(None::<Instant>),
        instance_components::changed_by.eq(nobody),
    );
    let row = instance_components::table.find((&component.instance_id, &component.key));
    Ok(diesel::update(row).set(changed).execute(tx.conn)?)
}

/// Puts pages back as they were before an overwrite, those of a batch's waiting items; how many.
pub fn restore(
    tx: &mut Tx<'_>,
    rollback: &Delivery,
    overwrite: &DeliveryId,
    instance: &InstanceId,
    batch: &Batch,
) -> Result<usize> {
    let (first, last) = batch.range();
    let restore = of_batch(
        "UPDATE instance_components \
         SET position = r.position, kind = r.kind, name = r.name, folder = r.folder, definition = r.definition, \
         required_features = r.required_features, state = r.state, delivery_id = r.brought_by_id, \
         changed_at = r.changed_at, changed_by = r.changed_by \
         FROM batch JOIN replaced_pages r ON r.delivery_id = $4 AND r.key = batch.component_key \
         WHERE instance_components.instance_id = $5 AND instance_components.key = batch.component_key",
    );
    let restore = sql_query(restore)
        .bind::<Text, _>(&rollback.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(overwrite)
        .bind::<Text, _>(instance);
    Ok(restore.execute(tx.conn)?)
}

/// What components of an instance are called, in the order of their keys.
pub fn names(conn: &mut Conn, instance: &InstanceId, keys: &[String]) -> Result<Vec<String>> {
    let query = instance_components::table
        .filter(instance_components::instance_id.eq(instance))
        .filter(instance_components::key.eq_any(keys))
        .order(instance_components::key.asc())
        .select(instance_components::name);
    Ok(query.load(conn)?)
}

/// Takes one component out.
pub fn delete(tx: &mut Tx<'_>, instance: &InstanceId, key: &str) -> Result<()> {
    diesel::delete(instance_components::table.find((instance, key))).execute(tx.conn)?;
    Ok(())
}

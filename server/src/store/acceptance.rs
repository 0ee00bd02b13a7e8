//! Sign-offs of instances as a history, and what was ticked since the maintenance began: of a page, the content that was tried.
//! Whoever calls was allowed to see the instance, or the order that brought it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::instance::{AppInstance, InstanceComponent};
use super::schema::{instance_acceptance_ticks, instance_acceptances};
use super::{Result, Tx, binding, grouped, instance};
use crate::domain::acceptance::{AcceptanceItem, TriedPart, items};
use crate::domain::id::{InstanceId, UserId};
use crate::domain::instant::Instant;

/// One sign-off.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = instance_acceptances)]
pub struct Acceptance {
    pub instance_id: InstanceId,
    /// From 1.
    pub number: i32,
    pub version_number: String,
    pub note: String,
    /// JSON array of `domain::acceptance::SignedItem`.
    pub checklist: String,
    pub accepted_by: UserId,
    pub accepted_at: Instant,
}

/// One ticked item.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = instance_acceptance_ticks)]
pub struct Tick {
    pub instance_id: InstanceId,
    pub item: String,
    pub ticked_by: UserId,
    pub ticked_at: Instant,
}

/// The sign-offs of instances, newest first.
pub fn of_instances(conn: &mut Conn, ids: &[InstanceId]) -> Result<Vec<Acceptance>> {
    let query = instance_acceptances::table
        .filter(instance_acceptances::instance_id.eq_any(ids))
        .order(instance_acceptances::number.desc())
        .select(instance_acceptances::all_columns);
    Ok(query.load(conn)?)
}

/// Adds a sign-off to the history and begins the next checklist; `acceptance.number` is given here.
pub fn insert(tx: &mut Tx<'_>, acceptance: &Acceptance) -> Result<()> {
    let last: Option<i32> = instance_acceptances::table
        .filter(instance_acceptances::instance_id.eq(&acceptance.instance_id))
        .select(diesel::dsl::max(instance_acceptances::number))
        .first(tx.conn)?;
    let row = Acceptance {
        number: last.unwrap_or(0) + 1,
        ..acceptance.clone()
    };
    diesel::insert_into(instance_acceptances::table)
        .values(&row)
        .execute(tx.conn)?;
    let ticks = instance_acceptance_ticks::table.filter(instance_acceptance_ticks::instance_id.eq(&row.instance_id));
    diesel::delete(ticks).execute(tx.conn)?;
    Ok(())
}

/// What there is to see before an application is accepted, each item with its tick.
pub type Ticked = Vec<(AcceptanceItem, Option<Tick>)>;

/// The checklist of an instance as it stands.
pub fn checklist(conn: &mut Conn, of: &AppInstance) -> Result<Ticked> {
    let mut found = checklists(conn, std::slice::from_ref(of))?;
    Ok(found.remove(&of.id).unwrap_or_default())
}

/// The checklists of several instances as they stand.
pub fn checklists(conn: &mut Conn, of: &[AppInstance]) -> Result<HashMap<InstanceId, Ticked>> {
    let components = instance::components_of(conn, of)?;
    let mut bindings = binding::of_instances(conn, of)?;
    let ticks = ticks(conn, of)?;
    let list = |(id, components): (InstanceId, Vec<InstanceComponent>)| {
        let parts = components.iter().map(|row| TriedPart {
            kind: row.kind,
            key: &row.key,
            name: &row.name,
            definition: &row.definition,
        });
        let ticked = |item: AcceptanceItem| {
            let mut own = ticks.get(&id).into_iter().flatten();
            let tick = own.find(|tick| tick.item == item.key()).cloned();
            (item, tick)
        };
        let bindings = bindings.remove(&id).unwrap_or_default().items;
        let list = items(parts, &bindings).into_iter().map(ticked).collect();
        (id, list)
    };
    Ok(components.into_iter().map(list).collect())
}

/// What was ticked since the maintenance of each began.
fn ticks(conn: &mut Conn, of: &[AppInstance]) -> Result<HashMap<InstanceId, Vec<Tick>>> {
    let ids = of.iter().map(|instance| &instance.id);
    let rows: Vec<Tick> = instance_acceptance_ticks::table
        .filter(instance_acceptance_ticks::instance_id.eq_any(ids))
        .order(instance_acceptance_ticks::item.asc())
        .select(instance_acceptance_ticks::all_columns)
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|row| (row.instance_id.clone(), row))))
}

/// Ticks an item; the first tick counts. Whether it was not ticked before.
pub fn tick(tx: &mut Tx<'_>, id: &InstanceId, item: &str, by: &UserId) -> Result<bool> {
    let there = instance_acceptance_ticks::table.find((id, item));
    if there.count().get_result::<i64>(tx.conn)? > 0 {
        return Ok(false);
    }
    let row = Tick {
        instance_id: id.clone(),
        item: item.to_owned(),
        ticked_by: by.clone(),
        ticked_at: tx.now,
    };
    diesel::insert_into(instance_acceptance_ticks::table)
        .values(&row)
        .execute(tx.conn)?;
    Ok(true)
}

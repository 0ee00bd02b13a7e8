//! Seats of links, orders, licenses and instances: how many there are, and who holds one. Whoever calls was allowed to see what has
//! them.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::conn::Conn;
use super::instance::AppInstance;
use super::license;
use super::page::{Page, PageRequest, paged};
use super::schema::{app_instances, instance_seats, link_seats, order_seats};
use super::{Result, Signal, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::id::{DistributionLinkId, InstanceId, OrderId, OrganizationId, UserId};
use crate::domain::instant::Instant;

/// A user who holds a seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = instance_seats)]
pub struct Seat {
    pub instance_id: InstanceId,
    pub user_id: UserId,
    pub taken_at: Instant,
}

/// The seats that links sell; those without a limit are not among them.
pub fn of_links(conn: &mut Conn, ids: &[DistributionLinkId]) -> Result<Vec<(DistributionLinkId, i32)>> {
    let query = link_seats::table.filter(link_seats::link_id.eq_any(ids));
    Ok(query.load(conn)?)
}

/// The seats that were bought with orders; those without a limit are not among them.
pub fn of_orders(conn: &mut Conn, ids: &[OrderId]) -> Result<Vec<(OrderId, i32)>> {
    let query = order_seats::table.filter(order_seats::order_id.eq_any(ids));
    Ok(query.load(conn)?)
}

/// Gives a link its seats.
pub fn set_of_link(tx: &mut Tx<'_>, id: &DistributionLinkId, seats: i32) -> Result<()> {
    let row = (link_seats::link_id.eq(id), link_seats::seats.eq(seats));
    diesel::insert_into(link_seats::table).values(row).execute(tx.conn)?;
    Ok(())
}

/// Gives an order its seats.
pub fn set_of_order(tx: &mut Tx<'_>, id: &OrderId, seats: i32) -> Result<()> {
    let row = (order_seats::order_id.eq(id), order_seats::seats.eq(seats));
    diesel::insert_into(order_seats::table).values(row).execute(tx.conn)?;
    Ok(())
}

/// How many users an instance admits; none for no limit.
pub fn bought(conn: &mut Conn, instance: &AppInstance) -> Result<Option<i32>> {
    Ok(limits(conn, std::slice::from_ref(instance))?.remove(&instance.id))
}

/// Whether the person may go in as it is: an admin, a user with a seat, or anybody where there is no limit.
pub fn admits(conn: &mut Conn, scope: &CustomerScope, instance: &AppInstance) -> Result<bool> {
    Ok(closed(conn, scope, std::slice::from_ref(instance))?.is_empty())
}

/// Those of the instances that limit their users, with how many they admit.
pub fn limits(conn: &mut Conn, instances: &[AppInstance]) -> Result<HashMap<InstanceId, i32>> {
    let orders: Vec<OrderId> = instances
        .iter()
        .filter_map(|instance| instance.order_id.clone())
        .collect();
    let of_orders: HashMap<OrderId, i32> = of_orders(conn, &orders)?.into_iter().collect();
    let of_licenses = license::seats_of(conn, instances)?;
    let limit = |instance: &AppInstance| match (&instance.order_id, &instance.license_id) {
        (Some(order), _) => of_orders.get(order).copied(),
        (None, Some(license)) => of_licenses.get(license).copied(),
        (None, None) => None,
    };
    let limited = instances
        .iter()
        .filter_map(|instance| Some((instance.id.clone(), limit(instance)?)));
    Ok(limited.collect())
}

/// How many seats of each instance are taken; absent where none is.
pub fn taken_of(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<InstanceId, i64>> {
    let rows: Vec<(InstanceId, i64)> = instance_seats::table
        .filter(instance_seats::instance_id.eq_any(instances))
        .group_by(instance_seats::instance_id)
        .select((instance_seats::instance_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Those of the instances in which the user holds a seat.
pub fn held(conn: &mut Conn, instances: &[InstanceId], user: &UserId) -> Result<HashSet<InstanceId>> {
    let query = instance_seats::table
        .filter(instance_seats::instance_id.eq_any(instances))
        .filter(instance_seats::user_id.eq(user))
        .select(instance_seats::instance_id);
    Ok(query.load(conn)?.into_iter().collect())
}

/// Those of the instances that do not let the person in as it is: the license is over, or users are counted and they hold no seat.
/// Admins go in all the same, so that nothing is out of the organisation's reach.
pub fn closed(conn: &mut Conn, scope: &CustomerScope, instances: &[AppInstance]) -> Result<HashSet<InstanceId>> {
    if scope.admin {
        return Ok(HashSet::new());
    }
    let mut closed = license::ended(conn, instances)?;
    let limited: Vec<InstanceId> = limits(conn, instances)?.into_keys().collect();
    if limited.is_empty() {
        return Ok(closed);
    }
    let held = held(conn, &limited, &scope.user_id)?;
    closed.extend(limited.into_iter().filter(|id| !held.contains(id)));
    Ok(closed)
}

/// How many seats are taken.
pub fn taken(conn: &mut Conn, instance: &InstanceId) -> Result<i64> {
    let mut found = taken_of(conn, std::slice::from_ref(instance))?;
    Ok(found.remove(instance).unwrap_or(0))
}

/// Who holds a seat, by their ids.
pub fn list(conn: &mut Conn, instance: &InstanceId, page: &PageRequest) -> Result<Page<Seat>> {
    let query = instance_seats::table
        .filter(instance_seats::instance_id.eq(instance))
        .select(instance_seats::all_columns)
        .into_boxed();
    Ok(page.cut(paged!(query, page, instance_seats::user_id, ascending).load(conn)?))
}

/// Gives a user a seat.
pub fn take(tx: &mut Tx<'_>, instance: &InstanceId, user: &UserId) -> Result<()> {
    let seat = Seat {
        instance_id: instance.clone(),
        user_id: user.clone(),
        taken_at: tx.now,
    };
    diesel::insert_into(instance_seats::table)
        .values(&seat)
        .execute(tx.conn)?;
    tx.signal(Signal::SeatsMoved(instance.clone()));
    Ok(())
}

/// Frees a user's seat; whether there was one.
pub fn release(tx: &mut Tx<'_>, instance: &InstanceId, user: &UserId) -> Result<bool> {
    let seat = instance_seats::table.find((instance, user));
    let freed = diesel::delete(seat).execute(tx.conn)? > 0;
    if freed {
        tx.signal(Signal::SeatsMoved(instance.clone()));
    }
    Ok(freed)
}

/// Frees every seat that a user holds in an organisation.
pub fn release_all(tx: &mut Tx<'_>, organization: &OrganizationId, user: &UserId) -> Result<()> {
    let instances = app_instances::table
        .filter(app_instances::organization_id.eq(organization))
        .select(app_instances::id);
    let seats = instance_seats::table
        .filter(instance_seats::user_id.eq(user))
        .filter(instance_seats::instance_id.eq_any(instances));
    let left: Vec<InstanceId> = seats.select(instance_seats::instance_id).load(tx.conn)?;
    let seats = instance_seats::table
        .filter(instance_seats::user_id.eq(user))
        .filter(instance_seats::instance_id.eq_any(&left));
    diesel::delete(seats).execute(tx.conn)?;
    for instance in left {
        tx.signal(Signal::SeatsMoved(instance));
    }
    Ok(())
}

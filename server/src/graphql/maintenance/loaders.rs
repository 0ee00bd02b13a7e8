//! Batched look-ups around remote maintenance. Whoever hands out the id has decided that the viewer may see it.

use std::collections::{HashMap, HashSet};

use async_graphql::Data;

use crate::domain::id::{InstanceId, OrderId};
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::maintenance::{self, MaintenanceSession};
use crate::store::{Result, Store};

/// The latest session of each order; absent where nobody ever asked.
pub struct LatestOfOrder;

impl Batch for LatestOfOrder {
    type Key = OrderId;
    type Row = MaintenanceSession;

    fn load(conn: &mut Conn, keys: &[OrderId]) -> Result<Vec<(OrderId, MaintenanceSession)>> {
        let rows = maintenance::latest_of_orders(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.order_id.clone(), row)).collect())
    }
}

/// The open sessions of each instance, oldest first; absent where there is none.
pub struct OpenOfInstance;

impl Batch for OpenOfInstance {
    type Key = InstanceId;
    type Row = Vec<MaintenanceSession>;

    fn load(conn: &mut Conn, keys: &[InstanceId]) -> Result<Vec<(InstanceId, Vec<MaintenanceSession>)>> {
        let mut groups = HashMap::<InstanceId, Vec<MaintenanceSession>>::new();
        for row in maintenance::open_of_instances(conn, keys)? {
            groups.entry(row.instance_id.clone()).or_default().push(row);
        }
        Ok(groups.into_iter().collect())
    }
}

/// Whether each instance grants requests at once while it is in development maintenance.
pub struct AutomaticGrants;

impl Batch for AutomaticGrants {
    type Key = InstanceId;
    type Row = bool;

    fn load(conn: &mut Conn, keys: &[InstanceId]) -> Result<Vec<(InstanceId, bool)>> {
        let asking: HashSet<InstanceId> = maintenance::asking_instances(conn, keys)?.into_iter().collect();
        Ok(keys.iter().map(|key| (key.clone(), !asking.contains(key))).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<LatestOfOrder>(data, store);
    insert_one::<OpenOfInstance>(data, store);
    insert_one::<AutomaticGrants>(data, store);
}

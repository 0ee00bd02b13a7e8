//! Batched look-ups around orders. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::id::{InstanceId, OrderId, ProjectId};
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery};
use crate::store::instance::{self, AppInstance};
use crate::store::order::{self, Order};
use crate::store::project::Project;
use crate::store::{Result, Store, grouped};

/// Orders by id.
pub struct Orders;

impl Batch for Orders {
    type Key = OrderId;
    type Row = Order;

    fn load(conn: &mut Conn, keys: &[OrderId]) -> Result<Vec<(OrderId, Order)>> {
        let rows = order::of_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The orders of each project, newest first; absent where there is none.
pub struct OrdersOf;

impl Batch for OrdersOf {
    type Key = ProjectId;
    type Row = Vec<Order>;

    fn load(conn: &mut Conn, keys: &[ProjectId]) -> Result<Vec<(ProjectId, Vec<Order>)>> {
        let rows = order::of_projects(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.project_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// The project of an order.
pub struct OrderProjects;

impl Batch for OrderProjects {
    type Key = ProjectId;
    type Row = Project;

    fn load(conn: &mut Conn, keys: &[ProjectId]) -> Result<Vec<(ProjectId, Project)>> {
        let rows = order::projects_of(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The deliveries of each order, newest first; absent where there is none.
pub struct DeliveriesOf;

impl Batch for DeliveriesOf {
    type Key = OrderId;
    type Row = Vec<Delivery>;

    fn load(conn: &mut Conn, keys: &[OrderId]) -> Result<Vec<(OrderId, Vec<Delivery>)>> {
        let rows = delivery::of_orders(conn, keys)?;
        let of_order = |row: Delivery| Some((row.order_id.clone()?, row));
        Ok(grouped(rows.into_iter().filter_map(of_order)).into_iter().collect())
    }
}

/// Orders of which a delivery is under way; absent where there is none.
pub struct Sending;

impl Batch for Sending {
    type Key = OrderId;
    type Row = ();

    fn load(conn: &mut Conn, keys: &[OrderId]) -> Result<Vec<(OrderId, ())>> {
        let sending = delivery::active_of_orders(conn, keys)?;
        Ok(sending.into_iter().map(|id| (id, ())).collect())
    }
}

/// Instances by id.
pub struct Instances;

impl Batch for Instances {
    type Key = InstanceId;
    type Row = AppInstance;

    fn load(conn: &mut Conn, keys: &[InstanceId]) -> Result<Vec<(InstanceId, AppInstance)>> {
        let rows = instance::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Orders>(data, store);
    insert_one::<OrdersOf>(data, store);
    insert_one::<OrderProjects>(data, store);
    insert_one::<DeliveriesOf>(data, store);
    insert_one::<Sending>(data, store);
    insert_one::<Instances>(data, store);
}

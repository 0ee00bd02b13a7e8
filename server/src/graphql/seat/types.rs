//! How many users an instance admits, and who they are; how many seats links and orders have.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use crate::auth::viewer::Viewer;
use crate::domain::id::{DistributionLinkId, InstanceId, OrderId};
use crate::graphql::connection::{Count, connection};
use crate::graphql::context::{Ask, read};
use crate::graphql::loaders::Batch;
use crate::graphql::session::types::User;
use crate::services::seat::{self, Seats};
use crate::store;
use crate::store::conn::Conn;

/// The seats of an application whose users are counted (L15).
pub struct InstanceSeats {
    pub instance_id: InstanceId,
    pub seats: Seats,
}

/// A user who holds a seat.
#[derive(Clone)]
pub struct SeatHolder(store::seat::Seat);

#[Object]
impl SeatHolder {
    /// Who.
    async fn user(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.user_id.clone()).await
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.taken_at.utc()
    }
}

connection! {
    /// Users who hold a seat.
    SeatHolderConnection, SeatHolderEdge, SeatHolder
}

#[Object]
impl InstanceSeats {
    /// How many users were bought.
    async fn bought(&self) -> i32 {
        self.seats.bought
    }

    /// How many seats are taken.
    async fn taken(&self) -> i32 {
        i32::try_from(self.seats.taken).unwrap_or(i32::MAX)
    }

    /// Whether the viewer goes in without taking one: they hold one, or administer the application. Otherwise `openInstance`
    /// comes first; until then they see no page of it.
    async fn admitted(&self) -> bool {
        self.seats.mine
    }

    /// Who holds a seat; for the customer's admins.
    async fn holders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "1 to 100; 20 where neither is given.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "1 to 100, from the end.")] last: Option<i32>,
        #[graphql(desc = "Continue before this cursor.")] before: Option<String>,
    ) -> Result<SeatHolderConnection> {
        let page = ctx.page(first, after, last, before)?;
        let (id, counted) = (self.instance_id.clone(), self.instance_id.clone());
        let rows = read(ctx, move |conn, viewer| seat::holders(conn, viewer, &id, &page)).await?;
        let count: Count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| seat::holder_count(conn, viewer, &counted));
        Ok(SeatHolderConnection::new(
            rows,
            |row| row.user_id.to_string(),
            SeatHolder,
            count,
        ))
    }
}

/// The seats that links sell.
pub struct LinkSeats;

impl Batch for LinkSeats {
    type Key = DistributionLinkId;
    type Row = i32;

    fn load(conn: &mut Conn, keys: &[DistributionLinkId]) -> store::Result<Vec<(DistributionLinkId, i32)>> {
        store::seat::of_links(conn, keys)
    }
}

/// The seats that were bought with orders.
pub struct OrderSeats;

impl Batch for OrderSeats {
    type Key = OrderId;
    type Row = i32;

    fn load(conn: &mut Conn, keys: &[OrderId]) -> store::Result<Vec<(OrderId, i32)>> {
        store::seat::of_orders(conn, keys)
    }
}

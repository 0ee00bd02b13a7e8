//! Queries about orders.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};

use super::types::Order;
use crate::auth::viewer::Viewer;
use crate::domain::id::OrderId;
use crate::domain::order::{OrderParty, OrderSort, SendStatus};
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::order;
use crate::store::conn::Conn;
use crate::store::{self};

connection! {
    /// Orders.
    OrderConnection, OrderEdge, Order
}

/// What a list of orders is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrderFilter {
    /// Part of the customer's or the application's name, or of the order number.
    pub search: Option<String>,
    /// How far the application was sent.
    pub app_status: Option<SendStatus>,
    /// How far pages were sent afterwards.
    pub page_status: Option<SendStatus>,
    /// Inclusive.
    pub created_from: Option<DateTime<Utc>>,
    /// Exclusive.
    pub created_to: Option<DateTime<Utc>>,
    /// Of one project.
    pub project_id: Option<ID>,
}

impl OrderFilter {
    fn parse(self) -> std::result::Result<store::order::OrderFilter, Refusal> {
        let project_id = self.project_id.map(|id| id.parse()).transpose();
        Ok(store::order::OrderFilter {
            search: self.search,
            app_status: self.app_status,
            page_status: self.page_status,
            created_from: self.created_from.map(Into::into),
            created_to: self.created_to.map(Into::into),
            project_id: project_id.map_err(|_| Refusal::not_found().at("filter.projectId"))?,
            project_active: false,
        })
    }
}

#[derive(Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// Orders that the acting organisation sold or, as CUSTOMER, bought; for a reviewer those of every partner.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
        filter: Option<OrderFilter>,
        #[graphql(default_with = "OrderSort::CreatedDesc")] sort: OrderSort,
    ) -> Result<OrderConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| {
            order::list(conn, viewer, party, &filter, sort, &page)
        });
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| order::count(conn, viewer, party, &counted));
        let key = order::in_order_key(&ctx.viewer()?, party, sort).map_err(|error| query_error(error, ctx.locale()))?;
        Ok(OrderConnection::new(rows.await?, key, Order, count))
    }

    /// One order of either side; null where it does not exist or belongs to others.
    async fn order(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Order>> {
        let Ok(id) = id.parse::<OrderId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| order::get(conn, viewer, &id)).await?;
        Ok(found.map(Order))
    }
}

//! Queries about orders of products.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::ProductOrder;
use crate::auth::viewer::Viewer;
use crate::domain::id::ProductOrderId;
use crate::domain::order::OrderParty;
use crate::domain::product_order::ProductOrderStatus;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::license;
use crate::store;
use crate::store::conn::Conn;

connection! {
    /// Orders of products.
    ProductOrderConnection, ProductOrderEdge, ProductOrder
}

/// What a list of orders of products is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProductOrderFilter {
    /// Part of the customer's or the product's name, or of the order number.
    pub search: Option<String>,
    /// Where they stand.
    pub status: Option<ProductOrderStatus>,
    /// Of one license.
    pub license_id: Option<ID>,
}

impl ProductOrderFilter {
    fn parse(self) -> std::result::Result<store::product_order::ProductOrderFilter, Refusal> {
        let license_id = self.license_id.map(|id| id.parse()).transpose();
        Ok(store::product_order::ProductOrderFilter {
            search: self.search,
            status: self.status,
            license_id: license_id.map_err(|_| Refusal::not_found().at("filter.licenseId"))?,
        })
    }
}

#[derive(Default)]
pub struct ProductOrderQuery;

#[Object]
impl ProductOrderQuery {
    /// Orders of products that the acting organisation sold or, as CUSTOMER, placed; newest first. `GET /exports/product-orders.csv`
    /// saves them as a table.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn product_orders(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
        filter: Option<ProductOrderFilter>,
    ) -> Result<ProductOrderConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| {
            license::orders(conn, viewer, party, &filter, &page)
        });
        let count =
            Arc::new(move |conn: &mut Conn, viewer: &Viewer| license::order_count(conn, viewer, party, &counted));
        let key = |row: &store::product_order::ProductOrder| row.id.to_string();
        Ok(ProductOrderConnection::new(rows.await?, key, ProductOrder, count))
    }

    /// One order of either side; null where it does not exist or belongs to others.
    async fn product_order(&self, ctx: &Context<'_>, id: ID) -> Result<Option<ProductOrder>> {
        let Ok(id) = id.parse::<ProductOrderId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| license::order(conn, viewer, &id)).await?;
        Ok(found.map(ProductOrder))
    }
}

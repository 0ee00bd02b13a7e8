//! Queries about products: the shelves of a partner and the queue of an operator.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::revision::ProductRevision;
use super::types::Product;
use crate::auth::viewer::Viewer;
use crate::domain::id::{CategoryId, ProductId};
use crate::domain::product::ProductTab;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::{product, product_review};
use crate::store::conn::Conn;
use crate::store::product::ProductFilter;
use crate::store::product_revision::queue_key;

connection! {
    /// Products, newest first.
    ProductConnection, ProductEdge, Product
}

connection! {
    /// Revisions that wait for an operator, soonest due first.
    ProductReviewConnection, ProductReviewEdge, ProductRevision
}

#[derive(Default)]
pub struct ProductQuery;

#[Object]
impl ProductQuery {
    /// The acting partner's products, newest first; for a category operator those that were handed in, of the categories that they
    /// hold.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Only those in this tab of the shelves.")] tab: Option<ProductTab>,
        #[graphql(desc = "L10: only those whose partner applied to delist them.", default)] delisting_applied: bool,
    ) -> Result<ProductConnection> {
        let page = ctx.page(first, after, last, before)?;
        let filter = ProductFilter { tab, delisting_applied };
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| product::list(conn, viewer, &filter, &page)).await?;
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| product::count(conn, viewer, &counted));
        Ok(ProductConnection::new(rows, |row| row.id.to_string(), Product, count))
    }

    /// One product; null where it does not exist for the viewer.
    async fn product(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Product>> {
        let Ok(id) = id.parse::<ProductId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| product::find(conn, viewer, &id)).await?;
        Ok(found.map(Product))
    }

    /// L6, L7: the revisions that wait for the acting category operator, overdue and soonest due first.
    async fn product_reviews(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Only those of this category.")] category_id: Option<ID>,
    ) -> Result<ProductReviewConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let category = category_id.map(|id| id.parse::<CategoryId>()).transpose();
        let category = category.map_err(|_| refused(Refusal::not_found().at("categoryId")))?;
        let counted = category.clone();
        let rows = read(ctx, move |conn, viewer| {
            product_review::queue(conn, viewer, category.as_ref(), &page)
        })
        .await?;
        let count =
            Arc::new(move |conn: &mut Conn, viewer: &Viewer| product_review::count(conn, viewer, counted.as_ref()));
        Ok(ProductReviewConnection::new(rows, queue_key, ProductRevision, count))
    }
}

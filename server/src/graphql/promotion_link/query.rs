//! The promotion links of a partner, and what came of them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::types::{PromotionFunnel, PromotionLink};
use crate::auth::viewer::Viewer;
use crate::domain::id::{ProductId, PromotionLinkId};
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read};
use crate::services::promotion_link;
use crate::store;
use crate::store::conn::Conn;

connection! {
    /// Promotion links.
    PromotionLinkConnection, PromotionLinkEdge, PromotionLink
}

#[derive(Default)]
pub struct PromotionLinkQuery;

#[Object]
impl PromotionLinkQuery {
    /// L18: the promotion links of the acting partner, newest first; for its admins.
    async fn promotion_links(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Only those of this product.")] product_id: Option<ID>,
    ) -> Result<PromotionLinkConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let product = product_id.map(|id| id.parse::<ProductId>()).transpose();
        let product = product.map_err(|_| refused(Refusal::not_found().at("productId")))?;
        let counted = product.clone();
        let rows = read(ctx, move |conn, viewer| {
            promotion_link::list(conn, viewer, product.as_ref(), &page)
        });
        let count =
            Arc::new(move |conn: &mut Conn, viewer: &Viewer| promotion_link::count(conn, viewer, counted.as_ref()));
        let key = |row: &store::promotion_link::PromotionLink| row.id.to_string();
        Ok(PromotionLinkConnection::new(rows.await?, key, PromotionLink, count))
    }

    /// One promotion link; null where it does not exist or is another partner's.
    async fn promotion_link(&self, ctx: &Context<'_>, id: ID) -> Result<Option<PromotionLink>> {
        let Ok(id) = id.parse::<PromotionLinkId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| promotion_link::find(conn, viewer, &id)).await?;
        Ok(found.map(PromotionLink))
    }

    /// L19: what came of a link on each of the last days, today included; null where it does not exist or is another partner's.
    async fn promotion_funnel(
        &self,
        ctx: &Context<'_>,
        link_id: ID,
        #[graphql(desc = "How many days: 1 to 90.", default = 30)] days: i32,
    ) -> Result<Option<PromotionFunnel>> {
        let (id, now) = (link_id.parse::<PromotionLinkId>().ok(), ctx.app().store.now());
        let found = read(ctx, move |conn, viewer| match id {
            Some(id) => promotion_link::funnel(conn, viewer, &id, days, now),
            None => viewer.partner_admin().map(|_| None).map_err(Into::into),
        });
        Ok(found.await?.map(PromotionFunnel::from))
    }
}

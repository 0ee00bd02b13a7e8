//! Reading ratings.

use async_graphql::{Context, ID, Object, Result};

use super::types::{OwnRating, ProductRatingConnection};
use crate::domain::id::ProductId;
use crate::graphql::context::{Ask, read_publicly};
use crate::services::{market, rating};

#[derive(Default)]
pub struct RatingQuery;

#[Object]
impl RatingQuery {
    /// L12: the ratings of a product, newest first, for visitors as well; null where the marketplace does not show the product to the viewer,
    /// unless they look after it.
    async fn product_ratings(
        &self,
        ctx: &Context<'_>,
        product_id: ID,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Option<ProductRatingConnection>> {
        let page = ctx.page(first, after, last, before)?;
        let Ok(id) = product_id.parse::<ProductId>() else {
            return Ok(None);
        };
        let product = id.clone();
        let found = read_publicly(ctx, move |conn, viewer| {
            let eyes = rating::eyes(conn, viewer, &id)?;
            if !eyes.looks_after() && market::find(conn, viewer, &id)?.is_none() {
                return Ok(None);
            }
            Ok(Some((rating::list(conn, &id, eyes, &page)?, eyes)))
        });
        let found = found.await?;
        Ok(found.map(|(page, eyes)| ProductRatingConnection::new(page, product, eyes)))
    }

    /// L12: what the viewer's organisation said of a product, and whether it may say anything.
    async fn own_rating(&self, ctx: &Context<'_>, product_id: ID) -> Result<OwnRating> {
        let Ok(id) = product_id.parse::<ProductId>() else {
            return Ok(OwnRating::new((None, false)));
        };
        let found = read_publicly(ctx, move |conn, viewer| rating::own(conn, viewer, &id)).await?;
        Ok(OwnRating::new(found))
    }
}

//! What a promotion link shows.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use crate::domain::promotion_link::PromotionLinkStatus;
use crate::graphql::context::{Ask, read_publicly};
use crate::graphql::market::MarketProduct;
use crate::services::promotion::{self as service};

/// What a promotion link shows to whoever has its token.
pub struct Promotion(service::Promotion);

#[Object]
impl Promotion {
    /// L20: whether it sells.
    async fn status(&self) -> PromotionLinkStatus {
        self.0.status
    }

    /// From when on it sells; null since it was made.
    async fn valid_from(&self) -> Option<DateTime<Utc>> {
        self.0.link.valid_from.map(|at| at.utc())
    }

    /// The instant from which on it sells no more; null has no end.
    async fn valid_to(&self) -> Option<DateTime<Utc>> {
        self.0.link.valid_to.map(|at| at.utc())
    }

    /// What it is for.
    async fn product_name(&self) -> &str {
        &self.0.product_name
    }

    /// Who offers it.
    async fn partner_name(&self) -> &str {
        &self.0.partner_name
    }

    /// The product, also where its own channel alone sells it (L9); null where the link sells nothing.
    async fn product(&self) -> Option<MarketProduct> {
        let entry = self.0.entry.clone()?;
        let looking = self.0.looking;
        Some(MarketProduct { entry, looking })
    }
}

#[derive(Default)]
pub struct PromotionQuery;

#[Object]
impl PromotionQuery {
    /// L18: what a promotion link shows, for visitors as well; null where there is no such link.
    async fn promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From the link's address.")] token: String,
    ) -> Result<Option<Promotion>> {
        let now = ctx.app().store.now();
        let found = read_publicly(ctx, move |conn, viewer| service::find(conn, viewer, &token, now));
        Ok(found.await?.map(Promotion))
    }
}

//! Queries about licenses, and about what can be opened.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::offer::{ProductOffer, ProductOfferResult, ProductQuote, ProductQuoteResult};
use super::types::License;
use crate::auth::viewer::Viewer;
use crate::domain::id::{LicenseId, ProductId};
use crate::domain::license::{LicenseStatus, Wish};
use crate::domain::order::OrderParty;
use crate::domain::refusal::Refusal;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, query_error, read, try_read};
use crate::graphql::error::outcome;
use crate::services::license::ordering::NewOrder;
use crate::services::license::{self, offer};
use crate::store;
use crate::store::conn::Conn;

connection! {
    /// Licenses.
    LicenseConnection, LicenseEdge, License
}

/// What a list of licenses is narrowed to.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LicenseFilter {
    /// Where they stand.
    pub status: Option<LicenseStatus>,
    /// Of one product.
    pub product_id: Option<ID>,
}

impl LicenseFilter {
    fn parse(self) -> std::result::Result<store::license::LicenseFilter, Refusal> {
        let product_id = self.product_id.map(|id| id.parse()).transpose();
        Ok(store::license::LicenseFilter {
            status: self.status,
            product_id: product_id.map_err(|_| Refusal::not_found().at("filter.productId"))?,
        })
    }
}

/// What would be ordered.
#[derive(InputObject)]
pub struct ProductQuoteInput {
    /// The product.
    pub product_id: ID,
    /// Of one of its plans.
    pub item_code: ID,
    /// Within the plan's range.
    pub seats: i32,
    /// Of one of the plan's periods; null raises what runs until its end.
    pub months: Option<i32>,
    /// The token of the promotion link that the organisation came by.
    pub promotion: Option<String>,
}

#[derive(Default)]
pub struct LicenseQuery;

#[Object]
impl LicenseQuery {
    /// Licenses of the acting organisation or, as PARTNER, of the customers of its products; newest first.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn licenses(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(default_with = "OrderParty::Customer")] party: OrderParty,
        filter: Option<LicenseFilter>,
    ) -> Result<LicenseConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let filter = filter.unwrap_or_default().parse().map_err(refused)?;
        let counted = filter.clone();
        let rows = read(ctx, move |conn, viewer| {
            license::list(conn, viewer, party, &filter, &page)
        });
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| license::count(conn, viewer, party, &counted));
        let key = |row: &store::license::License| row.id.to_string();
        Ok(LicenseConnection::new(rows.await?, key, License, count))
    }

    /// One license of either side; null where it does not exist or belongs to others.
    async fn license(&self, ctx: &Context<'_>, id: ID) -> Result<Option<License>> {
        let Ok(id) = id.parse::<LicenseId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| license::find(conn, viewer, &id)).await?;
        Ok(found.map(License))
    }

    /// L13: what the acting organisation can open of a product; for its admins. What the marketplace does not show to it is NOT_FOUND.
    /// By a promotion link it is what the link sells, as long as it sells (L9, L20).
    async fn product_offer(
        &self,
        ctx: &Context<'_>,
        product_id: ID,
        #[graphql(desc = "The token of the promotion link that the organisation came by.")] promotion: Option<String>,
    ) -> Result<ProductOfferResult> {
        let (id, now) = (product_id.parse::<ProductId>().ok(), ctx.app().store.now());
        let ended = try_read(ctx, move |conn, viewer| {
            viewer.customer_admin()?;
            let id = id.ok_or_else(|| Refusal::not_found().at("productId"))?;
            ProductOffer::new(offer::of(conn, viewer, &id, promotion.as_deref(), now)?, now)
        });
        outcome(ctx, ended.await?, ProductOfferResult::ProductOffer)
    }

    /// L13: what an order would cost now; nothing is written.
    async fn product_quote(&self, ctx: &Context<'_>, input: ProductQuoteInput) -> Result<ProductQuoteResult> {
        let (id, now) = (input.product_id.parse::<ProductId>().ok(), ctx.app().store.now());
        let wish = Wish {
            seats: input.seats,
            months: input.months,
        };
        let ended = try_read(ctx, move |conn, viewer| {
            viewer.customer_admin()?;
            let wanted = NewOrder {
                product_id: id.ok_or_else(|| Refusal::not_found().at("productId"))?,
                item_code: input.item_code.to_string(),
                wish,
                accepted_minor: None,
                promotion: input.promotion,
            };
            offer::price(conn, viewer, &wanted, now)
        });
        outcome(ctx, ended.await?, |quoted| {
            ProductQuoteResult::ProductQuote(ProductQuote::from(quoted))
        })
    }
}

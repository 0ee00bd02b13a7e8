//! A link by which a partner promotes a product, and what came of it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::Serialize;

use crate::domain::id::PromotionLinkId;
use crate::domain::link_token::{LinkToken, promotion_url};
use crate::domain::promotion_count as count;
use crate::domain::promotion_link::{PromotionLinkAction, PromotionLinkStatus, available_actions};
use crate::domain::qr::{self, PngSize};
use crate::graphql::context::Ask;
use crate::graphql::fault::fault;
use crate::graphql::loaders::{self, Batch};
use crate::graphql::product::Product;
use crate::graphql::scalars::{Date, MinorUnits};
use crate::graphql::session::types::User;
use crate::store::conn::Conn;
use crate::store::{self, promotion_count, promotion_link};

/// 推广码: leads to the page of a product and tells the partner's channels apart.
#[derive(Clone, Debug)]
pub struct PromotionLink(pub promotion_link::PromotionLink);

#[Object]
impl PromotionLink {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it promotes.
    async fn product(&self, ctx: &Context<'_>) -> Result<Product> {
        Product::load(ctx, self.0.product_id.clone()).await
    }

    /// What the partner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What orders that come through it carry as `isvOperationCode`; it never changes.
    async fn channel_code(&self) -> &str {
        &self.0.channel_code
    }

    /// Where it leads. Null where the signing key was replaced since; the link itself still works.
    async fn url(&self, ctx: &Context<'_>) -> Option<String> {
        self.address(ctx)
    }

    /// QR code of the url as SVG markup.
    async fn qr_svg(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let title = self.0.name.clone();
        self.drawn(ctx, move |url| qr::svg(url, &title)).await
    }

    /// QR code of the url as a PNG in base 64, exactly 2 cm wide in print, of whole pixels a module.
    async fn qr_png(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.png(ctx, PngSize::Print).await
    }

    /// The same about a thousand pixels wide, for posters and screens.
    async fn qr_poster_png(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.png(ctx, PngSize::Poster).await
    }

    /// Whether it sells.
    async fn status(&self, ctx: &Context<'_>) -> Result<PromotionLinkStatus> {
        let product = Product::load(ctx, self.0.product_id.clone()).await?.0;
        Ok(self.0.status(&product, ctx.app().store.now()))
    }

    /// From when on it sells; null since it was made.
    async fn valid_from(&self) -> Option<DateTime<Utc>> {
        self.0.valid_from.map(|at| at.utc())
    }

    /// The instant from which on it sells no more; null has no end.
    async fn valid_to(&self) -> Option<DateTime<Utc>> {
        self.0.valid_to.map(|at| at.utc())
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// By whom.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// Grows with every change; `changePromotionLink` takes it.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// L19: all that came of it so far; `promotionFunnel` tells it by day.
    async fn total(&self, ctx: &Context<'_>) -> Result<PromotionCounts> {
        let found = loaders::load::<PromotionTotals>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default().into())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self) -> Vec<PromotionLinkAction> {
        // Nobody but the partner's admins is ever given a link.
        available_actions(self.0.disabled)
    }
}

impl PromotionLink {
    fn address(&self, ctx: &Context<'_>) -> Option<String> {
        let app = ctx.app();
        let token = LinkToken::of_promotion(app.link_secret.expose_secret().as_bytes(), self.0.id.as_str());
        // Made with another key, the token would open nothing.
        let current = token.hash().as_str() == self.0.token_hash;
        current.then(|| promotion_url(&app.config.base_url, &token))
    }

    async fn png(&self, ctx: &Context<'_>, size: PngSize) -> Result<Option<String>> {
        let bytes = self.drawn(ctx, move |url| qr::png(url, size)).await?;
        Ok(bytes.map(|bytes| STANDARD.encode(bytes)))
    }

    /// Drawing takes milliseconds: done among the other fields it would hold them up.
    async fn drawn<T: Send + 'static>(
        &self,
        ctx: &Context<'_>,
        draw: impl FnOnce(&str) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        match self.address(ctx) {
            Some(url) => tokio::task::spawn_blocking(move || draw(&url)).await.map_err(fault),
            None => Ok(None),
        }
    }
}

/// L19: the steps from an opened page to revenue.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct PromotionCounts {
    /// Times that the page was opened, by people's browsers alone.
    opens: i32,
    /// Browsers that opened it for the first time.
    visitors: i32,
    /// Members of customers who opened it signed in for the first time.
    sign_ins: i32,
    /// Organisations that opened the product through it for the first time: tried, for nothing or paid.
    installs: i32,
    /// Orders of plans, but for those that were closed unpaid.
    orders: i32,
    /// What orders were paid less what of them went back, by the day of the payment. CNY.
    revenue: MinorUnits,
}

impl From<count::PromotionCounts> for PromotionCounts {
    fn from(counts: count::PromotionCounts) -> Self {
        let whole = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            opens: whole(counts.opens),
            visitors: whole(counts.visitors),
            sign_ins: whole(counts.sign_ins),
            installs: whole(counts.installs),
            orders: whole(counts.orders),
            revenue: MinorUnits(counts.revenue_minor),
        }
    }
}

/// What came of a link on one day in Shanghai.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct PromotionDay {
    /// The day.
    day: Date,
    /// Its figures.
    counts: PromotionCounts,
}

/// What came of a link on some days.
#[derive(Clone, Debug, SimpleObject)]
pub struct PromotionFunnel {
    /// Day by day, up to today.
    days: Vec<PromotionDay>,
    /// All of these days together.
    total: PromotionCounts,
}

impl From<Vec<count::PromotionDay>> for PromotionFunnel {
    fn from(days: Vec<count::PromotionDay>) -> Self {
        let day = |day: &count::PromotionDay| PromotionDay {
            day: Date(day.day),
            counts: day.counts.into(),
        };
        Self {
            total: count::PromotionCounts::sum(&days).into(),
            days: days.iter().map(day).collect(),
        }
    }
}

/// All that came of links so far, by link.
pub struct PromotionTotals;

impl Batch for PromotionTotals {
    type Key = PromotionLinkId;
    type Row = count::PromotionCounts;

    fn load(conn: &mut Conn, keys: &[PromotionLinkId]) -> store::Result<Vec<(PromotionLinkId, Self::Row)>> {
        promotion_count::totals(conn, keys)
    }
}

/// A new link.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CreatePromotionLinkInput {
    /// An approved product of the partner, on the marketplace or not.
    pub product_id: ID,
    /// What the partner calls it: 1 to 60 characters.
    pub name: String,
    /// 1 to 32 of `[A-Za-z0-9_-]`, unique within the product; orders carry it, so it never changes.
    pub channel_code: String,
    /// From when on it sells; null from now on.
    pub valid_from: Option<DateTime<Utc>>,
    /// The instant from which on it sells no more, in the future and after `validFrom`; null has no end.
    pub valid_to: Option<DateTime<Utc>>,
}

/// What of a link is changed.
#[derive(Clone, Debug, InputObject)]
pub struct ChangePromotionLinkInput {
    /// The link.
    pub id: ID,
    /// As it was read; Stale where it was changed since.
    pub version: i32,
    /// 1 to 60 characters.
    pub name: String,
    /// As when it is made.
    pub valid_from: Option<DateTime<Utc>>,
    /// As when it is made.
    pub valid_to: Option<DateTime<Utc>>,
}

/// Names a link.
#[derive(InputObject)]
pub struct PromotionLinkActionInput {
    /// The link.
    pub id: ID,
}

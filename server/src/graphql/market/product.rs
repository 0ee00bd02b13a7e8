//! A product of the marketplace: what lists show of it stands in its entry, the rest is read of its approved revision when it is asked for.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::plan::{MarketPlan, MarketPrice, MarketPriceResult};
use crate::domain::application::VersionStatus;
use crate::domain::id::{CategoryId, FileId, ProductRevisionId};
use crate::domain::locale::Locale;
use crate::domain::markdown;
use crate::domain::market::{Looking, plans_shown};
use crate::domain::product_content::{ChargeForm, OpeningOrder, ProductContent, TrialLength};
use crate::graphql::application::loaders::VersionsOf;
use crate::graphql::category::types::CategoriesById;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::error::outcome;
use crate::graphql::fault::fault;
use crate::graphql::file::Files;
use crate::graphql::loaders::{self, Batch};
use crate::graphql::product::FreePlan;
use crate::graphql::rating::types::RatingSummary;
use crate::services::market;
use crate::store::conn::Conn;
use crate::store::market::MarketEntry;
use crate::store::{self, application_version, category, product_revision};

/// Most versions that a page tells of.
const VERSIONS: usize = 50;

/// A product as customers and visitors see it.
#[derive(Clone, Debug)]
pub struct MarketProduct {
    pub entry: MarketEntry,
    pub looking: Looking,
}

/// A category as customers see it.
#[derive(Clone, Debug)]
pub struct MarketCategory(category::Category);

/// A picture of a product: `GET /pictures/{id}`.
#[derive(SimpleObject)]
pub struct MarketPicture {
    /// Prefixed id.
    id: ID,
    /// Pixels.
    width: Option<i32>,
    /// Pixels.
    height: Option<i32>,
}

/// 行业案例: a case of a customer.
#[derive(SimpleObject)]
pub struct MarketCase {
    /// What it is called.
    title: String,
    /// What it tells, as safe HTML.
    html: String,
}

/// A published version, and what it changed.
pub struct MarketVersion(application_version::ApplicationVersion);

#[Object]
impl MarketCategory {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in the caller's language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        match ctx.locale() {
            Locale::ZhCn => &self.0.name_zh,
            Locale::En => &self.0.name_en,
        }
    }
}

impl MarketCategory {
    /// By the id that an entry holds.
    pub async fn load(ctx: &Context<'_>, id: CategoryId) -> Result<Self> {
        loaders::get::<CategoriesById>(ctx, id).await.map(Self)
    }
}

#[Object]
impl MarketVersion {
    /// Its number.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What changed, as its partner says.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Since when it is sold.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at.map(|at| at.utc())
    }
}

/// What approved revisions hold, by id; a product of the marketplace names one.
pub struct Contents;

impl Batch for Contents {
    type Key = ProductRevisionId;
    type Row = Arc<ProductContent>;

    fn load(conn: &mut Conn, keys: &[ProductRevisionId]) -> store::Result<Vec<(ProductRevisionId, Self::Row)>> {
        let rows = product_revision::by_ids(conn, keys)?;
        rows.into_iter()
            .map(|row| Ok((row.id.clone(), Arc::new(row.parsed()?))))
            .collect()
    }
}

impl MarketProduct {
    async fn content(&self, ctx: &Context<'_>) -> Result<Arc<ProductContent>> {
        loaders::get::<Contents>(ctx, self.entry.revision_id.clone()).await
    }

    /// The published versions, highest number first.
    async fn published(&self, ctx: &Context<'_>) -> Result<Vec<application_version::ApplicationVersion>> {
        let all = loaders::load::<VersionsOf>(ctx, self.entry.application_id.clone()).await?;
        let published = all.unwrap_or_default().into_iter();
        Ok(published
            .filter(|version| version.status == VersionStatus::Published)
            .collect())
    }
}

async fn pictures(ctx: &Context<'_>, ids: Vec<FileId>) -> Result<Vec<MarketPicture>> {
    let found = loaders::load_many::<Files>(ctx, ids).await?;
    let picture = |file: store::file::File| MarketPicture {
        id: ID(file.id.to_string()),
        width: file.width,
        height: file.height,
    };
    Ok(found.into_iter().map(picture).collect())
}

/// A long text takes milliseconds: done among the other fields it would hold them up.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(fault)
}

#[Object]
impl MarketProduct {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.entry.product_id.to_string())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.entry.name
    }

    /// Its icon.
    async fn icon(&self, ctx: &Context<'_>) -> Result<Option<MarketPicture>> {
        let ids = self.entry.icon_id.iter().cloned().collect();
        Ok(pictures(ctx, ids).await?.into_iter().next())
    }

    /// One line.
    async fn summary(&self) -> &str {
        &self.entry.summary
    }

    /// What it does, as safe HTML.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        let content = self.content(ctx).await?;
        aside(move || markdown::render(&content.description)).await
    }

    /// Its screenshots, in their order.
    async fn screenshots(&self, ctx: &Context<'_>) -> Result<Vec<MarketPicture>> {
        let content = self.content(ctx).await?;
        pictures(ctx, content.screenshot_ids.clone()).await
    }

    /// By which it is found.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.entry.tags().map_err(|error| query_error(error, ctx.locale()))
    }

    /// What it is filed under.
    async fn category(&self, ctx: &Context<'_>) -> Result<MarketCategory> {
        MarketCategory::load(ctx, self.entry.category_id.clone()).await
    }

    /// Who offers it.
    async fn partner_name(&self) -> &str {
        &self.entry.partner_name
    }

    /// What it costs at all.
    async fn charge_form(&self) -> ChargeForm {
        self.entry.charge_form
    }

    /// The plans that customers can buy themselves, of those for organisations of the viewer's size; empty where it costs nothing.
    async fn plans(&self, ctx: &Context<'_>) -> Result<Vec<MarketPlan>> {
        let content = self.content(ctx).await?;
        let shown = plans_shown(&content, self.looking).into_iter();
        Ok(shown.cloned().map(MarketPlan).collect())
    }

    /// What seats of one of `plans` cost for one of its periods; what is no such plan is NOT_FOUND.
    async fn price_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of one of `plans`.")] item_code: ID,
        #[graphql(desc = "Of one of the plan's periods.")] months: i32,
        #[graphql(desc = "Within the plan's range.")] seats: i32,
    ) -> Result<MarketPriceResult> {
        let content = self.content(ctx).await?;
        let now = ctx.app().store.now();
        let ended = market::price_of(&content, self.looking, &item_code, months, seats, now);
        outcome(ctx, ended, |price| {
            MarketPriceResult::MarketPrice(MarketPrice::from(price))
        })
    }

    /// How long it may be tried; null is no trial, or what costs nothing.
    async fn trial(&self, ctx: &Context<'_>) -> Result<Option<TrialLength>> {
        let content = self.content(ctx).await?;
        Ok(content.trial.filter(|_| content.is_paid()))
    }

    /// A plan without price and end beside those that cost something; null is none.
    async fn free_plan(&self, ctx: &Context<'_>) -> Result<Option<FreePlan>> {
        let content = self.content(ctx).await?;
        let plan = content.free_plan.as_ref().filter(|_| content.is_paid());
        Ok(plan.map(FreePlan::new))
    }

    /// What opens it, and what follows.
    async fn opening_order(&self, ctx: &Context<'_>) -> Result<Option<OpeningOrder>> {
        let content = self.content(ctx).await?;
        Ok(content.opening_order.filter(|_| content.is_paid()))
    }

    /// Cases of customers.
    async fn cases(&self, ctx: &Context<'_>) -> Result<Vec<MarketCase>> {
        let content = self.content(ctx).await?;
        aside(move || {
            let cases = content.cases.iter();
            let told = cases.map(|case| MarketCase {
                title: case.title.clone(),
                html: markdown::render(&case.text),
            });
            told.collect()
        })
        .await
    }

    /// An https address.
    async fn privacy_url(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.privacy_url.clone())
    }

    /// An https address.
    async fn terms_url(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.terms_url.clone())
    }

    /// The version that buyers get.
    async fn version_number(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let published = self.published(ctx).await?.into_iter().next();
        Ok(published.map(|version| version.number))
    }

    /// The published versions with what they changed, highest number first; at most 50.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<MarketVersion>> {
        let published = self.published(ctx).await?.into_iter();
        Ok(published.take(VERSIONS).map(MarketVersion).collect())
    }

    /// Since when it is on the marketplace; where its own channel alone sells it, since it was approved.
    async fn listed_at(&self) -> DateTime<Utc> {
        self.entry.listed_at.utc()
    }

    /// What organisations that bought it say of it, all together; `productRatings` has them one by one.
    async fn rating(&self, ctx: &Context<'_>) -> Result<RatingSummary> {
        RatingSummary::load(ctx, self.entry.product_id.clone()).await
    }

    /// How often it was installed from the marketplace.
    async fn installs(&self) -> i32 {
        self.entry.installs
    }
}

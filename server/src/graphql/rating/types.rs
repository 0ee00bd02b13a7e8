//! A rating, pages of them, and their sum.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::id::{OrganizationId, ProductId};
use crate::domain::product_content::Industry;
use crate::domain::project::OrganizationSize;
use crate::domain::rating::{RatingAction, average};
use crate::graphql::connection::{PageInfo, cursors};
use crate::graphql::context::{Ask, read_publicly};
use crate::graphql::loaders::{self, Batch};
use crate::graphql::session::types::Organization;
use crate::services::rating::{self as service, Eyes};
use crate::store::conn::Conn;
use crate::store::page::Page;
use crate::store::product;
use crate::store::rating::{self, RatingSum};

/// What an organisation that bought a product says of it. Its name is told to the partner alone.
#[derive(Clone, Debug)]
pub struct ProductRating {
    pub rating: rating::Rating,
    /// Whether the viewer takes ratings of the product from view.
    pub moderated: bool,
}

#[Object]
impl ProductRating {
    /// Prefixed id.
    async fn id(&self) -> ID {
        ID(self.rating.id.to_string())
    }

    /// 1 to 5.
    async fn stars(&self) -> i32 {
        self.rating.stars
    }

    /// Plain words, up to 1,000 characters; may be empty.
    async fn text(&self) -> &str {
        &self.rating.text
    }

    /// When it was given, or changed last.
    async fn rated_at(&self) -> DateTime<Utc> {
        self.rating.rated_at.utc()
    }

    /// What the organisation does; null where it has not said.
    async fn industry(&self, ctx: &Context<'_>) -> Result<Option<Industry>> {
        Ok(self.whose(ctx).await?.industry)
    }

    /// How many people it has; null where it has not said.
    async fn size(&self, ctx: &Context<'_>) -> Result<Option<OrganizationSize>> {
        Ok(self.whose(ctx).await?.size)
    }

    /// Whose it is; for the partner, whose customer it is, and for itself.
    async fn organization_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let viewer = ctx.viewer_if_any().map(|viewer| viewer.organization_id.clone());
        let known: [&OrganizationId; 2] = [&self.rating.partner_id, &self.rating.organization_id];
        match viewer.is_some_and(|viewer| known.contains(&&viewer)) {
            true => Ok(Some(self.whose(ctx).await?.name)),
            false => Ok(None),
        }
    }

    /// The partner's answer; empty without one.
    async fn answer(&self) -> &str {
        &self.rating.answer
    }

    /// When the partner answered.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.rating.answered_at.map(|at| at.utc())
    }

    /// Since when an operator has it out of view: only its organisation, the partner and operators of the category still see it.
    async fn hidden_at(&self) -> Option<DateTime<Utc>> {
        self.rating.hidden_at.map(|at| at.utc())
    }

    /// Why it is out of view; empty while it is not.
    async fn hidden_reason(&self) -> &str {
        &self.rating.hidden_reason
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Vec<RatingAction> {
        service::actions(ctx.viewer_if_any(), &self.rating, self.moderated)
    }
}

impl ProductRating {
    async fn whose(&self, ctx: &Context<'_>) -> Result<crate::store::organization::Organization> {
        Ok(Organization::load(ctx, self.rating.organization_id.clone()).await?.0)
    }
}

/// Ratings of a product.
pub struct ProductRatingConnection {
    edges: Vec<ProductRatingEdge>,
    page_info: PageInfo,
    product: ProductId,
    eyes: Eyes,
}

/// One rating with its cursor.
#[derive(Clone, SimpleObject)]
pub struct ProductRatingEdge {
    /// Opaque; continue a list from here.
    cursor: String,
    /// The rating.
    node: ProductRating,
}

impl ProductRatingConnection {
    /// Of a page of a product's ratings.
    pub fn new(page: Page<rating::Rating>, product: ProductId, eyes: Eyes) -> Self {
        let cursors = cursors(&page, |rating| rating.id.to_string());
        let page_info = PageInfo::new(&page, &cursors);
        let edge = |(cursor, rating)| ProductRatingEdge {
            cursor,
            node: ProductRating {
                rating,
                moderated: eyes.moderates(),
            },
        };
        Self {
            edges: cursors.into_iter().zip(page.rows).map(edge).collect(),
            page_info,
            product,
            eyes,
        }
    }
}

#[Object]
impl ProductRatingConnection {
    /// The page's elements with their cursors.
    async fn edges(&self) -> &[ProductRatingEdge] {
        &self.edges
    }

    /// The page's elements.
    async fn nodes(&self) -> Vec<ProductRating> {
        self.edges.iter().map(|edge| edge.node.clone()).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// What the product is called.
    async fn product_name(&self, ctx: &Context<'_>) -> Result<String> {
        let product = self.product.clone();
        read_publicly(ctx, move |conn, _| Ok(product::get(conn, &product)?.name)).await
    }

    /// All shown ratings together.
    async fn summary(&self, ctx: &Context<'_>) -> Result<RatingSummary> {
        RatingSummary::load(ctx, self.product.clone()).await
    }

    /// How many there are in all; counted only when it is asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let (product, eyes) = (self.product.clone(), self.eyes);
        let count = read_publicly(ctx, move |conn, _| service::count(conn, &product, eyes)).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// All shown ratings of a product together.
#[derive(Clone, Debug, SimpleObject)]
pub struct RatingSummary {
    /// How many there are.
    count: i32,
    /// Stars on average in hundredths: 463 is 4.63; null without a rating.
    average: Option<i32>,
}

impl From<Option<RatingSum>> for RatingSummary {
    fn from(sum: Option<RatingSum>) -> Self {
        let (count, stars) = sum.map_or((0, 0), |sum| (sum.ratings, sum.stars));
        Self {
            count,
            average: average(count, stars),
        }
    }
}

/// The sums of products; absent where nobody rated.
pub struct RatingSums;

impl Batch for RatingSums {
    type Key = ProductId;
    type Row = RatingSum;

    fn load(conn: &mut Conn, keys: &[ProductId]) -> crate::store::Result<Vec<(ProductId, RatingSum)>> {
        let rows = rating::sums(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.product_id.clone(), row)).collect())
    }
}

impl RatingSummary {
    /// Of one product.
    pub async fn load(ctx: &Context<'_>, product: ProductId) -> Result<Self> {
        Ok(loaders::load::<RatingSums>(ctx, product).await?.into())
    }
}

/// What the viewer's organisation said of a product.
#[derive(SimpleObject)]
pub struct OwnRating {
    /// Its rating; null where it gave none.
    rating: Option<ProductRating>,
    /// Whether it may rate: for admins of organisations that bought the product; a trial is not bought.
    may_rate: bool,
}

impl OwnRating {
    /// Of what was found.
    pub fn new((rating, may_rate): (Option<rating::Rating>, bool)) -> Self {
        let moderated = false;
        Self {
            rating: rating.map(|rating| ProductRating { rating, moderated }),
            may_rate,
        }
    }
}

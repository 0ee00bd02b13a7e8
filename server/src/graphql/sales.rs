//! What a partner sold over time, in the schema.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};

use super::context::{Ask, query_error, read};
use super::product::Product;
use super::scalars::{Date, MinorUnits};
use crate::domain::id::ProductId;
use crate::domain::refusal::Refusal;
use crate::domain::sales::{self, SalesUnit};
use crate::services::sales::{Asked, Figures, figures};

/// What was sold in some time.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct SalesCounts {
    /// Organisations that opened a product for the first time: tried, for nothing or paid.
    installs: i32,
    /// Orders of plans, but for those that were closed unpaid; on the day on which they were placed.
    orders: i32,
    /// What orders were paid less what of them went back, on the day of the payment. CNY.
    revenue: MinorUnits,
}

/// What was sold in one period.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct SalesPeriod {
    /// Its first day in Shanghai.
    first: Date,
    /// Its figures.
    counts: SalesCounts,
}

/// What was sold of one product.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct SalesOfProduct {
    #[graphql(skip)]
    product_id: ProductId,
    /// Its figures.
    counts: SalesCounts,
}

#[ComplexObject]
impl SalesOfProduct {
    /// The product.
    async fn product(&self, ctx: &Context<'_>) -> Result<Product> {
        Product::load(ctx, self.product_id.clone()).await
    }
}

/// What was sold over time.
#[derive(Clone, Debug, SimpleObject)]
pub struct SalesFigures {
    /// Period by period, up to the present one.
    periods: Vec<SalesPeriod>,
    /// All of these periods together.
    total: SalesCounts,
    /// As many periods before them together, to compare.
    before: SalesCounts,
    /// The twenty products of which the most was sold in these periods, most revenue first.
    by_product: Vec<SalesOfProduct>,
}

impl From<sales::SalesCounts> for SalesCounts {
    fn from(counts: sales::SalesCounts) -> Self {
        let whole = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            installs: whole(counts.installs),
            orders: whole(counts.orders),
            revenue: MinorUnits(counts.revenue_minor),
        }
    }
}

impl From<Figures> for SalesFigures {
    fn from(figures: Figures) -> Self {
        let period = |period: sales::SalesPeriod| SalesPeriod {
            first: Date(period.first),
            counts: period.counts.into(),
        };
        let of_product = |(product_id, counts): (ProductId, sales::SalesCounts)| SalesOfProduct {
            product_id,
            counts: counts.into(),
        };
        Self {
            periods: figures.sales.periods().into_iter().map(period).collect(),
            total: figures.sales.total().into(),
            before: figures.sales.before().into(),
            by_product: figures.by_product.into_iter().map(of_product).collect(),
        }
    }
}

#[derive(Default)]
pub struct SalesQuery;

#[Object]
impl SalesQuery {
    /// What the acting partner sold in each of the last periods, the present one included.
    async fn sales_figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How long a period is.", default_with = "SalesUnit::Day")] unit: SalesUnit,
        #[graphql(desc = "How many periods: 1 to 90 days, 1 to 24 months.", default = 30)] count: i32,
        #[graphql(desc = "Of this product alone.")] product_id: Option<ID>,
    ) -> Result<SalesFigures> {
        let product = product_id.map(|id| id.parse::<ProductId>()).transpose();
        let unknown = |_| query_error(Refusal::not_found().at("productId").into(), ctx.locale());
        let product = product.map_err(unknown)?;
        let now = ctx.app().store.now();
        let asked = Asked { unit, count, product };
        let found = read(ctx, move |conn, viewer| figures(conn, viewer, &asked, now)).await?;
        Ok(found.into())
    }
}

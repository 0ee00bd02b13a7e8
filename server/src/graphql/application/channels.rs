//! Where an application stands in each channel (L4): links that sell it, and its cool apps. The product itself is a field of the
//! application, what keeps it from distribution another.

use async_graphql::{Context, Data, Result, SimpleObject};

use super::types::Application;
use crate::domain::id::{ApplicationId, ProductId};
use crate::domain::instant::Instant;
use crate::domain::promotion_link::sells;
use crate::graphql::context::Ask;
use crate::graphql::cool_app::CoolAppApplication;
use crate::graphql::loaders::{self, Batch, insert_one};
use crate::graphql::product::Product;
use crate::store::conn::Conn;
use crate::store::cool_app::{self, CoolApp};
use crate::store::{self, Store, distribution_link, grouped, promotion_link};

/// How many links lead to something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SimpleObject)]
pub struct LinkCounts {
    /// All that were made.
    total: i32,
    /// Those that sell now.
    open: i32,
}

impl From<(i64, i64)> for LinkCounts {
    fn from((total, open): (i64, i64)) -> Self {
        let whole = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            total: whole(total),
            open: whole(open),
        }
    }
}

impl Application {
    /// Whether the viewer is of its partner.
    fn is_own(&self, ctx: &Context<'_>) -> Result<bool> {
        let own = ctx.viewer()?.partner();
        Ok(own.is_ok_and(|scope| scope.organization_id == self.0.organization_id))
    }

    /// The promotion links of its product.
    pub(super) async fn promotion_link_counts(&self, ctx: &Context<'_>) -> Result<Option<LinkCounts>> {
        if !self.is_own(ctx)? {
            return Ok(None);
        }
        let Some(Product(product)) = Product::of_application(ctx, self.0.id.clone()).await? else {
            return Ok(Some(LinkCounts::default()));
        };
        let key = (product.id, ctx.app().store.now());
        let counts = loaders::load::<PromotionLinks>(ctx, key).await?;
        let (total, open) = counts.unwrap_or_default();
        let open = if sells(product.status) { open } else { 0 };
        Ok(Some((total, open).into()))
    }

    /// The links by which it is distributed.
    pub(super) async fn distribution_link_counts(&self, ctx: &Context<'_>) -> Result<Option<LinkCounts>> {
        if !self.is_own(ctx)? {
            return Ok(None);
        }
        let key = (self.0.id.clone(), ctx.app().store.now());
        let counts = loaders::load::<DistributionLinks>(ctx, key).await?;
        Ok(Some(counts.unwrap_or_default().into()))
    }

    /// The cool apps of its product.
    pub(super) async fn own_cool_apps(&self, ctx: &Context<'_>) -> Result<Vec<CoolAppApplication>> {
        let product = Product::of_application(ctx, self.0.id.clone()).await?;
        let found = match product {
            Some(Product(product)) => loaders::load::<CoolAppsOf>(ctx, product.id).await?,
            None => None,
        };
        Ok(found.unwrap_or_default().into_iter().map(CoolAppApplication).collect())
    }
}

/// The latest moment of keys that were made for one answer: what they ask is told as it is then.
fn moment<K>(keys: &[(K, Instant)]) -> Option<Instant> {
    keys.iter().map(|(_, now)| *now).max()
}

/// Of each product and a moment: its promotion links, and those that nobody disabled and whose time it is then.
struct PromotionLinks;

impl Batch for PromotionLinks {
    type Key = (ProductId, Instant);
    type Row = (i64, i64);

    fn load(conn: &mut Conn, keys: &[Self::Key]) -> store::Result<Vec<(Self::Key, Self::Row)>> {
        let Some(now) = moment(keys) else { return Ok(Vec::new()) };
        let ids: Vec<ProductId> = keys.iter().map(|(id, _)| id.clone()).collect();
        Ok(keyed(keys, promotion_link::counts(conn, &ids, now)?))
    }
}

/// Of each application and a moment: its distribution links, and those that sell then.
struct DistributionLinks;

impl Batch for DistributionLinks {
    type Key = (ApplicationId, Instant);
    type Row = (i64, i64);

    fn load(conn: &mut Conn, keys: &[Self::Key]) -> store::Result<Vec<(Self::Key, Self::Row)>> {
        let Some(now) = moment(keys) else { return Ok(Vec::new()) };
        let ids: Vec<ApplicationId> = keys.iter().map(|(id, _)| id.clone()).collect();
        Ok(keyed(keys, distribution_link::counts_of_applications(conn, &ids, now)?))
    }
}

/// Counts by id as counts by key.
fn keyed<K: Clone + PartialEq>(keys: &[(K, Instant)], counts: Vec<(K, i64, i64)>) -> Vec<((K, Instant), (i64, i64))> {
    let found = keys.iter().filter_map(|key| {
        let (_, total, open) = counts.iter().find(|(id, ..)| *id == key.0)?;
        Some((key.clone(), (*total, *open)))
    });
    found.collect()
}

/// The cool apps of each product, newest first; absent where there is none.
struct CoolAppsOf;

impl Batch for CoolAppsOf {
    type Key = ProductId;
    type Row = Vec<CoolApp>;

    fn load(conn: &mut Conn, keys: &[ProductId]) -> store::Result<Vec<(ProductId, Vec<CoolApp>)>> {
        let rows = cool_app::of_products(conn, keys)?;
        let groups = grouped(rows.into_iter().map(|row| (row.product_id.clone(), row)));
        Ok(groups.into_iter().collect())
    }
}

/// Puts the loaders into a request's data.
pub(super) fn insert(data: &mut Data, store: &Store) {
    insert_one::<PromotionLinks>(data, store);
    insert_one::<DistributionLinks>(data, store);
    insert_one::<CoolAppsOf>(data, store);
}

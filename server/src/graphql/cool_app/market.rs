//! The cool-app market: what was approved, for customers and visitors.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::CoolAppsById;
use super::content::{CoolAppContent, CoolAppProduct};
use crate::domain::cool_app_content::CoolAppRole;
use crate::domain::id::CoolAppId;
use crate::domain::product_content::Industry;
use crate::graphql::connection::{PageInfo, cursors};
use crate::graphql::context::{Ask, query_error, read_publicly};
use crate::graphql::loaders::{self, Organizations};
use crate::services::cool_app::market;
use crate::store::cool_app;
use crate::store::cool_app_market::{CoolAppFilter, page_key};

/// 酷应用: small enough to be used within a group chat.
#[derive(Clone, Debug)]
pub struct CoolApp(pub cool_app::CoolApp);

/// Cool apps of the market, newest first.
#[derive(SimpleObject)]
pub struct CoolAppConnection {
    /// The page's elements with their cursors.
    edges: Vec<CoolAppEdge>,
    /// The page's elements.
    nodes: Vec<CoolApp>,
    /// Where the page stands in the list.
    page_info: PageInfo,
    /// How many there are in all; counted only when it is asked for.
    total_count: Option<i32>,
}

/// One cool app with its cursor.
#[derive(SimpleObject)]
pub struct CoolAppEdge {
    /// Opaque; continue a list from here.
    cursor: String,
    /// The cool app.
    node: CoolApp,
}

#[Object]
impl CoolApp {
    /// Prefixed id; that of its application as well.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// COOLAPP- and twelve characters.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What its partner says of it, as it was approved.
    async fn content(&self, ctx: &Context<'_>) -> Result<Option<CoolAppContent>> {
        let content = self.0.approved().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(content.map(CoolAppContent::from))
    }

    /// The product that it belongs to.
    async fn product(&self, ctx: &Context<'_>) -> Result<CoolAppProduct> {
        CoolAppProduct::load(ctx, self.0.product_id.clone()).await
    }

    /// Name of the partner whose it is.
    async fn partner_name(&self, ctx: &Context<'_>) -> Result<String> {
        let row = loaders::get::<Organizations>(ctx, self.0.organization_id.clone()).await?;
        Ok(row.name)
    }

    /// Since when the market shows it; null where it does so no more, and a group still has it.
    async fn market_at(&self) -> Option<DateTime<Utc>> {
        self.0.market_at.map(|at| at.utc())
    }
}

impl CoolApp {
    /// By the id that an installation holds.
    pub async fn load(ctx: &Context<'_>, id: CoolAppId) -> Result<Self> {
        loaders::get::<CoolAppsById>(ctx, id).await.map(Self)
    }
}

#[derive(Default)]
pub struct CoolAppMarketQuery;

#[Object]
impl CoolAppMarketQuery {
    /// L22: the approved cool apps, newest first, for visitors as well. While an update is reviewed they are what was approved before.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn cool_apps(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(
            desc = "Stands in the name or the introduction; at most 100 characters, capital letters do not matter."
        )]
        search: Option<String>,
        #[graphql(desc = "Only those for this industry.")] industry: Option<Industry>,
        #[graphql(desc = "Only those for this role.")] role: Option<CoolAppRole>,
    ) -> Result<CoolAppConnection> {
        let page = ctx.page(first, after, last, before)?;
        let filter = CoolAppFilter {
            search: search.unwrap_or_default(),
            industry,
            role,
        };
        let counted = ctx.look_ahead().field("totalCount").exists();
        let found = read_publicly(ctx, move |conn, _| {
            let total = match counted {
                true => Some(market::count(conn, &filter)?),
                false => None,
            };
            Ok((market::list(conn, &filter, &page)?, total))
        });
        let (page, total) = found.await?;
        let cursors = cursors(&page, page_key);
        let page_info = PageInfo::new(&page, &cursors);
        let nodes: Vec<CoolApp> = page.rows.into_iter().map(CoolApp).collect();
        let edges = cursors.into_iter().zip(nodes.iter().cloned());
        Ok(CoolAppConnection {
            edges: edges.map(|(cursor, node)| CoolAppEdge { cursor, node }).collect(),
            nodes,
            page_info,
            total_count: total.map(|total| i32::try_from(total).unwrap_or(i32::MAX)),
        })
    }

    /// The page of a cool app, for visitors as well; null where the market does not show it.
    async fn cool_app(&self, ctx: &Context<'_>, id: ID) -> Result<Option<CoolApp>> {
        let Ok(id) = id.parse::<CoolAppId>() else {
            return Ok(None);
        };
        let found = read_publicly(ctx, move |conn, _| market::find(conn, &id)).await?;
        Ok(found.map(CoolApp))
    }
}

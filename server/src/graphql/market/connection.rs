//! Pages of the marketplace with their totals and facets.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};

use super::product::{MarketCategory, MarketProduct};
use crate::domain::id::CategoryId;
use crate::domain::market::Looking;
use crate::domain::product_content::{ChargeForm, Industry};
use crate::graphql::connection::{PageInfo, cursors};
use crate::store::market_search::{MarketFacets as Facets, MarketPage};

/// Products of the marketplace.
#[derive(SimpleObject)]
pub struct MarketProductConnection {
    /// The page's elements with their cursors.
    edges: Vec<MarketProductEdge>,
    /// The page's elements.
    nodes: Vec<MarketProduct>,
    /// Where the page stands in the list.
    page_info: PageInfo,
    /// How many there are in all: exact, however many there are.
    total_count: i32,
    /// How many there are of each choice; counted only when it is asked for.
    facets: Option<MarketFacets>,
}

/// One product with its cursor.
#[derive(SimpleObject)]
pub struct MarketProductEdge {
    /// Opaque; continue a list from here.
    cursor: String,
    /// The product.
    node: MarketProduct,
}

/// How many products there are of each choice, most first. A facet counts within the search, what the viewer may see and the other
/// filters, but not its own, so that it says what another choice would lead to. The counts are exact however many products there are.
#[derive(SimpleObject)]
pub struct MarketFacets {
    /// By category.
    categories: Vec<MarketCategoryCount>,
    /// By what they cost at all.
    charge_forms: Vec<MarketChargeFormCount>,
    /// By industry; a product for everybody counts for each.
    industries: Vec<MarketIndustryCount>,
    /// The 20 tags that are most frequent. Where more than 500 products are found, they are chosen from the 40 tags that most products of the
    /// marketplace have; the counts are exact all the same.
    tags: Vec<MarketTagCount>,
}

/// A category and its products.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct MarketCategoryCount {
    #[graphql(skip)]
    id: CategoryId,
    /// How many.
    count: i32,
}

#[ComplexObject]
impl MarketCategoryCount {
    /// The category.
    async fn category(&self, ctx: &Context<'_>) -> Result<MarketCategory> {
        MarketCategory::load(ctx, self.id.clone()).await
    }
}

/// A charge form and its products.
#[derive(SimpleObject)]
pub struct MarketChargeFormCount {
    /// What they cost at all.
    charge_form: ChargeForm,
    /// How many.
    count: i32,
}

/// An industry and the products for it.
#[derive(SimpleObject)]
pub struct MarketIndustryCount {
    /// The industry.
    industry: Industry,
    /// How many.
    count: i32,
}

/// A tag and its products.
#[derive(SimpleObject)]
pub struct MarketTagCount {
    /// As one of them writes it.
    tag: String,
    /// How many.
    count: i32,
}

fn counted(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl MarketProductConnection {
    /// Of what was found for whoever looks.
    pub fn new(found: MarketPage, looking: Looking) -> Self {
        let cursors = cursors(&found.page, |(key, _)| key.clone());
        let product = |(_, entry)| MarketProduct { entry, looking };
        let page_info = PageInfo::new(&found.page, &cursors);
        let nodes: Vec<MarketProduct> = found.page.rows.into_iter().map(product).collect();
        let edges = cursors.into_iter().zip(nodes.iter().cloned());
        Self {
            edges: edges.map(|(cursor, node)| MarketProductEdge { cursor, node }).collect(),
            nodes,
            page_info,
            total_count: counted(found.total),
            facets: found.facets.map(MarketFacets::from),
        }
    }
}

impl From<Facets> for MarketFacets {
    fn from(found: Facets) -> Self {
        let category = |(id, count)| MarketCategoryCount {
            id,
            count: counted(count),
        };
        let charge_form = |(charge_form, count)| MarketChargeFormCount {
            charge_form,
            count: counted(count),
        };
        let industry = |(industry, count)| MarketIndustryCount {
            industry,
            count: counted(count),
        };
        let tag = |(tag, count)| MarketTagCount {
            tag,
            count: counted(count),
        };
        Self {
            categories: found.categories.into_iter().map(category).collect(),
            charge_forms: found.charge_forms.into_iter().map(charge_form).collect(),
            industries: found.industries.into_iter().map(industry).collect(),
            tags: found.tags.into_iter().map(tag).collect(),
        }
    }
}

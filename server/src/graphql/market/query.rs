//! Searching the marketplace, and one of its products.

use async_graphql::{Context, ID, Object, Result};

use super::connection::MarketProductConnection;
use super::product::MarketProduct;
use crate::domain::id::{CategoryId, ProductId};
use crate::domain::market::{MarketFilter, MarketSort};
use crate::domain::product_content::{ChargeForm, Industry};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error, read_publicly};
use crate::services::market;

#[derive(Default)]
pub struct MarketQuery;

#[Object]
impl MarketQuery {
    /// L11: the listed products that the viewer's organisation may see; visitors, who need not sign in, and organisations that have not
    /// said what they are see all of them. A page answers equally quickly wherever it stands; cursors belong to their sort.
    #[allow(clippy::too_many_arguments, reason = "Relay's four and the filters")]
    async fn market_products(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(
            desc = "Words in any language, at most 100 characters; all of them must stand in the name, the tags, the summary, the \
                    description or the partner's name. Chinese is found wherever it stands, from one character on: two characters exactly, \
                    more of them where all their pairs of neighbours stand in one of these texts. Other words are found by their beginnings."
        )]
        search: Option<String>,
        #[graphql(desc = "Only those of this category.")] category_id: Option<ID>,
        #[graphql(desc = "Only those for this industry: their audience names it, or is everybody.")] industry: Option<
            Industry,
        >,
        #[graphql(desc = "Only those that cost nothing, or only those that do.")] charge_form: Option<ChargeForm>,
        #[graphql(desc = "Only those with this tag; capital letters do not matter.")] tag: Option<String>,
        #[graphql(desc = "The order.", default_with = "MarketSort::Relevance")] sort: MarketSort,
    ) -> Result<MarketProductConnection> {
        let page = ctx.page(first, after, last, before)?;
        let refused = |refusal: Refusal| query_error(refusal.into(), ctx.locale());
        let category = category_id.map(|id| id.parse::<CategoryId>()).transpose();
        let filter = MarketFilter {
            search: search.unwrap_or_default(),
            category: category.map_err(|_| refused(Refusal::not_found().at("categoryId")))?,
            industry,
            charge_form,
            tag,
        };
        let facets = ctx.look_ahead().field("facets").exists();
        let found = read_publicly(ctx, move |conn, viewer| {
            market::search(conn, viewer, filter, sort, page, facets)
        });
        let (found, looking) = found.await?;
        Ok(MarketProductConnection::new(found, looking))
    }

    /// L12: the page of a listed product, for visitors as well; null where it is not listed, or not for the viewer's organisation.
    async fn market_product(&self, ctx: &Context<'_>, id: ID) -> Result<Option<MarketProduct>> {
        let Ok(id) = id.parse::<ProductId>() else {
            return Ok(None);
        };
        let found = read_publicly(ctx, move |conn, viewer| market::find(conn, viewer, &id)).await?;
        Ok(found.map(|(entry, looking)| MarketProduct { entry, looking }))
    }
}

//! The marketplace (应用市场) as customers and visitors read it: searching it, a product's page, and what an organisation says of itself
//! so that it is shown what is meant for it.

use super::{
    DateTime, MinorUnits, Problem,
    operation::{Plain, bare},
    page::{PageInfo, Window},
    product_content::{ChargeForm, FreePlan, Industry, OpeningOrder, TrialLength},
    project::OrganizationSize,
    rating::RatingSummary,
    schema,
    select::Select,
    transport,
};
use crate::forms::market_search::MarketSearch;

#[derive(cynic::Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MarketSort {
    #[default]
    Relevance,
    Newest,
    MostInstalled,
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketPicture {
        pub id: cynic::Id,
        pub width: Option<i32>,
        pub height: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketCategory {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    /// What a card needs to know of a plan.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "MarketPlan")]
    pub struct UnitPrice {
        pub unit_price: MinorUnits,
    }
}

read! {
    /// A product as the search shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "MarketProduct")]
    pub struct MarketCard {
        pub id: cynic::Id,
        pub name: String,
        pub icon: Option<MarketPicture>,
        pub summary: String,
        pub tags: Vec<String>,
        pub category: MarketCategory,
        pub partner_name: String,
        pub charge_form: ChargeForm,
        pub plans: Vec<UnitPrice>,
        pub trial: Option<TrialLength>,
        pub free_plan: Option<FreePlan>,
        pub installs: i32,
        pub rating: RatingSummary,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketCategoryCount {
        pub category: MarketCategory,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketChargeFormCount {
        pub charge_form: ChargeForm,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketIndustryCount {
        pub industry: Industry,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketTagCount {
        pub tag: String,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketFacets {
        pub categories: Vec<MarketCategoryCount>,
        pub charge_forms: Vec<MarketChargeFormCount>,
        pub industries: Vec<MarketIndustryCount>,
        pub tags: Vec<MarketTagCount>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "MarketProductConnection")]
    pub struct MarketPage {
        pub nodes: Vec<MarketCard>,
        pub page_info: PageInfo,
        pub total_count: i32,
        pub facets: Option<MarketFacets>,
    }
}

read_enums!(MarketSort);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketPeriod {
        pub name: String,
        pub months: i32,
        pub sale_price: MinorUnits,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketPlan {
        pub item_code: cynic::Id,
        pub name: String,
        pub min_seats: i32,
        pub max_seats: i32,
        pub unit_price: MinorUnits,
        pub periods: Vec<MarketPeriod>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketCase {
        pub title: String,
        pub html: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketVersion {
        pub number: String,
        pub description: String,
        pub published_at: Option<DateTime>,
    }
}

read! {
    /// A product with everything that its page tells.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MarketProduct {
        pub id: cynic::Id,
        pub name: String,
        pub icon: Option<MarketPicture>,
        pub summary: String,
        pub description: String,
        pub screenshots: Vec<MarketPicture>,
        pub tags: Vec<String>,
        pub category: MarketCategory,
        pub partner_name: String,
        pub charge_form: ChargeForm,
        pub plans: Vec<MarketPlan>,
        pub trial: Option<TrialLength>,
        pub free_plan: Option<FreePlan>,
        pub opening_order: Option<OpeningOrder>,
        pub cases: Vec<MarketCase>,
        pub privacy_url: String,
        pub terms_url: String,
        pub version_number: Option<String>,
        pub versions: Vec<MarketVersion>,
        pub listed_at: DateTime,
        pub installs: i32,
        pub rating: RatingSummary,
    }
}

read! {
    /// What an organisation says of itself.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct OrganizationProfile {
        pub industry: Option<Industry>,
        pub size: Option<OrganizationSize>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Viewer")]
    pub struct ViewerProfile {
        pub organization: OrganizationProfile,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SetOrganizationProfileInput {
    pub industry: Option<Industry>,
    pub size: Option<OrganizationSize>,
}

operation! { $ Query:
    market_products(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        search = search: Option<String>, categoryId = category_id: Option<cynic::Id>, industry = industry: Option<Industry>,
        chargeForm = charge_form: Option<ChargeForm>, tag = tag: Option<String>, sort = sort: MarketSort
    ) => MarketPage
}
operation! { $ Query: market_product(id = id: cynic::Id) => Option<MarketProduct> }
operation! { $ Mutation:
    set_organization_profile(input = input: SetOrganizationProfileInput) -> SetOrganizationProfileResult / OrganizationProfile
}

/// A page of what is found, with its total and its facets.
pub async fn search(search: MarketSearch, window: Window) -> Result<MarketPage, Problem> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    market_products(
        window.first,
        window.after,
        window.last,
        window.before,
        some(search.words),
        some(search.category).map(cynic::Id::new),
        search.industry,
        search.charge_form,
        some(search.tag),
        search.sort,
    )
    .await
}

/// What the acting organisation says of itself; nothing for visitors.
pub async fn profile() -> Result<Option<OrganizationProfile>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        viewer: Option<ViewerProfile>,
    }
    let body = bare("query", "viewer", ViewerProfile::select);
    let found = transport::ask::<Plain<Option<ViewerProfile>>>(body, true).await?;
    Ok(found.map(|viewer| viewer.organization))
}

//! Promotion links (推广码, L18–L20): as their partner keeps them with what came of each, and what they show to whoever follows them.

use super::{Date, DateTime, MinorUnits, market::MarketProduct, page::PageInfo, schema, session::Person};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionLinkStatus {
    Open,
    NotYetValid,
    Expired,
    Disabled,
    NotSold,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionLinkAction {
    Change,
    Disable,
    Enable,
    Copy,
}

read_enums!(PromotionLinkStatus, PromotionLinkAction);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PromotionCounts {
        pub opens: i32,
        pub visitors: i32,
        pub sign_ins: i32,
        pub installs: i32,
        pub orders: i32,
        pub revenue: MinorUnits,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct PromotedProduct {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PromotionLink")]
    pub struct PromotionLinkRow {
        pub id: cynic::Id,
        pub product: PromotedProduct,
        pub name: String,
        pub channel_code: String,
        pub status: PromotionLinkStatus,
        pub valid_from: Option<DateTime>,
        pub valid_to: Option<DateTime>,
        pub total: PromotionCounts,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PromotionLinkConnection")]
    pub struct PromotionLinkPage {
        pub nodes: Vec<PromotionLinkRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(PromotionLinkPage of PromotionLinkRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PromotionLink {
        pub id: cynic::Id,
        pub product: PromotedProduct,
        pub name: String,
        pub channel_code: String,
        pub url: Option<String>,
        pub qr_svg: Option<String>,
        pub qr_png: Option<String>,
        pub qr_poster_png: Option<String>,
        pub status: PromotionLinkStatus,
        pub valid_from: Option<DateTime>,
        pub valid_to: Option<DateTime>,
        pub created_at: DateTime,
        pub created_by: Person,
        pub version: i32,
        pub available_actions: Vec<PromotionLinkAction>,
    }
}

impl PromotionLink {
    pub fn may(&self, action: PromotionLinkAction) -> bool {
        self.available_actions.contains(&action)
    }
}

read! {
    /// What a step answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PromotionLink")]
    pub struct SavedPromotionLink {
        pub id: cynic::Id,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PromotionDay {
        pub day: Date,
        pub counts: PromotionCounts,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PromotionFunnel {
        pub days: Vec<PromotionDay>,
        pub total: PromotionCounts,
    }
}

read! {
    /// What a link shows to whoever follows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Promotion {
        pub status: PromotionLinkStatus,
        pub valid_from: Option<DateTime>,
        pub valid_to: Option<DateTime>,
        pub product_name: String,
        pub partner_name: String,
        pub product: Option<MarketProduct>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OpenedPromotion {
        pub counted: bool,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CreatePromotionLinkInput {
    pub product_id: cynic::Id,
    pub name: String,
    pub channel_code: String,
    pub valid_from: Option<DateTime>,
    pub valid_to: Option<DateTime>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ChangePromotionLinkInput {
    pub id: cynic::Id,
    pub version: i32,
    pub name: String,
    pub valid_from: Option<DateTime>,
    pub valid_to: Option<DateTime>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PromotionLinkActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct OpenPromotionInput {
    pub token: String,
    pub visitor_id: String,
}

operation! { $ Query:
    promotion_links(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        productId = product_id: Option<cynic::Id>
    ) => PromotionLinkPage
}
operation! { $ Query: promotion_link(id = id: cynic::Id) => Option<PromotionLink> }
operation! { $ Query: promotion_funnel(linkId = link_id: cynic::Id, days = days: i32) => Option<PromotionFunnel> }
operation! { $ Query: promotion(token = token: String) => Option<Promotion> }
operation! { $ Mutation:
    create_promotion_link(input = input: CreatePromotionLinkInput, idempotencyKey = idempotency_key: Option<String>)
        -> CreatePromotionLinkResult / SavedPromotionLink
}
operation! { $ Mutation:
    change_promotion_link(input = input: ChangePromotionLinkInput) -> ChangePromotionLinkResult / SavedPromotionLink
}
operation! { $ Mutation:
    disable_promotion_link(input = input: PromotionLinkActionInput) -> DisablePromotionLinkResult / SavedPromotionLink
}
operation! { $ Mutation:
    enable_promotion_link(input = input: PromotionLinkActionInput) -> EnablePromotionLinkResult / SavedPromotionLink
}
operation! { $ Mutation: open_promotion(input = input: OpenPromotionInput) -> OpenPromotionResult / OpenedPromotion }

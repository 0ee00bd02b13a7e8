//! What organisations that bought a product say of it (L12), its partner's answers, and what an operator took from view.

use super::{
    DateTime,
    page::{PageInfo, Window},
    product_content::Industry,
    project::OrganizationSize,
    schema,
};
use crate::pages;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingAction {
    Answer,
    Hide,
    Show,
}

read_enums!(RatingAction);

read! {
    /// All shown ratings together.
    #[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq)]
    pub struct RatingSummary {
        pub count: i32,
        /// In hundredths of a star.
        pub average: Option<i32>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProductRating {
        pub id: cynic::Id,
        pub stars: i32,
        pub text: String,
        pub rated_at: DateTime,
        pub industry: Option<Industry>,
        pub size: Option<OrganizationSize>,
        pub organization_name: Option<String>,
        pub answer: String,
        pub answered_at: Option<DateTime>,
        pub hidden_at: Option<DateTime>,
        pub hidden_reason: String,
        pub available_actions: Vec<RatingAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRatingConnection")]
    pub struct ProductRatingPage {
        pub nodes: Vec<ProductRating>,
        pub page_info: PageInfo,
        pub total_count: i32,
        pub product_name: String,
        pub summary: RatingSummary,
    }
}

pages!(ProductRatingPage of ProductRating);

read! {
    /// What the viewer's organisation said, and whether it may.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OwnRating {
        pub rating: Option<ProductRating>,
        pub may_rate: bool,
    }
}

read! {
    /// What a step answers; the page reads the rest anew.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductRating")]
    pub struct ChangedRating {
        pub id: cynic::Id,
    }
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RateProductInput {
    pub product_id: cynic::Id,
    pub stars: i32,
    pub text: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AnswerRatingInput {
    pub id: cynic::Id,
    pub answer: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct HideRatingInput {
    pub id: cynic::Id,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ShowRatingInput {
    pub id: cynic::Id,
}

operation! { $ Query:
    product_ratings(
        productId = product_id: cynic::Id,
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>
    ) => Option<ProductRatingPage>
}
operation! { $ Query: own_rating(productId = product_id: cynic::Id) => OwnRating }
operation! { $ Mutation: rate_product(input = input: RateProductInput) -> RateProductResult / ChangedRating }
operation! { $ Mutation: answer_rating(input = input: AnswerRatingInput) -> AnswerRatingResult / ChangedRating }
operation! { $ Mutation: hide_rating(input = input: HideRatingInput) -> HideRatingResult / ChangedRating }
operation! { $ Mutation: show_rating(input = input: ShowRatingInput) -> ShowRatingResult / ChangedRating }

/// The part of the ratings of a product that the address asks for.
pub async fn page_of(id: cynic::Id, window: Window) -> Result<Option<ProductRatingPage>, super::Problem> {
    product_ratings(id, window.first, window.after, window.last, window.before).await
}

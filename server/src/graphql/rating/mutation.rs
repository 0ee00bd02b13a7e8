//! Rating, answering, and taking from view.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::ProductRating;
use crate::auth::viewer::Viewer;
use crate::graphql::context::change;
use crate::graphql::error::{outcome, result_union};
use crate::services::rating;

/// Rates a product.
#[derive(InputObject)]
pub struct RateProductInput {
    /// A product that the acting organisation bought.
    pub product_id: ID,
    /// 1 to 5.
    pub stars: i32,
    /// Up to 1,000 characters.
    #[graphql(default)]
    pub text: String,
}

/// Answers a rating.
#[derive(InputObject)]
pub struct AnswerRatingInput {
    /// The rating.
    pub id: ID,
    /// Up to 1,000 characters; nothing takes the answer back.
    pub answer: String,
}

/// Takes a rating from view.
#[derive(InputObject)]
pub struct HideRatingInput {
    /// The rating.
    pub id: ID,
    /// Why: 1 to 1,000 characters; its organisation reads it.
    pub reason: String,
}

/// Names a rating.
#[derive(InputObject)]
pub struct ShowRatingInput {
    /// The rating.
    pub id: ID,
}

result_union! {
    /// Result of rating.
    RateProductResult = ProductRating
}
result_union! {
    /// Result of answering.
    AnswerRatingResult = ProductRating
}
result_union! {
    /// Result of taking from view.
    HideRatingResult = ProductRating
}
result_union! {
    /// Result of showing again.
    ShowRatingResult = ProductRating
}

#[derive(Default)]
pub struct RatingMutation;

fn wrap(rating: crate::store::rating::Rating, moderated: bool) -> ProductRating {
    ProductRating { rating, moderated }
}

#[Object]
impl RatingMutation {
    /// L12: an admin of an organisation that bought a product rates it, or changes what they said.
    async fn rate_product(&self, ctx: &Context<'_>, input: RateProductInput) -> Result<RateProductResult> {
        let (stars, text) = (input.stars, input.text);
        let ended = change(ctx, &input.product_id, Viewer::customer_admin, move |tx, viewer, id| {
            rating::rate(tx, viewer, id, stars, &text)
        });
        outcome(ctx, ended.await?, |row| {
            RateProductResult::ProductRating(wrap(row, false))
        })
    }

    /// L12: an admin of the partner answers a rating of its product.
    async fn answer_rating(&self, ctx: &Context<'_>, input: AnswerRatingInput) -> Result<AnswerRatingResult> {
        let text = input.answer;
        let ended = change(ctx, &input.id, Viewer::partner_admin, move |tx, viewer, id| {
            rating::answer(tx, viewer, id, &text)
        });
        outcome(ctx, ended.await?, |row| {
            AnswerRatingResult::ProductRating(wrap(row, false))
        })
    }

    /// L12: an operator of the product's category takes a rating from view.
    async fn hide_rating(&self, ctx: &Context<'_>, input: HideRatingInput) -> Result<HideRatingResult> {
        let reason = input.reason;
        let ended = change(ctx, &input.id, Viewer::category_operator, move |tx, viewer, id| {
            rating::hide(tx, viewer, id, &reason)
        });
        outcome(ctx, ended.await?, |row| {
            HideRatingResult::ProductRating(wrap(row, true))
        })
    }

    /// L12: an operator of the product's category shows a rating again.
    async fn show_rating(&self, ctx: &Context<'_>, input: ShowRatingInput) -> Result<ShowRatingResult> {
        let ended = change(ctx, &input.id, Viewer::category_operator, rating::show).await?;
        outcome(ctx, ended, |row| ShowRatingResult::ProductRating(wrap(row, true)))
    }
}

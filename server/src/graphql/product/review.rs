//! Mutations of category operators about products.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::Product;
use crate::auth::viewer::Viewer;
use crate::domain::id::{PreTaskId, ProductId, ProductRevisionId};
use crate::domain::product::ProductDecision;
use crate::domain::product_decision::FieldReason;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, write};
use crate::graphql::error::{outcome, result_union};
use crate::services::product_review::{self, Review};
use crate::store::Tx;

/// A reason beside a field.
#[derive(InputObject)]
pub struct FieldReasonInput {
    /// Of the content, such as `content.summary`.
    pub path: String,
    /// 1 to 1,000 characters.
    pub reason: String,
}

impl From<FieldReasonInput> for FieldReason {
    fn from(field: FieldReasonInput) -> Self {
        Self {
            path: field.path,
            reason: field.reason,
        }
    }
}

/// A decision about a revision.
#[derive(InputObject)]
pub struct ReviewProductInput {
    /// The revision.
    pub revision_id: ID,
    /// What is decided.
    pub decision: ProductDecision,
    /// Why, at most 1,000 characters; to reject or send back, here or beside a field.
    pub reason: Option<String>,
    /// At most 50; none with an approval.
    #[graphql(default)]
    pub field_reasons: Vec<FieldReasonInput>,
}

/// Whether a task before the marketplace was done for a product.
#[derive(InputObject)]
pub struct AnswerProductTaskInput {
    /// The product.
    pub id: ID,
    /// The task.
    pub task_id: ID,
    /// Done, or not done after all.
    pub done: bool,
    /// At most 1,000 characters.
    #[graphql(default)]
    pub note: String,
}

/// A decision about an application to delist.
#[derive(InputObject)]
pub struct DecideDelistingInput {
    /// The product.
    pub id: ID,
    /// Off the shelves, or not.
    pub approve: bool,
    /// Required to refuse; at most 1,000 characters.
    pub reason: Option<String>,
}

/// Takes a product from view or off the shelves.
#[derive(InputObject)]
pub struct WithdrawProductInput {
    /// The product.
    pub id: ID,
    /// Why: 1 to 1,000 characters; the partner reads it.
    pub reason: String,
}

/// Names a product.
#[derive(InputObject)]
pub struct ShowProductInput {
    /// The product.
    pub id: ID,
}

result_union! {
    /// Result of a review.
    ReviewProductResult = Product
}
result_union! {
    /// Result of answering a task.
    AnswerProductTaskResult = Product
}
result_union! {
    /// Result of deciding about delisting.
    DecideDelistingResult = Product
}
result_union! {
    /// Result of hiding.
    HideProductResult = Product
}
result_union! {
    /// Result of showing again.
    ShowProductResult = Product
}
result_union! {
    /// Result of delisting.
    DelistProductResult = Product
}

#[derive(Default)]
pub struct ProductReviewMutation;

#[Object]
impl ProductReviewMutation {
    /// L6: an operator of its category approves, rejects or sends a revision back. Where the category wants four eyes, the first
    /// approval waits for another operator's.
    async fn review_product(&self, ctx: &Context<'_>, input: ReviewProductInput) -> Result<ReviewProductResult> {
        let said = Review {
            decision: input.decision,
            reason: input.reason,
            field_reasons: input.field_reasons.into_iter().map(FieldReason::from).collect(),
        };
        let id = input.revision_id.parse::<ProductRevisionId>().ok();
        let ended = write(ctx, move |tx, viewer| {
            viewer.category_operator()?;
            let id = id.as_ref().ok_or_else(|| Refusal::not_found().at("revisionId"))?;
            product_review::review(tx, viewer, id, &said)
        });
        outcome(ctx, ended.await?, |row| ReviewProductResult::Product(Product(row)))
    }

    /// L9: an operator records that a task before the marketplace was done, or that it was not.
    async fn answer_product_task(
        &self,
        ctx: &Context<'_>,
        input: AnswerProductTaskInput,
    ) -> Result<AnswerProductTaskResult> {
        let task = input.task_id.parse::<PreTaskId>().ok();
        let note = input.done.then_some(input.note);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| {
            let task = task.as_ref().ok_or_else(|| Refusal::not_found().at("taskId"))?;
            product_review::answer_task(tx, viewer, id, task, note.as_deref())
        };
        let ended = change(ctx, &input.id, Viewer::category_operator, work).await?;
        outcome(ctx, ended, |row| AnswerProductTaskResult::Product(Product(row)))
    }

    /// L10: an operator decides about the partner's application to delist.
    async fn decide_delisting(&self, ctx: &Context<'_>, input: DecideDelistingInput) -> Result<DecideDelistingResult> {
        let (approve, reason) = (input.approve, input.reason);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| {
            product_review::decide_delisting(tx, viewer, id, approve, reason.as_deref())
        };
        let ended = change(ctx, &input.id, Viewer::category_operator, work).await?;
        outcome(ctx, ended, |row| DecideDelistingResult::Product(Product(row)))
    }

    /// L10: an operator takes a listed product from view.
    async fn hide_product(&self, ctx: &Context<'_>, input: WithdrawProductInput) -> Result<HideProductResult> {
        let reason = input.reason;
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| product_review::hide(tx, viewer, id, &reason);
        let ended = change(ctx, &input.id, Viewer::category_operator, work).await?;
        outcome(ctx, ended, |row| HideProductResult::Product(Product(row)))
    }

    /// L10: an operator shows a hidden product again.
    async fn show_product(&self, ctx: &Context<'_>, input: ShowProductInput) -> Result<ShowProductResult> {
        let ended = change(ctx, &input.id, Viewer::category_operator, product_review::show).await?;
        outcome(ctx, ended, |row| ShowProductResult::Product(Product(row)))
    }

    /// L10: an operator takes a product off the shelves. Who has it goes on using it, without renewals and upgrades.
    async fn delist_product(&self, ctx: &Context<'_>, input: WithdrawProductInput) -> Result<DelistProductResult> {
        let reason = input.reason;
        let work =
            move |tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId| product_review::delist(tx, viewer, id, &reason);
        let ended = change(ctx, &input.id, Viewer::category_operator, work).await?;
        outcome(ctx, ended, |row| DelistProductResult::Product(Product(row)))
    }
}

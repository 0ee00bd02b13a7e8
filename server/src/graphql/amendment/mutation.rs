//! Mutations about amendments.

use async_graphql::{Context, ID, InputObject, Object, Result};
use serde::Serialize;

use super::types::Amendment;
use crate::auth::viewer::Viewer;
use crate::domain::amendment::AmendmentFields;
use crate::domain::id::{AmendmentId, ProjectId};
use crate::domain::project::{ContractFileKind, ReviewDecision};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::graphql::scalars::{Date, MoneyInput};
use crate::services::amendment::{self, Review};
use crate::store::conn::Conn;
use crate::store::{self, Tx};

/// Proposes a change of an active project. What stays is repeated as it is.
#[derive(InputObject, Serialize)]
pub struct ProposeAmendmentInput {
    /// The project; active, and without another amendment in review.
    pub project_id: ID,
    /// Greater than zero.
    pub contract_amount: MoneyInput,
    /// Not before the project's first day.
    pub end_on: Date,
    /// At most 5,000 characters; required for a quotation and for a part of a larger contract.
    #[graphql(default)]
    pub description: String,
    /// The document: a file of the own organisation, uploaded as CONTRACT.
    pub file_id: ID,
    /// What the document is.
    pub file_kind: ContractFileKind,
    /// Why; at most 1,000 characters.
    pub reason: String,
}

impl ProposeAmendmentInput {
    fn fields(&self) -> AmendmentFields {
        let amount = &self.contract_amount;
        AmendmentFields {
            amount: (amount.amount.0, amount.currency.clone()),
            end_on: self.end_on.0,
            description: self.description.clone(),
            file_id: self.file_id.to_string(),
            file_kind: self.file_kind,
            reason: self.reason.clone(),
        }
    }
}

/// Names an amendment.
#[derive(InputObject)]
pub struct AmendmentActionInput {
    /// The amendment.
    pub id: ID,
}

/// A reviewer's decision.
#[derive(InputObject)]
pub struct ReviewAmendmentInput {
    /// The amendment.
    pub id: ID,
    /// What is decided.
    pub decision: ReviewDecision,
    /// Reject because the amounts differ (AMOUNT_MISMATCH).
    #[graphql(default)]
    pub amount_mismatch: bool,
    /// Required to reject, unless amountMismatch; at most 1,000 characters.
    pub reason: Option<String>,
}

result_union! {
    /// Result of proposing.
    ProposeAmendmentResult = Amendment
}
result_union! {
    /// Result of taking back.
    WithdrawAmendmentResult = Amendment
}
result_union! {
    /// Result of a review.
    ReviewAmendmentResult = Amendment
}

type Ended = store::Result<store::amendment::Amendment>;

#[derive(Default)]
pub struct AmendmentMutation;

#[Object]
impl AmendmentMutation {
    /// The creator of an active project proposes to change its amount, end date or description; due within one working day.
    async fn propose_amendment(
        &self,
        ctx: &Context<'_>,
        input: ProposeAmendmentInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ProposeAmendmentResult> {
        let ended = propose(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| ProposeAmendmentResult::Amendment(Amendment(row)))
    }

    /// The project's creator takes an amendment back while it is in review.
    async fn withdraw_amendment(
        &self,
        ctx: &Context<'_>,
        input: AmendmentActionInput,
    ) -> Result<WithdrawAmendmentResult> {
        let ended = change(ctx, &input.id, Viewer::partner_admin, amendment::withdraw).await?;
        outcome(ctx, ended, |row| WithdrawAmendmentResult::Amendment(Amendment(row)))
    }

    /// An internal reviewer approves, which makes its values the project's, or rejects.
    async fn review_amendment(&self, ctx: &Context<'_>, input: ReviewAmendmentInput) -> Result<ReviewAmendmentResult> {
        let said = Review {
            decision: input.decision,
            amount_mismatch: input.amount_mismatch,
            reason: input.reason,
        };
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &AmendmentId| amendment::review(tx, viewer, id, &said);
        let ended = change(ctx, &input.id, Viewer::reviewer, work).await?;
        outcome(ctx, ended, |row| ReviewAmendmentResult::Amendment(Amendment(row)))
    }
}

async fn propose(ctx: &Context<'_>, input: ProposeAmendmentInput, key: Option<String>) -> Result<Ended> {
    let key = match idempotency_key(key, "proposeAmendment", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let (project, fields) = (input.project_id.parse::<ProjectId>().ok(), input.fields());
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner_admin()?;
        let project = project.as_ref().ok_or_else(|| Refusal::not_found().at("projectId"))?;
        let row = amendment::propose(tx, viewer, project, &fields)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, made_before).await
}

fn made_before(conn: &mut Conn, viewer: &Viewer, made: &str) -> Ended {
    let id = made.parse().map_err(|_| Refusal::not_found())?;
    amendment::find(conn, viewer, &id)?.ok_or_else(|| Refusal::not_found().into())
}

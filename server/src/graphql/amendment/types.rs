//! The amendment itself, with both versions of what it changes.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::amendment::{self, AmendedField, AmendmentAction, AmendmentStatus, available_actions};
use crate::domain::project::ContractFileKind;
use crate::domain::working_day::is_overdue;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::file::File;
use crate::graphql::loaders;
use crate::graphql::order::loaders::OrderProjects;
use crate::graphql::project::Project;
use crate::graphql::project::amount::AmountCheck;
use crate::graphql::project::types::reason_text;
use crate::graphql::scalars::{Date, Money};
use crate::graphql::session::types::User;
use crate::services;
use crate::store::{self};

/// A change of amount, end date or description of an active project. Only for the project's creator and the reviewer.
#[derive(Clone, Debug)]
pub struct Amendment(pub store::amendment::Amendment);

/// One version of what an amendment may change.
#[derive(Clone, Debug, SimpleObject)]
pub struct AmendmentTerms {
    /// The contract amount.
    contract_amount: Money,
    /// The last day as planned.
    end_on: Date,
    /// What the project is about.
    description: String,
}

impl From<amendment::Terms> for AmendmentTerms {
    fn from(terms: amendment::Terms) -> Self {
        Self {
            contract_amount: terms.amount.into(),
            end_on: Date(terms.end_on),
            description: terms.description,
        }
    }
}

#[Object]
impl Amendment {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// From 1 within the project.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Where it stands.
    async fn status(&self) -> AmendmentStatus {
        self.0.status
    }

    /// What it changes.
    async fn project(&self, ctx: &Context<'_>) -> Result<Project> {
        let found = loaders::get::<OrderProjects>(ctx, self.0.project_id.clone()).await?;
        Ok(Project(found))
    }

    /// What the project was when it was proposed.
    async fn before(&self, ctx: &Context<'_>) -> Result<AmendmentTerms> {
        said(ctx, self.0.before())
    }

    /// What it wants the project to be.
    async fn proposed(&self, ctx: &Context<'_>) -> Result<AmendmentTerms> {
        said(ctx, self.0.proposed())
    }

    /// What differs between the two.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<AmendedField>> {
        let versions = self.0.before().and_then(|before| Ok((before, self.0.proposed()?)));
        let (before, proposed) = versions.map_err(|error| query_error(error, ctx.locale()))?;
        Ok(before.changes(&proposed))
    }

    /// The document that says so.
    async fn file(&self, ctx: &Context<'_>) -> Result<Option<File>> {
        File::load_if_any(ctx, Some(self.0.file_id.clone())).await
    }

    /// What the document is.
    async fn file_kind(&self) -> ContractFileKind {
        self.0.file_kind
    }

    /// Why the project changes.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What was read in the document, beside the proposed amount (D2).
    async fn amount_check(&self, ctx: &Context<'_>) -> Result<AmountCheck> {
        let made = self
            .0
            .proposed()
            .and_then(|proposed| Ok(AmountCheck::new(self.0.verdict, self.0.found()?, proposed.amount)));
        made.map_err(|error| query_error(error, ctx.locale()))
    }

    /// Who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.proposed_by.clone()).await
    }

    /// When.
    async fn proposed_at(&self) -> DateTime<Utc> {
        self.0.proposed_at.utc()
    }

    /// Review target, as for a project (D4).
    async fn due_at(&self) -> DateTime<Utc> {
        self.0.due_at.utc()
    }

    /// Whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let late = is_overdue(self.0.due_at.utc(), ctx.app().store.now().utc());
        self.0.status == AmendmentStatus::InReview && late
    }

    /// When it was approved or rejected.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(|at| at.utc())
    }

    /// Why, in the caller's language where the reason has a text of its own.
    async fn decision_reason(&self, ctx: &Context<'_>) -> Option<String> {
        reason_text(self.0.decision_code, self.0.decision_reason.as_deref(), ctx.locale())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<AmendmentAction>> {
        let of = loaders::get::<OrderProjects>(ctx, self.0.project_id.clone()).await?;
        let seen = services::project::seen_by(&ctx.viewer()?, &of);
        Ok(seen.map_or_else(Vec::new, |seen| available_actions(seen, self.0.status)))
    }
}

fn said(ctx: &Context<'_>, terms: store::Result<amendment::Terms>) -> Result<AmendmentTerms> {
    terms.map(Into::into).map_err(|error| query_error(error, ctx.locale()))
}

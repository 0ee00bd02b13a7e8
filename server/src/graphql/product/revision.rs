//! A revision of a product: what it holds, how it differs from what is approved, and how it was decided.

use async_graphql::{Context, ID, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::content::ProductContent;
use super::loaders::RevisionsById;
use super::types::Product;
use crate::domain::id::ProductRevisionId;
use crate::domain::product::{ProductDecision, RevisionStatus};
use crate::domain::product_change::changes;
use crate::domain::working_day::is_overdue;
use crate::graphql::application::version::ApplicationVersion;
use crate::graphql::category::Category;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::loaders;
use crate::graphql::session::types::User;
use crate::store::product_revision;

/// One revision of a product. Each change of a product is one, and is reviewed (L8).
#[derive(Clone, Debug)]
pub struct ProductRevision(pub product_revision::ProductRevision);

/// A reason of an operator beside a field.
#[derive(Clone, Debug, SimpleObject)]
pub struct FieldReason {
    /// Of the content, such as `content.summary`.
    path: String,
    /// Why.
    reason: String,
}

impl From<crate::domain::product_decision::FieldReason> for FieldReason {
    fn from(field: crate::domain::product_decision::FieldReason) -> Self {
        Self {
            path: field.path,
            reason: field.reason,
        }
    }
}

/// A field that differs from the approved revision.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductChange {
    /// Such as `summary` or `plans.item_….unitPrice`.
    path: String,
    /// What stands there; null where it is new.
    before: Option<Json<Value>>,
    /// What would stand there; null where it goes.
    after: Option<Json<Value>>,
}

#[Object]
impl ProductRevision {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Counts from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Where it stands.
    async fn status(&self) -> RevisionStatus {
        self.0.status
    }

    /// Of which product.
    async fn product(&self, ctx: &Context<'_>) -> Result<Product> {
        Product::load(ctx, self.0.product_id.clone()).await
    }

    /// What it holds.
    async fn content(&self, ctx: &Context<'_>) -> Result<ProductContent> {
        let content = self.0.parsed().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(ProductContent(content))
    }

    /// How it differs from the approved revision (L8); empty where nothing is approved.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<ProductChange>> {
        let product = Product::load(ctx, self.0.product_id.clone()).await?;
        let approved = match product.0.approved_revision_id {
            Some(id) if id != self.0.id => loaders::get::<RevisionsById>(ctx, id).await?,
            _ => return Ok(Vec::new()),
        };
        let told = |error| query_error(error, ctx.locale());
        let (before, after) = (approved.parsed().map_err(told)?, self.0.parsed().map_err(told)?);
        let change = |change: crate::domain::product_change::ProductChange| ProductChange {
            path: change.path,
            before: change.before.map(Json),
            after: change.after.map(Json),
        };
        Ok(changes(&before, &after)?.into_iter().map(change).collect())
    }

    /// The category that routes its review.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        Category::load_if_any(ctx, self.0.category_id.clone()).await
    }

    /// The version that was published when it was handed in.
    async fn application_version(&self, ctx: &Context<'_>) -> Result<Option<ApplicationVersion>> {
        match self.0.application_version_id.clone() {
            Some(id) => ApplicationVersion::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// Who began it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.created_by.clone()).await
    }

    /// When it was saved last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.utc()
    }

    /// Who handed it in last.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.submitted_by.clone()).await
    }

    /// When it was handed in last.
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.0.submitted_at.map(|at| at.utc())
    }

    /// L7: until when a decision is due: one working day.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at.map(|at| at.utc())
    }

    /// L7: whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now().utc();
        let late = self.0.due_at.is_some_and(|due| is_overdue(due.utc(), now));
        self.0.status == RevisionStatus::InReview && late
    }

    /// Four eyes: who approved first; null where nobody has.
    async fn first_approved_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.first_approved_by.clone()).await
    }

    /// What was decided last.
    async fn decision(&self) -> Option<ProductDecision> {
        self.0.decision
    }

    /// When it was decided last.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(|at| at.utc())
    }

    /// Why, as a whole.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Why, beside fields (L6).
    async fn field_reasons(&self, ctx: &Context<'_>) -> Result<Vec<FieldReason>> {
        let reasons = self.0.reasons().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(reasons.into_iter().map(FieldReason::from).collect())
    }

    /// Grows with every change; send it back when the draft is saved or handed in.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl ProductRevision {
    /// By an id that a product holds which the viewer was shown.
    pub async fn load_if_any(ctx: &Context<'_>, id: Option<ProductRevisionId>) -> Result<Option<Self>> {
        match id {
            Some(id) => loaders::get::<RevisionsById>(ctx, id).await.map(|row| Some(Self(row))),
            None => Ok(None),
        }
    }
}

//! An application to list a cool app, as its partner and the open-platform operators see it.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::content::{CoolAppContent, CoolAppProduct};
use crate::domain::cool_app::{CoolAppAction, CoolAppDecision, CoolAppStatus};
use crate::domain::cool_app_content::{CoolAppContent as Content, changed_fields};
use crate::domain::working_day::is_overdue;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::product::FieldReason;
use crate::graphql::session::types::{Organization, User};
use crate::services;
use crate::store::cool_app;

/// 酷应用上架申请: what a partner wants on the cool-app market, and what became of it.
#[derive(Clone, Debug)]
pub struct CoolAppApplication(pub cool_app::CoolApp);

#[Object]
impl CoolAppApplication {
    /// Prefixed id; that of the cool app on the market as well.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// COOLAPP- and twelve characters, made once and never changed.
    async fn code(&self) -> &str {
        self.0.code.as_str()
    }

    /// What it is called: on the market, else in what is being written.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    async fn status(&self) -> CoolAppStatus {
        self.0.status
    }

    /// The product that it belongs to.
    async fn product(&self, ctx: &Context<'_>) -> Result<CoolAppProduct> {
        CoolAppProduct::load(ctx, self.0.product_id.clone()).await
    }

    /// Whose it is.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// What is being written or reviewed. Operators see it in review, and otherwise what was approved.
    async fn content(&self, ctx: &Context<'_>) -> Result<Option<CoolAppContent>> {
        Ok(self.shown(ctx)?.map(CoolAppContent::from))
    }

    /// What the market shows, or showed last; null before the first approval.
    async fn approved_content(&self, ctx: &Context<'_>) -> Result<Option<CoolAppContent>> {
        Ok(self.approved(ctx)?.map(CoolAppContent::from))
    }

    /// The fields of the content that differ from what was approved; empty where nothing was.
    async fn changed_fields(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        Ok(match (self.approved(ctx)?, self.shown(ctx)?) {
            (Some(before), Some(after)) => changed_fields(&before, &after),
            _ => Vec::new(),
        })
    }

    /// Since when the market shows it; null while it does not.
    async fn market_at(&self) -> Option<DateTime<Utc>> {
        self.0.market_at.map(|at| at.utc())
    }

    /// Who handed it in last.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.submitted_by.clone()).await
    }

    /// When it was handed in last.
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.0.submitted_at.map(|at| at.utc())
    }

    /// Until when a decision is due: one working day.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at.map(|at| at.utc())
    }

    /// Whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now().utc();
        let late = self.0.due_at.is_some_and(|due| is_overdue(due.utc(), now));
        self.0.status.is_in_review() && late
    }

    /// What was decided last; of a rejected update the status is APPROVED.
    async fn decision(&self) -> Option<CoolAppDecision> {
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

    /// Why, beside fields.
    async fn field_reasons(&self, ctx: &Context<'_>) -> Result<Vec<FieldReason>> {
        let reasons = self.0.reasons().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(reasons.into_iter().map(FieldReason::from).collect())
    }

    /// When it was taken off the market; null where it was not.
    async fn delisted_at(&self) -> Option<DateTime<Utc>> {
        self.0.delisted_at.map(|at| at.utc())
    }

    /// Who took it off the market.
    async fn delisted_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.delisted_by.clone()).await
    }

    /// Why it was taken off the market.
    async fn delisting_reason(&self) -> Option<&str> {
        self.0.delisting_reason.as_deref()
    }

    /// When anything about it changed last.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at.utc()
    }

    /// Grows with every change; send it back when the draft is saved or handed in.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<CoolAppAction>> {
        Ok(services::cool_app::actions_of(&ctx.viewer()?, &self.0))
    }
}

impl CoolAppApplication {
    fn approved(&self, ctx: &Context<'_>) -> Result<Option<Content>> {
        self.0.approved().map_err(|error| query_error(error, ctx.locale()))
    }

    /// What a partner writes is its own until it is handed in.
    fn shown(&self, ctx: &Context<'_>) -> Result<Option<Content>> {
        let viewer = ctx.viewer()?;
        let own = viewer
            .partner()
            .is_ok_and(|scope| scope.organization_id == self.0.organization_id);
        match own || self.0.status.is_in_review() {
            true => self
                .0
                .written()
                .map(Some)
                .map_err(|error| query_error(error, ctx.locale())),
            false => self.approved(ctx),
        }
    }
}

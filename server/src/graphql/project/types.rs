//! The facts of a project that every partner admin sees.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::detail::ProjectDetail;
use super::loaders::{LinkCounts, Links, OpenAmendments, OrderCounts, PresentCreators};
use crate::domain::id::ProjectId;
use crate::domain::locale::Locale;
use crate::domain::project::{ProjectAction, ProjectDecisionCode, ProjectStatus, ProjectViewer, detail_barrier};
use crate::domain::working_day::is_overdue;
use crate::graphql::context::Ask;
use crate::graphql::distribution_link::DistributionLink;
use crate::graphql::loaders::{self, Batch};
use crate::graphql::order::Order;
use crate::graphql::order::loaders::OrdersOf;
use crate::graphql::permission::is_granted;
use crate::graphql::session::types::{Organization, User};
use crate::services;
use crate::store::project;

/// The facts of a project that every partner admin sees (D5).
#[derive(Clone, Debug)]
pub struct Project(pub project::Project);

#[Object]
impl Project {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Unique within the partner.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    async fn status(&self) -> ProjectStatus {
        self.0.status
    }

    /// Stands in its links as `corpName`.
    async fn customer_name(&self) -> &str {
        &self.0.customer_name
    }

    /// The organisation that may buy.
    async fn customer_corp_id(&self) -> &str {
        &self.0.customer_corp_id
    }

    /// Whose project it is.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Who created it, or has taken ownership since (D5).
    async fn creator(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.creator_id.clone()).await
    }

    /// When the draft was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When the approval was started.
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.0.submitted_at.map(|at| at.utc())
    }

    /// Review target (D4).
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at.map(|at| at.utc())
    }

    /// Whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now().utc();
        let late = self.0.due_at.is_some_and(|due| is_overdue(due.utc(), now));
        self.0.status == ProjectStatus::InReview && late
    }

    /// When it was approved or rejected.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(|at| at.utc())
    }

    /// Why, in the caller's language where the reason has a text of its own.
    async fn decision_reason(&self, ctx: &Context<'_>) -> Option<String> {
        decision_text(&self.0, ctx.locale())
    }

    /// How many links were made.
    async fn link_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.counted::<LinkCounts>(ctx).await
    }

    /// How many orders came through them.
    async fn order_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.counted::<OrderCounts>(ctx).await
    }

    /// Orders of the project, newest first.
    async fn orders(&self, ctx: &Context<'_>) -> Result<Vec<Order>> {
        let found = loaders::load::<OrdersOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default().into_iter().map(Order).collect())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ProjectAction>> {
        let seen = self.seen(ctx).await?;
        let mut open = seen.map_or_else(Vec::new, |seen| seen.available_actions(self.0.status));
        if open.iter().any(|action| action.needs_permission()) && !is_granted(ctx, &self.0.organization_id).await? {
            open.retain(|action| !action.needs_permission());
        }
        // One amendment at a time.
        if open.contains(&ProjectAction::ProposeAmendment)
            && loaders::load::<OpenAmendments>(ctx, self.0.id.clone()).await?.is_some()
        {
            open.retain(|action| *action != ProjectAction::ProposeAmendment);
        }
        Ok(open)
    }

    /// Only for the creator and the reviewer; null otherwise (see detailBarrier).
    async fn detail(&self, ctx: &Context<'_>) -> Result<Option<ProjectDetail>> {
        Ok(self.may_see_detail(ctx)?.then(|| ProjectDetail(self.0.clone())))
    }

    /// Why the detail is greyed, in the caller's language.
    async fn detail_barrier(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if self.may_see_detail(ctx)? {
            return Ok(None);
        }
        let creator = User::load(ctx, self.0.creator_id.clone()).await?;
        let barrier = detail_barrier(self.seen(ctx).await?, &creator.0.name);
        Ok(Some(barrier.get(ctx.locale()).to_owned()))
    }

    /// Links of the project, newest first: any partner admin.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<DistributionLink>> {
        // Whoever came upon the project another way, such as its customer, knows a link by its address alone.
        if services::project::seen_by(&ctx.viewer()?, &self.0).is_none() {
            return Ok(Vec::new());
        }
        let rows = loaders::load::<Links>(ctx, self.0.id.clone()).await?;
        let link = |row| DistributionLink {
            row,
            project: self.0.clone(),
        };
        Ok(rows.unwrap_or_default().into_iter().map(link).collect())
    }

    /// Grows with every change; send it back when the fields are replaced.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl Project {
    /// What the viewer is to the project.
    async fn seen(&self, ctx: &Context<'_>) -> Result<Option<ProjectViewer>> {
        match services::project::seen_by(&ctx.viewer()?, &self.0) {
            Some(ProjectViewer::PartnerAdmin) => {
                let present = loaders::load::<PresentCreators>(ctx, self.0.id.clone()).await?;
                Ok(Some(ProjectViewer::PartnerAdmin.with_creator(present.is_some())))
            }
            other => Ok(other),
        }
    }

    fn may_see_detail(&self, ctx: &Context<'_>) -> Result<bool> {
        let seen = services::project::seen_by(&ctx.viewer()?, &self.0);
        Ok(seen.is_some_and(|seen| seen.may(ProjectAction::ViewDetail)))
    }

    async fn counted<B: Batch<Key = ProjectId, Row = i64>>(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = loaders::load::<B>(ctx, self.0.id.clone()).await?;
        Ok(i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX))
    }
}

/// The reason of a project's decision.
pub fn decision_text(project: &project::Project, locale: Locale) -> Option<String> {
    reason_text(project.decision_code, project.decision_reason.as_deref(), locale)
}

/// The reason of a decision: the sentence of its code, and what the reviewer wrote.
pub fn reason_text(code: Option<ProjectDecisionCode>, reason: Option<&str>, locale: Locale) -> Option<String> {
    let sentence = code.map(|code| code.text(locale));
    match (sentence, reason) {
        (Some(sentence), Some(reason)) => Some(format!("{sentence}\n{reason}")),
        (Some(text), None) | (None, Some(text)) => Some(text.to_owned()),
        (None, None) => None,
    }
}

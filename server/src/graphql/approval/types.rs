//! A review as the list of all reviews shows it. What is reviewed is read by its own queries.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use crate::domain::approval::{ApprovalKind, ApprovalState};
use crate::domain::working_day::is_overdue;
use crate::graphql::context::Ask;
use crate::graphql::session::types::{Organization, User};
use crate::store::approval;

/// 审批: one review (P11), as it stands now.
#[derive(Clone, Debug)]
pub struct Approval(pub approval::Approval);

#[Object]
impl Approval {
    /// Of what is reviewed: the application for permission, the project, the amendment, the revision of the product, the application to
    /// delist, the cool app. One application to delist has another id once it is decided.
    async fn id(&self) -> ID {
        ID(self.0.id.clone())
    }

    /// What it is about.
    async fn kind(&self) -> ApprovalKind {
        self.0.kind
    }

    /// The thing that is reviewed: of an amendment its project, of a revision and an application to delist the product.
    async fn subject_id(&self) -> ID {
        ID(self.0.subject_id.clone())
    }

    /// Name of the project, the product or the cool app; for a permission of the partner.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Who handed it in.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Where it stands.
    async fn state(&self) -> ApprovalState {
        self.0.state
    }

    /// Which of the partner's people handed it in.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.submitted_by.clone()).await
    }

    /// When.
    async fn submitted_at(&self) -> DateTime<Utc> {
        self.0.submitted_at.utc()
    }

    /// Until when a decision is due; null where there is no limit.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at.map(Into::into)
    }

    /// Whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now().utc();
        let late = self.0.due_at.is_some_and(|due| is_overdue(due.utc(), now));
        self.0.state == ApprovalState::Waiting && late
    }

    /// Who decided; null before.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        User::load_if_any(ctx, self.0.decided_by.clone()).await
    }

    /// When it was decided last; null before.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(Into::into)
    }
}

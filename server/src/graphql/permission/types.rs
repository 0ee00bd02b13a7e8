//! A partner's application for distribution permission, and what is said about it.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::organization::PartnerTier;
use crate::domain::permission::{DistributionPermissionAction, DistributionPermissionStatus, PermissionDecision};
use crate::domain::permission_form::PermissionFields;
use crate::domain::working_day::is_overdue;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::session::types::{Organization, User};
use crate::services::permission;
use crate::store;

/// A partner's application for the distribution permission, with its decision.
#[derive(Clone, Debug)]
pub struct DistributionPermission(pub store::permission::DistributionPermission);

#[Object]
impl DistributionPermission {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// The partner.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Where it stands.
    async fn status(&self) -> DistributionPermissionStatus {
        self.0.status
    }

    /// What the partner wants to distribute, and to whom.
    async fn scenario(&self) -> &str {
        &self.0.scenario
    }

    /// Deliveries that the partner names as references.
    async fn references(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        self.0.references().map_err(|error| query_error(error, ctx.locale()))
    }

    /// Whom to ask.
    async fn contact_name(&self) -> &str {
        &self.0.contact_name
    }

    /// Their mobile number, E.164.
    async fn contact_mobile(&self) -> &str {
        &self.0.contact_mobile
    }

    /// Version of the agreement that was ticked.
    async fn agreement_version(&self) -> &str {
        &self.0.agreement_version
    }

    /// Who applied.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.submitted_by.clone()).await
    }

    /// When.
    async fn submitted_at(&self) -> DateTime<Utc> {
        self.0.submitted_at.utc()
    }

    /// When the decision is due.
    async fn due_at(&self) -> DateTime<Utc> {
        self.0.due_at.utc()
    }

    /// Whether a decision is due and has not been taken.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.app().store.now().utc();
        self.0.status == DistributionPermissionStatus::Submitted && is_overdue(self.0.due_at.utc(), now)
    }

    /// When it was decided last.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at.map(|at| at.utc())
    }

    /// Why it was rejected or revoked.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<DistributionPermissionAction>> {
        Ok(permission::available_actions(&ctx.viewer()?, &self.0))
    }
}

/// An application for distribution permission.
#[derive(InputObject, Serialize)]
pub struct ApplyForDistributionPermissionInput {
    /// What is to be distributed, and to whom: 10 to 2,000 characters.
    pub scenario: String,
    /// 2 to 20 deliveries, each 2 to 200 characters.
    pub references: Vec<String>,
    /// At most 60 characters.
    pub contact_name: String,
    /// E.164, or a mainland mobile number.
    pub contact_mobile: String,
    /// Version of the agreement that was read and ticked; null means not ticked.
    pub agreement_version: Option<String>,
}

impl From<ApplyForDistributionPermissionInput> for PermissionFields {
    fn from(input: ApplyForDistributionPermissionInput) -> Self {
        Self {
            scenario: input.scenario,
            references: input.references,
            contact_name: input.contact_name,
            contact_mobile: input.contact_mobile,
            agreement_version: input.agreement_version,
        }
    }
}

/// A reviewer's decision.
#[derive(InputObject)]
pub struct DecideDistributionPermissionInput {
    /// The application.
    pub id: ID,
    /// What is decided.
    pub decision: PermissionDecision,
    /// Required to reject or revoke; at most 1,000 characters.
    pub reason: Option<String>,
    /// The partner's tier from now on; null keeps it.
    pub tier: Option<PartnerTier>,
}

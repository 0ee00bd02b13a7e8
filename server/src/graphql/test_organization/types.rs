//! A test organisation.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use crate::domain::test_organization::TestOrganizationAction;
use crate::graphql::context::Ask;
use crate::graphql::session::types::{Organization, User};
use crate::services::test_organization::{self, Place};

/// An organisation that the partner made for trying its applications (L2).
#[derive(Clone, Debug)]
pub struct TestOrganization(pub Place);

#[Object]
impl TestOrganization {
    /// The organisation itself.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.row.organization_id.clone()).await
    }

    /// Whether the viewer is one of its admins, and can switch to it.
    async fn joined(&self) -> bool {
        self.0.joined
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.row.created_at.utc()
    }

    /// Who made it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.row.created_by.clone()).await
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<TestOrganizationAction>> {
        Ok(test_organization::actions(&ctx.viewer()?, &self.0))
    }
}

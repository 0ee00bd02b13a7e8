//! Mutations about test organisations.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::types::TestOrganization;
use crate::domain::id::OrganizationId;
use crate::domain::organization::EditionName;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::services::test_organization;

/// A test organisation to be.
#[derive(InputObject)]
pub struct CreateTestOrganizationInput {
    /// 2–40 characters, unique among the partner's test organisations.
    pub name: String,
    /// What it is entitled to; the partner's own edition where it is not said.
    pub edition: Option<EditionName>,
}

/// Which test organisation is joined.
#[derive(InputObject)]
pub struct JoinTestOrganizationInput {
    /// One of the acting partner's test organisations.
    pub organization_id: ID,
}

result_union! {
    /// Result of making a test organisation.
    CreateTestOrganizationResult = TestOrganization
}
result_union! {
    /// Result of joining a test organisation.
    JoinTestOrganizationResult = TestOrganization
}

#[derive(Default)]
pub struct TestOrganizationMutation;

#[Object]
impl TestOrganizationMutation {
    /// L2: makes a test organisation, for partner admins; who makes it becomes its admin. At most ten.
    async fn create_test_organization(
        &self,
        ctx: &Context<'_>,
        input: CreateTestOrganizationInput,
    ) -> Result<CreateTestOrganizationResult> {
        let ended = write(ctx, move |tx, viewer| {
            test_organization::create(tx, viewer, &input.name, input.edition)
        });
        outcome(ctx, ended.await?, |place| {
            CreateTestOrganizationResult::TestOrganization(TestOrganization(place))
        })
    }

    /// Makes the viewer an admin of one of their partner's test organisations.
    async fn join_test_organization(
        &self,
        ctx: &Context<'_>,
        input: JoinTestOrganizationInput,
    ) -> Result<JoinTestOrganizationResult> {
        let id = input.organization_id.parse::<OrganizationId>().ok();
        let ended = write(ctx, move |tx, viewer| match &id {
            Some(id) => test_organization::join(tx, viewer, id),
            None => {
                viewer.partner()?;
                Err(Refusal::not_found().at("organizationId").into())
            }
        });
        outcome(ctx, ended.await?, |place| {
            JoinTestOrganizationResult::TestOrganization(TestOrganization(place))
        })
    }
}

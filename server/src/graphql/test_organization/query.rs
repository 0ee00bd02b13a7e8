//! The query for test organisations.

use async_graphql::{Context, Object, Result};

use super::types::TestOrganization;
use crate::graphql::context::read;
use crate::services::test_organization;

#[derive(Default)]
pub struct TestOrganizationQuery;

#[Object]
impl TestOrganizationQuery {
    /// The acting partner's test organisations, oldest first; at most ten.
    async fn test_organizations(&self, ctx: &Context<'_>) -> Result<Vec<TestOrganization>> {
        let places = read(ctx, test_organization::list).await?;
        Ok(places.into_iter().map(TestOrganization).collect())
    }
}

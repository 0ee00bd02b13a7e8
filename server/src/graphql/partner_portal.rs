//! The self-operation portal in the schema (L1): installing it makes an organisation a partner.

use async_graphql::{Context, Object, Result};

use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::graphql::session::types::Organization;
use crate::services::partner_portal;

result_union! {
    /// Result of installing the portal.
    InstallPortalResult = Organization
}

#[derive(Default)]
pub struct PartnerPortalMutation;

#[Object]
impl PartnerPortalMutation {
    /// L1: installs the self-operation portal in the acting organisation, for its admins, who become partner admins. Done again it
    /// changes nothing.
    async fn install_portal(&self, ctx: &Context<'_>) -> Result<InstallPortalResult> {
        let ended = write(ctx, partner_portal::install);
        outcome(ctx, ended.await?, |row| {
            InstallPortalResult::Organization(Organization(row))
        })
    }
}

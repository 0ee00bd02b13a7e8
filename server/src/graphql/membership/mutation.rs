//! Mutations about members, and about what their organisation says of itself.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use crate::domain::id::UserId;
use crate::domain::product_content::Industry;
use crate::domain::project::OrganizationSize;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::graphql::session::types::Organization;
use crate::services::{membership, organization};

/// Which member is meant.
#[derive(InputObject)]
pub struct RemoveMemberInput {
    /// A person who belongs to the acting organisation.
    pub user_id: ID,
}

/// Somebody who is no member any more.
#[derive(SimpleObject)]
pub struct RemovedMember {
    /// The person's id.
    pub user_id: ID,
    /// Their name.
    pub name: String,
}

result_union! {
    /// Result of removing a member.
    RemoveMemberResult = RemovedMember
}

/// What an organisation says of itself.
#[derive(InputObject)]
pub struct SetOrganizationProfileInput {
    /// What it does; null is not to say.
    pub industry: Option<Industry>,
    /// How many people it has; null is not to say.
    pub size: Option<OrganizationSize>,
}

result_union! {
    /// Result of saying what an organisation is.
    SetOrganizationProfileResult = Organization
}

#[derive(Default)]
pub struct MembershipMutation;

#[Object]
impl MembershipMutation {
    /// Removes a person from the acting organisation, for its admins; never its only admin. The person's sessions there end with the next
    /// request, and what they made stays.
    async fn remove_member(&self, ctx: &Context<'_>, input: RemoveMemberInput) -> Result<RemoveMemberResult> {
        let id = input.user_id.parse::<UserId>().ok();
        let ended = write(ctx, move |tx, viewer| match &id {
            Some(id) => membership::remove(tx, viewer, id),
            None => Err(viewer
                .organization_admin()
                .err()
                .unwrap_or_else(|| Refusal::not_found().at("userId"))
                .into()),
        });
        outcome(ctx, ended.await?, |person| {
            RemoveMemberResult::RemovedMember(RemovedMember {
                user_id: ID(person.id.to_string()),
                name: person.name,
            })
        })
    }

    /// L11: says what the acting organisation does and how large it is, for its admins. The marketplace then shows it what is for such
    /// organisations; who has not said sees everything.
    async fn set_organization_profile(
        &self,
        ctx: &Context<'_>,
        input: SetOrganizationProfileInput,
    ) -> Result<SetOrganizationProfileResult> {
        let ended = write(ctx, move |tx, viewer| {
            organization::set_profile(tx, viewer, input.industry, input.size)
        });
        outcome(ctx, ended.await?, |row| {
            SetOrganizationProfileResult::Organization(Organization(row))
        })
    }
}

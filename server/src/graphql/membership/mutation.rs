//! Mutations about members.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use crate::domain::id::UserId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::services::membership;

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
}

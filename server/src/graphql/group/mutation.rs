//! Mutations about groups.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use serde::Serialize;

use super::types::Group;
use crate::auth::viewer::Viewer;
use crate::domain::group::GroupKind;
use crate::domain::id::{GroupId, UserId};
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::group::{self, GroupFields};
use crate::store::{self, Tx};

/// Makes a group.
#[derive(InputObject, Serialize)]
pub struct CreateGroupInput {
    /// 1 to 30 characters.
    pub name: String,
    /// One of the whole organisation is for platform admins alone.
    pub kind: GroupKind,
    /// Of an ordinary group: colleagues who belong to it beside the viewer, 200 in all; of one of the whole organisation none.
    #[graphql(default)]
    pub member_ids: Vec<ID>,
}

/// Chooses who belongs to an ordinary group.
#[derive(InputObject)]
pub struct SetGroupMembersInput {
    /// The group.
    pub id: ID,
    /// Everybody who belongs to it from now on: 1 to 200 colleagues.
    pub member_ids: Vec<ID>,
}

/// Names a group.
#[derive(InputObject)]
pub struct DeleteGroupInput {
    /// The group.
    pub id: ID,
}

/// A group that is gone, with everything that was installed in it.
#[derive(SimpleObject)]
pub struct DeletedGroup {
    /// Its id.
    id: ID,
    /// Its name.
    name: String,
}

result_union! {
    /// Result of making a group.
    CreateGroupResult = Group
}
result_union! {
    /// Result of choosing members.
    SetGroupMembersResult = Group
}
result_union! {
    /// Result of deleting a group.
    DeleteGroupResult = DeletedGroup
}

#[derive(Default)]
pub struct GroupMutation;

#[Object]
impl GroupMutation {
    /// L23: makes a group; one of the whole organisation a platform admin, an ordinary one anybody.
    async fn create_group(
        &self,
        ctx: &Context<'_>,
        input: CreateGroupInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<CreateGroupResult> {
        let ended = create(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| CreateGroupResult::Group(Group(row)))
    }

    /// L23: chooses who belongs to an ordinary group; whoever made it, or a platform admin.
    async fn set_group_members(&self, ctx: &Context<'_>, input: SetGroupMembersInput) -> Result<SetGroupMembersResult> {
        let people = people(&input.member_ids);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, id: &GroupId| {
            group::set_members(tx, viewer, id, people.as_ref().map_err(Clone::clone)?)
        };
        let ended = change(ctx, &input.id, Viewer::customer, work).await?;
        outcome(ctx, ended, |row| SetGroupMembersResult::Group(Group(row)))
    }

    /// L23: deletes a group with everything that is installed in it; one of the whole organisation a platform admin, an ordinary one
    /// whoever made it as well.
    async fn delete_group(&self, ctx: &Context<'_>, input: DeleteGroupInput) -> Result<DeleteGroupResult> {
        let ended = change(ctx, &input.id, Viewer::customer, group::delete).await?;
        outcome(ctx, ended, |row| {
            DeleteGroupResult::DeletedGroup(DeletedGroup {
                id: ID(row.id.to_string()),
                name: row.name,
            })
        })
    }
}

/// Who is meant; what is no person's id is named.
fn people(ids: &[ID]) -> std::result::Result<Vec<UserId>, Refusal> {
    let mut issues = Vec::new();
    let mut people = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        match id.parse() {
            Ok(id) => people.push(id),
            Err(_) => issues.push(Issue::new(&format!("memberIds.{at}"), Problem::Unknown)),
        }
    }
    Refusal::unless_valid(issues)?;
    Ok(people)
}

async fn create(
    ctx: &Context<'_>,
    input: &CreateGroupInput,
    key: Option<String>,
) -> Result<store::Result<store::group::Group>> {
    let key = match idempotency_key(key, "createGroup", input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let (name, kind, members) = (input.name.clone(), input.kind, people(&input.member_ids));
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.customer()?;
        let fields = GroupFields {
            name: name.clone(),
            kind,
            members: members.clone()?,
        };
        let row = group::create(tx, viewer, &fields)?;
        Ok((row.id.to_string(), row))
    };
    write_once(ctx, key, make, group::made_before).await
}

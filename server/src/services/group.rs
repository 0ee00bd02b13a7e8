//! Group chats (L23): platform admins keep those of the whole organisation, anybody makes an ordinary one and invites colleagues.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::group::{self as rules, GroupAction, GroupKind, GroupViewer};
use crate::domain::id::{GroupId, UserId};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::group::{self, Group};
use crate::store::membership::{self, User};
use crate::store::page::{MAX_PAGE, Page, PageRequest};
use crate::store::{Result, Tx, cool_app_installation};

/// A group as somebody wants it.
#[derive(Clone, Debug)]
pub struct GroupFields {
    pub name: String,
    pub kind: GroupKind,
    /// Of an ordinary group; whoever makes it belongs to it besides.
    pub members: Vec<UserId>,
}

/// A group that exists for the viewer, or `None`: an ordinary one for its members and the platform admins.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &GroupId) -> Result<Option<Group>> {
    match viewer.customer() {
        Ok(scope) => group::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// A page of the groups that exist for the viewer, newest first; where they want to install, those into which they may.
pub fn list(conn: &mut Conn, viewer: &Viewer, installable: bool, page: &PageRequest) -> Result<Page<Group>> {
    group::list(conn, &viewer.customer()?, installable, page)
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, installable: bool) -> Result<i64> {
    group::count(conn, &viewer.customer()?, installable)
}

/// Colleagues by name, for whoever makes a group of them.
pub fn candidates(conn: &mut Conn, viewer: &Viewer, search: &str, first: Option<i32>) -> Result<Vec<User>> {
    viewer.customer()?;
    let limit = i64::from(first.unwrap_or(20).clamp(1, MAX_PAGE));
    let found = membership::search(conn, &viewer.member()?, search, limit)?;
    Ok(found.into_iter().map(|(user, _)| user).collect())
}

/// A group that the same idempotency key made before.
pub fn made_before(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<Group> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

/// Makes a group.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, fields: &GroupFields) -> Result<Group> {
    let scope = viewer.customer()?;
    if fields.kind == GroupKind::WholeOrganization {
        viewer.customer_admin()?;
    }
    let name = rules::checked_name(&fields.name)?;
    let members = match fields.kind {
        GroupKind::WholeOrganization if fields.members.is_empty() => Vec::new(),
        // Everybody belongs to it, so that nobody is chosen.
        GroupKind::WholeOrganization => return Err(Refusal::invalid("memberIds", Problem::TooMany { max: 0 }).into()),
        GroupKind::Ordinary => {
            let with_creator: Vec<UserId> = fields.members.iter().chain([&scope.user_id]).cloned().collect();
            colleagues(tx.conn, &scope, &with_creator)?
        }
    };
    let made = Group {
        id: tx.id(),
        organization_id: scope.organization_id,
        name,
        kind: fields.kind,
        created_by: scope.user_id,
        created_at: tx.now,
        version: 1,
    };
    group::insert(tx, &made)?;
    group::set_members(tx, &made.id, &members)?;
    audit(
        tx,
        &made,
        "group.created",
        None,
        Some(json!({ "kind": made.kind, "members": members })),
    )?;
    Ok(made)
}

/// Chooses who belongs to an ordinary group: its creator, or a platform admin.
pub fn set_members(tx: &mut Tx<'_>, viewer: &Viewer, id: &GroupId, people: &[UserId]) -> Result<Group> {
    let scope = viewer.customer()?;
    let before = open(tx.conn, &scope, id, GroupAction::SetMembers)?;
    let members = colleagues(tx.conn, &scope, people)?;
    if members.is_empty() {
        return Err(Refusal::invalid("memberIds", Problem::TooFew { min: 1 }).into());
    }
    let of_it = group::members(tx.conn, std::slice::from_ref(id))?;
    let old: Vec<UserId> = of_it.into_iter().map(|(_, user)| user).collect();
    let after = group::touch(tx, &before)?;
    group::set_members(tx, id, &members)?;
    let (old, new) = (json!({ "members": old }), json!({ "members": members }));
    audit(tx, &after, "group.members_set", Some(old), Some(new))?;
    Ok(after)
}

/// Deletes a group with everything that is installed in it.
pub fn delete(tx: &mut Tx<'_>, viewer: &Viewer, id: &GroupId) -> Result<Group> {
    let scope = viewer.customer()?;
    let before = open(tx.conn, &scope, id, GroupAction::Delete)?;
    let installed = cool_app_installation::of_groups(tx.conn, std::slice::from_ref(id))?;
    let apps: Vec<_> = installed.iter().map(|row| &row.cool_app_id).collect();
    let was = json!({ "kind": before.kind, "coolApps": apps });
    cool_app_installation::delete_of_group(tx, id)?;
    group::delete(tx, &before)?;
    audit(tx, &before, "group.deleted", Some(was), None)?;
    Ok(before)
}

/// What the viewer can do with each of the groups that they were shown.
pub fn actions_of(conn: &mut Conn, viewer: &Viewer, groups: &[Group]) -> Result<Vec<(GroupId, Vec<GroupAction>)>> {
    let Ok(scope) = viewer.customer() else {
        return Ok(Vec::new());
    };
    let seen = group::seen_by(conn, &scope, groups)?;
    let actions = |(row, seen): (&Group, GroupViewer)| (row.id.clone(), seen.available_actions(row.kind));
    Ok(groups.iter().zip(seen).map(actions).collect())
}

/// A group that exists for the viewer, if they may do that with it.
fn open(conn: &mut Conn, scope: &CustomerScope, id: &GroupId, action: GroupAction) -> Result<Group> {
    let found = group::find(conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let seen = group::seen_by(conn, scope, std::slice::from_ref(&found))?;
    seen.into_iter().try_for_each(|seen| seen.require(found.kind, action))?;
    Ok(found)
}

/// These people, each once, who all belong to the organisation.
fn colleagues(conn: &mut Conn, scope: &CustomerScope, people: &[UserId]) -> Result<Vec<UserId>> {
    let mut seen = HashSet::new();
    let people: Vec<UserId> = people.iter().filter(|person| seen.insert(*person)).cloned().collect();
    rules::checked_size(people.len())?;
    let active = membership::active_among(conn, &scope.organization_id, &people)?;
    match people.iter().all(|person| active.contains(person)) {
        true => Ok(people),
        false => Err(Refusal::invalid("memberIds", Problem::Unknown).into()),
    }
}

fn audit(
    tx: &mut Tx<'_>,
    group: &Group,
    action: &'static str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &group.organization_id,
        action,
        object_id: group.id.as_str(),
        label: &group.name,
        before,
        after,
    })
}

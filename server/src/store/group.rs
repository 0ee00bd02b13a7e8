//! Group chats of an organisation, and who belongs to the ordinary ones (L23). A platform admin sees all of their organisation's; an
//! employee those of the whole organisation and those that they belong to.

use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::conn::{Conn, Dialect, on_each_backend};
use super::page::{Page, PageRequest, paged};
use super::schema::{group_members, groups};
use super::{Result, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::group::{GroupKind, GroupViewer};
use crate::domain::id::{GroupId, OrganizationId, UserId};
use crate::domain::instant::Instant;

/// A group.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = groups)]
pub struct Group {
    pub id: GroupId,
    pub organization_id: OrganizationId,
    pub name: String,
    pub kind: GroupKind,
    pub created_by: UserId,
    pub created_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

#[derive(Insertable)]
#[diesel(table_name = group_members)]
struct Member {
    group_id: GroupId,
    user_id: UserId,
}

type Boxed<'a> = groups::BoxedQuery<'a, Dialect>;

/// The groups that exist for the viewer; where they want to install, those into which they may.
fn visible<'a>(scope: &CustomerScope, installable: bool) -> Boxed<'a> {
    let query = groups::table
        .filter(groups::organization_id.eq(scope.organization_id.clone()))
        .select(groups::all_columns)
        .into_boxed();
    let own = group_members::table
        .filter(group_members::group_id.eq(groups::id))
        .filter(group_members::user_id.eq(scope.user_id.clone()));
    let whole = groups::kind.eq(GroupKind::WholeOrganization);
    match (installable, scope.admin) {
        (false, true) => query,
        (false, false) | (true, true) => query.filter(whole.or(exists(own))),
        (true, false) => query.filter(exists(own)),
    }
}

/// A group that exists for the viewer, or `None`.
pub fn find(conn: &mut Conn, scope: &CustomerScope, id: &GroupId) -> Result<Option<Group>> {
    let query = visible(scope, false).filter(groups::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// Groups by ids that the viewer was shown already.
pub fn by_ids(conn: &mut Conn, ids: &[GroupId]) -> Result<Vec<Group>> {
    let query = groups::table.filter(groups::id.eq_any(ids)).select(groups::all_columns);
    Ok(query.load(conn)?)
}

/// A page of groups, newest first; where the viewer wants to install, those into which they may.
pub fn list(conn: &mut Conn, scope: &CustomerScope, installable: bool, page: &PageRequest) -> Result<Page<Group>> {
    let query = visible(scope, installable);
    Ok(page.cut(paged!(query, page, groups::id, descending).load(conn)?))
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &CustomerScope, installable: bool) -> Result<i64> {
    Ok(visible(scope, installable)
        .select(diesel::dsl::count_star())
        .first(conn)?)
}

/// Who belongs to each of the ordinary groups that the viewer was shown already.
pub fn members(conn: &mut Conn, ids: &[GroupId]) -> Result<Vec<(GroupId, UserId)>> {
    let query = group_members::table
        .filter(group_members::group_id.eq_any(ids))
        .order((group_members::group_id.asc(), group_members::user_id.asc()))
        .select((group_members::group_id, group_members::user_id));
    Ok(query.load(conn)?)
}

/// Those of the groups to which a person belongs.
fn joined_among(conn: &mut Conn, ids: &[GroupId], user: &UserId) -> Result<Vec<GroupId>> {
    let query = group_members::table
        .filter(group_members::group_id.eq_any(ids))
        .filter(group_members::user_id.eq(user))
        .select(group_members::group_id);
    Ok(query.load(conn)?)
}

/// What the viewer is to each of the groups that they were shown.
pub fn seen_by(conn: &mut Conn, scope: &CustomerScope, groups: &[Group]) -> Result<Vec<GroupViewer>> {
    let ids: Vec<GroupId> = groups.iter().map(|row| row.id.clone()).collect();
    let joined: HashSet<GroupId> = joined_among(conn, &ids, &scope.user_id)?.into_iter().collect();
    let seen = |row: &Group| GroupViewer {
        admin: scope.admin,
        creator: row.created_by == scope.user_id,
        member: row.kind == GroupKind::WholeOrganization || joined.contains(&row.id),
    };
    Ok(groups.iter().map(seen).collect())
}

/// Makes a group.
pub fn insert(tx: &mut Tx<'_>, made: &Group) -> Result<()> {
    diesel::insert_into(groups::table).values(made).execute(tx.conn)?;
    Ok(())
}

/// Counts the version of a group on that was read before. Stale where somebody was quicker.
pub fn touch(tx: &mut Tx<'_>, before: &Group) -> Result<Group> {
    let version = before.version + 1;
    let read = groups::table
        .filter(groups::id.eq(&before.id))
        .filter(groups::version.eq(before.version));
    match diesel::update(read).set(groups::version.eq(version)).execute(tx.conn)? {
        1 => Ok(Group {
            version,
            ..before.clone()
        }),
        _ => Err(crate::domain::refusal::Refusal::stale().into()),
    }
}

/// Makes these people the members of an ordinary group, and nobody else.
pub fn set_members(tx: &mut Tx<'_>, group: &GroupId, people: &[UserId]) -> Result<()> {
    remove_members(tx, group)?;
    let row = |user: &UserId| Member {
        group_id: group.clone(),
        user_id: user.clone(),
    };
    let rows: Vec<Member> = people.iter().map(row).collect();
    if !rows.is_empty() {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(group_members::table)
            .values(&rows)
            .execute(conn))?;
    }
    Ok(())
}

fn remove_members(tx: &mut Tx<'_>, group: &GroupId) -> Result<()> {
    let before = group_members::table.filter(group_members::group_id.eq(group));
    diesel::delete(before).execute(tx.conn)?;
    Ok(())
}

/// Takes a person who leaves an organisation out of all its groups.
pub fn leave_all(tx: &mut Tx<'_>, organization: &OrganizationId, user: &UserId) -> Result<()> {
    let own = groups::table
        .filter(groups::organization_id.eq(organization))
        .select(groups::id);
    let places = group_members::table
        .filter(group_members::user_id.eq(user))
        .filter(group_members::group_id.eq_any(own));
    diesel::delete(places).execute(tx.conn)?;
    Ok(())
}

/// Deletes a group with its members; what was installed in it is gone before.
pub fn delete(tx: &mut Tx<'_>, group: &Group) -> Result<()> {
    remove_members(tx, &group.id)?;
    diesel::delete(groups::table.find(&group.id)).execute(tx.conn)?;
    Ok(())
}

//! Batched look-ups around groups. Whoever hands out the id has decided that the viewer may see it.

use std::sync::Arc;

use async_graphql::Data;

use crate::auth::viewer::Viewer;
use crate::domain::cool_app_installation::InstallationAction;
use crate::domain::group::GroupAction;
use crate::domain::id::{CoolAppInstallationId, GroupId, UserId};
use crate::graphql::loaders::{Batch, ViewerBatch, insert_one, insert_one_seen};
use crate::services;
use crate::store::conn::Conn;
use crate::store::cool_app_installation::{self, Entry, Installation, Robot};
use crate::store::group::{self, Group};
use crate::store::{Result, Store, grouped};

/// Groups by id.
pub struct GroupsById;

impl Batch for GroupsById {
    type Key = GroupId;
    type Row = Group;

    fn load(conn: &mut Conn, keys: &[GroupId]) -> Result<Vec<(GroupId, Group)>> {
        let rows = group::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// Who belongs to each ordinary group.
pub struct MembersOf;

impl Batch for MembersOf {
    type Key = GroupId;
    type Row = Vec<UserId>;

    fn load(conn: &mut Conn, keys: &[GroupId]) -> Result<Vec<(GroupId, Vec<UserId>)>> {
        Ok(grouped(group::members(conn, keys)?).into_iter().collect())
    }
}

/// What each group has now.
pub struct InstallationsOf;

impl Batch for InstallationsOf {
    type Key = GroupId;
    type Row = Vec<Installation>;

    fn load(conn: &mut Conn, keys: &[GroupId]) -> Result<Vec<(GroupId, Vec<Installation>)>> {
        let rows = cool_app_installation::of_groups(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.group_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// The entries of each installation.
pub struct EntriesOf;

impl Batch for EntriesOf {
    type Key = CoolAppInstallationId;
    type Row = Vec<Entry>;

    fn load(conn: &mut Conn, keys: &[CoolAppInstallationId]) -> Result<Vec<(CoolAppInstallationId, Vec<Entry>)>> {
        let rows = cool_app_installation::entries(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.installation_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// The robot of each installation; absent where there is none.
pub struct RobotsOf;

impl Batch for RobotsOf {
    type Key = CoolAppInstallationId;
    type Row = Robot;

    fn load(conn: &mut Conn, keys: &[CoolAppInstallationId]) -> Result<Vec<(CoolAppInstallationId, Robot)>> {
        let rows = cool_app_installation::robots(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.installation_id.clone(), row)).collect())
    }
}

/// What the viewer can do with each group.
pub struct GroupActionsOf;

impl ViewerBatch for GroupActionsOf {
    type Key = GroupId;
    type Row = Vec<GroupAction>;

    fn load(conn: &mut Conn, viewer: &Viewer, keys: &[GroupId]) -> Result<Vec<(GroupId, Vec<GroupAction>)>> {
        let groups = group::by_ids(conn, keys)?;
        services::group::actions_of(conn, viewer, &groups)
    }
}

/// What the viewer can do with each installation.
pub struct InstallationActionsOf;

impl ViewerBatch for InstallationActionsOf {
    type Key = CoolAppInstallationId;
    type Row = Vec<InstallationAction>;

    fn load(
        conn: &mut Conn,
        viewer: &Viewer,
        keys: &[CoolAppInstallationId],
    ) -> Result<Vec<(CoolAppInstallationId, Vec<InstallationAction>)>> {
        let rows = cool_app_installation::by_ids(conn, keys)?;
        services::cool_app_installation::actions_of(conn, viewer, &rows)
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<GroupsById>(data, store);
    insert_one::<MembersOf>(data, store);
    insert_one::<InstallationsOf>(data, store);
    insert_one::<EntriesOf>(data, store);
    insert_one::<RobotsOf>(data, store);
}

/// Puts the loaders of what the viewer sees into a request's data.
pub fn insert_seen(data: &mut Data, store: &Store, viewer: &Arc<Viewer>) {
    insert_one_seen::<GroupActionsOf>(data, store, viewer);
    insert_one_seen::<InstallationActionsOf>(data, store, viewer);
}

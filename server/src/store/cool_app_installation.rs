//! Cool apps in groups (L23): what is installed, and the entries and the robot that an enabled one brings. The group says who may see
//! them.

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::error::is_unique_violation;
use super::schema::{cool_app_entries, cool_app_installations as installations, cool_app_robots};
use super::{Result, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::cool_app_content::{CoolAppContent, EntryOpenMode};
use crate::domain::cool_app_installation::InstallationStatus;
use crate::domain::id::{CoolAppId, CoolAppInstallationId, FileId, GroupId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;

/// A cool app in a group.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = installations, treat_none_as_null = true)]
pub struct Installation {
    pub id: CoolAppInstallationId,
    pub cool_app_id: CoolAppId,
    pub group_id: GroupId,
    /// The group's.
    pub organization_id: OrganizationId,
    pub status: InstallationStatus,
    pub installed_by: UserId,
    pub installed_at: Instant,
    pub enabled_by: Option<UserId>,
    pub enabled_at: Option<Instant>,
    pub uninstalled_by: Option<UserId>,
    pub uninstalled_at: Option<Instant>,
    pub version: i32,
}

/// Where members of the group open the app.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = cool_app_entries)]
pub struct Entry {
    pub installation_id: CoolAppInstallationId,
    pub position: i32,
    pub name: String,
    pub url: String,
    pub icon_id: FileId,
    pub open_mode: EntryOpenMode,
}

/// Who speaks for the app in the group.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = cool_app_robots)]
pub struct Robot {
    pub installation_id: CoolAppInstallationId,
    pub name: String,
    pub icon_id: FileId,
}

/// An installation in the viewer's own organisation, or `None`; whether they may see its group is still to be asked.
pub fn find(conn: &mut Conn, scope: &CustomerScope, id: &CoolAppInstallationId) -> Result<Option<Installation>> {
    let query = installations::table
        .find(id)
        .filter(installations::organization_id.eq(&scope.organization_id))
        .select(installations::all_columns);
    Ok(query.first(conn).optional()?)
}

/// What each of the groups has now, oldest first. There are few: `cool_app_installation::INSTALLATIONS_MAX`.
pub fn of_groups(conn: &mut Conn, ids: &[GroupId]) -> Result<Vec<Installation>> {
    let query = installations::table
        .filter(installations::group_id.eq_any(ids))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "cool_app_installations.status <> 'UNINSTALLED'",
        ))
        .order((installations::group_id.asc(), installations::id.asc()))
        .select(installations::all_columns);
    Ok(query.load(conn)?)
}

/// Installations by ids that the viewer was shown already.
pub fn by_ids(conn: &mut Conn, ids: &[CoolAppInstallationId]) -> Result<Vec<Installation>> {
    let query = installations::table
        .filter(installations::id.eq_any(ids))
        .select(installations::all_columns);
    Ok(query.load(conn)?)
}

/// The entries of installations that the viewer was shown already, in their order.
pub fn entries(conn: &mut Conn, ids: &[CoolAppInstallationId]) -> Result<Vec<Entry>> {
    let query = cool_app_entries::table
        .filter(cool_app_entries::installation_id.eq_any(ids))
        .order((
            cool_app_entries::installation_id.asc(),
            cool_app_entries::position.asc(),
        ))
        .select(cool_app_entries::all_columns);
    Ok(query.load(conn)?)
}

/// The robots of installations that the viewer was shown already.
pub fn robots(conn: &mut Conn, ids: &[CoolAppInstallationId]) -> Result<Vec<Robot>> {
    let query = cool_app_robots::table
        .filter(cool_app_robots::installation_id.eq_any(ids))
        .select(cool_app_robots::all_columns);
    Ok(query.load(conn)?)
}

/// Installs; a group has an app once.
pub fn insert(tx: &mut Tx<'_>, made: &Installation) -> Result<()> {
    match diesel::insert_into(installations::table).values(made).execute(tx.conn) {
        Err(error) if is_unique_violation(&error) => Err(Refusal::invalid("groupId", Problem::CoolAppInstalled).into()),
        other => {
            other?;
            Ok(())
        }
    }
}

/// Saves an installation that was read at `before.version`. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &Installation, after: Installation) -> Result<Installation> {
    let after = Installation {
        version: before.version + 1,
        ..after
    };
    let read = installations::table
        .filter(installations::id.eq(&before.id))
        .filter(installations::version.eq(before.version))
        .filter(installations::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Takes entries and robot of an installation away.
pub fn clear(tx: &mut Tx<'_>, id: &CoolAppInstallationId) -> Result<()> {
    let entries = cool_app_entries::table.filter(cool_app_entries::installation_id.eq(id));
    diesel::delete(entries).execute(tx.conn)?;
    diesel::delete(cool_app_robots::table.find(id)).execute(tx.conn)?;
    Ok(())
}

/// Brings what was approved into every group in which the app is enabled, in place of what stood there: some statements for
/// hundreds of groups.
pub fn refresh(tx: &mut Tx<'_>, app: &CoolAppId, content: &CoolAppContent) -> Result<()> {
    let enabled = || {
        installations::table
            .filter(installations::cool_app_id.eq(app))
            .filter(installations::status.eq(InstallationStatus::Enabled))
            .select(installations::id)
    };
    let entries = cool_app_entries::table.filter(cool_app_entries::installation_id.eq_any(enabled()));
    diesel::delete(entries).execute(tx.conn)?;
    let robots = cool_app_robots::table.filter(cool_app_robots::installation_id.eq_any(enabled()));
    diesel::delete(robots).execute(tx.conn)?;
    let groups: Vec<CoolAppInstallationId> = enabled().load(tx.conn)?;
    bring(tx, &groups, content)
}

/// Most rows of one INSERT.
const ROWS: usize = 400;

/// Brings entries and robot of what was approved into groups that have none of it yet.
pub fn bring(tx: &mut Tx<'_>, ids: &[CoolAppInstallationId], content: &CoolAppContent) -> Result<()> {
    let entries: Vec<Entry> = ids.iter().flat_map(|id| entries_of(id, content)).collect();
    for piece in entries.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(cool_app_entries::table)
            .values(piece)
            .execute(conn))?;
    }
    let robots: Vec<Robot> = ids.iter().filter_map(|id| robot_of(id, content)).collect();
    for piece in robots.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(cool_app_robots::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// The entries of what was approved, of which nothing is missing.
fn entries_of(id: &CoolAppInstallationId, content: &CoolAppContent) -> Vec<Entry> {
    let entry = |(position, entry): (i32, &crate::domain::cool_app_content::CoolAppEntry)| {
        Some(Entry {
            installation_id: id.clone(),
            position,
            name: entry.name.trim().to_owned(),
            url: entry.url.trim().to_owned(),
            icon_id: entry.icon_id.clone()?,
            open_mode: entry.open_mode?,
        })
    };
    (0..).zip(&content.entries).filter_map(entry).collect()
}

fn robot_of(id: &CoolAppInstallationId, content: &CoolAppContent) -> Option<Robot> {
    let robot = content.robot.as_ref()?;
    Some(Robot {
        installation_id: id.clone(),
        name: robot.name.trim().to_owned(),
        icon_id: robot.icon_id.clone()?,
    })
}

/// Forgets everything that was ever installed in a group that goes.
pub fn delete_of_group(tx: &mut Tx<'_>, group: &GroupId) -> Result<()> {
    let own = || {
        installations::table
            .filter(installations::group_id.eq(group))
            .select(installations::id)
    };
    let entries = cool_app_entries::table.filter(cool_app_entries::installation_id.eq_any(own()));
    diesel::delete(entries).execute(tx.conn)?;
    let robots = cool_app_robots::table.filter(cool_app_robots::installation_id.eq_any(own()));
    diesel::delete(robots).execute(tx.conn)?;
    diesel::delete(installations::table.filter(installations::group_id.eq(group))).execute(tx.conn)?;
    Ok(())
}

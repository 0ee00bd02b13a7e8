//! Freeze windows (L17): times in which an organisation wants no rollout to change its applications. Its admins set them; rollouts ask.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::freeze_windows;
use super::{Result, Tx, grouped};
use crate::auth::viewer::CustomerScope;
use crate::domain::freeze_window::frozen_until;
use crate::domain::id::{FreezeWindowId, OrganizationId, UserId};
use crate::domain::instant::Instant;

/// A time in which rollouts wait.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = freeze_windows)]
pub struct FreezeWindow {
    pub id: FreezeWindowId,
    pub organization_id: OrganizationId,
    pub from_at: Instant,
    pub until_at: Instant,
    pub reason: String,
    pub created_by: UserId,
    pub created_at: Instant,
}

/// The windows of the organisation that are not over, soonest first; there are few of them by rule.
pub fn list(conn: &mut Conn, scope: &CustomerScope, now: Instant) -> Result<Vec<FreezeWindow>> {
    let query = freeze_windows::table
        .filter(freeze_windows::organization_id.eq(&scope.organization_id))
        .filter(freeze_windows::until_at.gt(now))
        .order((freeze_windows::from_at.asc(), freeze_windows::id.asc()))
        .select(freeze_windows::all_columns);
    Ok(query.load(conn)?)
}

/// A window of the organisation, or `None`.
pub fn find(conn: &mut Conn, scope: &CustomerScope, id: &FreezeWindowId) -> Result<Option<FreezeWindow>> {
    let query = freeze_windows::table
        .find(id)
        .filter(freeze_windows::organization_id.eq(&scope.organization_id))
        .select(freeze_windows::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Of some organisations, until when they are frozen; absent where they are not.
pub fn frozen(conn: &mut Conn, ids: &[OrganizationId], now: Instant) -> Result<HashMap<OrganizationId, Instant>> {
    let rows: Vec<(OrganizationId, (Instant, Instant))> = freeze_windows::table
        .filter(freeze_windows::organization_id.eq_any(ids))
        .filter(freeze_windows::until_at.gt(now))
        .select((
            freeze_windows::organization_id,
            (freeze_windows::from_at, freeze_windows::until_at),
        ))
        .load(conn)?;
    let frozen = |(id, windows): (OrganizationId, Vec<_>)| Some((id, frozen_until(&windows, now)?));
    Ok(grouped(rows).into_iter().filter_map(frozen).collect())
}

/// Adds a window.
pub fn insert(tx: &mut Tx<'_>, window: &FreezeWindow) -> Result<()> {
    diesel::insert_into(freeze_windows::table)
        .values(window)
        .execute(tx.conn)?;
    Ok(())
}

/// Takes a window away.
pub fn delete(tx: &mut Tx<'_>, window: &FreezeWindow) -> Result<()> {
    diesel::delete(freeze_windows::table.find(&window.id)).execute(tx.conn)?;
    Ok(())
}

//! Sessions and their rotating refresh tokens. A session is the family of its tokens: one that is used twice revokes it. A
//! session that a developer entered by remote maintenance has no refresh token and lives by that maintenance.

use diesel::prelude::*;

use super::conn::Conn;
use super::maintenance::MaintenanceSession;
use super::schema::{maintenance_sessions, memberships, refresh_tokens, sessions, users};
use super::{Result, Tx};
use crate::domain::id::{MaintenanceSessionId, OrganizationId, SessionId, UserId};
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;

/// One sign-in.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
    /// D31: the remote maintenance that it is bound to; it acts for the customer then.
    pub maintenance_session_id: Option<MaintenanceSessionId>,
}

/// A refresh token by its hash.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens)]
pub struct RefreshToken {
    /// SHA-256, hex.
    pub token_hash: String,
    pub session_id: SessionId,
    pub issued_at: Instant,
    pub used_at: Option<Instant>,
}

/// What a request needs of a live session: who acts, with which roles, in which language.
#[derive(Clone, Debug, Queryable)]
pub struct LiveSession {
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub roles: String,
    pub locale: Option<Locale>,
}

/// The session if it is neither over nor revoked and its person is still an active member: read with every request, so
/// that sign-out, revocation and a lost role bite at once. One that is bound to a remote maintenance is none of these.
pub fn live(conn: &mut Conn, id: &SessionId, now: Instant) -> Result<Option<LiveSession>> {
    let query = sessions::table
        .inner_join(users::table)
        .inner_join(
            memberships::table.on(memberships::user_id
                .eq(sessions::user_id)
                .and(memberships::organization_id.eq(sessions::organization_id))),
        )
        .filter(sessions::id.eq(id))
        .filter(sessions::maintenance_session_id.is_null())
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(memberships::active.eq(true))
        .select((
            sessions::user_id,
            sessions::organization_id,
            memberships::roles,
            users::locale,
        ));
    Ok(query.first(conn).optional()?)
}

/// A session by id, live or not.
pub fn get(conn: &mut Conn, id: &SessionId) -> Result<Session> {
    Ok(sessions::table.find(id).select(sessions::all_columns).first(conn)?)
}

/// A session that is bound to a remote maintenance, with that, live or not.
pub fn bound(conn: &mut Conn, id: &SessionId) -> Result<Option<(Session, MaintenanceSession)>> {
    let query = sessions::table
        .inner_join(
            maintenance_sessions::table.on(sessions::maintenance_session_id.eq(maintenance_sessions::id.nullable())),
        )
        .filter(sessions::id.eq(id))
        .select((sessions::all_columns, maintenance_sessions::all_columns));
    Ok(query.first(conn).optional()?)
}

/// Begins a session.
pub fn insert(tx: &mut Tx<'_>, session: &Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(tx.conn)?;
    Ok(())
}

/// Keeps the hash of a new refresh token.
pub fn insert_token(tx: &mut Tx<'_>, token: &RefreshToken) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values(token)
        .execute(tx.conn)?;
    Ok(())
}

/// The refresh token with that hash, used or not.
pub fn find_token(conn: &mut Conn, hash: &str) -> Result<Option<RefreshToken>> {
    let query = refresh_tokens::table.find(hash).select(refresh_tokens::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Marks a token as used; false where somebody else was quicker.
pub fn use_token(tx: &mut Tx<'_>, hash: &str) -> Result<bool> {
    let unused = refresh_tokens::table
        .find(hash)
        .filter(refresh_tokens::used_at.is_null());
    Ok(diesel::update(unused)
        .set(refresh_tokens::used_at.eq(Some(tx.now)))
        .execute(tx.conn)?
        == 1)
}

/// Ends a session; its tokens stop working with the next request.
pub fn revoke(tx: &mut Tx<'_>, id: &SessionId) -> Result<()> {
    let open = sessions::table.find(id).filter(sessions::revoked_at.is_null());
    diesel::update(open)
        .set(sessions::revoked_at.eq(Some(tx.now)))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends every session of a person that acts for the organisation; how many they were.
pub fn revoke_all(tx: &mut Tx<'_>, user: &UserId, organization: &OrganizationId) -> Result<usize> {
    let open = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(sessions::revoked_at.eq(Some(tx.now)))
        .execute(tx.conn)?)
}

/// Lets a session act for another organisation.
pub fn set_organization(tx: &mut Tx<'_>, id: &SessionId, organization: &OrganizationId) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::organization_id.eq(organization))
        .execute(tx.conn)?;
    Ok(())
}

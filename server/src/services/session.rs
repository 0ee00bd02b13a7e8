//! Signing in, staying signed in, switching the organisation, signing out. Passwords are checked by `auth::password`
//! before a session is begun here. Whom a session lets in is `admission`.

mod admission;

pub use admission::{Admission, Asking, viewer};

use chrono::Duration;
use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{IdSource, OrganizationId, SessionId, UserId};
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::membership::{self, Membership, User};
use crate::store::session::{self, RefreshToken, Session};
use crate::store::{Fault, Result, Tx, organization};

/// A session that may act, with what its tokens need.
#[derive(Clone, Debug)]
pub struct Begun {
    pub session_id: SessionId,
    pub user_id: UserId,
    pub organization_id: OrganizationId,
}

/// How a refresh token was answered.
#[derive(Clone, Debug)]
pub enum Refreshed {
    /// Rotated: the new token is the one that counts.
    Rotated(Begun),
    /// Unknown, over or revoked, or used a second time, which revokes the whole session.
    Refused,
}

/// The account behind an address, for checking its password.
pub fn account(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    membership::user_by_email(conn, email)
}

/// Begins a session after the password was right. Acts for the wanted organisation, else the one used last, else the
/// first. A person without any active membership cannot sign in.
pub fn begin(
    tx: &mut Tx<'_>,
    user: &User,
    corp_id: Option<&str>,
    refresh_hash: &str,
    lifetime: Duration,
) -> Result<Begun> {
    let memberships = membership::of_user(tx.conn, &user.id)?;
    let organization_id = choose(tx.conn, user, &memberships, corp_id)?;
    let session = Session {
        id: tx.id(),
        user_id: user.id.clone(),
        organization_id: organization_id.clone(),
        created_at: tx.now,
        expires_at: tx.now + lifetime,
        revoked_at: None,
        maintenance_session_id: None,
    };
    session::insert(tx, &session)?;
    keep_token(tx, &session.id, refresh_hash)?;
    record(tx, "session.began", &session.id, &organization_id, &user.name)?;
    Ok(Begun {
        session_id: session.id,
        user_id: user.id.clone(),
        organization_id,
    })
}

fn choose(conn: &mut Conn, user: &User, memberships: &[Membership], corp_id: Option<&str>) -> Result<OrganizationId> {
    let wanted = match corp_id {
        None => user.last_organization_id.clone(),
        Some(corp_id) => {
            let found = organization::by_corp_id(conn, &corp_id.trim().to_lowercase())?;
            Some(found.ok_or_else(|| Refusal::rule(Code::BadCredentials))?.id)
        }
    };
    let member_of = |id: &OrganizationId| memberships.iter().any(|membership| membership.organization_id == *id);
    match wanted {
        Some(id) if member_of(&id) => Ok(id),
        Some(_) if corp_id.is_some() => Err(Refusal::rule(Code::BadCredentials).into()),
        _ => {
            let first = memberships.first().ok_or_else(|| Refusal::rule(Code::BadCredentials))?;
            Ok(first.organization_id.clone())
        }
    }
}

fn keep_token(tx: &mut Tx<'_>, session: &SessionId, hash: &str) -> Result<()> {
    let token = RefreshToken {
        token_hash: hash.to_owned(),
        session_id: session.clone(),
        issued_at: tx.now,
        used_at: None,
    };
    session::insert_token(tx, &token)
}

fn record(
    tx: &mut Tx<'_>,
    action: &'static str,
    session: &SessionId,
    organization: &OrganizationId,
    label: &str,
) -> Result<()> {
    let fact = Fact {
        organization_id: organization,
        action,
        object_id: session.as_str(),
        label,
        before: None,
        after: None,
    };
    tx.audit(fact)
}

/// Exchanges a refresh token. A token that was used before revokes its session: somebody has a copy. What is refused is
/// still written, so this answers instead of failing.
pub fn refresh(tx: &mut Tx<'_>, old_hash: &str, new_hash: &str) -> Result<Refreshed> {
    let Some(token) = session::find_token(tx.conn, old_hash)? else {
        return Ok(Refreshed::Refused);
    };
    let found = session::get(tx.conn, &token.session_id)?;
    if !session::use_token(tx, old_hash)? {
        if found.revoked_at.is_none() {
            session::revoke(tx, &found.id)?;
            record(
                tx,
                "session.revoked_for_token_reuse",
                &found.id,
                &found.organization_id,
                "",
            )?;
        }
        return Ok(Refreshed::Refused);
    }
    if session::live(tx.conn, &found.id, tx.now)?.is_none() {
        return Ok(Refreshed::Refused);
    }
    keep_token(tx, &found.id, new_hash)?;
    Ok(Refreshed::Rotated(Begun {
        session_id: found.id,
        user_id: found.user_id,
        organization_id: found.organization_id,
    }))
}

/// Ends the viewer's session; its tokens stop working with the next request.
pub fn sign_out(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<()> {
    session::revoke(tx, &viewer.session_id)?;
    record(tx, "session.ended", &viewer.session_id, &viewer.organization_id, "")
}

/// Lets the session act for another organisation of the person; one that they do not belong to answers NOT_FOUND.
pub fn switch(tx: &mut Tx<'_>, viewer: &Viewer, organization: &OrganizationId) -> Result<Begun> {
    let scope = viewer.member()?;
    let membership = membership::find(tx.conn, organization, &scope.user_id)?;
    if !membership.is_some_and(|membership| membership.active) {
        return Err(Refusal::not_found().at("organizationId").into());
    }
    session::set_organization(tx, &viewer.session_id, organization)?;
    membership::set_last_organization(tx, &viewer.user_id, organization)?;
    let fact = Fact {
        organization_id: organization,
        action: "session.switched",
        object_id: viewer.session_id.as_str(),
        label: "",
        before: Some(json!({ "organizationId": viewer.organization_id })),
        after: Some(json!({ "organizationId": organization })),
    };
    tx.audit(fact)?;
    Ok(Begun {
        session_id: viewer.session_id.clone(),
        user_id: viewer.user_id.clone(),
        organization_id: organization.clone(),
    })
}

/// Keeps the person's language. Of their own session: what a developer enters by remote maintenance changes nothing of theirs.
pub fn set_locale(tx: &mut Tx<'_>, viewer: &Viewer, locale: Locale) -> Result<User> {
    membership::set_locale(tx, &viewer.member()?.user_id, locale)?;
    let mut found = membership::users_by_ids(tx.conn, std::slice::from_ref(&viewer.user_id))?;
    found.pop().ok_or_else(|| {
        let what = "a signed-in person has no row".to_owned();
        Fault::Inconsistent {
            table: "users",
            row: viewer.user_id.to_string(),
            what,
        }
        .into()
    })
}

/// The viewer that a person is in one of their organisations (default: the first), without a session: for the console's
/// own commands, never for a request.
pub fn console_viewer(conn: &mut Conn, email: &str, corp_id: Option<&str>) -> Result<Option<(User, Viewer)>> {
    let Some(user) = membership::user_by_email(conn, email)? else {
        return Ok(None);
    };
    let memberships = membership::of_user(conn, &user.id)?;
    let organization_id = choose(conn, &user, &memberships, corp_id)?;
    let Some(place) = memberships
        .iter()
        .find(|place| place.organization_id == organization_id)
    else {
        return Ok(None);
    };
    let viewer = Viewer {
        user_id: user.id.clone(),
        organization_id,
        session_id: IdSource::default().next(user.created_at.utc()),
        roles: place.parsed_roles()?,
        locale: user.locale.unwrap_or_default(),
        request_id: "console".to_owned(),
        maintenance: None,
    };
    Ok(Some((user, viewer)))
}

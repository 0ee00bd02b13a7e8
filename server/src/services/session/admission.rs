//! Whom a session lets in: asked with every request, so that signing out, a lost role, a revoked or an expired remote
//! maintenance (D31) bite on the next one.

use super::Begun;
use crate::auth::viewer::{Maintenance, Viewer};
use crate::domain::id::{OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;
use crate::domain::maintenance::MaintenanceStatus;
use crate::domain::organization::{Role, Roles};
use crate::domain::permission::DistributionPermissionStatus;
use crate::store::conn::Conn;
use crate::store::session;
use crate::store::{Fault, Result, membership, permission};

/// What a request says of itself.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where the person has chosen no language.
    pub locale: Locale,
    pub request_id: String,
}

/// Whether a session lets its person in.
#[derive(Clone, Debug)]
pub enum Admission {
    Admitted(Viewer),
    /// Unknown, over, or of somebody else.
    Refused,
    /// D31: the remote maintenance that it was bound to is over, in this way.
    MaintenanceOver(MaintenanceStatus),
}

/// The viewer that a session makes at `now`, if it is live and still belongs to that person and organisation.
pub fn viewer(conn: &mut Conn, asked: &Begun, asking: &Asking, now: Instant) -> Result<Admission> {
    let Some(live) = session::live(conn, &asked.session_id, now)? else {
        return maintainer(conn, asked, asking, now);
    };
    if live.user_id != asked.user_id || live.organization_id != asked.organization_id {
        return Ok(Admission::Refused);
    }
    let roles = live.roles.parse().map_err(|error| {
        let what = format!("{error}");
        Fault::Inconsistent {
            table: "memberships",
            row: live.user_id.to_string(),
            what,
        }
    })?;
    Ok(Admission::Admitted(Viewer {
        user_id: live.user_id,
        organization_id: live.organization_id,
        session_id: asked.session_id.clone(),
        roles,
        locale: live.locale.unwrap_or(asking.locale),
        request_id: asking.request_id.clone(),
        maintenance: None,
    }))
}

/// D31: the viewer of a session that is bound to a remote maintenance. It counts while that is active by status and by the
/// clock and the person still works for a partner that may distribute; all of it is asked with every request.
fn maintainer(conn: &mut Conn, asked: &Begun, asking: &Asking, now: Instant) -> Result<Admission> {
    let Some((bound, entered)) = session::bound(conn, &asked.session_id)? else {
        return Ok(Admission::Refused);
    };
    let own = bound.user_id == asked.user_id && bound.organization_id == asked.organization_id;
    if !own || bound.organization_id != entered.customer_id || bound.revoked_at.is_some() {
        return Ok(Admission::Refused);
    }
    let status = entered.at(now);
    let (MaintenanceStatus::Active, Some(ends_at)) = (status, entered.ends_at) else {
        return Ok(Admission::MaintenanceOver(status));
    };
    if bound.expires_at <= now {
        return Ok(Admission::Refused);
    }
    if !works_for(conn, &entered.partner_id, &bound.user_id)? {
        return Ok(Admission::MaintenanceOver(MaintenanceStatus::Ended));
    }
    let person = membership::users_by_ids(conn, std::slice::from_ref(&bound.user_id))?.pop();
    Ok(Admission::Admitted(Viewer {
        user_id: bound.user_id,
        organization_id: bound.organization_id,
        session_id: bound.id,
        roles: Roles::default(),
        locale: person.and_then(|person| person.locale).unwrap_or(asking.locale),
        request_id: asking.request_id.clone(),
        maintenance: Some(Box::new(Maintenance {
            id: entered.id,
            instance_id: entered.instance_id,
            partner_id: entered.partner_id,
            reason: entered.reason,
            ends_at,
        })),
    }))
}

/// Whether the person is an admin or a developer of a partner that holds the distribution permission (D1).
fn works_for(conn: &mut Conn, partner: &OrganizationId, person: &UserId) -> Result<bool> {
    let Some(place) = membership::find(conn, partner, person)?.filter(|place| place.active) else {
        return Ok(false);
    };
    let builds = place.parsed_roles()?.any(&[Role::PartnerAdmin, Role::PartnerDeveloper]);
    let permission = permission::current(conn, partner)?;
    Ok(builds && permission.is_some_and(|it| it.status == DistributionPermissionStatus::Granted))
}

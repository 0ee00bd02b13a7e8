//! Remote maintenance (D31): the partner's developer asks, enters and ends; the customer's admin grants, declines and revokes.
//! Whom an entered session lets in is asked with every request by `session::admission`.

use chrono::Duration;
use serde_json::json;

use super::session::Begun;
use crate::auth::viewer::{PartnerScope, PartyScope, Viewer};
use crate::domain::id::{InstanceId, MaintenanceSessionId, OrderId};
use crate::domain::locale::Text;
use crate::domain::maintenance::{
    self as rules, MaintenanceAction, MaintenanceDecision, MaintenanceForm, MaintenanceStatus, MaintenanceViewer,
};
use crate::domain::message::Code;
use crate::domain::order::{OrderAction, OrderFacts, OrderParty, maintenance_barrier};
use crate::domain::project::ProjectStatus;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::AppInstance;
use crate::store::maintenance::{self, MaintenanceFilter, MaintenanceSession};
use crate::store::order::Order;
use crate::store::page::{Page, PageRequest};
use crate::store::session::{self, Session};
use crate::store::{Result, Tx, instance, order, permission, project};

/// Sessions that are noted as expired in one transaction.
const EXPIRED_AT_ONCE: i64 = 50;

/// Asks for hours inside the instance of an order that was sent with success. Granted at once while the instance is in
/// development maintenance, unless its admin wants to be asked.
pub fn request(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    order_id: &OrderId,
    reason: &str,
    hours: i32,
) -> Result<MaintenanceSession> {
    let scope = viewer.partner()?;
    let of = order::find_sold(tx.conn, &scope, order_id)?.ok_or_else(|| Refusal::not_found().at("orderId"))?;
    let form = MaintenanceForm::check(reason, hours)?;
    let of_instance = maintainable(tx.conn, &scope, &of)?;
    require_none_open(tx, &of_instance, &scope)?;
    let automatic = maintenance::grants_at_once(tx.conn, &of_instance.id)?;
    let at_once = rules::is_granted_at_once(of_instance.status, automatic);
    let made = MaintenanceSession {
        id: tx.id(),
        order_id: of.id,
        project_id: of.project_id,
        partner_id: of.partner_id,
        customer_id: of.customer_id,
        open_key: Some(maintenance::open_key(&of_instance.id, &scope.user_id)),
        instance_id: of_instance.id.clone(),
        requested_by: scope.user_id,
        reason: form.reason,
        hours: form.hours,
        status: MaintenanceStatus::Requested,
        requested_at: tx.now,
        decided_at: None,
        decided_by: None,
        automatic: false,
        ends_at: None,
        entered_at: None,
        closed_at: None,
        closed_by: None,
        note: None,
        changed_at: tx.now,
        version: 1,
    };
    maintenance::insert(tx, &made)?;
    maintenance::record(tx, &made, None, None)?;
    if at_once {
        return grant(tx, &made, true);
    }
    maintenance::ask(tx, &made, &of_instance)?;
    Ok(made)
}

/// The instance of the order, if remote maintenance may be asked for it now.
fn maintainable(conn: &mut Conn, scope: &PartnerScope, of: &Order) -> Result<AppInstance> {
    permission::require(conn, scope)?;
    let active = project::get(conn, &of.project_id)?.status == ProjectStatus::Active;
    if !active {
        return Err(Refusal::rule(Code::ProjectNotActive).into());
    }
    let found = instance::of_order(conn, of)?;
    let facts = OrderFacts {
        app: of.app_status,
        project_active: active,
        installed: found.is_some(),
        admin: scope.admin,
        // It may be asked for while something is sent.
        sending: false,
        begun: true,
    };
    let open = found.filter(|_| facts.may(OrderAction::RequestMaintenance));
    open.ok_or_else(|| maintenance_barrier(of.app_status).into())
}

/// A person has one open session for an instance; one whose hours ran out is noted as over.
fn require_none_open(tx: &mut Tx<'_>, of: &AppInstance, scope: &PartnerScope) -> Result<()> {
    let Some(open) = maintenance::open_of(tx.conn, &of.id, &scope.user_id)? else {
        return Ok(());
    };
    let status = open.at(tx.now);
    if status == MaintenanceStatus::Expired {
        maintenance::close(tx, &open, MaintenanceAction::Expire, None)?;
        return Ok(());
    }
    let action = OrderAction::RequestMaintenance;
    Err(Refusal::transition(status.as_str(), action.as_str())
        .in_words(status.text(), Text::new("申请远程维护", "Ask for maintenance"))
        .advise(Text::new(
            "您对此应用已有一个未结束的远程维护，请使用它，或将其撤回、结束后再申请",
            "You have an open maintenance of this application; use it, or withdraw or end it before you ask again",
        ))
        .into())
}

fn grant(tx: &mut Tx<'_>, before: &MaintenanceSession, automatic: bool) -> Result<MaintenanceSession> {
    let granted = MaintenanceSession {
        status: before.status.moved(MaintenanceAction::Grant)?,
        decided_at: Some(tx.now),
        decided_by: tx.actor.user_id.clone().filter(|_| !automatic),
        automatic,
        ends_at: Some(MaintenanceForm::ends_at(before.hours, tx.now)),
        ..before.clone()
    };
    let after = maintenance::update(tx, before, granted)?;
    maintenance::record(tx, &after, Some(MaintenanceAction::Grant), Some(before.status))?;
    Ok(after)
}

/// The customer's admin grants or declines a request.
pub fn decide(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &MaintenanceSessionId,
    decision: MaintenanceDecision,
    note: Option<&str>,
) -> Result<MaintenanceSession> {
    let found = for_customer(tx, viewer, id, decision.action())?;
    let note = rules::note(note)?;
    match decision {
        MaintenanceDecision::Grant => grant(tx, &found, false),
        MaintenanceDecision::Decline => {
            let declined = MaintenanceSession {
                decided_at: Some(tx.now),
                decided_by: Some(viewer.user_id.clone()),
                ..found.clone()
            };
            maintenance::close(tx, &declined, MaintenanceAction::Decline, note)
        }
    }
}

/// The customer's admin ends a session at once; its tokens stop working with the next request.
pub fn revoke(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &MaintenanceSessionId,
    note: Option<&str>,
) -> Result<MaintenanceSession> {
    let found = for_customer(tx, viewer, id, MaintenanceAction::Revoke)?;
    let note = rules::note(note)?;
    maintenance::close(tx, &found, MaintenanceAction::Revoke, note)
}

/// The developer takes a request back, or an admin of theirs does.
pub fn withdraw(tx: &mut Tx<'_>, viewer: &Viewer, id: &MaintenanceSessionId) -> Result<MaintenanceSession> {
    let found = for_partner(tx, viewer, id, MaintenanceAction::Withdraw)?;
    maintenance::close(tx, &found, MaintenanceAction::Withdraw, None)
}

/// The developer is done, or an admin of theirs ends it.
pub fn end(tx: &mut Tx<'_>, viewer: &Viewer, id: &MaintenanceSessionId) -> Result<MaintenanceSession> {
    let found = for_partner(tx, viewer, id, MaintenanceAction::End)?;
    maintenance::close(tx, &found, MaintenanceAction::End, None)
}

/// The developer enters: a session of its own that acts for the customer inside that one instance, for as long as an access
/// token lives and the hours last. It may be entered again as often as needed.
pub fn enter(tx: &mut Tx<'_>, viewer: &Viewer, id: &MaintenanceSessionId, lifetime: Duration) -> Result<Begun> {
    let found = for_partner(tx, viewer, id, MaintenanceAction::Enter)?;
    permission::require(tx.conn, &viewer.partner()?)?;
    let status = found.status.moved(MaintenanceAction::Enter)?;
    let entered = MaintenanceSession {
        status,
        entered_at: found.entered_at.or(Some(tx.now)),
        ..found.clone()
    };
    let entered = maintenance::update(tx, &found, entered)?;
    maintenance::record(tx, &entered, Some(MaintenanceAction::Enter), Some(found.status))?;
    let full = tx.now + lifetime;
    let bound = Session {
        id: tx.id(),
        user_id: viewer.user_id.clone(),
        organization_id: entered.customer_id.clone(),
        created_at: tx.now,
        expires_at: entered.ends_at.map_or(full, |end| end.min(full)),
        revoked_at: None,
        maintenance_session_id: Some(entered.id),
    };
    session::insert(tx, &bound)?;
    Ok(Begun {
        session_id: bound.id,
        user_id: bound.user_id,
        organization_id: bound.organization_id,
    })
}

/// The session, if this person of the partner may do that with it now.
fn for_partner(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &MaintenanceSessionId,
    action: MaintenanceAction,
) -> Result<MaintenanceSession> {
    let scope = PartyScope::Partner(viewer.partner()?);
    permitted(tx, &scope, id, action)
}

/// The session, if this admin of the customer may do that with it now.
fn for_customer(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &MaintenanceSessionId,
    action: MaintenanceAction,
) -> Result<MaintenanceSession> {
    let scope = PartyScope::Customer(viewer.customer_admin()?);
    permitted(tx, &scope, id, action)
}

fn permitted(
    tx: &mut Tx<'_>,
    scope: &PartyScope,
    id: &MaintenanceSessionId,
    action: MaintenanceAction,
) -> Result<MaintenanceSession> {
    let found = maintenance::find(tx.conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let seen_by = found.seen_by(scope).ok_or_else(Refusal::not_found)?;
    seen_by.act(action, found.at(tx.now))?;
    Ok(found)
}

/// Whether requests for an instance are granted at once while it is in development maintenance; for the customer's admin.
pub fn set_automatic_grant(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, automatic: bool) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    let before = maintenance::grants_at_once(tx.conn, &found.id)?;
    if before != automatic {
        maintenance::set_automatic_grant(tx, &found.id, &viewer.user_id, automatic)?;
        tx.audit(Fact {
            organization_id: &found.organization_id,
            action: "maintenance.automatic_grant_set",
            object_id: found.id.as_str(),
            label: &found.name,
            before: Some(json!({ "automaticGrant": before })),
            after: Some(json!({ "automaticGrant": automatic })),
        })?;
    }
    Ok(found)
}

/// Notes the sessions as over whose hours have run out; how many. They admit nobody from the very instant on: this is for
/// the log and for who looks.
pub fn expire(tx: &mut Tx<'_>) -> Result<usize> {
    let overdue = maintenance::overdue(tx.conn, tx.now, EXPIRED_AT_ONCE)?;
    for session in &overdue {
        maintenance::close(tx, session, MaintenanceAction::Expire, None)?;
    }
    Ok(overdue.len())
}

/// A page of sessions, newest first: those of the partner's people, or those of the customer's instances.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &MaintenanceFilter,
    page: &PageRequest,
) -> Result<Page<MaintenanceSession>> {
    maintenance::list(conn, &viewer.side(party)?, filter, page)
}

/// How many sessions such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &MaintenanceFilter) -> Result<i64> {
    maintenance::count(conn, &viewer.side(party)?, filter)
}

/// The session of that side that changed last.
pub fn latest(conn: &mut Conn, viewer: &Viewer, party: OrderParty) -> Result<Option<MaintenanceSession>> {
    maintenance::latest(conn, &viewer.side(party)?)
}

/// A session of either side.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &MaintenanceSessionId) -> Result<Option<MaintenanceSession>> {
    for scope in viewer.parties()? {
        if let Some(found) = maintenance::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What the viewer is to a session that they were shown.
pub fn seen_by(viewer: &Viewer, session: &MaintenanceSession) -> Option<MaintenanceViewer> {
    let scopes = viewer.parties().unwrap_or_default();
    scopes.iter().find_map(|scope| session.seen_by(scope))
}

//! Remote maintenance (D31): the sessions that partners asked for, and whether an instance grants them at once. A partner sees
//! what its people asked for, a customer's admin what concerns their organisation.

mod telling;

use diesel::prelude::*;
use serde_json::json;

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::instance::{self, AppInstance};
use super::order::{self, Happened};
use super::page::{Page, PageRequest, paged};
use super::schema::{maintenance_sessions, maintenance_settings};
use super::{Result, Signal, Tx};
use crate::auth::viewer::PartyScope;
use crate::domain::id::{InstanceId, MaintenanceSessionId, OrderId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::maintenance::{MaintenanceAction, MaintenanceStatus, MaintenanceViewer};
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::refusal::Refusal;

/// A remote maintenance.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = maintenance_sessions, treat_none_as_null = true)]
pub struct MaintenanceSession {
    pub id: MaintenanceSessionId,
    pub order_id: OrderId,
    pub project_id: ProjectId,
    pub instance_id: InstanceId,
    pub partner_id: OrganizationId,
    pub customer_id: OrganizationId,
    pub requested_by: UserId,
    pub reason: String,
    pub hours: i32,
    /// As it was stored last; see [`MaintenanceSession::at`].
    pub status: MaintenanceStatus,
    pub requested_at: Instant,
    /// Granted or declined.
    pub decided_at: Option<Instant>,
    /// Nobody where the grant was automatic.
    pub decided_by: Option<UserId>,
    pub automatic: bool,
    /// Counted from the grant.
    pub ends_at: Option<Instant>,
    pub entered_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub closed_by: Option<UserId>,
    /// Why it was declined or revoked.
    pub note: Option<String>,
    /// Instance and person while it is open.
    pub open_key: Option<String>,
    pub changed_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

impl MaintenanceSession {
    /// The status that counts at `now`.
    pub fn at(&self, now: Instant) -> MaintenanceStatus {
        self.status.at(self.ends_at, now)
    }

    /// What the party's person is to it.
    pub fn seen_by(&self, scope: &PartyScope) -> Option<MaintenanceViewer> {
        match scope {
            PartyScope::Partner(partner) if partner.organization_id != self.partner_id => None,
            PartyScope::Partner(partner) if partner.user_id == self.requested_by => Some(MaintenanceViewer::Requester),
            PartyScope::Partner(partner) if partner.admin => Some(MaintenanceViewer::PartnerAdmin),
            PartyScope::Partner(_) => Some(MaintenanceViewer::Colleague),
            PartyScope::Customer(customer) if customer.admin && customer.organization_id == self.customer_id => {
                Some(MaintenanceViewer::CustomerAdmin)
            }
            PartyScope::Customer(_) | PartyScope::Reviewer(_) => None,
        }
    }
}

/// What makes an open session of a person for an instance the only one.
pub fn open_key(instance: &InstanceId, person: &UserId) -> String {
    format!("{instance} {person}")
}

/// Which sessions of a list are wanted.
#[derive(Clone, Debug, Default)]
pub struct MaintenanceFilter {
    /// As they were stored last.
    pub statuses: Option<Vec<MaintenanceStatus>>,
    pub order_id: Option<OrderId>,
    pub instance_id: Option<InstanceId>,
}

type Boxed<'a> = maintenance_sessions::BoxedQuery<'a, Dialect>;

/// Every session that the scope may see.
fn visible<'a>(scope: &PartyScope) -> Boxed<'a> {
    let query = maintenance_sessions::table
        .select(maintenance_sessions::all_columns)
        .into_boxed();
    match scope {
        PartyScope::Partner(partner) => {
            query.filter(maintenance_sessions::partner_id.eq(partner.organization_id.clone()))
        }
        PartyScope::Customer(customer) if customer.admin => {
            query.filter(maintenance_sessions::customer_id.eq(customer.organization_id.clone()))
        }
        // Granting is the admins' matter; a reviewer has no part in it.
        PartyScope::Customer(_) | PartyScope::Reviewer(_) => query.filter(maintenance_sessions::id.eq("")),
    }
}

fn narrowed<'a>(scope: &PartyScope, filter: &MaintenanceFilter) -> Boxed<'a> {
    let mut query = visible(scope);
    if let Some(statuses) = &filter.statuses {
        query = query.filter(maintenance_sessions::status.eq_any(statuses.clone()));
    }
    if let Some(order) = &filter.order_id {
        query = query.filter(maintenance_sessions::order_id.eq(order.clone()));
    }
    if let Some(instance) = &filter.instance_id {
        query = query.filter(maintenance_sessions::instance_id.eq(instance.clone()));
    }
    query
}

/// A page of sessions, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartyScope,
    filter: &MaintenanceFilter,
    page: &PageRequest,
) -> Result<Page<MaintenanceSession>> {
    let query = narrowed(scope, filter);
    Ok(page.cut(paged!(query, page, maintenance_sessions::id, descending).load(conn)?))
}

/// How many sessions a list has in all.
pub fn count(conn: &mut Conn, scope: &PartyScope, filter: &MaintenanceFilter) -> Result<i64> {
    Ok(narrowed(scope, filter).select(diesel::dsl::count_star()).first(conn)?)
}

/// The session, or `None` where it does not exist for this scope.
pub fn find(conn: &mut Conn, scope: &PartyScope, id: &MaintenanceSessionId) -> Result<Option<MaintenanceSession>> {
    Ok(visible(scope)
        .filter(maintenance_sessions::id.eq(id.clone()))
        .first(conn)
        .optional()?)
}

/// The session of the scope that changed last.
pub fn latest(conn: &mut Conn, scope: &PartyScope) -> Result<Option<MaintenanceSession>> {
    let query = visible(scope).order((maintenance_sessions::changed_at.desc(), maintenance_sessions::id.desc()));
    Ok(query.first(conn).optional()?)
}

/// The latest session of each order that the viewer was shown already.
pub fn latest_of_orders(conn: &mut Conn, orders: &[OrderId]) -> Result<Vec<MaintenanceSession>> {
    let latest: Vec<Option<MaintenanceSessionId>> = maintenance_sessions::table
        .filter(maintenance_sessions::order_id.eq_any(orders))
        .group_by(maintenance_sessions::order_id)
        .select(diesel::dsl::max(maintenance_sessions::id))
        .load(conn)?;
    let latest: Vec<MaintenanceSessionId> = latest.into_iter().flatten().collect();
    Ok(maintenance_sessions::table
        .filter(maintenance_sessions::id.eq_any(latest))
        .select(maintenance_sessions::all_columns)
        .load(conn)?)
}

/// The open session of a person for an instance, as it was stored last.
pub fn open_of(conn: &mut Conn, instance: &InstanceId, person: &UserId) -> Result<Option<MaintenanceSession>> {
    let query = maintenance_sessions::table
        .filter(maintenance_sessions::open_key.eq(open_key(instance, person)))
        .select(maintenance_sessions::all_columns);
    Ok(query.first(conn).optional()?)
}

/// The open sessions of projects that the viewer was shown already, oldest first.
pub fn open_of_projects(conn: &mut Conn, projects: &[ProjectId]) -> Result<Vec<MaintenanceSession>> {
    let query = maintenance_sessions::table
        .filter(maintenance_sessions::project_id.eq_any(projects))
        .filter(maintenance_sessions::open_key.is_not_null())
        .order(maintenance_sessions::id.asc())
        .select(maintenance_sessions::all_columns);
    Ok(query.load(conn)?)
}

/// The open sessions of instances that the viewer was shown already, oldest first.
pub fn open_of_instances(conn: &mut Conn, instances: &[InstanceId]) -> Result<Vec<MaintenanceSession>> {
    let query = maintenance_sessions::table
        .filter(maintenance_sessions::instance_id.eq_any(instances))
        .filter(maintenance_sessions::open_key.is_not_null())
        .order(maintenance_sessions::id.asc())
        .select(maintenance_sessions::all_columns);
    Ok(query.load(conn)?)
}

/// Sessions whose hours have run out and that are not noted as over yet.
pub fn overdue(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<MaintenanceSession>> {
    let runs = [MaintenanceStatus::Granted, MaintenanceStatus::Active];
    let query = maintenance_sessions::table
        .filter(maintenance_sessions::status.eq_any(runs))
        .filter(maintenance_sessions::ends_at.le(now))
        .order(maintenance_sessions::ends_at.asc())
        .limit(limit)
        .select(maintenance_sessions::all_columns);
    Ok(query.load(conn)?)
}

/// Makes a session.
pub fn insert(tx: &mut Tx<'_>, session: &MaintenanceSession) -> Result<()> {
    diesel::insert_into(maintenance_sessions::table)
        .values(session)
        .execute(tx.conn)?;
    tx.signal(Signal::MaintenanceMoved(session.id.clone()));
    Ok(())
}

/// Saves a session that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &MaintenanceSession, after: MaintenanceSession) -> Result<MaintenanceSession> {
    let open = after.status.is_open();
    let after = MaintenanceSession {
        open_key: after.open_key.filter(|_| open),
        changed_at: tx.now,
        version: before.version + 1,
        ..after
    };
    let read = maintenance_sessions::table
        .filter(maintenance_sessions::id.eq(&before.id))
        .filter(maintenance_sessions::version.eq(before.version))
        .filter(maintenance_sessions::status.eq(before.status));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => {
            tx.signal(Signal::MaintenanceMoved(after.id.clone()));
            Ok(after)
        }
        _ => Err(Refusal::stale().into()),
    }
}

/// Ends an open session by an action that closes it, and records that. By nobody where the hours ran out.
pub fn close(
    tx: &mut Tx<'_>,
    before: &MaintenanceSession,
    action: MaintenanceAction,
    note: Option<String>,
) -> Result<MaintenanceSession> {
    let status = before.status.moved(action)?;
    let closed = MaintenanceSession {
        status,
        closed_at: Some(tx.now),
        closed_by: tx.actor.user_id.clone().filter(|_| action != MaintenanceAction::Expire),
        note,
        ..before.clone()
    };
    let after = update(tx, before, closed)?;
    record(tx, &after, Some(action), Some(before.status))?;
    Ok(after)
}

/// Records what moved a session for both organisations and on the order's timeline, and tells those whom it concerns;
/// without an action, that it was asked for.
pub fn record(
    tx: &mut Tx<'_>,
    session: &MaintenanceSession,
    action: Option<MaintenanceAction>,
    before: Option<MaintenanceStatus>,
) -> Result<()> {
    let found = instance::by_ids(tx.conn, std::slice::from_ref(&session.instance_id))?.pop();
    let label = found.map(|it| it.name).unwrap_or_default();
    let (name, kind) = action.map_or(
        ("maintenance.requested", OrderEventKind::MaintenanceRequested),
        MaintenanceAction::done,
    );
    let after = json!({
        "status": session.status, "instanceId": session.instance_id, "requestedBy": session.requested_by,
        "reason": session.reason, "hours": session.hours, "endsAt": session.ends_at, "automatic": session.automatic,
        "note": session.note,
    });
    let both = Fact {
        organization_id: &session.partner_id,
        action: name,
        object_id: session.id.as_str(),
        label: &label,
        before: before.map(|status| json!({ "status": status })),
        after: Some(after),
    };
    tx.audit_for_both(&session.customer_id, both)?;
    match action {
        // Whoever goes on with a new token has not come in again.
        Some(MaintenanceAction::Enter) if before == Some(session.status) => return Ok(()),
        Some(action) => telling::tell(tx, session, action, &label)?,
        None => {}
    }
    let facts = match action {
        None => Some(OrderEventFacts::Maintenance {
            reason: session.reason.clone(),
            hours: session.hours,
        }),
        Some(_) => session.note.clone().map(|text| OrderEventFacts::Note { text }),
    };
    let happened = Happened {
        order_id: &session.order_id,
        kind,
        delivery_id: None,
        facts,
    };
    match action {
        Some(MaintenanceAction::Grant) if session.automatic => order::add_automatic_event(tx, happened),
        _ => order::add_event(tx, happened),
    }
}

/// Asks the customer's admins to decide about a request.
pub fn ask(tx: &mut Tx<'_>, session: &MaintenanceSession, of: &AppInstance) -> Result<()> {
    telling::ask(tx, session, &of.name)
}

/// Which of the instances, that the viewer was shown already, grant requests at once as long as they are in development
/// maintenance: all but those whose admin chose otherwise.
pub fn asking_instances(conn: &mut Conn, instances: &[InstanceId]) -> Result<Vec<InstanceId>> {
    let query = maintenance_settings::table
        .filter(maintenance_settings::instance_id.eq_any(instances))
        .filter(maintenance_settings::automatic_grant.eq(false))
        .select(maintenance_settings::instance_id);
    Ok(query.load(conn)?)
}

/// Whether an instance grants requests at once while it is in development maintenance.
pub fn grants_at_once(conn: &mut Conn, instance: &InstanceId) -> Result<bool> {
    Ok(asking_instances(conn, std::slice::from_ref(instance))?.is_empty())
}

/// Sets whether an instance grants requests at once.
pub fn set_automatic_grant(tx: &mut Tx<'_>, instance: &InstanceId, by: &UserId, automatic: bool) -> Result<()> {
    diesel::delete(maintenance_settings::table.find(instance)).execute(tx.conn)?;
    let row = (
        maintenance_settings::instance_id.eq(instance),
        maintenance_settings::automatic_grant.eq(automatic),
        maintenance_settings::set_by.eq(by),
        maintenance_settings::set_at.eq(tx.now),
    );
    diesel::insert_into(maintenance_settings::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

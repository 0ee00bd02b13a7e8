//! The order centre (订单中心) and a customer's own orders: reading them, and what is switched there. Buying is `purchase`,
//! sending `delivery`.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::{OrderId, OrganizationId, ProjectId, UserId};
use crate::domain::instant::Instant;
use crate::domain::notification::Notice;
use crate::domain::order::{OrderAction, OrderFacts, OrderParty, OrderSort, edit_permission_barrier};
use crate::domain::order_event::OrderEventKind;
use crate::domain::order_export::OrderLine;
use crate::domain::organization::Role;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance};
use crate::store::maintenance::{self, MaintenanceSession};
use crate::store::notification::{self, Recipients};
use crate::store::order::{self, Happened, Order, OrderFilter};
use crate::store::page::{Page, PageRequest};
use crate::store::{Result, Tx, membership, organization};

/// A whole list of orders.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub party: OrderParty,
    pub filter: OrderFilter,
    pub sort: OrderSort,
}

/// On which side the viewer reads; a reviewer reads the orders of every partner.
fn side(viewer: &Viewer, party: OrderParty) -> Result<PartyScope> {
    if let Ok(scope) = viewer.reviewer() {
        return Ok(PartyScope::Reviewer(scope));
    }
    Ok(viewer.side(party)?)
}

/// A page of orders.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &OrderFilter,
    sort: OrderSort,
    page: &PageRequest,
) -> Result<Page<Order>> {
    order::list(conn, &side(viewer, party)?, filter, sort, page)
}

/// A page of orders as lines of a table, with the key of its last; `base_url` is where the front end is.
pub fn lines(
    conn: &mut Conn,
    viewer: &Viewer,
    wanted: &Wanted,
    base_url: &str,
    now: Instant,
    page: &PageRequest,
) -> Result<(Vec<OrderLine>, Option<String>)> {
    let scope = side(viewer, wanted.party)?;
    let (face, knows_projects) = match scope {
        PartyScope::Partner(_) => ("portal/orders", true),
        PartyScope::Customer(_) => ("orders", false),
        PartyScope::Reviewer(_) => ("review/orders", true),
    };
    let found = order::list(conn, &scope, &wanted.filter, wanted.sort, page)?;
    let names = Names::of(conn, &found.rows, knows_projects)?;
    let next = found.rows.last().filter(|_| found.has_next);
    let next = next.map(|last| order::page_key(last, &scope, wanted.sort));
    let line = |row: Order| OrderLine {
        ordered_by: names.people.get(&row.ordered_by).cloned().unwrap_or_default(),
        customer_corp_id: names.corp_ids.get(&row.customer_id).cloned().unwrap_or_default(),
        partner_name: names.partners.get(&row.partner_id).cloned().unwrap_or_default(),
        project_name: names.projects.get(&row.project_id).cloned().unwrap_or_default(),
        address: format!("{base_url}/{face}/{}", row.id),
        customer_name: row.customer_name,
        application_name: row.application_name,
        created_at: row.created_at,
        app_status: row.app_status,
        page_status: row.page_status,
        full_edit_permission: row.full_edit_permission,
        maintenance: names.maintenance.get(&row.id).map(|latest| latest.at(now)),
        number: row.number,
    };
    Ok((found.rows.into_iter().map(line).collect(), next))
}

/// The names that stand in the lines of a page.
struct Names {
    people: HashMap<UserId, String>,
    corp_ids: HashMap<OrganizationId, String>,
    partners: HashMap<OrganizationId, String>,
    projects: HashMap<ProjectId, String>,
    /// What was asked for last, of those where somebody did.
    maintenance: HashMap<OrderId, MaintenanceSession>,
}

impl Names {
    fn of(conn: &mut Conn, rows: &[Order], projects: bool) -> Result<Self> {
        let people = distinct(rows.iter().map(|row| row.ordered_by.clone()));
        let organizations = distinct(
            rows.iter()
                .flat_map(|row| [row.customer_id.clone(), row.partner_id.clone()]),
        );
        let organizations = organization::by_ids(conn, &organizations)?;
        let projects = match projects {
            true => distinct(rows.iter().map(|row| row.project_id.clone())),
            false => Vec::new(),
        };
        let people = membership::users_by_ids(conn, &people)?;
        let projects = order::projects_of(conn, &projects)?;
        let ids: Vec<OrderId> = rows.iter().map(|row| row.id.clone()).collect();
        let maintenance = maintenance::latest_of_orders(conn, &ids)?;
        Ok(Self {
            people: people.into_iter().map(|row| (row.id, row.name)).collect(),
            corp_ids: organizations
                .iter()
                .map(|row| (row.id.clone(), row.corp_id.clone()))
                .collect(),
            partners: organizations.into_iter().map(|row| (row.id, row.name)).collect(),
            projects: projects.into_iter().map(|row| (row.id, row.name)).collect(),
            maintenance: maintenance.into_iter().map(|row| (row.order_id.clone(), row)).collect(),
        })
    }
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<T>>().into_iter().collect()
}

/// The key by which such a list pages.
pub fn in_order_key(viewer: &Viewer, party: OrderParty, sort: OrderSort) -> Result<impl Fn(&Order) -> String + use<>> {
    let scope = side(viewer, party)?;
    Ok(move |row: &Order| order::page_key(row, &scope, sort))
}

/// How many orders a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &OrderFilter) -> Result<i64> {
    order::count(conn, &side(viewer, party)?, filter)
}

/// D19: opens or closes the customer's full edit permission, at once. Where it is so already, nothing happens.
pub fn set_edit_permission(tx: &mut Tx<'_>, viewer: &Viewer, id: &OrderId, open: bool) -> Result<Order> {
    let scope = viewer.partner_admin()?;
    let found = order::find_sold(tx.conn, &scope, id)?.ok_or_else(|| Refusal::not_found().at("orderId"))?;
    let kept = instance::of_order(tx.conn, &found)?;
    let facts = OrderFacts {
        app: found.app_status,
        project_active: false,
        installed: kept.is_some(),
        admin: true,
        // It may be switched while something is sent.
        sending: false,
        begun: true,
    };
    let Some(instance) = kept.filter(|_| facts.may(OrderAction::ToggleEditPermission)) else {
        return Err(edit_permission_barrier(found.app_status).into());
    };
    if found.full_edit_permission == open && instance.full_edit_permission == open {
        return Ok(found);
    }
    let switched = AppInstance {
        full_edit_permission: open,
        ..instance
    };
    instance::save(tx, &switched)?;
    let saved = Order {
        full_edit_permission: open,
        ..found.clone()
    };
    let saved = order::update(tx, &found, saved)?;
    let (kind, action) = match open {
        true => (OrderEventKind::EditPermissionOpened, "order.edit_permission_opened"),
        false => (OrderEventKind::EditPermissionClosed, "order.edit_permission_closed"),
    };
    let happened = Happened {
        order_id: &saved.id,
        kind,
        delivery_id: None,
        facts: None,
    };
    order::add_event(tx, happened)?;
    let both = Fact {
        organization_id: &saved.partner_id,
        action,
        object_id: saved.id.as_str(),
        label: &format!("{} {}", saved.number, saved.application_name),
        before: Some(json!({ "fullEditPermission": found.full_edit_permission })),
        after: Some(json!({ "fullEditPermission": open })),
    };
    tx.audit_for_both(&saved.customer_id, both)?;
    tell(tx, &saved, &switched)?;
    Ok(saved)
}

/// The customer's admins learn what may be edited now.
fn tell(tx: &mut Tx<'_>, order: &Order, instance: &AppInstance) -> Result<()> {
    let partner = organization::get(tx.conn, &order.partner_id)?.name;
    let application = instance.name.clone();
    let notice = match order.full_edit_permission {
        true => Notice::EditPermissionOpened { partner, application },
        false => Notice::EditPermissionClosed { partner, application },
    };
    let admins = Recipients::Holders(&order.customer_id, Role::CustomerAdmin);
    notification::notify(tx, admins, instance.id.as_str(), &notice)?;
    Ok(())
}

/// An order of either side.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &OrderId) -> Result<Option<Order>> {
    for scope in viewer.parties()? {
        if let Some(found) = order::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;

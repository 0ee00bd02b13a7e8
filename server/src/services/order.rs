//! The order centre (订单中心) and a customer's own orders: reading them, and what is switched there. Buying is `purchase`,
//! sending `delivery`.

use serde_json::json;

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::OrderId;
use crate::domain::notification::Notice;
use crate::domain::order::{OrderAction, OrderFacts, OrderParty, OrderSort, edit_permission_barrier};
use crate::domain::order_event::OrderEventKind;
use crate::domain::organization::Role;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance};
use crate::store::notification::{self, Recipients};
use crate::store::order::{self, Happened, Order, OrderFilter};
use crate::store::page::{Page, PageRequest};
use crate::store::{Result, Tx, organization};

/// On which side the viewer reads; a reviewer reads the orders of every partner.
fn side(viewer: &Viewer, party: OrderParty) -> Result<PartyScope> {
    if let Ok(scope) = viewer.reviewer() {
        return Ok(PartyScope::Reviewer(scope));
    }
    Ok(match party {
        OrderParty::Partner => PartyScope::Partner(viewer.partner()?),
        OrderParty::Customer => PartyScope::Customer(viewer.customer_admin()?),
    })
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
    for organization_id in [&saved.partner_id, &saved.customer_id] {
        tx.audit(Fact {
            organization_id,
            action,
            object_id: saved.id.as_str(),
            label: &format!("{} {}", saved.number, saved.application_name),
            before: Some(json!({ "fullEditPermission": found.full_edit_permission })),
            after: Some(json!({ "fullEditPermission": open })),
        })?;
    }
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

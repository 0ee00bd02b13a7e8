//! The order centre (订单中心) and a customer's own orders: reading them. Buying is `purchase`, sending `delivery`.

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::OrderId;
use crate::domain::order::{OrderParty, OrderSort};
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::order::{self, Order, OrderFilter};
use crate::store::page::{Page, PageRequest};

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

/// An order of either side.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &OrderId) -> Result<Option<Order>> {
    for scope in viewer.parties()? {
        if let Some(found) = order::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

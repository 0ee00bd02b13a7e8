//! Licenses and the orders that make them (L13–L16): what an organisation may open and what it would cost (`offer`), ordering
//! (`ordering`), what a paid order opens and has delivered (`opening`), payments (`payment`), what goes back (`refund`), and what the
//! clock does (`due`). What is shown of the marketplace itself is `market`.

pub mod due;
pub mod offer;
mod opening;
pub mod ordering;
pub mod payment;
pub mod refund;

use std::collections::{BTreeSet, HashMap};

use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::{LicenseId, OrganizationId, ProductOrderId};
use crate::domain::instant::Instant;
use crate::domain::license::{LicenseAction, LicenseStatus};
use crate::domain::locale::Text;
use crate::domain::money::Money;
use crate::domain::order::OrderParty;
use crate::domain::payment::PaymentProvider;
use crate::domain::product_order::{ProductOrderAction, ProductOrderFacts, ProductOrderViewer};
use crate::domain::product_order_export::ProductOrderLine;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::license::{self, License, LicenseFilter};
use crate::store::page::{Page, PageRequest};
use crate::store::product_order::{self, ProductOrder, ProductOrderFilter};
use crate::store::{Result, Tx, delivery, instance, organization};

/// A page of licenses.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &LicenseFilter,
    page: &PageRequest,
) -> Result<Page<License>> {
    license::list(conn, &viewer.side(party)?, filter, page)
}

/// How many licenses [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &LicenseFilter) -> Result<i64> {
    license::count(conn, &viewer.side(party)?, filter)
}

/// A license of either side.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &LicenseId) -> Result<Option<License>> {
    for scope in viewer.parties()? {
        if let Some(found) = license::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A page of orders.
pub fn orders(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &ProductOrderFilter,
    page: &PageRequest,
) -> Result<Page<ProductOrder>> {
    product_order::list(conn, &viewer.side(party)?, filter, page)
}

/// How many orders [`orders`] has in all.
pub fn order_count(conn: &mut Conn, viewer: &Viewer, party: OrderParty, filter: &ProductOrderFilter) -> Result<i64> {
    product_order::count(conn, &viewer.side(party)?, filter)
}

/// A page of [`orders`] as lines of a table, with the key of its last.
pub fn lines(
    conn: &mut Conn,
    viewer: &Viewer,
    party: OrderParty,
    filter: &ProductOrderFilter,
    base_url: &str,
    page: &PageRequest,
) -> Result<(Vec<ProductOrderLine>, Option<String>)> {
    let found = orders(conn, viewer, party, filter, page)?;
    let next = found.rows.last().filter(|_| found.has_next);
    let next = next.map(|last| last.id.to_string());
    let face = match party {
        OrderParty::Partner => "portal/product-orders",
        OrderParty::Customer => "purchases",
    };
    let sides: BTreeSet<OrganizationId> = found
        .rows
        .iter()
        .flat_map(|row| [row.customer_id.clone(), row.partner_id.clone()])
        .collect();
    let sides = organization::by_ids(conn, &Vec::from_iter(sides))?;
    let sides: HashMap<_, _> = sides.into_iter().map(|side| (side.id.clone(), side)).collect();
    let ids: Vec<ProductOrderId> = found.rows.iter().map(|row| row.id.clone()).collect();
    let refunds = product_order::refunds(conn, &ids)?.into_iter();
    let mut refunds: HashMap<_, _> = refunds.map(|refund| (refund.order_id.clone(), refund)).collect();
    let mut lines = Vec::with_capacity(found.rows.len());
    for row in found.rows {
        let (amount, refund) = (row.amount()?, refunds.remove(&row.id));
        let (customer, partner) = (sides.get(&row.customer_id), sides.get(&row.partner_id));
        lines.push(ProductOrderLine {
            address: format!("{base_url}/{face}/{}", row.id),
            customer_corp_id: customer.map(|side| side.corp_id.clone()).unwrap_or_default(),
            partner_name: partner.map(|side| side.name.clone()).unwrap_or_default(),
            amount,
            refund: refund
                .as_ref()
                .map(|refund| Money::new(refund.amount_minor, amount.currency)),
            refunded_at: refund.and_then(|refund| refund.refunded_at),
            isv_operation_code: row
                .isv_operation_code
                .filter(|_| party == OrderParty::Partner)
                .unwrap_or_default(),
            number: row.number,
            product_name: row.product_name,
            customer_name: row.customer_name,
            order_type: row.order_type,
            charge_type: row.charge_type,
            plan_name: row.plan_name,
            seats: row.seats,
            months: row.months,
            status: row.status,
            created_at: row.created_at,
            paid_at: row.paid_at,
            payment_reference: row.payment_reference,
            closed_at: row.closed_at,
        });
    }
    Ok((lines, next))
}

/// An order of either side.
pub fn order(conn: &mut Conn, viewer: &Viewer, id: &ProductOrderId) -> Result<Option<ProductOrder>> {
    for scope in viewer.parties()? {
        if let Some(found) = product_order::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// An order that the same idempotency key made before.
pub fn ordered(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<ProductOrder> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(order(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

/// As whom the viewer looks at an order that they were shown.
fn looks_as(viewer: &Viewer, of: &ProductOrder) -> ProductOrderViewer {
    if viewer.organization_id == of.customer_id && viewer.customer_admin().is_ok() {
        ProductOrderViewer::Buyer
    } else if viewer.organization_id == of.partner_id && viewer.partner_admin().is_ok() {
        ProductOrderViewer::Partner
    } else {
        ProductOrderViewer::Reader
    }
}

/// What the viewer can do with an order now. `last` says that no later order of its license stands.
pub fn order_actions(viewer: &Viewer, of: &ProductOrder, last: bool, now: Instant) -> Vec<ProductOrderAction> {
    let facts = ProductOrderFacts {
        status: of.status,
        paid_for: of.amount_minor > 0,
        paid_at: of.paid_at,
        by_gateway: of.payment_provider == Some(PaymentProvider::Gateway),
        last,
    };
    facts.available_actions(looks_as(viewer, of), now)
}

/// What the viewer can do with a license now. `delivered` says that its application is there, or on its way.
pub fn actions(viewer: &Viewer, of: &License, delivered: bool) -> Vec<LicenseAction> {
    if viewer.organization_id != of.organization_id || viewer.customer_admin().is_err() {
        return Vec::new();
    }
    let may = |action: &LicenseAction| match action {
        LicenseAction::Renew | LicenseAction::Upgrade => of.status == LicenseStatus::Active,
        LicenseAction::Deliver => of.status.is_running() && !delivered,
    };
    LicenseAction::ALL.iter().copied().filter(may).collect()
}

/// L16: has the application of a license delivered in the version that is published now, where it is not there any more or never
/// arrived. What was begun is tried again as a delivery.
pub fn deliver(tx: &mut Tx<'_>, viewer: &Viewer, id: &LicenseId) -> Result<License> {
    let scope = PartyScope::Customer(viewer.customer_admin()?);
    let found = license::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let there = match &found.instance_id {
        Some(instance) => instance::is_there(tx.conn, instance)?,
        None => false,
    };
    delivery::require_idle(tx.conn, found.id.as_str())?;
    if !found.status.is_running() || there {
        return Err(
            Refusal::transition(found.status.as_str(), LicenseAction::Deliver.as_str())
                .advise(Text::new(
                    "授权有效且应用已被移除时，才能重新发送",
                    "It is delivered again once its application was removed, as long as the license runs",
                ))
                .into(),
        );
    }
    opening::deliver(tx, viewer.locale, &found, &viewer.user_id)?;
    Ok(found)
}

//! What of an order goes back (L14). The service ends when the refund is asked for; the license becomes what it was before the order.

use appshelf_rules::price;
use serde_json::json;

use super::{looks_as, payment};
use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::decision;
use crate::domain::id::{LicenseId, ProductOrderId, UserId};
use crate::domain::license::{micros, refused};
use crate::domain::message::Code;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::organization::Role;
use crate::domain::product_order::{ProductOrderStatus, ProductOrderStep, ProductOrderViewer, RefundBy};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::license::{self, License};
use crate::store::notification::{self, Recipients};
use crate::store::product_order::{self, ProductOrder, ProductRefund};
use crate::store::{Result, Tx};

/// L14: gives an order back: at the buyer's word within seven days, later at the partner's alone. The partner says why.
pub fn ask(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductOrderId, reason: &str) -> Result<ProductOrder> {
    let found = super::order(tx.conn, viewer, id)?.ok_or_else(Refusal::not_found)?;
    let by = match looks_as(viewer, &found) {
        ProductOrderViewer::Buyer => RefundBy::Buyer,
        ProductOrderViewer::Partner => RefundBy::Partner,
        ProductOrderViewer::Reader => return Err(Refusal::no_permission().into()),
    };
    found.status.apply(ProductOrderStep::Refund)?;
    let reason = decision::reason(Some(reason), by == RefundBy::Partner)?.unwrap_or_default();
    let amount = amount(tx, &found, by)?;
    let refunding = begin(tx, &found, amount, by, &reason, Some(&viewer.user_id))?;
    // Nothing is on its way where nothing is left of it.
    match amount {
        0 => finished(tx, &refunding, ""),
        _ => Ok(refunding),
    }
}

/// How much goes back; refused where nothing may.
fn amount(tx: &mut Tx<'_>, of: &ProductOrder, by: RefundBy) -> Result<i64> {
    if of.amount_minor == 0 {
        let refusal = Refusal::transition(of.status.as_str(), ProductOrderStep::Refund.as_str());
        return Err(refusal
            .in_words(of.status.text(), ProductOrderStep::Refund.text())
            .into());
    }
    if product_order::waiting(tx.conn, &of.customer_id, &of.product_id)?.is_some() {
        return Err(Refusal::rule(Code::PaymentPending).into());
    }
    let later = product_order::later_than(tx.conn, of)?;
    let later: Vec<price::PaidOrder> = later.iter().map(ProductOrder::paid_order).collect::<Result<_>>()?;
    let refund = price::refund(&of.paid_order()?, &later, by.price(), micros(tx.now));
    Ok(refund.map_err(refused)?)
}

/// Ends the service and notes what goes back.
fn begin(
    tx: &mut Tx<'_>,
    found: &ProductOrder,
    amount: i64,
    by: RefundBy,
    reason: &str,
    asked_by: Option<&UserId>,
) -> Result<ProductOrder> {
    let refunding = ProductOrder {
        status: found.status.apply(ProductOrderStep::Refund)?,
        ..found.clone()
    };
    let saved = product_order::update(tx, found, refunding)?;
    let refund = ProductRefund {
        order_id: saved.id.clone(),
        amount_minor: amount,
        refund_by: by,
        reason: reason.to_owned(),
        asked_by: asked_by.cloned(),
        asked_at: tx.now,
        refunded_at: None,
        reference: String::new(),
    };
    product_order::insert_refund(tx, &refund)?;
    let more = json!({ "refund": amount.to_string(), "by": by, "reason": reason });
    product_order::audit(tx, "product_order.refunding", Some(found), &saved, more)?;
    if let Some(id) = &saved.license_id {
        put_back(tx, id, &saved)?;
    }
    tell(tx, &saved, by, reason)?;
    Ok(saved)
}

/// The license is what it was before the order.
fn put_back(tx: &mut Tx<'_>, id: &LicenseId, of: &ProductOrder) -> Result<License> {
    let found = license::get(tx.conn, id)?;
    let before = of.service()?.before;
    let held = found.held()?.refunded(before.as_ref(), tx.now);
    let saved = license::save(tx, Some(&found), found.clone().with(&held)?)?;
    license::audit(tx, "license.refunded", Some(&found), &saved)?;
    Ok(saved)
}

fn tell(tx: &mut Tx<'_>, of: &ProductOrder, by: RefundBy, reason: &str) -> Result<()> {
    let (product, number, reason) = (of.product_name.clone(), of.number.clone(), reason.to_owned());
    let (to, notice) = match by {
        RefundBy::Buyer => {
            let customer = of.customer_name.clone();
            let notice = Notice::RefundAsked {
                customer,
                product,
                number,
                reason,
            };
            (Recipients::Holders(&of.partner_id, Role::PartnerAdmin), notice)
        }
        RefundBy::Partner => {
            let notice = Notice::RefundGranted {
                product,
                number,
                reason,
            };
            (Recipients::Holders(&of.customer_id, Role::CustomerAdmin), notice)
        }
    };
    notification::notify(tx, to, of.id.as_str(), &notice)?;
    Ok(())
}

/// The partner says that the money was sent back.
pub fn confirm(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductOrderId, reference: &str) -> Result<ProductOrder> {
    let scope = viewer.partner_admin()?;
    let found = product_order::find(tx.conn, &PartyScope::Partner(scope), id)?.ok_or_else(Refusal::not_found)?;
    found.status.apply(ProductOrderStep::FinishRefund)?;
    let reference = payment::reference_of(reference)?;
    finished(tx, &found, &reference)
}

/// The money is back.
pub(super) fn finished(tx: &mut Tx<'_>, found: &ProductOrder, reference: &str) -> Result<ProductOrder> {
    let refunded = ProductOrder {
        status: found.status.apply(ProductOrderStep::FinishRefund)?,
        ..found.clone()
    };
    let saved = product_order::update(tx, found, refunded)?;
    product_order::finish_refund(tx, &saved.id, reference)?;
    let more = json!({ "reference": reference });
    product_order::audit(tx, "product_order.refunded", Some(found), &saved, more)?;
    notification::answered(tx, saved.id.as_str(), &[NotificationKind::RefundAsked])?;
    let notice = Notice::RefundDone {
        product: saved.product_name.clone(),
        number: saved.number.clone(),
    };
    let admins = Recipients::Holders(&saved.customer_id, Role::CustomerAdmin);
    notification::notify(tx, admins, saved.id.as_str(), &notice)?;
    Ok(saved)
}

/// A gateway gave the whole amount back without anybody having asked here: the service ends as with any refund. `None` where a later
/// order builds on it, so that it waits until that is given back.
pub(super) fn by_gateway(tx: &mut Tx<'_>, found: &ProductOrder, reference: &str) -> Result<Option<ProductOrder>> {
    let later = product_order::later_than(tx.conn, found)?;
    if later.iter().any(|order| order.status == ProductOrderStatus::Paid) {
        return Ok(None);
    }
    let refunding = begin(tx, found, found.amount_minor, RefundBy::Partner, "", None)?;
    finished(tx, &refunding, reference).map(Some)
}

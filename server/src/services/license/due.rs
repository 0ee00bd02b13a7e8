//! What the clock does (L13): licenses end, stretches with other seats begin, customers are reminded before, and orders that nobody
//! paid are closed. Run by jobs that were queued for these moments; one that comes late or twice does it once.

use super::ordering::shut;
use crate::domain::id::{LicenseId, ProductOrderId};
use crate::domain::license::{LicenseStatus, due_reminder};
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::product_order::{CloseReason, ProductOrderStatus};
use crate::store::license::{self, License};
use crate::store::notification::{self, Recipients};
use crate::store::{Result, Tx, product_order};

/// Brings a license up to the present moment.
pub fn license(tx: &mut Tx<'_>, id: &LicenseId) -> Result<()> {
    let found = license::get(tx.conn, id)?;
    let held = found.held()?;
    let now = held.at(tx.now);
    if held != now {
        let saved = license::save(tx, Some(&found), found.clone().with(&now)?)?;
        let over = now.status == LicenseStatus::Expired;
        let action = if over { "license.expired" } else { "license.term_began" };
        license::audit(tx, action, Some(&found), &saved)?;
        return match over {
            true => tell_end(tx, &saved, held.status == LicenseStatus::Trial),
            false => Ok(()),
        };
    }
    let Some(days) = due_reminder(&held, found.reminded_days, tx.now) else {
        return license::look_after(tx, &found);
    };
    let reminded = License {
        reminded_days: Some(days),
        ..found.clone()
    };
    let saved = license::save(tx, Some(&found), reminded)?;
    remind(tx, &saved, days)
}

fn remind(tx: &mut Tx<'_>, of: &License, days: i32) -> Result<()> {
    let notice = Notice::LicenseEnding {
        product: of.product_name.clone(),
        days,
        trial: of.status == LicenseStatus::Trial,
    };
    let admins = Recipients::Holders(&of.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, of.id.as_str(), &notice)?;
    Ok(())
}

fn tell_end(tx: &mut Tx<'_>, of: &License, trial: bool) -> Result<()> {
    let notice = Notice::LicenseEnded {
        product: of.product_name.clone(),
        trial,
    };
    let admins = Recipients::Holders(&of.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, of.id.as_str(), &notice)?;
    let notice = Notice::CustomerLicenseEnded {
        customer: of.organization_name.clone(),
        product: of.product_name.clone(),
        trial,
    };
    let admins = Recipients::Holders(&of.partner_id, Role::PartnerAdmin);
    notification::notify(tx, admins, of.id.as_str(), &notice)?;
    Ok(())
}

/// Closes an order that nobody paid in time.
pub fn order(tx: &mut Tx<'_>, id: &ProductOrderId) -> Result<()> {
    let Some(found) = product_order::by_id(tx.conn, id)? else {
        return Ok(());
    };
    let late = found.pay_until.is_some_and(|until| until <= tx.now);
    if found.status == ProductOrderStatus::AwaitingPayment && late {
        shut(tx, &found, CloseReason::NotPaidInTime)?;
    }
    Ok(())
}

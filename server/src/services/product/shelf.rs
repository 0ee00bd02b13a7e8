//! What a partner does with an approved product: puts it on the marketplace (L9), and applies to take it off the shelves (L10).

use super::{facts_of, open};
use crate::auth::viewer::Viewer;
use crate::domain::decision;
use crate::domain::id::ProductId;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::product::{ProductAction, ProductEventKind, ProductStep};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::notification::{self, Recipients};
use crate::store::product::{self, Product};
use crate::store::{Result, Tx, market, organization};

/// Puts an approved product on the marketplace, once every task before it is done.
pub fn list_on_marketplace(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::List)?;
    let listed = Product {
        status: before.status.apply(ProductStep::List)?,
        listed_at: Some(tx.now),
        status_reason: None,
        ..before.clone()
    };
    let after = product::update(tx, &before, listed)?;
    market::follow(tx, &after)?;
    product::add_event(tx, id, ProductEventKind::Listed, None)?;
    product::audit(
        tx,
        &after,
        "product.listed",
        Some(facts_of(&before)),
        Some(facts_of(&after)),
    )?;
    Ok(after)
}

/// Applies to take a product off the shelves; an operator of its category decides.
pub fn apply_to_delist(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId, reason: &str) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::ApplyToDelist)?;
    let applied = Product {
        delisting_applied_by: Some(scope.user_id),
        delisting_applied_at: Some(tx.now),
        delisting_reason: decision::reason(Some(reason), true)?,
        ..before.clone()
    };
    let after = product::update(tx, &before, applied)?;
    let kind = ProductEventKind::DelistingApplied;
    product::add_event(tx, id, kind, after.delisting_reason.as_deref())?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    product::audit(tx, &after, "product.delisting_applied", Some(old), Some(new))?;
    let category = after.category_id.as_ref().ok_or_else(Refusal::not_found)?;
    let notice = Notice::DelistingApplied {
        partner: organization::get(tx.conn, &after.organization_id)?.name,
        product: after.name.clone(),
        reason: after.delisting_reason.clone().unwrap_or_default(),
    };
    notification::notify(tx, Recipients::Operators(category), id.as_str(), &notice)?;
    Ok(after)
}

/// Takes the application back while nobody has decided.
pub fn withdraw_delisting(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductId) -> Result<Product> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, ProductAction::WithdrawDelisting)?;
    let after = product::update(tx, &before, without_application(&before))?;
    product::add_event(tx, id, ProductEventKind::DelistingWithdrawn, None)?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    product::audit(tx, &after, "product.delisting_withdrawn", Some(old), Some(new))?;
    notification::answered(tx, id.as_str(), &[NotificationKind::DelistingApplied])?;
    Ok(after)
}

/// The product without an application to delist it.
pub fn without_application(product: &Product) -> Product {
    Product {
        delisting_applied_by: None,
        delisting_applied_at: None,
        delisting_reason: None,
        ..product.clone()
    }
}

//! Products: written by their partner (`draft`), checked and handed in (`submission`, `facts`), put on the marketplace and taken off
//! the shelves (`shelf`), read by both sides (`reading`). The operator's side is `product_review`.

mod draft;
mod facts;
mod reading;
mod shelf;
mod submission;
#[cfg(test)]
mod tests;

pub use draft::{create, discard, revise, save};
pub use reading::{actions_of, count, count_events, events, find, list, made_before, standing};
pub use shelf::{apply_to_delist, list_on_marketplace, withdraw_delisting, without_application};
pub use submission::{reports, submit};

use serde_json::{Value, json};

use crate::auth::viewer::PartnerScope;
use crate::domain::id::ProductId;
use crate::domain::product::{ProductAction, ProductViewer};
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::product::{self, Product};
use crate::store::product_revision::{self, ProductRevision};
use crate::store::{Fault, Result};

/// The partner's own product, if this admin may do that with it now.
fn open(conn: &mut Conn, scope: &PartnerScope, id: &ProductId, action: ProductAction) -> Result<Product> {
    let found = product::find_own(conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let standing = reading::standing(conn, &found)?;
    standing.require(ProductViewer::PartnerAdmin, action)?;
    Ok(found)
}

/// The revision that is being written or reviewed.
fn open_revision(conn: &mut Conn, of: &Product) -> Result<ProductRevision> {
    match &of.open_revision_id {
        Some(id) => product_revision::get(conn, id),
        None => Err(Fault::Inconsistent {
            table: "products",
            row: of.id.to_string(),
            what: "no open revision".to_owned(),
        }
        .into()),
    }
}

/// What the audit log keeps of a product.
pub fn facts_of(product: &Product) -> Value {
    json!({
        "name": product.name, "status": product.status, "category": product.category_id,
        "chargeForm": product.charge_form, "promotionMode": product.promotion_mode,
        "approvedRevision": product.approved_revision_id, "openRevision": product.open_revision_id,
        "reason": product.status_reason, "delistingReason": product.delisting_reason, "version": product.version,
    })
}

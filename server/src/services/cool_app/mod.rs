//! Cool apps (L21, L22): written and handed in by their partner (`draft`, `submission`), decided and taken off the market (`review`), read
//! by both sides (`reading`) and by customers (`market`). What becomes of them in groups is `cool_app_installation`.

mod draft;
pub mod market;
mod reading;
mod review;
mod submission;

pub use draft::{create, discard, save};
pub use reading::{actions_of, count, count_queue, find, list, made_before, queue};
pub use review::{Review, delist, review};
pub use submission::submit;

use serde_json::{Value, json};

use crate::auth::viewer::PartnerScope;
use crate::domain::cool_app::{CoolAppAction, CoolAppViewer};
use crate::domain::id::{CoolAppId, ProductId};
use crate::domain::problem::Problem;
use crate::domain::product::ProductStatus;
use crate::domain::refusal::Refusal;
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::cool_app::{self, CoolApp, CoolAppScope};
use crate::store::product;

/// The partner's own cool app, read at that version, if this admin may do that with it now.
fn open(conn: &mut Conn, scope: &PartnerScope, id: &CoolAppId, version: i32, action: CoolAppAction) -> Result<CoolApp> {
    let found = cool_app::find(conn, &CoolAppScope::Partner(scope.clone()), id)?.ok_or_else(Refusal::not_found)?;
    CoolAppViewer::PartnerAdmin.require(found.status, action)?;
    match found.version == version {
        true => Ok(found),
        false => Err(Refusal::stale().into()),
    }
}

/// L21: whether a product of the partner's own is on the marketplace. One of somebody else does not exist.
fn is_listed(conn: &mut Conn, scope: &PartnerScope, id: &ProductId) -> Result<bool> {
    let found = product::find_own(conn, scope, id)?.ok_or_else(|| Refusal::not_found().at("productId"))?;
    Ok(found.status == ProductStatus::Listed)
}

/// Refused where it is not.
fn require_listed(conn: &mut Conn, scope: &PartnerScope, id: &ProductId) -> Result<()> {
    match is_listed(conn, scope, id)? {
        true => Ok(()),
        false => Err(Refusal::invalid("productId", Problem::ProductNotListed)
            .advise(crate::domain::locale::Text::new(
                "请先在商品上架中将商品上架应用市场，或选择其他已上架的商品",
                "Put the product on the marketplace on the product shelves first, or choose another one that is there",
            ))
            .into()),
    }
}

/// What the audit log keeps of a cool app.
fn facts_of(app: &CoolApp) -> Value {
    json!({
        "code": app.code.as_str(), "name": app.name, "status": app.status, "product": app.product_id,
        "decision": app.decision, "reason": app.reason, "delistingReason": app.delisting_reason, "version": app.version,
    })
}

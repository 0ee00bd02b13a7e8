//! Drafts: begun with a product that is on the marketplace, saved as they are typed, thrown away while nobody has seen them. Of what is
//! approved the draft is the next update.

use super::{facts_of, open, require_listed};
use crate::auth::viewer::Viewer;
use crate::domain::cool_app::{CoolAppAction, CoolAppCode, CoolAppStatus};
use crate::domain::cool_app_content::CoolAppContent;
use crate::domain::id::{CoolAppId, ProductId};
use crate::domain::refusal::Refusal;
use crate::store::cool_app::{self, CoolApp};
use crate::store::{Result, Tx, product};

/// Begins an application for a product of the partner's own that is on the marketplace; its code is made here and never again.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, product_id: &ProductId) -> Result<CoolApp> {
    let scope = viewer.partner_admin()?;
    require_listed(tx.conn, &scope, product_id)?;
    let made = CoolApp {
        id: tx.id(),
        organization_id: scope.organization_id,
        product_id: product_id.clone(),
        code: CoolAppCode::of(rand::random()),
        status: CoolAppStatus::Draft,
        // What it is called until it has a name of its own.
        name: product::get(tx.conn, product_id)?.name,
        content: serde_json::to_string(&CoolAppContent::default())?,
        approved_content: None,
        search_text: String::new(),
        market_at: None,
        submitted_by: None,
        submitted_at: None,
        due_at: None,
        decided_by: None,
        decided_at: None,
        decision: None,
        reason: None,
        field_reasons: "[]".to_owned(),
        delisted_by: None,
        delisted_at: None,
        delisting_reason: None,
        created_by: scope.user_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
    };
    cool_app::insert(tx, &made)?;
    cool_app::audit(tx, &made, "cool_app.created", None, Some(facts_of(&made)))?;
    Ok(made)
}

/// Saves what was typed into the application that was read at `version`. What is incomplete or wrong is kept as it is; only what cannot
/// be stored is refused.
pub fn save(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &CoolAppId,
    version: i32,
    content: &CoolAppContent,
) -> Result<CoolApp> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, version, CoolAppAction::Edit)?;
    Refusal::unless_valid(content.unstorable())?;
    let text = serde_json::to_string(content)?;
    if text == before.content {
        return Ok(before);
    }
    let name = match content.title() {
        // What the market shows goes on being called what it is called there.
        title if title.is_empty() || before.status.is_on_market() => before.name.clone(),
        title => title,
    };
    let saved = CoolApp {
        content: text,
        name,
        ..before.clone()
    };
    cool_app::update(tx, &before, saved)
}

/// Throws a draft away that never was handed in.
pub fn discard(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId, version: i32) -> Result<CoolApp> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, version, CoolAppAction::Discard)?;
    cool_app::delete(tx, &before)?;
    cool_app::audit(tx, &before, "cool_app.discarded", Some(facts_of(&before)), None)?;
    Ok(before)
}

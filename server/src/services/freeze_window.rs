//! Freeze windows (L17) as the admins of an organisation set them. One that is taken away lets wait nobody any longer.

use serde_json::{Value, json};

use crate::auth::viewer::Viewer;
use crate::domain::freeze_window::FreezeForm;
use crate::domain::id::FreezeWindowId;
use crate::domain::instant::Instant;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::freeze_window::{self, FreezeWindow};
use crate::store::rollout::subscriber;
use crate::store::{Result, Tx};

/// The windows of the acting organisation that are not over, soonest first.
pub fn list(conn: &mut Conn, viewer: &Viewer, now: Instant) -> Result<Vec<FreezeWindow>> {
    freeze_window::list(conn, &viewer.customer_admin()?, now)
}

/// Adds a window. What is being delivered at this moment is finished.
pub fn add(tx: &mut Tx<'_>, viewer: &Viewer, from: Instant, until: Instant, reason: &str) -> Result<FreezeWindow> {
    let scope = viewer.customer_admin()?;
    let there = freeze_window::list(tx.conn, &scope, tx.now)?.len();
    let form = FreezeForm::check(from, until, reason, there, tx.now)?;
    let made = FreezeWindow {
        id: tx.id(),
        organization_id: scope.organization_id,
        from_at: form.from,
        until_at: form.until,
        reason: form.reason,
        created_by: scope.user_id,
        created_at: tx.now,
    };
    freeze_window::insert(tx, &made)?;
    audit(tx, "freeze_window.added", &made, None, Some(facts(&made)))?;
    Ok(made)
}

/// Takes a window away; rollouts that waited for its end go on.
pub fn remove(tx: &mut Tx<'_>, viewer: &Viewer, id: &FreezeWindowId) -> Result<FreezeWindow> {
    let scope = viewer.customer_admin()?;
    let found = freeze_window::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    freeze_window::delete(tx, &found)?;
    subscriber::release(tx, &found.organization_id)?;
    audit(tx, "freeze_window.removed", &found, Some(facts(&found)), None)?;
    Ok(found)
}

fn facts(window: &FreezeWindow) -> Value {
    json!({ "from": window.from_at, "until": window.until_at, "reason": window.reason })
}

fn audit(
    tx: &mut Tx<'_>,
    action: &'static str,
    of: &FreezeWindow,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &of.organization_id,
        action,
        object_id: of.id.as_str(),
        label: &of.reason,
        before,
        after,
    })
}

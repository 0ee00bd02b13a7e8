//! The table of what editions are entitled to (D25).

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::edition::{self, Entitlement};
use crate::store::{Result, Tx};

/// The largest limit; above it, unlimited is what is meant.
const MAX_LIMIT: i32 = 1_000_000;

/// The whole table; for everybody who is signed in.
pub fn list(conn: &mut Conn, _: &Viewer) -> Result<Vec<Entitlement>> {
    edition::all(conn)
}

/// A superadmin sets one limit: `None` is unlimited, 0 is not included. What was delivered before stays.
pub fn set(tx: &mut Tx<'_>, viewer: &Viewer, new: &Entitlement) -> Result<()> {
    let scope = viewer.superadmin()?;
    if new.limit_count.is_some_and(|limit| !(0..=MAX_LIMIT).contains(&limit)) {
        let max = i64::from(MAX_LIMIT);
        return Err(Refusal::invalid("limit", Problem::OutOfRange { min: 0, max }).into());
    }
    let before = edition::set(tx, &scope, new)?;
    let label = format!("{} {}", new.edition, new.feature);
    tx.audit(Fact {
        organization_id: &viewer.organization_id,
        action: "entitlement.set",
        object_id: &label,
        label: &label,
        before: Some(json!({"limit": before})),
        after: Some(json!({"limit": new.limit_count})),
    })
}

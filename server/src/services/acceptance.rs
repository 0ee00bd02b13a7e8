//! Trying an application out before it is accepted (D27): the checklist and its ticks. Signing off is part of closing the
//! maintenance, `instance::close_maintenance`.

use std::collections::HashMap;

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::acceptance::AcceptanceItemKind;
use crate::domain::id::InstanceId;
use crate::domain::instance::InstanceAction;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::acceptance::{self, Ticked};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance};
use crate::store::{Result, Tx};

/// The checklists of instances that the viewer was shown, with what was ticked; nothing for others than the customer's
/// admins.
pub fn checklists(conn: &mut Conn, viewer: &Viewer, of: &[AppInstance]) -> Result<HashMap<InstanceId, Ticked>> {
    match viewer.customer_admin() {
        Ok(_) => acceptance::checklists(conn, of),
        Err(_) => Ok(HashMap::new()),
    }
}

/// Ticks an item while the application is tried out; the first tick counts.
pub fn tick(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    kind: AcceptanceItemKind,
    component_key: &str,
) -> Result<AppInstance> {
    let found = instance::get(tx.conn, &viewer.customer_admin()?, id)?;
    // What can be accepted can be ticked.
    found.status.apply(InstanceAction::CloseMaintenance)?;
    let all = acceptance::checklist(tx.conn, &found)?;
    let item = all
        .into_iter()
        .find(|(item, _)| item.kind == kind && item.component_key == component_key);
    let (item, _) = item.ok_or_else(|| Refusal::invalid("componentKey", Problem::Unknown))?;
    if acceptance::tick(tx, &found.id, &item.key(), &viewer.user_id)? {
        tx.audit(Fact {
            organization_id: &found.organization_id,
            action: "instance.acceptance_item_ticked",
            object_id: found.id.as_str(),
            label: &found.name,
            before: None,
            after: Some(json!({ "kind": kind, "componentKey": component_key, "name": item.name })),
        })?;
    }
    Ok(found)
}

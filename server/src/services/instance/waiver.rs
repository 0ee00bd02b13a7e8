//! Enabling an instance with something still to be done (D23, D24): only what is waived by name, now or before, and the waiver
//! is kept.

use std::collections::HashSet;

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::binding::require_waived;
use crate::store::audit::Fact;
use crate::store::binding::{self, WaivedItem};
use crate::store::instance::AppInstance;
use crate::store::{Result, Tx};

/// Refuses with each open item that is not waived; keeps what is waived anew.
pub(super) fn require(tx: &mut Tx<'_>, viewer: &Viewer, of: &AppInstance, given: &[String]) -> Result<()> {
    let list = binding::of_instance(tx.conn, of)?;
    let waived: HashSet<String> = list.waived.iter().chain(given).cloned().collect();
    require_waived(&list.items, &waived)?;
    let anew = list
        .items
        .iter()
        .filter(|item| !item.done && !list.waived.contains(&item.key()));
    let anew: Vec<WaivedItem> = anew
        .map(|item| WaivedItem {
            key: item.key(),
            kind: item.kind,
            name: item.name.clone(),
        })
        .collect();
    if anew.is_empty() {
        return Ok(());
    }
    binding::insert_waiver(tx, &of.id, &anew, &viewer.user_id)?;
    tx.audit(Fact {
        organization_id: &of.organization_id,
        action: "instance.items_waived",
        object_id: of.id.as_str(),
        label: &of.name,
        before: None,
        after: Some(json!({ "items": anew })),
    })
}

//! Signing an application off (D27): who accepted which version when, with what note, and how the checklist stood.

use crate::auth::viewer::Viewer;
use crate::domain::acceptance::{AcceptanceItem, SignedItem};
use crate::store::acceptance::{self, Acceptance, Tick};
use crate::store::instance::AppInstance;
use crate::store::{Result, Tx};

/// Keeps the sign-off of an instance that the viewer just accepted.
pub(super) fn keep(tx: &mut Tx<'_>, viewer: &Viewer, accepted: &AppInstance) -> Result<()> {
    let signed = |(item, tick): (AcceptanceItem, Option<Tick>)| SignedItem {
        done: tick.is_some() || item.settled,
        kind: item.kind,
        component_key: item.component_key,
        name: item.name,
    };
    let checklist = acceptance::checklist(tx.conn, accepted)?;
    let checklist: Vec<SignedItem> = checklist.into_iter().map(signed).collect();
    let sign_off = Acceptance {
        instance_id: accepted.id.clone(),
        number: 0,
        version_number: accepted.accepted_version.clone(),
        note: accepted.acceptance_note.clone(),
        checklist: serde_json::to_string(&checklist)?,
        accepted_by: viewer.user_id.clone(),
        accepted_at: tx.now,
    };
    acceptance::insert(tx, &sign_off)
}

//! The table of what editions are entitled to (D25), and which edition an organisation has (D26).

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, OrganizationId};
use crate::domain::notification::Notice;
use crate::domain::organization::{EditionName, Role};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::edition::{self, Entitlement};
use crate::store::notification::{self, Recipients};
use crate::store::organization::{self, Organization};
use crate::store::suspension::{self, Effect, Suspension};
use crate::store::{Result, Tx, grouped, instance, instance_component};

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

/// What setting an organisation's edition did.
#[derive(Clone, Debug)]
pub struct EditionChange {
    pub organization: Organization,
    pub effect: Effect,
}

/// A superadmin sets an organisation's edition. D26: what a smaller one no longer covers is suspended, and nothing else; what a
/// larger one covers again comes back.
pub fn set_of_organization(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    corp_id: &str,
    edition: EditionName,
) -> Result<EditionChange> {
    let scope = viewer.superadmin()?;
    let found = organization::by_corp_id(tx.conn, &corp_id.trim().to_lowercase())?;
    let before = found.ok_or_else(|| Refusal::not_found().at("corpId"))?;
    organization::set_edition(tx, &scope, &before.id, edition)?;
    let effect = suspension::settle(tx, &before.id)?;
    let list = |rows: &[Suspension]| {
        let row = |row: &Suspension| json!({ "instanceId": row.instance_id, "componentKey": row.component_key, "feature": row.feature });
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let after = json!({
        "edition": edition, "suspended": list(&effect.suspended), "restored": list(&effect.restored),
    });
    tx.audit_with_actor(Fact {
        organization_id: &before.id,
        action: "organization.edition_set",
        object_id: before.id.as_str(),
        label: &before.name,
        before: Some(json!({ "edition": before.edition })),
        after: Some(after),
    })?;
    tell(tx, &before.id, &effect.suspended)?;
    Ok(EditionChange {
        organization: Organization { edition, ..before },
        effect,
    })
}

/// D26: the organisation's admins learn which parts of which applications are suspended, a notice for each application.
fn tell(tx: &mut Tx<'_>, organization: &OrganizationId, suspended: &[Suspension]) -> Result<()> {
    let by_instance = grouped(
        suspended
            .iter()
            .map(|row| (row.instance_id.clone(), row.component_key.clone())),
    );
    let ids: Vec<InstanceId> = by_instance.keys().cloned().collect();
    for app in instance::by_ids(tx.conn, &ids)? {
        let keys = by_instance.get(&app.id).map_or(&[][..], Vec::as_slice);
        let notice = Notice::PartsSuspended {
            application: app.name,
            parts: instance_component::names(tx.conn, &app.id, keys)?,
        };
        let admins = Recipients::Holders(organization, Role::CustomerAdmin);
        notification::notify(tx, admins, app.id.as_str(), &notice)?;
    }
    Ok(())
}

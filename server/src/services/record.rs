//! Records of an instance (D27, D30): adding one. Reading needs no more than seeing the instance.

use serde_json::{Value, json};

use crate::auth::viewer::Viewer;
use crate::domain::component::ComponentKind;
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::instance::InstanceAction;
use crate::domain::record_form;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::record::{self, AppRecord};
use crate::store::{Result, Tx, instance};

/// Adds a record to a form page: an admin while trying the application out or using it, a developer in a remote maintenance,
/// an employee once it is enabled for them.
pub fn submit(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, page_key: &str, data: &Value) -> Result<AppRecord> {
    let found = instance::get(tx.conn, &viewer.instance_user()?, id)?;
    found.status.apply(InstanceAction::Open)?;
    let page = instance::component(tx.conn, &found, page_key)?
        .filter(|component| component.kind == ComponentKind::FormPage)
        .ok_or_else(|| Refusal::not_found().at("pageKey"))?;
    record_form::check(&serde_json::from_str(&page.definition)?, data)?;
    let row = AppRecord {
        id: tx.id(),
        instance_id: found.id.clone(),
        organization_id: found.organization_id.clone(),
        page_key: page.key.clone(),
        data: data.to_string(),
        search_text: record_form::search_text(data),
        sample: false,
        created_by: Some(viewer.user_id.clone()),
        created_at: tx.now,
    };
    record::insert(tx, &row)?;
    let fact = Fact {
        organization_id: &found.organization_id,
        action: "record.created",
        object_id: row.id.as_str(),
        label: &page.name,
        before: None,
        after: Some(json!({ "instanceId": found.id, "pageKey": page.key })),
    };
    tx.audit(fact)?;
    Ok(row)
}

/// A record by its id alone, in whichever instance that the viewer sees.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &RecordId) -> Result<Option<AppRecord>> {
    let scope = viewer.instance_user()?;
    match record::find_own(conn, &scope, id)? {
        Some(row) => Ok(instance::find(conn, &scope, &row.instance_id)?.map(|_| row)),
        None => Ok(None),
    }
}

/// A record by id within an instance that the viewer sees.
pub fn find(conn: &mut Conn, viewer: &Viewer, instance_id: &InstanceId, id: &RecordId) -> Result<Option<AppRecord>> {
    let found = instance::get(conn, &viewer.instance_user()?, instance_id)?;
    record::find(conn, &found, id)
}

//! Re-binding of an instance after a delivery (D23, D24): the customer's admin, or a developer in a remote maintenance, fills in
//! secrets and says what was done; members of the organisation are the admin's alone to choose. That an instance may not be
//! enabled with something open is decided in `instance`.

use std::collections::{BTreeSet, HashMap};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::auth::sealing::Sealing;
use crate::auth::viewer::Viewer;
use crate::domain::binding::{BindingItem, BindingWay, MEMBERS_MAX, require_secret};
use crate::domain::id::{InstanceId, UserId};
use crate::domain::instance::InstanceAction;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::binding::{self, Checklist, Waiver};
use crate::store::conn::Conn;
use crate::store::instance::{self, AppInstance};
use crate::store::{Result, Tx, membership};

/// Names a secret of a connector.
#[derive(Clone, Debug)]
pub struct Slot {
    pub component_key: String,
    pub name: String,
}

impl Slot {
    /// Where a sealed secret belongs: it opens nowhere else.
    fn place(&self, instance: &InstanceId) -> String {
        json!([instance, self.component_key, self.name]).to_string()
    }
}

/// What is to be done in instances that the viewer was shown, and what was; nothing for an employee.
pub fn checklists(conn: &mut Conn, viewer: &Viewer, of: &[AppInstance]) -> Result<HashMap<InstanceId, Checklist>> {
    match viewer.instance_keeper() {
        Ok(_) => binding::of_instances(conn, of),
        Err(_) => Ok(HashMap::new()),
    }
}

/// What was waived of instances that the viewer was shown; for the customer's admin.
pub fn waivers(conn: &mut Conn, viewer: &Viewer, of: &[InstanceId]) -> Result<Vec<Waiver>> {
    match viewer.customer_admin() {
        Ok(_) => binding::waivers(conn, of),
        Err(_) => Ok(Vec::new()),
    }
}

/// The instance for whoever fills in what is open. What the customer closed (D29) is the admin's alone to make ready again, and
/// no more than its pages a matter of a remote maintenance.
fn keep(conn: &mut Conn, viewer: &Viewer, id: &InstanceId) -> Result<AppInstance> {
    let found = instance::get(conn, &viewer.instance_keeper()?, id)?;
    if viewer.customer_admin().is_err() {
        found.status.apply(InstanceAction::Open)?;
    }
    Ok(found)
}

/// D23: fills in a secret of a connector, or takes it out again. It is sealed before it is stored and never shown again.
pub fn set_secret(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    sealing: &Sealing,
    id: &InstanceId,
    slot: &Slot,
    value: Option<&SecretString>,
) -> Result<AppInstance> {
    let found = keep(tx.conn, viewer, id)?;
    let items = binding::of_instance(tx.conn, &found)?.items;
    let is_asked = |item: &&BindingItem| {
        item.component_key == slot.component_key && item.slots.iter().any(|(name, _)| *name == slot.name)
    };
    let item = items
        .iter()
        .find(is_asked)
        .ok_or_else(|| Refusal::not_found().at("slot"))?;
    let event = match value {
        Some(value) => {
            require_secret(value.expose_secret())?;
            let sealed = sealing
                .seal(&slot.place(&found.id), value)
                .map_err(anyhow::Error::from)?;
            let by = &viewer.user_id;
            binding::set(tx, &found.id, &slot.component_key, &slot.name, Some(&sealed), by)?;
            "binding.secret_set"
        }
        None if binding::clear(tx, &found.id, &slot.component_key, &slot.name)? => "binding.secret_cleared",
        None => return Ok(found),
    };
    let after = json!({ "component": item.name, "componentKey": item.component_key, "secret": slot.name });
    record(tx, &found, event, None, after)?;
    Ok(found)
}

/// D24: chooses the members of a role or contact among those of the organisation.
pub fn set_members(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &InstanceId,
    component_key: &str,
    members: &[UserId],
) -> Result<AppInstance> {
    let scope = viewer.customer_admin()?;
    let found = instance::get(tx.conn, &scope, id)?;
    let before = binding::of_instance(tx.conn, &found)?;
    let is_asked =
        |item: &&BindingItem| item.component_key == component_key && item.kind.way() == BindingWay::ChooseMembers;
    let item = before
        .items
        .iter()
        .find(is_asked)
        .ok_or_else(|| Refusal::not_found().at("componentKey"))?;
    if members.len() > MEMBERS_MAX {
        return Err(Refusal::invalid("memberIds", Problem::TooMany { max: MEMBERS_MAX }).into());
    }
    let wanted: BTreeSet<&UserId> = members.iter().collect();
    let wanted: Vec<UserId> = wanted.into_iter().cloned().collect();
    if membership::members_by_ids(tx.conn, &scope, &wanted)?.len() < wanted.len() {
        return Err(Refusal::invalid("memberIds", Problem::Unknown).into());
    }
    binding::set_members(tx, &found.id, component_key, &wanted)?;
    let state =
        |members: &[UserId]| json!({ "component": item.name, "componentKey": component_key, "memberIds": members });
    let had = before.members.get(component_key).map(Vec::as_slice).unwrap_or_default();
    record(tx, &found, "binding.members_set", Some(state(had)), state(&wanted))?;
    Ok(found)
}

/// D24: a person says that something was done, or that it is to be done again: an assistant activated, a data preparation run,
/// an automation enabled, a connector's code written.
pub fn confirm(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, item_key: &str, done: bool) -> Result<AppInstance> {
    let found = keep(tx.conn, viewer, id)?;
    let items = binding::of_instance(tx.conn, &found)?.items;
    let item = items
        .iter()
        .find(|item| item.key() == item_key)
        .ok_or_else(|| Refusal::not_found().at("item"))?;
    let event = match done {
        true => {
            item.require_confirmable()?;
            binding::set(tx, &found.id, &item.component_key, "", None, &viewer.user_id)?;
            "binding.confirmed"
        }
        false if item.kind.way() == BindingWay::Confirm && binding::clear(tx, &found.id, &item.component_key, "")? => {
            "binding.reopened"
        }
        false => return Ok(found),
    };
    let after = json!({ "component": item.name, "componentKey": item.component_key, "kind": item.kind });
    record(tx, &found, event, None, after)?;
    Ok(found)
}

fn record(tx: &mut Tx<'_>, of: &AppInstance, action: &'static str, before: Option<Value>, after: Value) -> Result<()> {
    tx.audit(Fact {
        organization_id: &of.organization_id,
        action,
        object_id: of.id.as_str(),
        label: &of.name,
        before,
        after: Some(after),
    })
}

//! Re-binding of instances (D23, D24): what people filled in, whom they put into roles and contacts, and what they waived. Kept
//! apart from the components, so that no delivery clears it. Whoever calls was allowed to see the instance. Secrets go in
//! sealed and are never read for people.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::application_component;
use super::conn::Conn;
use super::instance::AppInstance;
use super::schema::{
    deliveries, instance_bindings, instance_components, instance_members, instance_waivers, memberships,
};
use super::{Result, Tx};
use crate::domain::arrival::arriving;
use crate::domain::binding::{BindingItem, BindingKind, BoundPart, Filled, Origins, checklist};
use crate::domain::component::ComponentKind;
use crate::domain::id::{ApplicationVersionId, DeliveryId, InstanceId, UserId, WaiverId};
use crate::domain::instance::ComponentState;
use crate::domain::instant::Instant;

/// That something was filled in or done; what it was is not among it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = instance_bindings)]
pub struct Binding {
    pub component_key: String,
    /// Empty for the component as a whole.
    pub slot: String,
    pub set_by: UserId,
    pub set_at: Instant,
}

/// An instance that was enabled with something still to be done.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = instance_waivers)]
pub struct Waiver {
    pub id: WaiverId,
    pub instance_id: InstanceId,
    /// JSON, see [`Waiver::parsed_items`].
    pub items: String,
    pub waived_by: UserId,
    pub waived_at: Instant,
}

/// An item as it stood when it was waived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaivedItem {
    pub key: String,
    pub kind: BindingKind,
    pub name: String,
}

impl Waiver {
    /// What was waived.
    pub fn parsed_items(&self) -> Result<Vec<WaivedItem>> {
        Ok(serde_json::from_str(&self.items)?)
    }
}

/// Everything about the re-binding of one instance.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    pub items: Vec<BindingItem>,
    pub bindings: Vec<Binding>,
    /// Members by the key of their role or contact.
    pub members: BTreeMap<String, Vec<UserId>>,
    /// Keys of items that were waived.
    pub waived: HashSet<String>,
}

/// The kinds of component that may wait for a person.
const KINDS: [ComponentKind; 6] = [
    ComponentKind::Connector,
    ComponentKind::Role,
    ComponentKind::Contact,
    ComponentKind::AiAssistant,
    ComponentKind::DataPreparation,
    ComponentKind::Automation,
];

/// Works out what is to be done in an instance, and what was.
pub fn of_instance(conn: &mut Conn, instance: &AppInstance) -> Result<Checklist> {
    let (parts, origins) = arrived(conn, instance)?;
    if parts.is_empty() {
        return Ok(Checklist::default());
    }
    let bindings = bindings(conn, &instance.id)?;
    let members = members(conn, instance)?;
    let filled: Filled = bindings
        .iter()
        .map(|it| (it.component_key.clone(), it.slot.clone()))
        .collect();
    let with_members: HashSet<String> = members.keys().cloned().collect();
    let mut waived = HashSet::new();
    for waiver in waivers(conn, &instance.id)? {
        waived.extend(waiver.parsed_items()?.into_iter().map(|item| item.key));
    }
    Ok(Checklist {
        items: checklist(&parts, &origins, &filled, &with_members),
        bindings,
        members,
        waived,
    })
}

/// What arrived, and the versions that it arrived from.
fn arrived(conn: &mut Conn, instance: &AppInstance) -> Result<(Vec<BoundPart>, Vec<Origins>)> {
    type Row = (String, ComponentKind, String, ComponentState, DeliveryId);
    let rows: Vec<Row> = instance_components::table
        .filter(instance_components::instance_id.eq(&instance.id))
        .filter(instance_components::kind.eq_any(KINDS))
        .order((instance_components::position.asc(), instance_components::key.asc()))
        .select((
            instance_components::key,
            instance_components::kind,
            instance_components::name,
            instance_components::state,
            instance_components::delivery_id,
        ))
        .load(conn)?;
    // Only connectors and automations that wait for one need what stands in their version.
    let needs = |row: &Row| {
        row.1 == ComponentKind::Connector || (row.1 == ComponentKind::Automation && row.3 == ComponentState::Disabled)
    };
    let wanted: HashSet<DeliveryId> = rows.iter().filter(|row| needs(row)).map(|row| row.4.clone()).collect();
    let sources = sources(conn, wanted)?;
    let mut parts = Vec::with_capacity(rows.len());
    for (key, kind, name, state, delivery) in rows {
        let found = sources.iter().position(|source| source.deliveries.contains(&delivery));
        let secrets = found.and_then(|at| sources[at].connectors.get(&key));
        let (secrets, has_code) = secrets.cloned().unwrap_or_default();
        parts.push(BoundPart {
            key,
            kind,
            name,
            state,
            secrets,
            has_code,
            origin: found,
        });
    }
    Ok((parts, sources.into_iter().map(|source| source.origins).collect()))
}

/// One version that something arrived from.
struct Source {
    deliveries: HashSet<DeliveryId>,
    origins: Origins,
    /// Names of secrets by connector, and whether it had code.
    connectors: HashMap<String, (Vec<String>, bool)>,
}

fn sources(conn: &mut Conn, wanted: HashSet<DeliveryId>) -> Result<Vec<Source>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(DeliveryId, ApplicationVersionId)> = deliveries::table
        .filter(deliveries::id.eq_any(wanted))
        .select((deliveries::id, deliveries::version_id))
        .load(conn)?;
    let mut versions: BTreeMap<ApplicationVersionId, HashSet<DeliveryId>> = BTreeMap::new();
    for (delivery, version) in rows {
        versions.entry(version).or_default().insert(delivery);
    }
    let mut sources = Vec::with_capacity(versions.len());
    for (version, deliveries) in versions {
        let mut origins = Origins::default();
        for head in application_component::heads(conn, std::slice::from_ref(&version))? {
            if head.kind == ComponentKind::Connector {
                origins.connectors.insert(head.key.clone(), head.name.clone());
            }
            origins
                .dependencies
                .insert(head.key.clone(), head.parsed_dependencies()?);
        }
        let mut connectors = HashMap::new();
        for connector in application_component::of_kind(conn, &version, ComponentKind::Connector)? {
            let definition = serde_json::from_str(&connector.definition).unwrap_or_default();
            let mut arrival = arriving(ComponentKind::Connector, definition);
            arrival.secrets.retain(|name| !name.is_empty());
            connectors.insert(connector.key, (arrival.secrets, arrival.code_removed));
        }
        sources.push(Source {
            deliveries,
            origins,
            connectors,
        });
    }
    Ok(sources)
}

fn bindings(conn: &mut Conn, instance: &InstanceId) -> Result<Vec<Binding>> {
    let query = instance_bindings::table
        .filter(instance_bindings::instance_id.eq(instance))
        .order((instance_bindings::component_key.asc(), instance_bindings::slot.asc()))
        .select(Binding::as_select());
    Ok(query.load(conn)?)
}

/// Members of the instance's roles and contacts; whoever has left the organisation is none.
fn members(conn: &mut Conn, instance: &AppInstance) -> Result<BTreeMap<String, Vec<UserId>>> {
    let rows: Vec<(String, UserId)> = instance_members::table
        .inner_join(memberships::table.on(memberships::user_id.eq(instance_members::user_id)))
        .filter(instance_members::instance_id.eq(&instance.id))
        .filter(memberships::organization_id.eq(&instance.organization_id))
        .filter(memberships::active.eq(true))
        .order((instance_members::component_key.asc(), instance_members::user_id.asc()))
        .select((instance_members::component_key, instance_members::user_id))
        .load(conn)?;
    let mut members: BTreeMap<String, Vec<UserId>> = BTreeMap::new();
    for (key, user) in rows {
        members.entry(key).or_default().push(user);
    }
    Ok(members)
}

/// What was waived of an instance, oldest first.
pub fn waivers(conn: &mut Conn, instance: &InstanceId) -> Result<Vec<Waiver>> {
    let query = instance_waivers::table
        .filter(instance_waivers::instance_id.eq(instance))
        .order(instance_waivers::id.asc())
        .select(instance_waivers::all_columns);
    Ok(query.load(conn)?)
}

/// Fills a slot, with a sealed secret where it is one; what was there before is gone.
pub fn set(
    tx: &mut Tx<'_>,
    instance: &InstanceId,
    component: &str,
    slot: &str,
    sealed: Option<&str>,
    by: &UserId,
) -> Result<()> {
    clear(tx, instance, component, slot)?;
    let row = (
        instance_bindings::instance_id.eq(instance),
        instance_bindings::component_key.eq(component),
        instance_bindings::slot.eq(slot),
        instance_bindings::sealed.eq(sealed),
        instance_bindings::set_by.eq(by),
        instance_bindings::set_at.eq(tx.now),
    );
    diesel::insert_into(instance_bindings::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// Empties a slot; whether it was filled.
pub fn clear(tx: &mut Tx<'_>, instance: &InstanceId, component: &str, slot: &str) -> Result<bool> {
    let filled = instance_bindings::table.find((instance, component, slot));
    Ok(diesel::delete(filled).execute(tx.conn)? == 1)
}

/// Replaces the members of a role or contact.
pub fn set_members(tx: &mut Tx<'_>, instance: &InstanceId, component: &str, members: &[UserId]) -> Result<()> {
    let before = instance_members::table
        .filter(instance_members::instance_id.eq(instance))
        .filter(instance_members::component_key.eq(component));
    diesel::delete(before).execute(tx.conn)?;
    for member in members {
        let row = (
            instance_members::instance_id.eq(instance),
            instance_members::component_key.eq(component),
            instance_members::user_id.eq(member),
        );
        diesel::insert_into(instance_members::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Keeps a waiver.
pub fn insert_waiver(tx: &mut Tx<'_>, instance: &InstanceId, items: &[WaivedItem], by: &UserId) -> Result<()> {
    let row = Waiver {
        id: tx.id(),
        instance_id: instance.clone(),
        items: serde_json::to_string(items)?,
        waived_by: by.clone(),
        waived_at: tx.now,
    };
    diesel::insert_into(instance_waivers::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

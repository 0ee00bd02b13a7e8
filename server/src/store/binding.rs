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
    app_instances, deliveries, instance_bindings, instance_components, instance_members, instance_waivers, memberships,
};
use super::{Result, Tx, grouped};
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
    let mut found = of_instances(conn, std::slice::from_ref(instance))?;
    Ok(found.remove(&instance.id).unwrap_or_default())
}

/// The same of several instances; absent where nothing waits for anybody.
pub fn of_instances(conn: &mut Conn, of: &[AppInstance]) -> Result<HashMap<InstanceId, Checklist>> {
    let (parts, origins) = arrived(conn, of)?;
    if parts.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<InstanceId> = parts.keys().cloned().collect();
    let mut bindings = bindings(conn, &ids)?;
    let mut members = members(conn, &ids)?;
    let mut waived: HashMap<InstanceId, HashSet<String>> = HashMap::new();
    for waiver in waivers(conn, &ids)? {
        let items = waiver.parsed_items()?.into_iter().map(|item| item.key);
        waived.entry(waiver.instance_id).or_default().extend(items);
    }
    let list = |(id, parts): (InstanceId, Vec<BoundPart>)| {
        let (bindings, members) = (
            bindings.remove(&id).unwrap_or_default(),
            members.remove(&id).unwrap_or_default(),
        );
        let filled: Filled = bindings
            .iter()
            .map(|it| (it.component_key.clone(), it.slot.clone()))
            .collect();
        let with_members: HashSet<String> = members.keys().cloned().collect();
        let list = Checklist {
            items: checklist(&parts, &origins, &filled, &with_members),
            bindings,
            members,
            waived: waived.remove(&id).unwrap_or_default(),
        };
        (id, list)
    };
    Ok(parts.into_iter().map(list).collect())
}

/// What arrived in each instance.
type Arrived = HashMap<InstanceId, Vec<BoundPart>>;

/// What arrived, and the versions that it arrived from.
fn arrived(conn: &mut Conn, of: &[AppInstance]) -> Result<(Arrived, Vec<Origins>)> {
    type Row = (String, ComponentKind, String, ComponentState, DeliveryId);
    let ids = of.iter().map(|instance| &instance.id);
    let rows: Vec<(InstanceId, Row)> = instance_components::table
        .filter(instance_components::instance_id.eq_any(ids))
        .filter(instance_components::kind.eq_any(KINDS))
        .order((
            instance_components::instance_id.asc(),
            instance_components::position.asc(),
            instance_components::key.asc(),
        ))
        .select((
            instance_components::instance_id,
            (
                instance_components::key,
                instance_components::kind,
                instance_components::name,
                instance_components::state,
                instance_components::delivery_id,
            ),
        ))
        .load(conn)?;
    // Only connectors and automations that wait for one need what stands in their version.
    let needs = |row: &Row| {
        row.1 == ComponentKind::Connector || (row.1 == ComponentKind::Automation && row.3 == ComponentState::Disabled)
    };
    let wanted = rows.iter().filter(|(_, row)| needs(row));
    let wanted: HashSet<DeliveryId> = wanted.map(|(_, row)| row.4.clone()).collect();
    let sources = sources(conn, wanted)?;
    let mut parts = Arrived::new();
    for (instance, (key, kind, name, state, delivery)) in rows {
        let found = sources.iter().position(|source| source.deliveries.contains(&delivery));
        let secrets = found.and_then(|at| sources[at].connectors.get(&key));
        let (secrets, has_code) = secrets.cloned().unwrap_or_default();
        parts.entry(instance).or_default().push(BoundPart {
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
#[derive(Default)]
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
    let mut sources: BTreeMap<ApplicationVersionId, Source> = BTreeMap::new();
    for (delivery, version) in rows {
        sources.entry(version).or_default().deliveries.insert(delivery);
    }
    let versions: Vec<ApplicationVersionId> = sources.keys().cloned().collect();
    for head in application_component::heads(conn, &versions)? {
        let Some(source) = sources.get_mut(&head.version_id) else {
            continue;
        };
        if head.kind == ComponentKind::Connector {
            source.origins.connectors.insert(head.key.clone(), head.name.clone());
        }
        let dependencies = head.parsed_dependencies()?;
        source.origins.dependencies.insert(head.key.clone(), dependencies);
    }
    for connector in application_component::of_kind(conn, &versions, ComponentKind::Connector)? {
        let definition = serde_json::from_str(&connector.definition).unwrap_or_default();
        let mut arrival = arriving(ComponentKind::Connector, definition);
        arrival.secrets.retain(|name| !name.is_empty());
        if let Some(source) = sources.get_mut(&connector.version_id) {
            let found = (arrival.secrets, arrival.code_removed);
            source.connectors.insert(connector.key, found);
        }
    }
    Ok(sources.into_values().collect())
}

fn bindings(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<InstanceId, Vec<Binding>>> {
    let rows: Vec<(InstanceId, Binding)> = instance_bindings::table
        .filter(instance_bindings::instance_id.eq_any(instances))
        .order((instance_bindings::component_key.asc(), instance_bindings::slot.asc()))
        .select((instance_bindings::instance_id, Binding::as_select()))
        .load(conn)?;
    Ok(grouped(rows))
}

/// Members of roles and contacts; whoever has left the organisation is none.
fn members(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<InstanceId, BTreeMap<String, Vec<UserId>>>> {
    let of_organization = memberships::user_id
        .eq(instance_members::user_id)
        .and(memberships::organization_id.eq(app_instances::organization_id));
    let rows: Vec<(InstanceId, String, UserId)> = instance_members::table
        .inner_join(app_instances::table.on(app_instances::id.eq(instance_members::instance_id)))
        .inner_join(memberships::table.on(of_organization))
        .filter(instance_members::instance_id.eq_any(instances))
        .filter(memberships::active.eq(true))
        .order((instance_members::component_key.asc(), instance_members::user_id.asc()))
        .select((
            instance_members::instance_id,
            instance_members::component_key,
            instance_members::user_id,
        ))
        .load(conn)?;
    let mut members: HashMap<InstanceId, BTreeMap<String, Vec<UserId>>> = HashMap::new();
    for (instance, key, user) in rows {
        members.entry(instance).or_default().entry(key).or_default().push(user);
    }
    Ok(members)
}

/// What was waived of instances, oldest first.
pub fn waivers(conn: &mut Conn, instances: &[InstanceId]) -> Result<Vec<Waiver>> {
    let query = instance_waivers::table
        .filter(instance_waivers::instance_id.eq_any(instances))
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

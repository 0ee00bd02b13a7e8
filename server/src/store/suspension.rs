//! Suspended components (D26): what an organisation's edition no longer covers. Kept apart from the components, which stay as
//! they are. What is suspended is decided by `domain::suspension`.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::instance::AppInstance;
use super::schema::{app_instances, component_suspensions, instance_components};
use super::{Fault, Result, Tx, edition, organization};
use crate::domain::component::{ComponentKind, Feature};
use crate::domain::id::{InstanceId, OrganizationId};
use crate::domain::instance::InstanceStatus;
use crate::domain::instant::Instant;
use crate::domain::suspension::{Held, refusal, suspended};

/// A component that is suspended.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = component_suspensions)]
pub struct Suspension {
    pub instance_id: InstanceId,
    pub component_key: String,
    pub organization_id: OrganizationId,
    /// The feature that is lacking.
    pub feature: Feature,
    pub suspended_at: Instant,
}

/// What a change of what an organisation is entitled to did to its applications.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    pub suspended: Vec<Suspension>,
    pub restored: Vec<Suspension>,
}

/// The suspended components of instances that the caller was allowed to see.
pub fn of_instances(conn: &mut Conn, instances: &[InstanceId]) -> Result<Vec<Suspension>> {
    let query = component_suspensions::table
        .filter(component_suspensions::instance_id.eq_any(instances))
        .order(component_suspensions::component_key.asc())
        .select(component_suspensions::all_columns);
    Ok(query.load(conn)?)
}

/// Refuses to use a component of an instance while it is suspended.
pub fn require_covered(conn: &mut Conn, instance: &AppInstance, key: &str) -> Result<()> {
    let lacking: Option<Feature> = component_suspensions::table
        .find((&instance.id, key))
        .select(component_suspensions::feature)
        .first(conn)
        .optional()?;
    match lacking {
        Some(feature) => Err(refusal(feature).into()),
        None => Ok(()),
    }
}

/// Works out what the organisation's edition covers now and suspends and restores exactly what differs.
pub fn settle(tx: &mut Tx<'_>, id: &OrganizationId) -> Result<Effect> {
    let edition = organization::get(tx.conn, id)?.edition;
    let limits = edition::limits(tx.conn, edition)?;
    let wanted = suspended(&held(tx.conn, id)?, &limits);
    let stored: Vec<Suspension> = component_suspensions::table
        .filter(component_suspensions::organization_id.eq(id))
        .order((
            component_suspensions::instance_id.asc(),
            component_suspensions::component_key.asc(),
        ))
        .select(component_suspensions::all_columns)
        .load(tx.conn)?;
    let mut before: BTreeMap<(String, String), Suspension> = BTreeMap::new();
    for row in stored {
        before.insert((row.instance_id.to_string(), row.component_key.clone()), row);
    }
    let mut effect = Effect::default();
    for ((instance, component), feature) in &wanted {
        let known = before.remove(&(instance.clone(), component.clone()));
        if known.as_ref().is_some_and(|row| row.feature == *feature) {
            continue;
        }
        if let Some(row) = &known {
            delete(tx, row)?;
        }
        let row = Suspension {
            instance_id: instance.parse().map_err(anyhow::Error::from)?,
            component_key: component.clone(),
            organization_id: id.clone(),
            feature: *feature,
            suspended_at: known.as_ref().map_or(tx.now, |row| row.suspended_at),
        };
        diesel::insert_into(component_suspensions::table)
            .values(&row)
            .execute(tx.conn)?;
        if known.is_none() {
            effect.suspended.push(row);
        }
    }
    for (_, row) in before {
        delete(tx, &row)?;
        effect.restored.push(row);
    }
    Ok(effect)
}

fn delete(tx: &mut Tx<'_>, row: &Suspension) -> Result<()> {
    let found = component_suspensions::table.find((&row.instance_id, &row.component_key));
    diesel::delete(found).execute(tx.conn)?;
    Ok(())
}

/// What the organisation's applications hold, in the order in which it came.
fn held(conn: &mut Conn, organization: &OrganizationId) -> Result<Vec<Held>> {
    let rows: Vec<(InstanceId, String, ComponentKind, String)> = instance_components::table
        .inner_join(app_instances::table.on(app_instances::id.eq(instance_components::instance_id)))
        .filter(app_instances::organization_id.eq(organization))
        .filter(app_instances::arrived.eq(true))
        .filter(app_instances::status.ne(InstanceStatus::Removed))
        .order((
            app_instances::id.asc(),
            instance_components::position.asc(),
            instance_components::key.asc(),
        ))
        .select((
            app_instances::id,
            instance_components::key,
            instance_components::kind,
            instance_components::required_features,
        ))
        .load(conn)?;
    let held = |(instance, key, kind, features): (InstanceId, String, ComponentKind, String)| {
        let features: Vec<Feature> = serde_json::from_str(&features).map_err(|error| Fault::Inconsistent {
            table: "instance_components",
            row: format!("{instance} {key}"),
            what: format!("required features {features}: {error}"),
        })?;
        Ok(Held {
            instance_id: instance.to_string(),
            key,
            is_page: kind.is_page(),
            features,
        })
    };
    rows.into_iter().map(held).collect()
}

//! Gathers what `domain::preflight` needs to know of a version and its target, and has it work out the plan. The dry run and
//! the send both come here, so that they cannot differ.

use std::collections::{HashMap, HashSet};

use super::application_component::{self, ComponentHead};
use super::conn::Conn;
use super::instance_component::Head;
use super::{Fault, Result, edition, instance_component, organization, record};
use crate::domain::arrival::arriving;
use crate::domain::component::{ComponentKind, Feature};
use crate::domain::id::{ApplicationVersionId, InstanceId, OrganizationId};
use crate::domain::preflight::{
    Holdings, PER_APPLICATION, Part, Plan, Selection, SendOptions, SkipReason, Target, plan, plan_of, plan_over,
};

/// What is to be sent from whom to whom.
#[derive(Clone, Debug)]
pub struct Send<'a> {
    pub version_id: &'a ApplicationVersionId,
    pub partner_id: &'a OrganizationId,
    pub customer_id: &'a OrganizationId,
    pub options: SendOptions,
    pub extent: Extent<'a>,
}

/// How much of the version is sent.
#[derive(Clone, Debug)]
pub enum Extent<'a> {
    /// All of it, into an instance of its own. What an earlier attempt wrote there does not count twice.
    Whole { begun: Option<&'a InstanceId> },
    /// All of it but what stays as it is, into an instance that is there (L17).
    Over {
        stays: &'a HashMap<String, SkipReason>,
        instance: &'a InstanceId,
    },
    /// Some pages or components, into an instance that is there.
    Chosen {
        keys: &'a HashSet<String>,
        instance: &'a InstanceId,
    },
}

/// Works out what the send would do now. Reads only.
pub fn of_send(conn: &mut Conn, send: &Send<'_>) -> Result<Plan> {
    let parts = parts(conn, send.version_id)?;
    let source = organization::get(conn, send.partner_id)?.edition;
    let edition = organization::get(conn, send.customer_id)?.edition;
    let begun = match &send.extent {
        Extent::Whole { begun } => *begun,
        Extent::Over { .. } | Extent::Chosen { .. } => None,
    };
    let mut target = Target {
        edition,
        limits: edition::limits(conn, edition)?,
        holds: edition::holdings(conn, send.customer_id, begun)?,
        replaced: Holdings::new(),
    };
    let (keys, instance) = match &send.extent {
        Extent::Whole { .. } => return Ok(plan(&parts, send.options, source, &target)),
        Extent::Over { stays, instance } => {
            let there = instance_component::heads(conn, instance)?;
            let keys: HashSet<&str> = parts.iter().map(|part| part.key.as_str()).collect();
            let sent = |key: &str| keys.contains(key) && !stays.contains_key(key);
            count(&mut target, &there, sent)?;
            return Ok(plan_over(&parts, send.options, source, &target, stays));
        }
        Extent::Chosen { keys, instance } => (*keys, *instance),
    };
    let there = instance_component::heads(conn, instance)?;
    count(&mut target, &there, |key| keys.contains(key))?;
    let present: HashSet<String> = there.into_iter().map(|head| head.key).collect();
    let removed: Vec<&str> = keys.difference(&present).map(String::as_str).collect();
    let selection = Selection {
        chosen: keys,
        present: &present,
        sampled: &record::with_samples(conn, instance, &removed)?,
    };
    Ok(plan_of(&parts, selection, send.options, source, &target))
}

/// Counts what the application that receives has, and what of it is taken the place of.
fn count(target: &mut Target, there: &[Head], replaced: impl Fn(&str) -> bool) -> Result<()> {
    for head in there {
        let features: Vec<Feature> = serde_json::from_str(&head.required_features)?;
        let counted = features
            .into_iter()
            .chain(head.kind.is_page().then_some(PER_APPLICATION));
        for feature in counted {
            if feature == PER_APPLICATION {
                *target.holds.entry(feature).or_default() += 1;
            }
            if replaced(&head.key) {
                *target.replaced.entry(feature).or_default() += 1;
            }
        }
    }
    Ok(())
}

/// The components of a version, in order.
fn parts(conn: &mut Conn, version: &ApplicationVersionId) -> Result<Vec<Part>> {
    let heads = application_component::heads(conn, std::slice::from_ref(version))?;
    let rows: HashMap<String, i64> = application_component::sample_row_counts(conn, version)?
        .into_iter()
        .collect();
    let mut connectors: HashMap<String, (Vec<String>, bool)> = HashMap::new();
    for connector in application_component::of_kind(conn, std::slice::from_ref(version), ComponentKind::Connector)? {
        // A definition that cannot be read fails when it is sent, with its name; here it has nothing to tell.
        let definition = serde_json::from_str(&connector.definition).unwrap_or_default();
        let arrival = arriving(ComponentKind::Connector, definition);
        connectors.insert(connector.key, (arrival.secrets, arrival.code_removed));
    }
    let part = |head: ComponentHead| -> Result<Part> {
        let (secrets, has_code) = connectors.remove(&head.key).unwrap_or_default();
        let sample_rows = rows.get(&head.key).copied().unwrap_or(0);
        Ok(Part {
            dependencies: head.parsed_dependencies()?,
            required_features: head.parsed_features()?,
            sample_rows: u32::try_from(sample_rows).map_err(|_| Fault::Inconsistent {
                table: "application_sample_rows",
                row: head.key.clone(),
                what: format!("{sample_rows} rows"),
            })?,
            key: head.key,
            kind: head.kind,
            name: head.name,
            secrets,
            has_code,
        })
    };
    heads.into_iter().map(part).collect()
}

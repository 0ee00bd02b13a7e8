//! What the engine does before it writes the first item: the checks of the dry run, the instance of an application that is sent
//! for the first time, and how each item arrives.

use std::collections::{HashMap, HashSet};

use crate::domain::arrival;
use crate::domain::component::Feature;
use crate::domain::delivery::{DeliveryItemStatus, DeliveryKind};
use crate::domain::id::InstanceId;
use crate::domain::instance::InstanceStatus;
use crate::domain::page_change::PageFacts;
use crate::domain::preflight::{DeliveryFailure, DeliveryWarning, Fate, Plan, SkipReason};
use crate::store::application_component::{self, ComponentHead};
use crate::store::delivery::Delivery;
use crate::store::delivery_item::{self, DeliveryItem};
use crate::store::instance::{self, AppInstance};
use crate::store::occasion::{self, Occasion};
use crate::store::preflight::{self, Extent, Send};
use crate::store::{Result, Tx, application, instance_component, page_change, replaced_page};

use super::instance_of;
use super::write::overwrite_of;

/// What the checks found.
pub(super) struct Checked {
    /// Nothing to plan for a rollback: it puts back what was there.
    pub plan: Option<Plan>,
    pub warnings: Vec<DeliveryWarning>,
    /// Why nothing may be written.
    pub failures: Vec<DeliveryFailure>,
}

/// Runs the checks of the dry run.
pub(super) fn check(tx: &mut Tx<'_>, found: &Delivery) -> Result<Checked> {
    let (keys, stays, instance);
    let extent = match found.kind {
        DeliveryKind::Rollback => return check_rollback(tx, found),
        DeliveryKind::App => Extent::Whole {
            begun: found.instance_id.as_ref(),
        },
        DeliveryKind::Upgrade => {
            instance = instance_of(found)?;
            stays = staying(tx, found, &instance)?;
            Extent::Over {
                stays: &stays,
                instance: &instance,
            }
        }
        DeliveryKind::NewPages | DeliveryKind::OverwritePages | DeliveryKind::CustomComponents => {
            instance = instance_of(found)?;
            keys = arriving_keys(tx, found, &instance)?;
            Extent::Chosen {
                keys: &keys,
                instance: &instance,
            }
        }
    };
    let send = Send {
        version_id: &found.version_id,
        partner_id: &found.partner_id,
        customer_id: &found.customer_id,
        options: found.send_options(),
        extent,
    };
    let plan = preflight::of_send(tx.conn, &send)?;
    Ok(Checked {
        warnings: plan.warnings.clone(),
        failures: plan.failures(),
        plan: Some(plan),
    })
}

/// Keys of what will arrive. A page that the customer removed is not overwritten: it fails alone, and needs nothing.
fn arriving_keys(tx: &mut Tx<'_>, found: &Delivery, instance: &InstanceId) -> Result<HashSet<String>> {
    let mut keys = delivery_item::waiting_keys(tx.conn, &found.id)?;
    if found.kind == DeliveryKind::OverwritePages {
        let there = instance_component::heads(tx.conn, instance)?;
        let there: HashSet<&str> = there.iter().map(|head| head.key.as_str()).collect();
        keys.retain(|key| there.contains(key.as_str()));
    }
    Ok(keys)
}

/// L17: what stays as it is when a new version comes, by key: what is the same, and what the customer changed or removed.
fn staying(tx: &mut Tx<'_>, found: &Delivery, instance: &InstanceId) -> Result<HashMap<String, SkipReason>> {
    let facts = page_change::of_upgrade(tx.conn, &found.version_id, instance)?;
    let stays = |(key, facts): (String, PageFacts)| Some((key, facts.stays_at_upgrade()?));
    Ok(facts.into_iter().filter_map(stays).collect())
}

/// What the customer changed since the overwrite is told, because it is gone with it.
fn check_rollback(tx: &mut Tx<'_>, found: &Delivery) -> Result<Checked> {
    let overwrite = overwrite_of(found)?;
    let mut changed = page_change::of_customer(tx.conn, &overwrite, &instance_of(found)?)?;
    let mut warnings = found.parsed_warnings()?;
    for page in replaced_page::waiting(tx.conn, &overwrite)? {
        let changes = changed.remove(&page.key).map(|diff| diff.sentences());
        let name = page.name;
        let told = changes.map(|changes| DeliveryWarning::CustomerChanges { name, changes });
        warnings.extend(told.filter(|it| !warnings.contains(it)));
    }
    Ok(Checked {
        plan: None,
        warnings,
        failures: Vec::new(),
    })
}

/// Makes ready what is written into: for an application its instance, which nobody sees yet, and for it and for an upgrade one item
/// for each component. Items of other kinds were made when the delivery was asked for.
pub(super) fn prepare(tx: &mut Tx<'_>, found: &Delivery, plan: Option<Plan>) -> Result<InstanceId> {
    let whole = matches!(found.kind, DeliveryKind::App | DeliveryKind::Upgrade);
    let Some(plan) = plan.filter(|_| whole) else {
        return instance_of(found);
    };
    let instance = match &found.instance_id {
        Some(begun) => begun.clone(),
        None => make_instance(tx, found)?,
    };
    // What comes into an application that is there stands after everything else.
    let first = match found.kind {
        DeliveryKind::Upgrade => instance_component::next_position(tx.conn, &instance)?,
        _ => 0,
    };
    plan_items(tx, found, &plan, first)?;
    Ok(instance)
}

fn make_instance(tx: &mut Tx<'_>, found: &Delivery) -> Result<InstanceId> {
    let (order_id, application_id, known_as) = match occasion::of(tx.conn, found)? {
        Occasion::Order(of) => (Some(of.id), of.application_id, Some(of.application_name)),
        Occasion::License(license) | Occasion::Upgrade(license) => {
            (None, license.application_id, Some(license.product_name))
        }
        Occasion::SelfTest(test) => (None, test.application_id, None),
    };
    let app = application::get(tx.conn, &application_id)?;
    let row = AppInstance {
        id: tx.id(),
        organization_id: found.customer_id.clone(),
        partner_id: found.partner_id.clone(),
        order_id,
        version_number: found.version_number.clone(),
        name: known_as.unwrap_or(app.name),
        summary: app.summary,
        status: InstanceStatus::DevMaintenance,
        arrived: false,
        full_edit_permission: found.open_edit_permission,
        workbench_group: String::new(),
        visible_to_all: true,
        accepted_at: None,
        accepted_by: None,
        acceptance_note: String::new(),
        accepted_version: String::new(),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
        license_id: found.license_id.clone(),
    };
    instance::insert(tx, &row)?;
    Ok(row.id)
}

/// One item for each component that was not handled by an earlier attempt, with how it arrives.
fn plan_items(tx: &mut Tx<'_>, found: &Delivery, plan: &Plan, first: i32) -> Result<()> {
    let handled = delivery_item::handled(tx.conn, &found.id)?;
    delivery_item::delete_waiting(tx, &found.id)?;
    let heads = application_component::heads(tx.conn, std::slice::from_ref(&found.version_id))?;
    let mut copied = HashSet::with_capacity(heads.len());
    for head in heads {
        if is_copied(&head)? {
            copied.insert(head.key);
        }
    }
    let mut items = Vec::with_capacity(plan.items.len());
    for (position, planned) in (first..).zip(&plan.items) {
        if handled.contains(&planned.key) {
            continue;
        }
        let (status, reason, arrives, sample_rows) = match &planned.fate {
            Fate::Send { state, sample_rows } => (DeliveryItemStatus::Queued, None, Some(*state), *sample_rows),
            Fate::Skip(reason) => {
                let reason = serde_json::to_string(reason)?;
                (DeliveryItemStatus::Skipped, Some(reason), None, 0)
            }
            Fate::Fail(failure) => {
                let reason = serde_json::to_string(failure)?;
                (DeliveryItemStatus::Failed, Some(reason), None, 0)
            }
        };
        items.push(DeliveryItem {
            delivery_id: found.id.clone(),
            component_key: planned.key.clone(),
            position,
            kind: planned.kind,
            name: planned.name.clone(),
            status,
            reason,
            arrives,
            sample_rows: i32::try_from(sample_rows).unwrap_or(i32::MAX),
            as_is: copied.contains(&planned.key),
            acknowledged: None,
        });
    }
    delivery_item::insert(tx, &items)
}

/// Whether the database may copy a component: nothing is taken out of its definition, and its features are listed as the
/// quotas count them.
fn is_copied(head: &ComponentHead) -> Result<bool> {
    let declared = head.parsed_features()?;
    Ok(arrival::is_unchanged(head.kind) && held_features(&declared, head.kind.implied_feature()) == declared)
}

/// What a component holds of the organisation's quotas, as the preflight counts it.
pub(super) fn held_features(declared: &[Feature], implied: Option<Feature>) -> Vec<Feature> {
    let mut features: Vec<Feature> = declared.iter().copied().chain(implied).collect();
    features.sort_unstable();
    features.dedup();
    features
}

//! What one transaction of a delivery writes, by its kind: the waiting items of a batch with everything that belongs to them,
//! and their marks.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::plan::held_features;
use super::samples;
use crate::domain::arrival::arriving;
use crate::domain::component::ComponentKind;
use crate::domain::id::{DeliveryId, InstanceId};
use crate::domain::page_change::fingerprint;
use crate::domain::preflight::{DeliveryFailure, SkipReason};
use crate::store::application_component::{self, Component};
use crate::store::delivery::Delivery;
use crate::store::delivery_item::{self, Batch, DeliveryItem};
use crate::store::instance::{self, InstanceComponent};
use crate::store::instance_component::{self, Head};
use crate::store::{Fault, Result, Tx, page_change, record, removed_page, replaced_page, sample_record};

/// What became of the items of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Handled {
    pub done: i32,
    pub skipped: i32,
    pub failed: i32,
}

impl Handled {
    fn new(done: usize, skipped: usize, failed: usize) -> Self {
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            done: count(done),
            skipped: count(skipped),
            failed: count(failed),
        }
    }
}

/// Components of an application on their way into the instance that was made for them.
pub(super) fn application(tx: &mut Tx<'_>, found: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<Handled> {
    let samples = samples::prepare(tx, found, instance, batch, |_| false)?;
    let (components, unread) = prepared(tx, found, instance, batch, |_| false)?;
    instance::insert_components(tx, &components)?;
    let mut broken = samples.broken;
    broken.extend(unread);
    for key in &broken {
        delivery_item::fail(tx, &found.id, key, &DeliveryFailure::ContentBroken)?;
    }
    let whole = |item: &&DeliveryItem| item.as_is && !broken.contains(&item.component_key);
    let copied = instance_component::copy(tx, found, instance, batch)?;
    expect(found, "copied", copied, batch.items.iter().filter(whole).count())?;
    sample_record::copy(tx, found, instance, batch)?;
    record::insert(tx, &samples.records)?;
    finish(tx, found, batch, 0, broken.len())
}

/// The components of a batch that the database cannot copy as they are, made ready, and the keys of those that cannot be read; those
/// that stay behind are left out.
fn prepared(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
    stays: impl Fn(&str) -> bool,
) -> Result<(Vec<InstanceComponent>, HashSet<String>)> {
    let wanted = batch
        .items
        .iter()
        .filter(|item| !item.as_is && !stays(&item.component_key));
    let wanted: Vec<&DeliveryItem> = wanted.collect();
    let (mut components, mut broken) = (Vec::with_capacity(wanted.len()), HashSet::new());
    if wanted.is_empty() {
        return Ok((components, broken));
    }
    let keys: Vec<String> = wanted.iter().map(|item| item.component_key.clone()).collect();
    let rows = application_component::by_keys(tx.conn, &found.version_id, &keys)?;
    let mut sources: HashMap<String, Component> = rows.into_iter().map(|row| (row.key.clone(), row)).collect();
    for item in wanted {
        match sources
            .remove(&item.component_key)
            .and_then(|source| prepare(found, instance, item, source))
        {
            Some(component) => components.push(component),
            None => drop(broken.insert(item.component_key.clone())),
        }
    }
    Ok((components, broken))
}

/// A component without what never leaves the partner; `None` where its content cannot be read.
fn prepare(
    found: &Delivery,
    instance: &InstanceId,
    item: &DeliveryItem,
    source: Component,
) -> Option<InstanceComponent> {
    let definition: Value = serde_json::from_str(&source.definition).ok()?;
    let declared: Vec<_> = serde_json::from_str(&source.required_features).ok()?;
    let held = held_features(&declared, source.kind.implied_feature());
    Some(InstanceComponent {
        instance_id: instance.clone(),
        key: source.key,
        position: item.position,
        kind: source.kind,
        name: source.name,
        folder: source.folder,
        definition: arriving(source.kind, definition).definition.to_string(),
        required_features: serde_json::to_string(&held).ok()?,
        state: item.arrives?,
        delivery_id: found.id.clone(),
        changed_at: None,
        changed_by: None,
    })
}

/// Pages that the instance does not have (D16): those that the customer removed are there again with their records.
pub(super) fn new_pages(tx: &mut Tx<'_>, found: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<Handled> {
    let there = there(tx, instance, batch)?;
    for key in there.keys() {
        delivery_item::fail(tx, &found.id, key, &DeliveryFailure::KeyTaken)?;
    }
    let samples = samples::prepare(tx, found, instance, batch, |key| there.contains_key(key))?;
    for key in &samples.broken {
        delivery_item::fail(tx, &found.id, key, &DeliveryFailure::ContentBroken)?;
    }
    let failed = there.len() + samples.broken.len();
    let copied = instance_component::copy(tx, found, instance, batch)?;
    expect(found, "copied", copied, batch.items.len() - failed)?;
    sample_record::copy(tx, found, instance, batch)?;
    record::insert(tx, &samples.records)?;
    let came = |key: &str| !there.contains_key(key) && !samples.broken.contains(key);
    let keys = batch.items.iter().map(|item| item.component_key.as_str());
    let keys: Vec<&str> = keys.filter(|key| came(key)).collect();
    let back = removed_page::of_keys(tx.conn, instance, &keys)?;
    index_anew(tx, instance, back.iter().map(|page| (page.kind, page.key.as_str())))?;
    removed_page::forget(tx, found, instance, batch)?;
    finish(tx, found, batch, 0, failed)
}

/// Pages that take the place of those that the instance has, which are kept for a rollback (D16). What the customer removed,
/// or changed after its changes were acknowledged, fails.
pub(super) fn overwritten_pages(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
) -> Result<Handled> {
    let keys: Vec<String> = batch.items.iter().map(|item| item.component_key.clone()).collect();
    let rows = instance_component::contents(tx.conn, instance, &keys)?;
    let prints = rows
        .iter()
        .map(|it| (it.key.as_str(), fingerprint(it.kind, &it.name, &it.definition)));
    let prints: HashMap<&str, String> = prints.collect();
    let mut failed = Vec::new();
    for item in &batch.items {
        let reason = match prints.get(item.component_key.as_str()) {
            None => DeliveryFailure::RemovedByCustomer,
            Some(print) if item.acknowledged.as_ref() != Some(print) => DeliveryFailure::ChangedSinceAcknowledged,
            Some(_) => continue,
        };
        delivery_item::fail(tx, &found.id, &item.component_key, &reason)?;
        failed.push(item.component_key.as_str());
    }
    let wanted = batch.items.len() - failed.len();
    expect(found, "kept", replaced_page::keep(tx, found, instance, batch)?, wanted)?;
    expect(
        found,
        "replaced",
        instance_component::replace(tx, found, instance, batch)?,
        wanted,
    )?;
    let replaced = batch
        .items
        .iter()
        .filter(|it| !failed.contains(&it.component_key.as_str()));
    index_anew(
        tx,
        instance,
        replaced.map(|item| (item.kind, item.component_key.as_str())),
    )?;
    finish(tx, found, batch, 0, failed.len())
}

/// Records of a page are found by what its form says: another form finds them anew.
fn index_anew<'a>(
    tx: &mut Tx<'_>,
    instance: &InstanceId,
    pages: impl Iterator<Item = (ComponentKind, &'a str)>,
) -> Result<()> {
    let forms = pages.filter(|(kind, _)| *kind == ComponentKind::FormPage);
    let keys: Vec<&str> = forms.map(|(_, key)| key).collect();
    record::enqueue_index(tx, instance, &keys)
}

/// Custom components, in the place of those with the same key or after everything else (D17).
pub(super) fn custom_components(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
) -> Result<Handled> {
    let there = there(tx, instance, batch)?;
    let mut taken = 0;
    for head in there
        .values()
        .filter(|head| head.kind != ComponentKind::CustomComponent)
    {
        delivery_item::fail(tx, &found.id, &head.key, &DeliveryFailure::KeyTaken)?;
        taken += 1;
    }
    let known = there
        .values()
        .filter(|head| head.kind == ComponentKind::CustomComponent);
    let known: Vec<String> = known.map(|head| head.key.clone()).collect();
    let replaced = instance_component::replace(tx, found, instance, batch)?;
    expect(found, "replaced", replaced, known.len())?;
    // What is replaced must not be copied as well.
    let marked = delivery_item::finish_some(tx, batch, &found.id, &known)?;
    expect(found, "marked", marked, known.len())?;
    let copied = instance_component::copy(tx, found, instance, batch)?;
    expect(found, "copied", copied, batch.items.len() - there.len())?;
    delivery_item::finish(tx, batch, &found.id)?;
    Ok(Handled::new(batch.items.len() - taken, 0, taken))
}

/// Pages as they were before the overwrite (D16). What the customer removed since stays removed, what was sent anew since stays.
pub(super) fn restored_pages(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
) -> Result<Handled> {
    let overwrite = overwrite_of(found)?;
    let there = there(tx, instance, batch)?;
    let mut skipped = Vec::new();
    for item in &batch.items {
        let reason = match there.get(&item.component_key) {
            None => SkipReason::RemovedSince,
            Some(head) if head.delivery_id != overwrite => SkipReason::SentSince,
            Some(_) => continue,
        };
        delivery_item::skip(tx, &found.id, &item.component_key, reason)?;
        skipped.push(item.component_key.as_str());
    }
    let wanted = batch.items.len() - skipped.len();
    let restored = instance_component::restore(tx, found, &overwrite, instance, batch)?;
    expect(found, "restored", restored, wanted)?;
    let noted = replaced_page::restored(tx, found, &overwrite, batch)?;
    expect(found, "noted as restored", noted, wanted)?;
    let restored = batch
        .items
        .iter()
        .filter(|it| !skipped.contains(&it.component_key.as_str()));
    index_anew(
        tx,
        instance,
        restored.map(|item| (item.kind, item.component_key.as_str())),
    )?;
    finish(tx, found, batch, skipped.len(), 0)
}

/// L17: components of a new version, in the place of those that the instance has, which are kept, or after everything else. What the
/// customer changed or removed since the checks stays theirs.
pub(super) fn upgraded(tx: &mut Tx<'_>, found: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<Handled> {
    let there = there(tx, instance, batch)?;
    let skipped = leave_to_customer(tx, found, instance, batch, &there)?;
    let (prepared, broken) = prepared(tx, found, instance, batch, |key| skipped.contains(key))?;
    for key in &broken {
        delivery_item::fail(tx, &found.id, key, &DeliveryFailure::ContentBroken)?;
    }
    let writes = |item: &&DeliveryItem| !skipped.contains(&item.component_key) && !broken.contains(&item.component_key);
    let (replaced, new): (Vec<&DeliveryItem>, Vec<&DeliveryItem>) = batch
        .items
        .iter()
        .filter(writes)
        .partition(|item| there.contains_key(&item.component_key));
    expect(
        found,
        "kept",
        replaced_page::keep(tx, found, instance, batch)?,
        replaced.len(),
    )?;
    let mut put = instance_component::replace(tx, found, instance, batch)?;
    let (old, added): (Vec<_>, Vec<_>) = prepared.into_iter().partition(|it| there.contains_key(&it.key));
    for component in &old {
        put += instance_component::put(tx, component)?;
    }
    expect(found, "replaced", put, replaced.len())?;
    index_anew(
        tx,
        instance,
        replaced.iter().map(|item| (item.kind, item.component_key.as_str())),
    )?;
    // What is replaced must not be copied as well.
    let known: Vec<String> = replaced.iter().map(|item| item.component_key.clone()).collect();
    let marked = delivery_item::finish_some(tx, batch, &found.id, &known)?;
    expect(found, "marked", marked, known.len())?;
    instance::insert_components(tx, &added)?;
    let copied = instance_component::copy(tx, found, instance, batch)?;
    expect(found, "copied", copied + added.len(), new.len())?;
    delivery_item::finish(tx, batch, &found.id)?;
    Ok(Handled::new(known.len() + new.len(), skipped.len(), broken.len()))
}

/// Leaves what the customer changed or removed to them; the keys.
fn leave_to_customer(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
    there: &HashMap<String, Head>,
) -> Result<HashSet<String>> {
    let (present, absent): (Vec<&DeliveryItem>, Vec<&DeliveryItem>) = batch
        .items
        .iter()
        .partition(|item| there.contains_key(&item.component_key));
    let present: Vec<String> = present.iter().map(|item| item.component_key.clone()).collect();
    let absent: Vec<&str> = absent.iter().map(|item| item.component_key.as_str()).collect();
    let mut left = HashSet::new();
    for key in page_change::changed_by_customer(tx.conn, instance, &present)?.into_keys() {
        delivery_item::skip(tx, &found.id, &key, SkipReason::ChangedByCustomer)?;
        left.insert(key);
    }
    for page in removed_page::of_keys(tx.conn, instance, &absent)? {
        delivery_item::skip(tx, &found.id, &page.key, SkipReason::RemovedByCustomer)?;
        left.insert(page.key);
    }
    Ok(left)
}

/// The overwrite that a rollback takes back.
pub(super) fn overwrite_of(rollback: &Delivery) -> Result<DeliveryId> {
    let missing = || Fault::Inconsistent {
        table: "deliveries",
        row: rollback.id.to_string(),
        what: "a rollback of nothing".to_owned(),
    };
    Ok(rollback.rolls_back_id.clone().ok_or_else(missing)?)
}

/// What the instance has under the keys of a batch.
fn there(tx: &mut Tx<'_>, instance: &InstanceId, batch: &Batch) -> Result<HashMap<String, Head>> {
    let keys: Vec<String> = batch.items.iter().map(|item| item.component_key.clone()).collect();
    let heads = instance_component::heads_of(tx.conn, instance, &keys)?;
    Ok(heads.into_iter().map(|head| (head.key.clone(), head)).collect())
}

/// Marks those items of a batch as done that neither failed nor stayed behind.
fn finish(tx: &mut Tx<'_>, found: &Delivery, batch: &Batch, skipped: usize, failed: usize) -> Result<Handled> {
    let done = batch.items.len() - skipped - failed;
    expect(found, "marked", delivery_item::finish(tx, batch, &found.id)?, done)?;
    Ok(Handled::new(done, skipped, failed))
}

/// What was written must be what was to be written: otherwise nothing of the transaction may stay.
fn expect(found: &Delivery, what: &str, written: usize, wanted: usize) -> Result<()> {
    if written == wanted {
        return Ok(());
    }
    Err(Fault::Inconsistent {
        table: "delivery_items",
        row: found.id.to_string(),
        what: format!("{written} of {wanted} items were {what}"),
    }
    .into())
}

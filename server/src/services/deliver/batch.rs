//! What one transaction of a delivery writes: the next items with their definitions as they arrive and their sample rows.
//! Which items are next and what becomes of the delivery stands in the parent.

use std::collections::HashMap;

use serde_json::Value;

use super::Blueprint;
use crate::domain::arrival::arriving;
use crate::domain::component::Feature;
use crate::domain::id::InstanceId;
use crate::domain::instance::ComponentState;
use crate::domain::record_form::search_text;
use crate::store::application_component::{self, Component};
use crate::store::delivery::Delivery;
use crate::store::delivery_item::DeliveryItem;
use crate::store::instance::InstanceComponent;
use crate::store::record::AppRecord;
use crate::store::{Result, Tx};

/// Bytes of definitions after which a transaction takes no further item.
const BYTES: usize = 2 * 1024 * 1024;

/// What one transaction writes.
#[derive(Default)]
pub(super) struct Batch {
    pub components: Vec<InstanceComponent>,
    pub samples: Vec<AppRecord>,
    /// Keys of components whose content cannot be read.
    pub broken: Vec<String>,
    /// Position after the last item of this batch.
    pub next: i32,
}

impl Batch {
    /// Reads and prepares as many of the items as one transaction carries.
    pub fn gather(
        tx: &mut Tx<'_>,
        found: &Delivery,
        instance_id: &InstanceId,
        items: Vec<DeliveryItem>,
        blueprint: &Blueprint,
    ) -> Result<Self> {
        let keys: Vec<String> = items.iter().map(|item| item.component_key.clone()).collect();
        let rows = application_component::by_keys(tx.conn, &found.version_id, &keys)?;
        let mut sources: HashMap<String, Component> = rows.into_iter().map(|row| (row.key.clone(), row)).collect();
        let (mut batch, mut bytes) = (Self::default(), 0);
        for item in items {
            let position = item.position;
            let planned = blueprint.0.get(&item.component_key).copied();
            let (Some(source), Some((state, sample_rows))) = (sources.remove(&item.component_key), planned) else {
                batch.broken.push(item.component_key);
                batch.next = position + 1;
                continue;
            };
            if bytes > 0 && bytes + source.definition.len() > BYTES {
                break;
            }
            bytes += source.definition.len();
            batch.take(tx, found, instance_id, &item, source, state, sample_rows)?;
            batch.next = position + 1;
        }
        Ok(batch)
    }

    #[allow(clippy::too_many_arguments, reason = "one call, all of different types")]
    fn take(
        &mut self,
        tx: &mut Tx<'_>,
        found: &Delivery,
        instance_id: &InstanceId,
        item: &DeliveryItem,
        source: Component,
        state: ComponentState,
        sample_rows: u32,
    ) -> Result<()> {
        let Ok(definition) = serde_json::from_str::<Value>(&source.definition) else {
            self.broken.push(source.key);
            return Ok(());
        };
        let Ok(mut samples) = samples_of(tx, found, instance_id, &source.key, sample_rows)? else {
            self.broken.push(source.key);
            return Ok(());
        };
        self.samples.append(&mut samples);
        self.components.push(InstanceComponent {
            instance_id: instance_id.clone(),
            key: source.key,
            position: item.position,
            kind: source.kind,
            name: source.name,
            folder: source.folder,
            definition: arriving(source.kind, definition).definition.to_string(),
            required_features: held_features(&source.required_features, source.kind.implied_feature())?,
            state,
            delivery_id: found.id.clone(),
        });
        Ok(())
    }
}

/// What a component holds of the organisation's quotas, as the preflight counts it.
fn held_features(declared: &str, implied: Option<Feature>) -> Result<String> {
    let mut features: Vec<Feature> = serde_json::from_str(declared)?;
    features.extend(implied);
    features.sort_unstable();
    features.dedup();
    Ok(serde_json::to_string(&features)?)
}

/// The sample rows that come along with a form (D22), first by position; an inner error where one cannot be read.
fn samples_of(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance_id: &InstanceId,
    key: &str,
    limit: u32,
) -> Result<std::result::Result<Vec<AppRecord>, serde_json::Error>> {
    if limit == 0 {
        return Ok(Ok(Vec::new()));
    }
    let rows = application_component::sample_rows(tx.conn, &found.version_id, key, i64::from(limit))?;
    let mut samples = Vec::with_capacity(rows.len());
    for row in rows {
        let data: Value = match serde_json::from_str(&row.data) {
            Ok(data) => data,
            Err(error) => return Ok(Err(error)),
        };
        samples.push(AppRecord {
            id: tx.id(),
            instance_id: instance_id.clone(),
            organization_id: found.customer_id.clone(),
            page_key: key.to_owned(),
            search_text: search_text(&data),
            data: row.data,
            sample: true,
            created_by: None,
            created_at: tx.now,
        });
    }
    Ok(Ok(samples))
}

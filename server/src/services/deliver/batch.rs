//! What one transaction of a delivery writes: the next items with their definitions as they arrive and their sample rows.
//! Which items are next and what becomes of the delivery stands in the parent.

use std::collections::HashMap;

use appshelf_rules::{Form, Widget};
use serde_json::Value;

use super::Blueprint;
use crate::domain::arrival::arriving;
use crate::domain::component::Feature;
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::instance::ComponentState;
use crate::domain::record_index::RecordIndex;
use crate::store::application_component::{self, Component};
use crate::store::delivery::Delivery;
use crate::store::delivery_item::DeliveryItem;
use crate::store::instance::InstanceComponent;
use crate::store::record::NewRecord;
use crate::store::{Result, Tx};

/// Bytes of definitions after which a transaction takes no further item.
const BYTES: usize = 2 * 1024 * 1024;

/// What one transaction writes.
#[derive(Default)]
pub(super) struct Batch {
    pub components: Vec<InstanceComponent>,
    pub samples: Vec<NewRecord>,
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
            batch.take(tx, found, instance_id, &item, source, (state, sample_rows), blueprint)?;
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
        (state, sample_rows): (ComponentState, u32),
        blueprint: &Blueprint,
    ) -> Result<()> {
        let Ok(definition) = serde_json::from_str::<Value>(&source.definition) else {
            self.broken.push(source.key);
            return Ok(());
        };
        let page = Samples {
            found,
            instance_id,
            key: &source.key,
            blueprint,
        };
        let Ok(mut samples) = page.read(tx, &definition, sample_rows)? else {
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
            changed_at: None,
            changed_by: None,
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

/// The sample rows of one form page.
struct Samples<'a> {
    found: &'a Delivery,
    instance_id: &'a InstanceId,
    key: &'a str,
    blueprint: &'a Blueprint,
}

impl Samples<'_> {
    /// The rows that come along (D22), first by position; an inner error where one cannot be read.
    fn read(
        &self,
        tx: &mut Tx<'_>,
        definition: &Value,
        limit: u32,
    ) -> Result<std::result::Result<Vec<NewRecord>, serde_json::Error>> {
        if limit == 0 {
            return Ok(Ok(Vec::new()));
        }
        let form = Form::read(definition);
        let rows = application_component::sample_rows(tx.conn, &self.found.version_id, self.key, i64::from(limit))?;
        let mut samples = Vec::with_capacity(rows.len());
        for row in rows {
            let mut data: Value = match serde_json::from_str(&row.data) {
                Ok(data) => data,
                Err(error) => return Ok(Err(error)),
            };
            self.link(&form, &mut data);
            let position = u32::try_from(row.position).unwrap_or(u32::MAX);
            let id = RecordId::of_sample(&self.found.id, self.key, position);
            let mut new = NewRecord::new(id, self.instance_id, &self.found.customer_id, self.key, tx.now);
            new.row.sample = true;
            samples.push(new.with(data.to_string(), RecordIndex::of(&form, &data)));
        }
        Ok(Ok(samples))
    }

    /// Links name rows of another form by their place; those that come along too become links to its records.
    fn link(&self, form: &Form, data: &mut Value) {
        for field in form.fields.iter().filter(|field| field.widget == Widget::Link) {
            let arriving = self.blueprint.0.get(&field.target).map_or(0, |(_, rows)| *rows);
            let items = data.get_mut(&field.key).and_then(Value::as_array_mut);
            for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
                let place = item.remove("position").and_then(|place| place.as_u64());
                if let Some(place) = place
                    .and_then(|place| u32::try_from(place).ok())
                    .filter(|place| *place < arriving)
                {
                    let id = RecordId::of_sample(&self.found.id, &field.target, place);
                    item.insert("record".to_owned(), Value::String(id.to_string()));
                }
            }
        }
    }
}

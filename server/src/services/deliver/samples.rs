//! Sample rows that the database cannot copy as they are (D22): those that link to rows of other forms, whose records have ids
//! of this very delivery, and those that were imported before their values were kept.

use std::collections::{HashMap, HashSet};

use appshelf_rules::{Form, Widget};
use serde_json::Value;

use crate::domain::id::{InstanceId, RecordId};
use crate::domain::record_index::RecordIndex;
use crate::domain::sample_link;
use crate::store::application_component::{self, SampleRow};
use crate::store::delivery::Delivery;
use crate::store::delivery_item::{self, Batch};
use crate::store::record::NewRecord;
use crate::store::{Result, Tx, sample_record};

/// What was made ready for a batch.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub records: Vec<NewRecord>,
    /// Keys of forms with a row that cannot be read.
    pub broken: HashSet<String>,
}

/// Reads the rows of a batch that have to be made ready, and makes them so. Those of components that failed already stay behind.
pub(super) fn prepare(
    tx: &mut Tx<'_>,
    found: &Delivery,
    instance: &InstanceId,
    batch: &Batch,
    failed: impl Fn(&str) -> bool,
) -> Result<Prepared> {
    let bringing = batch
        .items
        .iter()
        .filter(|it| it.sample_rows > 0 && !failed(&it.component_key));
    let items: HashMap<&str, (i32, i32)> = bringing
        .map(|it| (it.component_key.as_str(), (it.position, it.sample_rows)))
        .collect();
    if items.is_empty() {
        return Ok(Prepared::default());
    }
    let keys: Vec<&str> = items.keys().copied().collect();
    let mut rows = sample_record::to_prepare(tx.conn, &found.version_id, &keys)?;
    rows.retain(|row| {
        items
            .get(row.component_key.as_str())
            .is_some_and(|(_, rows)| row.position < *rows)
    });
    if rows.is_empty() {
        return Ok(Prepared::default());
    }
    let forms = forms(tx, found, &rows)?;
    let places = places(tx, found, &forms)?;
    let arriving = |target: &str, place: u32| {
        let (component, rows) = *places.get(target)?;
        let arrives = i64::from(place) < i64::from(rows);
        arrives.then(|| RecordId::of_sample(&found.id, component, place))
    };
    let mut prepared = Prepared::default();
    for row in rows {
        let component = items
            .get(row.component_key.as_str())
            .map_or(0, |(position, _)| *position);
        let data = serde_json::from_str::<Value>(&row.data);
        let (Some(form), Ok(mut data)) = (forms.get(&row.component_key), data) else {
            prepared.broken.insert(row.component_key);
            continue;
        };
        sample_link::resolve(form, &mut data, arriving);
        let id = RecordId::of_sample(&found.id, component, u32::try_from(row.position).unwrap_or(0));
        let mut new = NewRecord::new(id, instance, &found.customer_id, &row.component_key, tx.now);
        new.row.sample = true;
        prepared
            .records
            .push(new.with(data.to_string(), RecordIndex::of(form, &data)));
    }
    let broken = &prepared.broken;
    prepared.records.retain(|record| !broken.contains(&record.row.page_key));
    Ok(prepared)
}

/// The forms of rows, as far as they can be read.
fn forms(tx: &mut Tx<'_>, found: &Delivery, rows: &[SampleRow]) -> Result<HashMap<String, Form>> {
    let keys: HashSet<&str> = rows.iter().map(|row| row.component_key.as_str()).collect();
    let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
    let pages = application_component::by_keys(tx.conn, &found.version_id, &keys)?;
    let read = pages.into_iter().filter_map(|page| {
        let definition = serde_json::from_str(&page.definition).ok()?;
        Some((page.key, Form::read(&definition)))
    });
    Ok(read.collect())
}

/// Of the forms that these link to and that this delivery brings: the position of each and how many rows come along.
fn places(tx: &mut Tx<'_>, found: &Delivery, forms: &HashMap<String, Form>) -> Result<HashMap<String, (i32, i32)>> {
    let fields = forms.values().flat_map(|form| &form.fields);
    let targets: HashSet<&str> = fields
        .filter(|field| field.widget == Widget::Link)
        .map(|field| field.target.as_str())
        .collect();
    let targets: Vec<&str> = targets.into_iter().collect();
    delivery_item::sample_places(tx.conn, &found.id, &targets)
}

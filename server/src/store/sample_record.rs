//! Sample data on its way into an instance (D22): copied by the database with the index of its values, so many rows at once as
//! one transaction handles. What the database cannot copy as it is, is read here and made ready by `services::deliver`.

use std::sync::LazyLock;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Text, Timestamp};

use super::application_component::SampleRow;
use super::conn::Conn;
use super::delivery::Delivery;
use super::delivery_item::{Batch, of_batch};
use super::schema::application_sample_rows;
use super::{Result, Tx};
use crate::domain::id::{ALPHABET, ApplicationVersionId, BLOCK_DIGITS, InstanceId, RecordId};
use crate::domain::preflight::BASE_ROWS;

const _: () = assert!(BASE_ROWS < RecordId::SAMPLE_NUMBERS, "two rows would share an id");

/// The last digits of the id of the row `position` of an item, as [`RecordId::of_sample`] makes them.
fn number(position: &str) -> String {
    let number = format!("(batch.position * {} + {position})", RecordId::SAMPLE_NUMBERS);
    let digit = |place: usize| {
        let weight = 32_u32.pow(u32::try_from(place).unwrap_or(0));
        format!("substr('{ALPHABET}', {number} / {weight} % 32 + 1, 1)")
    };
    let digits: Vec<String> = (0..BLOCK_DIGITS).rev().map(digit).collect();
    digits.join(" || ")
}

static COPY: LazyLock<String> = LazyLock::new(|| {
    of_batch(&format!(
        "INSERT INTO app_records \
         (id, instance_id, organization_id, page_key, data, search_text, sample, created_by, created_at, version, \
         updated_at, updated_by, title, link_text) \
         SELECT $4 || {number}, $5, $6, r.component_key, r.data, r.search_text, TRUE, NULL, $7, 1, NULL, NULL, \
         r.title, r.link_text \
         FROM batch JOIN application_sample_rows r ON r.version_id = $8 AND r.component_key = batch.component_key \
         AND r.position < batch.sample_rows \
         WHERE r.as_is = TRUE",
        number = number("r.position")
    ))
});

static COPY_VALUES: LazyLock<String> = LazyLock::new(|| {
    of_batch(&format!(
        "INSERT INTO app_record_values \
         (record_id, field_key, ordinal, instance_id, page_key, sort_key, whole_text) \
         SELECT $4 || {number}, v.field_key, v.ordinal, $5, v.component_key, v.sort_key, v.whole_text \
         FROM batch JOIN application_sample_values v ON v.version_id = $6 AND v.component_key = batch.component_key \
         AND v.position < batch.sample_rows",
        number = number("v.position")
    ))
});

/// Copies the sample rows that come along with a batch's waiting items, as far as they are copied as they are; how many.
pub fn copy(tx: &mut Tx<'_>, delivery: &Delivery, instance: &InstanceId, batch: &Batch) -> Result<usize> {
    if batch.items.iter().all(|item| item.sample_rows == 0) {
        return Ok(0);
    }
    let (first, last) = batch.range();
    let block = RecordId::sample_block(&delivery.id);
    let copied = sql_query(COPY.as_str())
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(&block)
        .bind::<Text, _>(instance)
        .bind::<Text, _>(&delivery.customer_id)
        .bind::<Timestamp, _>(tx.now)
        .bind::<Text, _>(&delivery.version_id)
        .execute(tx.conn)?;
    sql_query(COPY_VALUES.as_str())
        .bind::<Text, _>(&delivery.id)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .bind::<Text, _>(&block)
        .bind::<Text, _>(instance)
        .bind::<Text, _>(&delivery.version_id)
        .execute(tx.conn)?;
    Ok(copied)
}

/// The sample rows of some forms that may travel and are not copied as they are.
pub fn to_prepare(conn: &mut Conn, version: &ApplicationVersionId, keys: &[&str]) -> Result<Vec<SampleRow>> {
    let most = i32::try_from(BASE_ROWS).unwrap_or(i32::MAX);
    let query = application_sample_rows::table
        .filter(application_sample_rows::version_id.eq(version))
        .filter(application_sample_rows::component_key.eq_any(keys))
        .filter(application_sample_rows::position.lt(most))
        .filter(application_sample_rows::as_is.eq(false))
        .select(application_sample_rows::all_columns);
    Ok(query.load(conn)?)
}

//! The index of the values of records, written with the records. What the keys are made of is `domain::record_index`.

use std::collections::HashMap;

use diesel::dsl::count;
use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::page_access::Access;
use super::record::AppRecord;
use super::schema::app_record_values;
use super::{Result, Tx};
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::record_index::ValueKey;

#[derive(Insertable)]
#[diesel(table_name = app_record_values, treat_none_as_default_value = false)]
struct Row<'a> {
    record_id: RecordId,
    field_key: &'a str,
    ordinal: i32,
    instance_id: InstanceId,
    page_key: &'a str,
    sort_key: &'a str,
    whole_text: Option<&'a str>,
}

/// Most rows of one INSERT: seven columns stay below what both databases bind in one statement.
const ROWS: usize = 1000;

/// Adds the keys of records that have none.
pub fn insert<'a>(tx: &mut Tx<'_>, records: impl IntoIterator<Item = (&'a AppRecord, &'a [ValueKey])>) -> Result<()> {
    let rows: Vec<Row<'_>> = records
        .into_iter()
        .flat_map(|(record, values)| {
            values.iter().map(move |value| Row {
                record_id: record.id.clone(),
                field_key: &value.field,
                ordinal: value.ordinal,
                instance_id: record.instance_id.clone(),
                page_key: &record.page_key,
                sort_key: &value.sort_key,
                whole_text: value.whole_text.as_deref(),
            })
        })
        .collect();
    for piece in rows.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(app_record_values::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// How many records of a page hold a value of each of some fields; those that none holds are left out.
pub fn holding(conn: &mut Conn, access: &Access, fields: &[&str]) -> Result<HashMap<String, i64>> {
    if fields.is_empty() {
        return Ok(HashMap::new());
    }
    let held = app_record_values::table
        .filter(app_record_values::instance_id.eq(&access.instance.id))
        .filter(app_record_values::page_key.eq(&access.page.key))
        .filter(app_record_values::field_key.eq_any(fields))
        .filter(app_record_values::sort_key.ne(""))
        .group_by(app_record_values::field_key)
        .select((
            app_record_values::field_key,
            count(app_record_values::record_id).aggregate_distinct(),
        ));
    Ok(held.load::<(String, i64)>(conn)?.into_iter().collect())
}

/// Removes the keys of records.
pub fn delete(tx: &mut Tx<'_>, ids: &[RecordId]) -> Result<()> {
    diesel::delete(app_record_values::table.filter(app_record_values::record_id.eq_any(ids))).execute(tx.conn)?;
    Ok(())
}

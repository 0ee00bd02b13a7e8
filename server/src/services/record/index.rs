//! Writes the index of a page's records anew after its form changed: titles, searched text and the keys of values. Part by
//! part, so that other writers get their turn; doing it twice comes out once.

use appshelf_rules::Form;
use serde_json::Value;

use crate::domain::id::{InstanceId, RecordId};
use crate::domain::record_index::RecordIndex;
use crate::store::{Result, Tx, instance, record};

/// Records written in one transaction.
const AT_ONCE: i64 = 200;

/// Takes the next records after `after`, by the form as it stands now; the last of them, or none where all are done.
pub fn step(
    tx: &mut Tx<'_>,
    instance_id: &InstanceId,
    page_key: &str,
    after: Option<&RecordId>,
) -> Result<Option<RecordId>> {
    let found = instance::by_ids(tx.conn, std::slice::from_ref(instance_id))?.pop();
    let Some(found) = found else { return Ok(None) };
    let Some(page) = instance::component(tx.conn, &found, page_key)? else {
        return Ok(None);
    };
    let form = Form::read(&serde_json::from_str(&page.definition)?);
    let rows = record::part(tx.conn, instance_id, page_key, after, AT_ONCE)?;
    let last = rows.last().map(|row| row.id.clone());
    let mut indexed = Vec::with_capacity(rows.len());
    for row in rows {
        let data: Value = serde_json::from_str(&row.data)?;
        let index = RecordIndex::of(&form, &data);
        indexed.push((row, index));
    }
    record::write_index(tx, indexed)?;
    Ok(last)
}

//! The history of records. Whoever calls was allowed to read the record.

use diesel::prelude::*;

use super::conn::Conn;
use super::page::{Page, PageRequest};
use super::schema::app_record_changes;
use super::{Result, Tx};
use crate::domain::id::{RecordId, UserId};
use crate::domain::instant::Instant;

/// One change of a record.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = app_record_changes)]
pub struct RecordChange {
    pub record_id: RecordId,
    /// The version that the change made.
    pub version: i32,
    pub changed_by: UserId,
    pub changed_at: Instant,
    /// JSON array of `domain::record_change::FieldChange`.
    pub fields: String,
}

/// Notes a change.
pub fn insert(tx: &mut Tx<'_>, change: &RecordChange) -> Result<()> {
    diesel::insert_into(app_record_changes::table)
        .values(change)
        .execute(tx.conn)?;
    Ok(())
}

/// The changes of a record, newest first. The keys of the page are versions.
pub fn list(conn: &mut Conn, id: &RecordId, page: &PageRequest) -> Result<Page<RecordChange>> {
    let query = app_record_changes::table
        .filter(app_record_changes::record_id.eq(id))
        .select(app_record_changes::all_columns)
        .limit(page.limit())
        .into_boxed();
    let from = page.from.as_deref().map(|key| key.parse().unwrap_or(0));
    let rows = match (page.backwards, from) {
        (true, Some(from)) => query.filter(app_record_changes::version.gt(from)),
        (false, Some(from)) => query.filter(app_record_changes::version.lt(from)),
        (_, None::<i32>) => query,
    };
    let rows = match page.backwards {
        true => rows.order(app_record_changes::version.asc()),
        false => rows.order(app_record_changes::version.desc()),
    };
    Ok(page.cut(rows.load(conn)?))
}

/// How often a record was changed.
pub fn count(conn: &mut Conn, id: &RecordId) -> Result<i64> {
    let query = app_record_changes::table.filter(app_record_changes::record_id.eq(id));
    Ok(query.count().get_result(conn)?)
}

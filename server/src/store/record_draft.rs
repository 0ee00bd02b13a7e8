//! What people typed into record forms and did not submit yet: one draft a person, page and record.

use diesel::prelude::*;

use super::conn::Conn;
use super::page_access::Access;
use super::schema::app_record_drafts;
use super::{Result, Tx};
use crate::domain::id::{InstanceId, RecordId, UserId};
use crate::domain::instant::Instant;

/// A draft.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = app_record_drafts)]
pub struct RecordDraft {
    pub user_id: UserId,
    pub instance_id: InstanceId,
    pub page_key: String,
    /// The record that is being edited; empty for a new one.
    pub record_key: String,
    /// The version of the record that the typing began with; 0 for a new one.
    pub base_version: i32,
    /// JSON object by field key.
    pub data: String,
    pub updated_at: Instant,
}

fn key_of(record: Option<&RecordId>) -> &str {
    record.map_or("", RecordId::as_str)
}

/// The person's own draft.
pub fn find(conn: &mut Conn, access: &Access, record: Option<&RecordId>) -> Result<Option<RecordDraft>> {
    let (instance, page) = (&access.instance.id, &access.page.key);
    let query = app_record_drafts::table
        .find((&access.person.user_id, instance, page, key_of(record)))
        .select(app_record_drafts::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A person's own drafts of new records, page by page of instances.
pub fn of_instances(conn: &mut Conn, person: &UserId, instances: &[InstanceId]) -> Result<Vec<RecordDraft>> {
    let query = app_record_drafts::table
        .filter(app_record_drafts::user_id.eq(person))
        .filter(app_record_drafts::instance_id.eq_any(instances))
        .filter(app_record_drafts::record_key.eq(""))
        .select(app_record_drafts::all_columns);
    Ok(query.load(conn)?)
}

/// Keeps a draft in place of the one before it.
pub fn save(
    tx: &mut Tx<'_>,
    access: &Access,
    record: Option<&RecordId>,
    base_version: i32,
    data: String,
) -> Result<RecordDraft> {
    let row = RecordDraft {
        user_id: access.person.user_id.clone(),
        instance_id: access.instance.id.clone(),
        page_key: access.page.key.clone(),
        record_key: key_of(record).to_owned(),
        base_version,
        data,
        updated_at: tx.now,
    };
    let (instance, page) = (&row.instance_id, &row.page_key);
    let kept = app_record_drafts::table.find((&row.user_id, instance, page, &row.record_key));
    if diesel::update(kept).set(&row).execute(tx.conn)? == 0 {
        diesel::insert_into(app_record_drafts::table)
            .values(&row)
            .execute(tx.conn)?;
    }
    Ok(row)
}

/// Forgets the person's own draft.
pub fn discard(tx: &mut Tx<'_>, access: &Access, record: Option<&RecordId>) -> Result<()> {
    let (instance, page) = (&access.instance.id, &access.page.key);
    let draft = app_record_drafts::table.find((&access.person.user_id, instance, page, key_of(record)));
    diesel::delete(draft).execute(tx.conn)?;
    Ok(())
}

/// Forgets drafts that nobody touched since `before`; how many they were.
pub fn expire(tx: &mut Tx<'_>, before: Instant) -> Result<usize> {
    let old = app_record_drafts::table.filter(app_record_drafts::updated_at.lt(before));
    Ok(diesel::delete(old).execute(tx.conn)?)
}

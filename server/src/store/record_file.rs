//! Files of records, and tables that records are imported from. A file belongs to one record once that is saved; until then
//! it is its uploader's. Bytes whose row is gone wait in `discarded_files` for their deletion.

use diesel::prelude::*;

use super::conn::Conn;
use super::page_access::Access;
use super::schema::{app_record_drafts, discarded_files, record_files};
use super::{Result, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::id::{FileId, InstanceId, OrganizationId, RecordId, UserId};
use crate::domain::instant::Instant;

/// A file of a record. It is never changed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = record_files)]
pub struct RecordFile {
    pub id: FileId,
    pub organization_id: OrganizationId,
    pub instance_id: InstanceId,
    pub page_key: String,
    /// None until a record that holds it is saved.
    pub record_id: Option<RecordId>,
    pub purpose: FilePurpose,
    pub name: String,
    pub media_type: MediaType,
    /// Bytes.
    pub size: i64,
    /// Hex.
    pub sha256: String,
    pub storage_key: String,
    pub created_by: UserId,
    pub created_at: Instant,
}

/// Keeps what is known of bytes that were stored.
pub fn insert(tx: &mut Tx<'_>, file: &RecordFile) -> Result<()> {
    diesel::insert_into(record_files::table).values(file).execute(tx.conn)?;
    Ok(())
}

/// A file of the customer's by its id alone, or `None`. Whether the viewer may read its record is still to be asked.
pub fn find_own(conn: &mut Conn, scope: &CustomerScope, id: &FileId) -> Result<Option<RecordFile>> {
    let query = record_files::table
        .find(id)
        .filter(record_files::organization_id.eq(&scope.organization_id))
        .select(record_files::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A file of the page by its id.
pub fn find_in(conn: &mut Conn, access: &Access, id: &FileId) -> Result<Option<RecordFile>> {
    let query = record_files::table
        .find(id)
        .filter(record_files::instance_id.eq(&access.instance.id))
        .filter(record_files::page_key.eq(&access.page.key))
        .select(record_files::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Those of the ids that a record of the page may hold: its own, and what the person uploaded for this page and no record
/// holds yet.
pub fn usable(conn: &mut Conn, access: &Access, record: Option<&RecordId>, ids: &[FileId]) -> Result<Vec<RecordFile>> {
    let loose = record_files::record_id
        .is_null()
        .and(record_files::created_by.eq(access.person.user_id.clone()));
    let query = record_files::table
        .filter(record_files::id.eq_any(ids))
        .filter(record_files::instance_id.eq(&access.instance.id))
        .filter(record_files::page_key.eq(&access.page.key))
        .filter(record_files::purpose.eq(FilePurpose::Record))
        .select(record_files::all_columns)
        .into_boxed();
    let query = match record {
        Some(id) => query.filter(record_files::record_id.eq(id.clone()).or(loose).assume_not_null()),
        None => query.filter(loose),
    };
    Ok(query.load(conn)?)
}

/// Makes files a record's own.
pub fn attach(tx: &mut Tx<'_>, record: &RecordId, ids: &[FileId]) -> Result<()> {
    let files = record_files::table
        .filter(record_files::id.eq_any(ids))
        .filter(record_files::record_id.is_null());
    diesel::update(files)
        .set(record_files::record_id.eq(Some(record)))
        .execute(tx.conn)?;
    Ok(())
}

/// Forgets the files of a record that it does not hold any more.
pub fn discard_others(tx: &mut Tx<'_>, record: &RecordId, kept: &[FileId]) -> Result<()> {
    let files = record_files::table
        .filter(record_files::record_id.eq(record))
        .filter(record_files::id.ne_all(kept))
        .select((record_files::id, record_files::storage_key));
    let files = files.load(tx.conn)?;
    discard(tx, files)
}

/// Forgets a file that was used up.
pub fn discard_one(tx: &mut Tx<'_>, file: &RecordFile) -> Result<()> {
    discard(tx, vec![(file.id.clone(), file.storage_key.clone())])
}

/// Forgets all files of records.
pub fn discard_of(tx: &mut Tx<'_>, records: &[RecordId]) -> Result<()> {
    let files = record_files::table
        .filter(record_files::record_id.eq_any(records))
        .select((record_files::id, record_files::storage_key));
    let files = files.load(tx.conn)?;
    discard(tx, files)
}

/// Forgets files from before `before` that no record took and no draft of their uploader on that page may still name; at
/// most `limit` at once. How many they were.
pub fn discard_loose(tx: &mut Tx<'_>, before: Instant, limit: i64) -> Result<usize> {
    let draft = app_record_drafts::table
        .filter(app_record_drafts::user_id.eq(record_files::created_by))
        .filter(app_record_drafts::instance_id.eq(record_files::instance_id))
        .filter(app_record_drafts::page_key.eq(record_files::page_key));
    let files = record_files::table
        .filter(record_files::record_id.is_null())
        .filter(record_files::created_at.lt(before))
        .filter(diesel::dsl::not(diesel::dsl::exists(draft)))
        .order(record_files::created_at.asc())
        .limit(limit)
        .select((record_files::id, record_files::storage_key));
    let files: Vec<(FileId, String)> = files.load(tx.conn)?;
    let count = files.len();
    discard(tx, files)?;
    Ok(count)
}

fn discard(tx: &mut Tx<'_>, files: Vec<(FileId, String)>) -> Result<()> {
    for (id, key) in files {
        let row = (
            discarded_files::storage_key.eq(key),
            discarded_files::discarded_at.eq(tx.now),
        );
        diesel::insert_into(discarded_files::table)
            .values(row)
            .execute(tx.conn)?;
        diesel::delete(record_files::table.find(id)).execute(tx.conn)?;
    }
    Ok(())
}

/// Bytes that wait for their deletion, the oldest first.
pub fn discarded(conn: &mut Conn, limit: i64) -> Result<Vec<String>> {
    Ok(discarded_files::table
        .limit(limit)
        .select(discarded_files::storage_key)
        .load(conn)?)
}

/// The bytes are gone.
pub fn forget_discarded(tx: &mut Tx<'_>, keys: &[String]) -> Result<()> {
    diesel::delete(discarded_files::table.filter(discarded_files::storage_key.eq_any(keys))).execute(tx.conn)?;
    Ok(())
}

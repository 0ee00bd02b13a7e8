//! Files of records: uploaded by whoever may write a record of the page, read by whoever may read the record that holds the
//! file. Until a record holds it, a file is its uploader's alone.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::file::{FilePurpose, clean_file_name};
use crate::domain::id::{FileId, InstanceId};
use crate::domain::page_permission::RecordReach;
use crate::domain::refusal::Refusal;
use crate::files::storage::StoredFile;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page_access::{self, Access};
use crate::store::record_file::{self, RecordFile};
use crate::store::{Result, Tx, record, suspension};

/// The page for whose records a file is uploaded.
#[derive(Clone, Debug)]
pub struct Place {
    pub instance_id: InstanceId,
    pub page_key: String,
}

/// Whoever may add or change records of the page, which is in use, may upload files for them; a table to import is for those who may add.
pub fn admit(conn: &mut Conn, viewer: &Viewer, purpose: FilePurpose, place: &Place) -> Result<()> {
    open(conn, viewer, purpose, place).map(drop)
}

/// Keeps what is known of bytes that were stored.
pub fn keep(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    purpose: FilePurpose,
    place: &Place,
    given_name: &str,
    stored: &StoredFile,
) -> Result<RecordFile> {
    let access = open(tx.conn, viewer, purpose, place)?;
    let row = RecordFile {
        id: tx.id(),
        organization_id: access.instance.organization_id.clone(),
        instance_id: access.instance.id.clone(),
        page_key: access.page.key.clone(),
        record_id: None,
        purpose,
        name: clean_file_name(given_name, stored.media_type),
        media_type: stored.media_type,
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.sha256.clone(),
        storage_key: stored.key.as_str().to_owned(),
        created_by: viewer.user_id.clone(),
        created_at: tx.now,
    };
    record_file::insert(tx, &row)?;
    tx.audit(Fact {
        organization_id: &row.organization_id,
        action: "file.uploaded",
        object_id: row.id.as_str(),
        label: &row.name,
        before: None,
        after: Some(json!({
            "purpose": row.purpose, "size": row.size, "sha256": row.sha256,
            "instanceId": row.instance_id, "pageKey": row.page_key
        })),
    })?;
    Ok(row)
}

/// A file that the viewer may read; for everybody else it does not exist.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &FileId) -> Result<Option<RecordFile>> {
    let Ok(scope) = viewer.instance_user() else {
        return Ok(None);
    };
    let Some(file) = record_file::find_own(conn, &scope, id)? else {
        return Ok(None);
    };
    let Some(access) = page_access::find(conn, &scope, &file.instance_id, &file.page_key)? else {
        return Ok(None);
    };
    let readable = match &file.record_id {
        Some(record_id) => record::find(conn, &access, record_id)?.is_some(),
        None => file.created_by == viewer.user_id,
    };
    Ok(readable.then_some(file))
}

fn open(conn: &mut Conn, viewer: &Viewer, purpose: FilePurpose, place: &Place) -> Result<Access> {
    let access = page_access::get(conn, &viewer.instance_user()?, &place.instance_id, &place.page_key)?.of_form()?;
    access.require_open()?;
    suspension::require_covered(conn, &access.instance, &access.page.key)?;
    let edits = access.rights.edit > RecordReach::None && purpose == FilePurpose::Record;
    if !access.rights.add && !edits {
        return Err(Refusal::no_permission().into());
    }
    Ok(access)
}

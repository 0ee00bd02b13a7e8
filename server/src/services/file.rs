//! Uploading and reading the files of partners, and those of service requests from both sides; those of records are `record_file`.
//! Bytes go past here: `files::storage` keeps them, `http::files` carries them. A file that
//! nothing refers to is an orphan: the upload that no form followed. Orphans cost space only and no one sees them.

use serde_json::json;

use crate::auth::viewer::{MemberScope, Viewer};
use crate::domain::file::{FilePurpose, clean_file_name};
use crate::domain::id::FileId;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::files::storage::StoredFile;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::file::{self, File};
use crate::store::{Result, Tx, service_message};

/// Files are uploaded by partners (PA, PD), and those of service requests by customers (CA, CE) as well: asked before the first byte
/// is read. What is for no known purpose is judged as a partner's.
pub fn may_upload(viewer: &Viewer, purpose: Option<FilePurpose>) -> std::result::Result<MemberScope, Refusal> {
    let partner = viewer.partner().map(drop);
    match purpose {
        Some(FilePurpose::ServiceAttachment) => partner.or_else(|_| viewer.customer().map(drop))?,
        Some(_) | None => partner?,
    }
    viewer.member()
}

/// Keeps what is known of bytes that were stored.
pub fn keep(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    purpose: FilePurpose,
    given_name: &str,
    stored: &StoredFile,
) -> Result<File> {
    let scope = may_upload(viewer, Some(purpose))?;
    if matches!(purpose, FilePurpose::Record | FilePurpose::RecordImport) {
        return Err(Refusal::invalid("purpose", Problem::UnknownChoice).into());
    }
    let row = File {
        id: tx.id(),
        organization_id: scope.organization_id,
        purpose,
        name: clean_file_name(given_name, stored.media_type),
        media_type: stored.media_type,
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.sha256.clone(),
        storage_key: stored.key.as_str().to_owned(),
        created_by: scope.user_id,
        created_at: tx.now,
        width: stored.dimensions.and_then(|size| i32::try_from(size.width).ok()),
        height: stored.dimensions.and_then(|size| i32::try_from(size.height).ok()),
    };
    file::insert(tx, &row)?;
    tx.audit(Fact {
        organization_id: &row.organization_id,
        action: "file.uploaded",
        object_id: row.id.as_str(),
        label: &row.name,
        before: None,
        after: Some(json!({ "purpose": row.purpose, "size": row.size, "sha256": row.sha256 })),
    })?;
    Ok(row)
}

/// A picture of a product or a cool app, for everybody who was given its id: whoever shows it has decided who sees it.
pub fn picture(conn: &mut Conn, id: &FileId) -> Result<Option<File>> {
    file::find_picture(conn, id)
}

/// A file that the viewer may read: a package of their own organisation, what they uploaded themselves, the documents of a
/// project that they created (D5), what a service request shows that they see (L25), or what a reviewer decides by. For everybody else, colleagues and customers included, it does
/// not exist.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &FileId) -> Result<Option<File>> {
    if let Ok(scope) = viewer.partner()
        && let Some(own) = file::find(conn, &viewer.member()?, id)?
        && (own.purpose == FilePurpose::Package
            || own.created_by == scope.user_id
            || file::is_of_own_project(conn, &scope, id)?)
    {
        return Ok(Some(own));
    }
    if let Ok(sides) = viewer.service_parties()
        && let Some(attachment) = service_message::find_file(conn, &viewer.member()?, &sides, id)?
    {
        return Ok(Some(attachment));
    }
    match viewer.reviewer() {
        Ok(scope) => file::find_for_review(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

//! Rows of uploaded files: what a file is and where its bytes are kept. The bytes are `files::storage`; what a file may
//! be is `domain::file`.

use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{amendments, files, projects, settlements};
use super::{Result, Tx};
use crate::auth::viewer::{MemberScope, PartnerScope, ReviewerScope};
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::id::{FileId, OrganizationId, UserId};
use crate::domain::instant::Instant;
use crate::domain::project::ProjectStatus;

/// An uploaded file. It is never changed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub struct File {
    pub id: FileId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    pub purpose: FilePurpose,
    /// Clean, with the ending of its media type.
    pub name: String,
    pub media_type: MediaType,
    /// Bytes.
    pub size: i64,
    /// Hex.
    pub sha256: String,
    pub storage_key: String,
    pub created_by: UserId,
    pub created_at: Instant,
    /// Pixels, of pictures of products.
    pub width: Option<i32>,
    pub height: Option<i32>,
}

/// Keeps what is known of bytes that were stored.
pub fn insert(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    diesel::insert_into(files::table).values(file).execute(tx.conn)?;
    Ok(())
}

/// A file of the viewer's own organisation, or `None`. Which of its members may read it is the service's question.
pub fn find(conn: &mut Conn, scope: &MemberScope, id: &FileId) -> Result<Option<File>> {
    let query = files::table
        .find(id)
        .filter(files::organization_id.eq(&scope.organization_id))
        .select(files::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A file that a reviewer needs for a decision: the contract of a submitted project, the document of an amendment, or the
/// certificate with which a project was settled. Anything else does not exist for them.
pub fn find_for_review(conn: &mut Conn, _: &ReviewerScope, id: &FileId) -> Result<Option<File>> {
    let contract = projects::table
        .filter(projects::contract_file_id.eq(id))
        .filter(projects::status.ne(ProjectStatus::Draft));
    let certificate = settlements::table.filter(settlements::acceptance_file_id.eq(id));
    let amendment = amendments::table.filter(amendments::file_id.eq(id));
    let needed = diesel::dsl::exists(contract)
        .or(diesel::dsl::exists(amendment))
        .or(diesel::dsl::exists(certificate));
    match diesel::select(needed).get_result(conn)? {
        true => get(conn, id).map(Some),
        false => Ok(None),
    }
}

/// Whether a file belongs to a project that this person created: its contract, the document of an amendment, or the certificate of
/// the settlement.
pub fn is_of_own_project(conn: &mut Conn, scope: &PartnerScope, id: &FileId) -> Result<bool> {
    let own = || {
        projects::table
            .filter(projects::organization_id.eq(scope.organization_id.clone()))
            .filter(projects::creator_id.eq(scope.user_id.clone()))
            .select(projects::id)
    };
    let contract = own().filter(projects::contract_file_id.eq(id));
    let certificate = settlements::table
        .filter(settlements::acceptance_file_id.eq(id))
        .filter(settlements::project_id.eq_any(own()));
    let amendment = amendments::table
        .filter(amendments::file_id.eq(id))
        .filter(amendments::project_id.eq_any(own()));
    let belongs = diesel::dsl::exists(contract)
        .or(diesel::dsl::exists(amendment))
        .or(diesel::dsl::exists(certificate));
    Ok(diesel::select(belongs).get_result(conn)?)
}

/// A picture of a product, whosever it is: whoever hands out the id has decided who may see it. Anything else that was uploaded
/// does not exist here.
pub fn find_picture(conn: &mut Conn, id: &FileId) -> Result<Option<File>> {
    let query = files::table
        .find(id)
        .filter(files::purpose.eq_any(FilePurpose::pictures()))
        .select(files::all_columns);
    Ok(query.first(conn).optional()?)
}

/// One file by an id that the system holds already: of a project, a settlement or an import.
pub fn get(conn: &mut Conn, id: &FileId) -> Result<File> {
    Ok(files::table.find(id).select(files::all_columns).first(conn)?)
}

/// Files by id. See [`get`].
pub fn by_ids(conn: &mut Conn, ids: &[FileId]) -> Result<Vec<File>> {
    Ok(files::table
        .filter(files::id.eq_any(ids))
        .select(files::all_columns)
        .load(conn)?)
}

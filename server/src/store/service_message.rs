//! The threads of service requests (L25): messages are added, each with its files, and never changed. Whoever was shown the request
//! reads all of it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::file::File;
use super::page::{Page, PageRequest, paged};
use super::schema::{files, service_message_files, service_messages};
use super::service_request::{self, ServiceRequest};
use super::{Result, Tx, grouped};
use crate::auth::viewer::{MemberScope, PartyScope};
use crate::domain::file::FilePurpose;
use crate::domain::id::{FileId, ServiceMessageId, ServiceRequestId, UserId};
use crate::domain::instant::Instant;
use crate::domain::order::OrderParty;
use crate::domain::service_request::ServiceMessageKind;

/// One message of a request.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_messages)]
pub struct ServiceMessage {
    pub id: ServiceMessageId,
    pub request_id: ServiceRequestId,
    pub kind: ServiceMessageKind,
    /// On which side the author stood.
    pub side: OrderParty,
    pub author_id: UserId,
    /// Plain; empty where a request was closed without a word.
    pub text: String,
    pub created_at: Instant,
}

// Nothing is left out of an INSERT, so that SQLite takes several rows in one statement.
#[derive(Insertable)]
#[diesel(table_name = service_message_files, treat_none_as_default_value = false)]
struct Attachment {
    message_id: ServiceMessageId,
    position: i32,
    request_id: ServiceRequestId,
    file_id: FileId,
}

/// Adds a message with its files, which were found by [`loose`].
pub fn insert(tx: &mut Tx<'_>, message: &ServiceMessage, files: &[FileId]) -> Result<()> {
    diesel::insert_into(service_messages::table)
        .values(message)
        .execute(tx.conn)?;
    let attachment = |(position, file_id)| Attachment {
        message_id: message.id.clone(),
        position,
        request_id: message.request_id.clone(),
        file_id,
    };
    let rows: Vec<Attachment> = (0..).zip(files.iter().cloned()).map(attachment).collect();
    if !rows.is_empty() {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(service_message_files::table)
            .values(&rows)
            .execute(conn))?;
    }
    Ok(())
}

/// A page of the messages of a request that the viewer was shown, oldest first.
pub fn list(conn: &mut Conn, request: &ServiceRequestId, page: &PageRequest) -> Result<Page<ServiceMessage>> {
    let query = service_messages::table
        .filter(service_messages::request_id.eq(request.clone()))
        .select(service_messages::all_columns)
        .into_boxed();
    Ok(page.cut(paged!(query, page, service_messages::id, ascending).load(conn)?))
}

/// How many messages a request has.
pub fn count(conn: &mut Conn, request: &ServiceRequestId) -> Result<i64> {
    let all = service_messages::table.filter(service_messages::request_id.eq(request));
    Ok(all.count().get_result(conn)?)
}

/// Who wrote in a request on that side.
pub fn authors(conn: &mut Conn, request: &ServiceRequest, side: OrderParty) -> Result<Vec<UserId>> {
    let query = service_messages::table
        .filter(service_messages::request_id.eq(&request.id))
        .filter(service_messages::side.eq(side))
        .select(service_messages::author_id)
        .distinct();
    Ok(query.load(conn)?)
}

/// The files of messages that the viewer was shown, each in its order.
pub fn files_of(conn: &mut Conn, messages: &[ServiceMessageId]) -> Result<HashMap<ServiceMessageId, Vec<File>>> {
    let rows: Vec<(ServiceMessageId, File)> = service_message_files::table
        .inner_join(files::table.on(files::id.eq(service_message_files::file_id)))
        .filter(service_message_files::message_id.eq_any(messages))
        .order((
            service_message_files::message_id.asc(),
            service_message_files::position.asc(),
        ))
        .select((service_message_files::message_id, files::all_columns))
        .load(conn)?;
    Ok(grouped(rows))
}

/// A file that was uploaded for a message, if the person may read it: its uploader until a message has it, then whoever sees the
/// request on one of these sides.
pub fn find_file(conn: &mut Conn, scope: &MemberScope, sides: &[PartyScope], id: &FileId) -> Result<Option<File>> {
    let query = files::table
        .find(id)
        .filter(files::purpose.eq(FilePurpose::ServiceAttachment))
        .select(files::all_columns);
    let Some(file): Option<File> = query.first(conn).optional()? else {
        return Ok(None);
    };
    let Some(request) = request_of(conn, id)? else {
        let own = file.created_by == scope.user_id && file.organization_id == scope.organization_id;
        return Ok(own.then_some(file));
    };
    for side in sides {
        if service_request::find(conn, side, &request)?.is_some() {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// The request in which a file is shown; nothing while no message has it.
fn request_of(conn: &mut Conn, file: &FileId) -> Result<Option<ServiceRequestId>> {
    let query = service_message_files::table
        .filter(service_message_files::file_id.eq(file))
        .select(service_message_files::request_id);
    Ok(query.first(conn).optional()?)
}

/// Those of the files that this person uploaded for a message and that no message has yet.
pub fn loose(conn: &mut Conn, scope: &MemberScope, ids: &[FileId]) -> Result<Vec<FileId>> {
    let taken = service_message_files::table.filter(service_message_files::file_id.eq(files::id));
    let query = files::table
        .filter(files::id.eq_any(ids))
        .filter(files::organization_id.eq(&scope.organization_id))
        .filter(files::created_by.eq(&scope.user_id))
        .filter(files::purpose.eq(FilePurpose::ServiceAttachment))
        .filter(diesel::dsl::not(diesel::dsl::exists(taken)))
        .select(files::id);
    Ok(query.load(conn)?)
}

//! Records of an instance (D27, D30): adding, changing and deleting one, and its history. What a record may hold is
//! `content`, lists are `list`, what is not submitted yet `draft`.

mod content;
pub mod draft;
pub mod export;
pub mod import;
pub mod index;
mod links;
pub mod list;

use std::sync::Arc;

use appshelf_rules::Form;
use serde_json::{Value, json};

use crate::auth::viewer::Viewer;
use crate::domain::acceptance::{AcceptanceItemKind, TriedPart, items};
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::instance::InstanceStatus;
use crate::domain::page_permission::RecordAction;
use crate::domain::record_change::{self, FieldChange};
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::page_access::{self, Access};
use crate::store::record::{self, AppRecord, NewRecord};
use crate::store::record_change::RecordChange;
use crate::store::{Result, Tx, acceptance, record_draft, record_file, suspension};

use content::Content;

/// A record as its reader sees it: links carry the names that the linked records have now.
#[derive(Clone, Debug)]
pub struct Shown {
    pub row: AppRecord,
    pub data: Value,
    /// At which page the reader stands, and what they may do there.
    pub access: Arc<Access>,
}

impl Shown {
    /// By the name that its reader may know: what it links to is part of it only where they see that.
    fn called(mut self, form: &Form) -> Self {
        let title = form.seen_title_of(&self.data);
        self.row.title = title.chars().take(crate::domain::record_index::TITLE).collect();
        self
    }
}

/// Adds a record to a form page: an admin while trying the application out or using it, an employee once it is enabled
/// for them.
pub fn submit(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, page_key: &str, data: &Value) -> Result<Shown> {
    let scope = viewer.instance_user()?;
    let access = page_access::get(tx.conn, &scope, id, page_key)?.of_form()?;
    access.require_open()?;
    suspension::require_covered(tx.conn, &access.instance, &access.page.key)?;
    access.require_add()?;
    let content = Content::read(tx.conn, &scope, &access, None, data)?;
    let mut new = NewRecord::new(tx.id(), id, &access.instance.organization_id, page_key, tx.now);
    new.row.created_by = Some(viewer.user_id.clone());
    let new = new.with(content.data.to_string(), content.index);
    record::insert(tx, std::slice::from_ref(&new))?;
    record_file::attach(tx, &new.row.id, &content.files)?;
    record_draft::discard(tx, &access, None)?;
    tick_test_record(tx, viewer, &access)?;
    note(tx, &access, "record.created", &new.row, None)?;
    shown_one(tx.conn, viewer, access, new.row)
}

/// A record that an admin of the customer adds while the application is tried out is its test record (D27).
fn tick_test_record(tx: &mut Tx<'_>, viewer: &Viewer, access: &Access) -> Result<()> {
    if viewer.customer_admin().is_ok() && access.instance.status == InstanceStatus::DevMaintenance {
        let part = TriedPart {
            kind: access.page.kind,
            key: &access.page.key,
            name: &access.page.name,
            definition: &access.page.definition,
        };
        let tried = items([part], &[]);
        for item in tried.iter().filter(|it| it.kind == AcceptanceItemKind::RecordSubmitted) {
            acceptance::tick(tx, &access.instance.id, &item.key(), &access.person.user_id)?;
        }
    }
    Ok(())
}

/// Changes a record, unless somebody else changed it since `version`: then nothing is changed and the caller keeps what was
/// typed. Sample data that is changed is the customer's own from then on (D22).
pub fn update(tx: &mut Tx<'_>, viewer: &Viewer, id: &RecordId, version: i32, data: &Value) -> Result<Shown> {
    let (access, found) = open(tx.conn, viewer, id)?;
    access.require_open()?;
    suspension::require_covered(tx.conn, &access.instance, &access.page.key)?;
    access.require(RecordAction::Edit, &found)?;
    if found.version != version {
        return Err(Refusal::stale().into());
    }
    let content = Content::read(tx.conn, &viewer.instance_user()?, &access, Some(&found), data)?;
    if content.changes.is_empty() {
        record_draft::discard(tx, &access, Some(id))?;
        return shown_one(tx.conn, viewer, access, found);
    }
    let changed = AppRecord {
        data: content.data.to_string(),
        sample: false,
        updated_at: Some(tx.now),
        updated_by: Some(viewer.user_id.clone()),
        ..found.clone()
    };
    let saved = record::update(tx, &changed, content.index)?;
    record_file::attach(tx, id, &content.files)?;
    record_file::discard_others(tx, id, &content.files)?;
    let change = RecordChange {
        record_id: id.clone(),
        version: saved.version,
        changed_by: viewer.user_id.clone(),
        changed_at: tx.now,
        fields: serde_json::to_string(&content.changes)?,
    };
    crate::store::record_change::insert(tx, &change)?;
    record_draft::discard(tx, &access, Some(id))?;
    note(tx, &access, "record.updated", &saved, Some(&found))?;
    shown_one(tx.conn, viewer, access, saved)
}

/// Deletes a record with its history, drafts and files; its trail in the audit log stays.
pub fn delete(tx: &mut Tx<'_>, viewer: &Viewer, id: &RecordId) -> Result<RecordId> {
    let (access, found) = open(tx.conn, viewer, id)?;
    access.require_open()?;
    suspension::require_covered(tx.conn, &access.instance, &access.page.key)?;
    access.require(RecordAction::Delete, &found)?;
    record::delete(tx, &found.instance_id, std::slice::from_ref(id))?;
    let fact = Fact {
        organization_id: &found.organization_id,
        action: "record.deleted",
        object_id: id.as_str(),
        label: &access.page.name,
        before: Some(json!({
            "instanceId": found.instance_id, "pageKey": found.page_key, "title": found.title, "version": found.version
        })),
        after: None,
    };
    tx.audit(fact)?;
    Ok(found.id)
}

/// A record by its id alone, in whichever instance that the viewer sees.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &RecordId) -> Result<Option<Shown>> {
    match find(conn, viewer, id)? {
        Some((access, row)) => shown_one(conn, viewer, access, row).map(Some),
        None => Ok(None),
    }
}

/// A change of a record as its reader sees it.
#[derive(Clone, Debug)]
pub struct ShownChange {
    pub row: RecordChange,
    pub fields: Vec<FieldChange>,
}

/// The changes of a record that the viewer reads, newest first.
pub fn changes(
    conn: &mut Conn,
    viewer: &Viewer,
    id: &RecordId,
    page: &PageRequest,
) -> Result<(Arc<Form>, Page<ShownChange>)> {
    let scope = viewer.instance_user()?;
    let (access, _) = open(conn, viewer, id)?;
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    let found = crate::store::record_change::list(conn, id, page)?;
    let read = |row: RecordChange| -> Result<ShownChange> {
        let fields = serde_json::from_str(&row.fields)?;
        Ok(ShownChange { row, fields })
    };
    let mut rows = found.rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let fields = rows.iter_mut().flat_map(|change| &mut change.fields);
    links::show_changes(conn, &scope, &access, &form, fields)?;
    let shown = Page {
        rows,
        has_next: found.has_next,
        has_previous: found.has_previous,
    };
    Ok((Arc::new(form), shown))
}

/// How often a record that the viewer reads was changed.
pub fn change_count(conn: &mut Conn, viewer: &Viewer, id: &RecordId) -> Result<i64> {
    open(conn, viewer, id)?;
    crate::store::record_change::count(conn, id)
}

/// The record and the page at which its reader stands, or the refusal that there is none.
fn open(conn: &mut Conn, viewer: &Viewer, id: &RecordId) -> Result<(Access, AppRecord)> {
    find(conn, viewer, id)?.ok_or_else(|| Refusal::not_found().at("id").into())
}

fn find(conn: &mut Conn, viewer: &Viewer, id: &RecordId) -> Result<Option<(Access, AppRecord)>> {
    let scope = viewer.instance_user()?;
    let Some(row) = record::find_own(conn, &scope, id)? else {
        return Ok(None);
    };
    let access = page_access::find(conn, &scope, &row.instance_id, &row.page_key)?;
    let access = access.filter(|access| access.may(RecordAction::Read, &row));
    Ok(access.map(|access| (access, row)))
}

fn shown_one(conn: &mut Conn, viewer: &Viewer, access: Access, row: AppRecord) -> Result<Shown> {
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    let mut shown = links::show(conn, &viewer.instance_user()?, &Arc::new(access), &form, vec![row])?;
    shown.pop().ok_or_else(|| Refusal::not_found().into())
}

/// Writes who did what to which record into the audit log: fields by name, never what they hold.
fn note(
    tx: &mut Tx<'_>,
    access: &Access,
    action: &'static str,
    saved: &AppRecord,
    before: Option<&AppRecord>,
) -> Result<()> {
    let state =
        |row: &AppRecord| json!({ "instanceId": row.instance_id, "pageKey": row.page_key, "version": row.version });
    let mut after = state(saved);
    if let Some(before) = before {
        let object = |row: &AppRecord| serde_json::from_str::<Value>(&row.data).unwrap_or_default();
        let (before, now) = (object(before), object(saved));
        let empty = serde_json::Map::new();
        let changed = record_change::between(before.as_object().unwrap_or(&empty), now.as_object().unwrap_or(&empty));
        after["fields"] = changed.into_iter().map(|change| change.field).collect();
    }
    tx.audit(Fact {
        organization_id: &saved.organization_id,
        action,
        object_id: saved.id.as_str(),
        label: &access.page.name,
        before: before.map(state),
        after: Some(after),
    })
}

#[cfg(test)]
mod tests;

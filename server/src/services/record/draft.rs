//! Drafts: what a person typed into a record form survives a closed browser. A draft is no record: nothing is checked, nobody
//! else sees it, and since it changes none of the customer's data, no log tells of it.

use serde_json::Value;

use crate::auth::viewer::Viewer;
use crate::domain::id::{InstanceId, RecordId};
use crate::domain::page_permission::RecordAction;
use crate::domain::problem::Problem;
use crate::domain::record_form::MOST_CHARACTERS;
use crate::domain::record_problem::RecordProblem;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::page_access::{self, Access};
use crate::store::record_draft::{self, RecordDraft};
use crate::store::{Result, Tx, record, suspension};

/// Which form is being filled in: of a new record, or of one that is there.
#[derive(Clone, Debug)]
pub struct DraftOf {
    pub instance_id: InstanceId,
    pub page_key: String,
    pub record_id: Option<RecordId>,
}

/// Keeps what was typed, in place of what was kept before. `version` is that of the record with which the typing began.
pub fn save(tx: &mut Tx<'_>, viewer: &Viewer, of: &DraftOf, version: i32, data: &Value) -> Result<RecordDraft> {
    let access = open(tx.conn, viewer, of)?;
    suspension::require_covered(tx.conn, &access.instance, &access.page.key)?;
    if !data.is_object() {
        return Err(Refusal::invalid("data", Problem::Record(RecordProblem::WrongType)).into());
    }
    let text = data.to_string();
    if text.chars().count() > MOST_CHARACTERS {
        return Err(Refusal::invalid("data", Problem::TooLong { max: MOST_CHARACTERS }).into());
    }
    let base = if of.record_id.is_some() { version } else { 0 };
    record_draft::save(tx, &access, of.record_id.as_ref(), base, text)
}

/// Forgets what was typed.
pub fn discard(tx: &mut Tx<'_>, viewer: &Viewer, of: &DraftOf) -> Result<()> {
    let access = open(tx.conn, viewer, of)?;
    record_draft::discard(tx, &access, of.record_id.as_ref())
}

/// What the person typed and did not submit.
pub fn find(conn: &mut Conn, access: &Access, record_id: Option<&RecordId>) -> Result<Option<RecordDraft>> {
    record_draft::find(conn, access, record_id)
}

/// Whoever may submit may keep a draft.
fn open(conn: &mut Conn, viewer: &Viewer, of: &DraftOf) -> Result<Access> {
    let access = page_access::get(conn, &viewer.instance_user()?, &of.instance_id, &of.page_key)?.of_form()?;
    access.require_open()?;
    match &of.record_id {
        None => access.require_add()?,
        Some(id) => access.require(RecordAction::Edit, &record::get(conn, &access, id)?)?,
    }
    Ok(access)
}

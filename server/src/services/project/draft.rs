//! Drafts: only their creator writes, discards or copies them.

use serde_json::json;

use super::{facts, form_of, open, require_valid, submission, with_form};
use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::id::ProjectId;
use crate::domain::money::Currency;
use crate::domain::project::{ProjectAction, ProjectEventKind, ProjectStatus};
use crate::domain::project_form::{ProjectFields, ProjectForm, copy_names, name_key};
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::project::{self, Project};
use crate::store::{Fault, Result, Tx, permission};

/// How many names a copy tries at once.
const NAMES: usize = 50;

/// Creates a draft, or with `submit` hands it in at once; then nothing is created when a check fails.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, fields: &ProjectFields, submit: bool) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let (form, mut issues) = ProjectForm::clean(fields);
    if submit {
        issues.extend(form.missing());
    }
    require_valid(tx.conn, viewer, &scope, &form, issues, None)?;
    let draft = begin(tx, &scope, form, None)?;
    if submit {
        return submission::hand_in(tx, draft, ProjectStatus::InReview);
    }
    Ok(draft)
}

/// Replaces the fields of a draft that was read at `version`.
pub fn update(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProjectId,
    version: i32,
    fields: &ProjectFields,
) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let (before, _) = open(tx.conn, &scope, id, ProjectAction::Edit)?;
    if before.version != version {
        return Err(Refusal::stale().into());
    }
    let (form, issues) = ProjectForm::clean(fields);
    require_valid(tx.conn, viewer, &scope, &form, issues, Some(id))?;
    let after = project::update(tx, &before, with_form(before.clone(), form))?;
    project::audit(tx, &after, "project.updated", Some(facts(&before)), Some(facts(&after)))?;
    Ok(after)
}

/// Deletes a draft; its audit trail stays.
pub fn discard(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId) -> Result<ProjectId> {
    let scope = viewer.partner_admin()?;
    let (draft, _) = open(tx.conn, &scope, id, ProjectAction::Discard)?;
    project::delete_draft(tx, &draft)?;
    project::audit(tx, &draft, "project.discarded", Some(facts(&draft)), None)?;
    Ok(draft.id)
}

/// Copies a rejected or withdrawn project into a new draft under the next free name (D3).
pub fn copy(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let (original, _) = open(tx.conn, &scope, id, ProjectAction::Copy)?;
    let name = free_name(tx.conn, &scope, &original.name)?;
    let form = ProjectForm {
        name,
        ..form_of(&original)?
    };
    begin(tx, &scope, form, Some(&original))
}

fn free_name(conn: &mut Conn, scope: &PartnerScope, name: &str) -> Result<String> {
    // Somebody who copied a project hundreds of times still gets a name; the bound keeps a loop from having no end.
    let mut names = copy_names(name).take(NAMES * 20).peekable();
    while names.peek().is_some() {
        let tried: Vec<String> = names.by_ref().take(NAMES).collect();
        let keys: Vec<String> = tried.iter().map(|name| name_key(name)).collect();
        let taken = project::taken_names(conn, scope, &keys, None)?;
        let free = tried.into_iter().zip(keys).find(|(_, key)| !taken.contains(key));
        if let Some((name, _)) = free {
            return Ok(name);
        }
    }
    Err(Fault::Other(anyhow::anyhow!("every name for a copy of a project is taken")).into())
}

fn begin(tx: &mut Tx<'_>, scope: &PartnerScope, form: ProjectForm, original: Option<&Project>) -> Result<Project> {
    let draft = with_form(blank(tx, scope), form);
    project::insert(tx, &draft)?;
    let copied_from = original.map(|original| original.name.as_str());
    project::add_event(tx, &draft.id, ProjectEventKind::Created, copied_from)?;
    let mut after = facts(&draft);
    if let Some(original) = original {
        after["copiedFrom"] = json!(original.id.as_str());
    }
    project::audit(tx, &draft, "project.created", None, Some(after))?;
    Ok(draft)
}

fn blank(tx: &Tx<'_>, scope: &PartnerScope) -> Project {
    Project {
        id: tx.id(),
        organization_id: scope.organization_id.clone(),
        name: String::new(),
        name_key: String::new(),
        status: ProjectStatus::Draft,
        contract_amount_minor: None,
        contract_currency: Currency::CNY.to_string(),
        contract_file_id: None,
        contract_file_kind: None,
        part_of_larger_contract: false,
        description: String::new(),
        start_on: None,
        end_on: None,
        delivery_scope: String::new(),
        owner_name: String::new(),
        customer_name: String::new(),
        customer_corp_id: String::new(),
        customer_industry: String::new(),
        customer_size: None,
        customer_contact_name: String::new(),
        customer_contact_mobile: String::new(),
        creator_id: scope.user_id.clone(),
        created_at: tx.now,
        updated_at: tx.now,
        submitted_at: None,
        due_at: None,
        decided_at: None,
        decision_code: None,
        decision_reason: None,
        closed_at: None,
        version: 1,
    }
}

//! Projects (D2–D6): written and handed in by their creator (`draft`, `submission`), decided by a reviewer (`review`),
//! read by both (`reading`), taken over where their creator has left (`ownership`). Settling is `settlement`, reading the contract `amount_check`.

mod draft;
mod ownership;
mod reading;
mod review;
mod submission;
#[cfg(test)]
mod tests;

pub use draft::{copy, create, discard, update};
pub use ownership::take as take_ownership;
pub use reading::{count, find, in_order_key, list, scope, seen_by};
pub use review::{Review, review};
pub use submission::{submit, withdraw};

use serde_json::{Value, json};

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::file::FilePurpose;
use crate::domain::id::ProjectId;
use crate::domain::notification::NotificationKind;
use crate::domain::problem::Problem;
use crate::domain::project::{ProjectAction, ProjectStatus};
use crate::domain::project_form::{ProjectForm, in_form_order, name_key};
use crate::domain::refusal::{Issue, Refusal};
use crate::store::conn::Conn;
use crate::store::project::Project;
use crate::store::{Result, file, project};

/// What reviewers were told of a project that waits for them.
const WAITING: [NotificationKind; 2] = [NotificationKind::ProjectSubmitted, NotificationKind::ProjectOverdue];

/// The partner's own project and its status after the action, if this admin may do it now.
fn open(
    conn: &mut Conn,
    scope: &PartnerScope,
    id: &ProjectId,
    action: ProjectAction,
) -> Result<(Project, ProjectStatus)> {
    let found = project::find_own(conn, scope, id)?.ok_or_else(Refusal::not_found)?;
    let next = project::viewer_of(conn, &found, scope)?.act(action, found.status)?;
    Ok((found, next))
}

/// Adds what only the store knows to the issues of a form, and refuses all of them at once: whether the name is free and
/// the contract is a file of this organisation.
fn require_valid(
    conn: &mut Conn,
    viewer: &Viewer,
    scope: &PartnerScope,
    form: &ProjectForm,
    mut issues: Vec<Issue>,
    except: Option<&ProjectId>,
) -> Result<()> {
    let key = name_key(&form.name);
    if !key.is_empty() && !project::taken_names(conn, scope, &[key], except)?.is_empty() {
        issues.push(Issue::new("fields.name", Problem::NotUnique));
    }
    if let Some(id) = &form.contract_file_id {
        let problem = match file::find(conn, &viewer.member()?, id)? {
            None => Some(Problem::Unknown),
            Some(found) if found.purpose != FilePurpose::Contract => Some(FilePurpose::Contract.wrong_kind()),
            Some(_) => None,
        };
        issues.extend(problem.map(|problem| Issue::new("fields.contractFileId", problem)));
    }
    Ok(Refusal::unless_valid(in_form_order(issues))?)
}

/// The form that a stored project holds.
fn form_of(project: &Project) -> Result<ProjectForm> {
    let stored = project.clone();
    Ok(ProjectForm {
        name: stored.name,
        contract_amount: project.contract_amount()?,
        contract_file_id: stored.contract_file_id,
        contract_file_kind: stored.contract_file_kind,
        part_of_larger_contract: stored.part_of_larger_contract,
        description: stored.description,
        start_on: stored.start_on,
        end_on: stored.end_on,
        delivery_scope: stored.delivery_scope,
        owner_name: stored.owner_name,
        customer_name: stored.customer_name,
        customer_corp_id: stored.customer_corp_id,
        customer_industry: stored.customer_industry,
        customer_size: stored.customer_size,
        customer_contact_name: stored.customer_contact_name,
        customer_contact_mobile: stored.customer_contact_mobile,
    })
}

/// The project with the fields of a form.
fn with_form(project: Project, form: ProjectForm) -> Project {
    let currency = form
        .contract_amount
        .map_or_else(Default::default, |amount| amount.currency);
    Project {
        name_key: name_key(&form.name),
        name: form.name,
        contract_amount_minor: form.contract_amount.map(|amount| amount.minor),
        contract_currency: currency.to_string(),
        contract_file_id: form.contract_file_id,
        contract_file_kind: form.contract_file_kind,
        part_of_larger_contract: form.part_of_larger_contract,
        description: form.description,
        start_on: form.start_on,
        end_on: form.end_on,
        delivery_scope: form.delivery_scope,
        owner_name: form.owner_name,
        customer_name: form.customer_name,
        customer_corp_id: form.customer_corp_id,
        customer_industry: form.customer_industry,
        customer_size: form.customer_size,
        customer_contact_name: form.customer_contact_name,
        customer_contact_mobile: form.customer_contact_mobile,
        ..project
    }
}

/// What the audit log keeps of a project: facts of the contract, no contact of a person.
fn facts(project: &Project) -> Value {
    json!({
        "name": project.name,
        "status": project.status,
        "contractAmountMinor": project.contract_amount_minor,
        "contractCurrency": project.contract_currency,
        "contractFileId": project.contract_file_id.as_ref().map(|id| id.as_str()),
        "customerName": project.customer_name,
        "customerCorpId": project.customer_corp_id,
        "version": project.version,
    })
}

//! Settling a project (D32): its creator states how it ended, which closes it. Its links sell nothing from then on, its open
//! remote maintenance ends; what was delivered goes on working.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::file::FilePurpose;
use crate::domain::form_check::FormCheck;
use crate::domain::id::{FileId, ProjectId};
use crate::domain::maintenance::{MaintenanceAction, MaintenanceStatus};
use crate::domain::message::Code;
use crate::domain::money::Money;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::problem::Problem;
use crate::domain::project::{ProjectAction, ProjectEventKind};
use crate::domain::refusal::Refusal;
use crate::domain::settlement::{Settled, SettlementFields, SettlementForm, require_read};
use crate::domain::working_day::local_day;
use crate::store::conn::Conn;
use crate::store::notification::{self, Recipients};
use crate::store::project::{self, Project};
use crate::store::settlement::{self, Settlement};
use crate::store::{Result, Tx, amendment, delivery, file, maintenance, organization, permission};

/// Settles and closes a project. Warnings must have been read.
pub fn settle(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId, fields: &SettlementFields) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let before = project::find_own(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let status = project::viewer_of(tx.conn, &before, &scope)?.act(ProjectAction::Settle, before.status)?;
    // What is under way would arrive after the end.
    if delivery::is_under_way(tx.conn, id)? {
        return Err(Refusal::rule(Code::DeliveryInProgress).into());
    }
    let form = checked(tx, viewer, &before, fields)?;
    let warnings = settlement::warnings(tx.conn, std::slice::from_ref(id))?;
    let warnings: Vec<_> = warnings.into_iter().map(|(_, warning)| warning).collect();
    require_read(&warnings, fields.acknowledge_warnings)?;
    let closed = Project {
        status,
        closed_at: Some(tx.now),
        ..before.clone()
    };
    let after = project::update(tx, &before, closed)?;
    amendment::withdraw_open(tx, &after)?;
    let settled = row(tx, &after, form, &scope.user_id)?;
    settlement::insert(tx, &settled)?;
    let ended = end_maintenance(tx, id)?;
    project::add_event(tx, id, ProjectEventKind::Settled, None)?;
    let facts = json!({
        "status": after.status,
        "actualEndOn": settled.actual_end_on,
        "deliveredAmountMinor": settled.delivered_amount_minor,
        "deliveredCurrency": settled.delivered_currency,
        "satisfaction": settled.satisfaction,
        "warnings": warnings.len(),
        "maintenanceEnded": ended,
    });
    let status_before = json!({ "status": before.status });
    project::audit(tx, &after, "project.settled", Some(status_before), Some(facts))?;
    tell(tx, &after)?;
    Ok(after)
}

/// A customer who bought under the project learns that it is settled.
fn tell(tx: &mut Tx<'_>, settled: &Project) -> Result<()> {
    let bought = project::order_counts(tx.conn, std::slice::from_ref(&settled.id))?;
    let customer = organization::by_corp_id(tx.conn, &settled.customer_corp_id)?;
    let Some(customer) = customer.filter(|_| bought.iter().any(|(_, orders)| *orders > 0)) else {
        return Ok(());
    };
    let notice = Notice::ProjectSettled {
        partner: organization::get(tx.conn, &settled.organization_id)?.name,
        project: settled.name.clone(),
    };
    let admins = Recipients::Holders(&customer.id, Role::CustomerAdmin);
    notification::notify(tx, admins, settled.id.as_str(), &notice)?;
    Ok(())
}

/// Ends whatever remote maintenance of the project is open; how many.
fn end_maintenance(tx: &mut Tx<'_>, id: &ProjectId) -> Result<usize> {
    let open = maintenance::open_of_projects(tx.conn, std::slice::from_ref(id))?;
    for session in &open {
        let action = match session.at(tx.now) {
            MaintenanceStatus::Expired => Some(MaintenanceAction::Expire),
            status => status.settling(),
        };
        if let Some(action) = action {
            maintenance::close(tx, session, action, None)?;
        }
    }
    Ok(open.len())
}

fn checked(tx: &mut Tx<'_>, viewer: &Viewer, project: &Project, fields: &SettlementFields) -> Result<SettlementForm> {
    let mut check = FormCheck::new("");
    let settled = Settled {
        start_on: project.start_on,
        today: local_day(tx.now.utc()),
        currency: &project.contract_currency,
    };
    let form = SettlementForm::clean(fields, &settled, &mut check);
    if let Some(problem) = file_problem(tx.conn, viewer, form.acceptance_file_id.as_ref())? {
        check.wrong("acceptanceFileId", problem);
    }
    Refusal::unless_valid(check.issues())?;
    Ok(form)
}

fn file_problem(conn: &mut Conn, viewer: &Viewer, id: Option<&FileId>) -> Result<Option<Problem>> {
    let Some(id) = id else { return Ok(None) };
    let purpose = FilePurpose::AcceptanceCertificate;
    Ok(match file::find(conn, &viewer.member()?, id)? {
        None => Some(Problem::Unknown),
        Some(found) if found.purpose != purpose => Some(purpose.wrong_kind()),
        Some(_) => None,
    })
}

fn row(tx: &Tx<'_>, project: &Project, form: SettlementForm, by: &crate::domain::id::UserId) -> Result<Settlement> {
    let contract = project.contract_amount()?;
    let delivered = form.delivered_amount.or(contract).unwrap_or_else(|| Money::cny(0));
    Ok(Settlement {
        project_id: project.id.clone(),
        actual_end_on: form.actual_end_on,
        delivered_amount_minor: delivered.minor,
        delivered_currency: delivered.currency.to_string(),
        acceptance_file_id: form.acceptance_file_id,
        customer_acceptor: form.customer_acceptor,
        open_issues: form.open_issues,
        satisfaction: form.satisfaction,
        remark: form.remark,
        settled_by: by.clone(),
        settled_at: tx.now,
    })
}

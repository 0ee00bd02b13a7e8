//! Amendments (项目变更): proposed by the project's creator, decided by a reviewer. The approved one becomes the project's
//! values; both versions stay readable for the two. Rules stand in `domain::amendment`.

use serde_json::{Value, json};

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::amendment::{
    Amended, AmendmentAction, AmendmentFields, AmendmentForm, AmendmentStatus, Terms, already_open,
};
use crate::domain::amount_check::{AmountVerdict, FoundText};
use crate::domain::contract_amount::{self, FoundAmount};
use crate::domain::decision;
use crate::domain::file::FilePurpose;
use crate::domain::form_check::FormCheck;
use crate::domain::id::{AmendmentId, FileId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::problem::Problem;
use crate::domain::project::{
    ProjectAction, ProjectDecisionCode, ProjectEventKind, ProjectStatus, ProjectViewer, ReviewDecision,
};
use crate::domain::refusal::Refusal;
use crate::store::amendment::{self, Amendment};
use crate::store::conn::Conn;
use crate::store::file::File;
use crate::store::job::{self, NewJob};
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::project::{self, Project};
use crate::store::{Fault, Result, Tx, calendar_day, file, organization, permission};

/// Working days that a reviewer has, as for a project (D4).
const REVIEW_DAYS: u32 = 1;

/// Proposes an amendment of an active project and has its document read (D2).
pub fn propose(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    project_id: &ProjectId,
    fields: &AmendmentFields,
) -> Result<Amendment> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let found = project::find_own(tx.conn, &scope, project_id)?.ok_or_else(|| Refusal::not_found().at("projectId"))?;
    found
        .seen_by(&scope)
        .act(ProjectAction::ProposeAmendment, found.status)?;
    if amendment::open_of(tx.conn, &found.id)?.is_some() {
        return Err(already_open().into());
    }
    let before = terms(&found)?;
    let (form, file_id) = checked(tx.conn, viewer, &found, &before, fields)?;
    let made = Amendment {
        id: tx.id(),
        number: amendment::next_number(tx.conn, &found.id)?,
        status: AmendmentStatus::InReview,
        amount_minor: form.terms.amount.minor,
        currency: form.terms.amount.currency.to_string(),
        end_on: form.terms.end_on,
        description: form.terms.description.clone(),
        before_amount_minor: before.amount.minor,
        before_currency: before.amount.currency.to_string(),
        before_end_on: before.end_on,
        before_description: before.description.clone(),
        file_id,
        file_kind: form.file_kind,
        reason: form.reason,
        verdict: AmountVerdict::Pending,
        found: "[]".to_owned(),
        proposed_by: scope.user_id.clone(),
        proposed_at: tx.now,
        due_at: Instant::from(calendar_day::calendar(tx)?.due_after(tx.now.utc(), REVIEW_DAYS)),
        decided_at: None,
        decision_code: None,
        decision_reason: None,
        open_key: Some(found.id.to_string()),
        version: 1,
        organization_id: found.organization_id.clone(),
        project_id: found.id.clone(),
    };
    amendment::insert(tx, &made)?;
    let key = format!("{}:{}", JobKind::ContractAmounts, made.id);
    job::enqueue(
        tx,
        NewJob::new(JobKind::ContractAmounts, json!({ "amendmentId": made.id })).once(key),
    )?;
    project::add_event(tx, &found.id, ProjectEventKind::AmendmentProposed, Some(&made.reason))?;
    let (before, after) = (facts(made.number, &before), facts(made.number, &form.terms));
    project::audit(tx, &found, "project.amendment_proposed", Some(before), Some(after))?;
    let notice = Notice::AmendmentSubmitted {
        partner: organization::get(tx.conn, &found.organization_id)?.name,
        project: found.name,
    };
    notification::notify(tx, Recipients::Reviewers, made.id.as_str(), &notice)?;
    notification::remind_when_due(tx, made.id.as_str(), made.due_at)?;
    Ok(made)
}

/// What of an active project may be amended; it has all of it since it was submitted.
fn terms(project: &Project) -> Result<Terms> {
    let missing = |what: &str| Fault::Inconsistent {
        table: "projects",
        row: project.id.to_string(),
        what: format!("active without {what}"),
    };
    Ok(Terms {
        amount: project.contract_amount()?.ok_or_else(|| missing("an amount"))?,
        end_on: project.end_on.ok_or_else(|| missing("an end"))?,
        description: project.description.clone(),
    })
}

fn checked(
    conn: &mut Conn,
    viewer: &Viewer,
    project: &Project,
    current: &Terms,
    fields: &AmendmentFields,
) -> Result<(AmendmentForm, FileId)> {
    let mut check = FormCheck::new("");
    let amended = Amended {
        current,
        start_on: project.start_on,
        contract_file_kind: project.contract_file_kind,
        part_of_larger_contract: project.part_of_larger_contract,
    };
    let form = AmendmentForm::clean(fields, &amended, &mut check);
    if let Some(id) = &form.file_id {
        match file::find(conn, &viewer.member()?, id)? {
            None => check.wrong("fileId", Problem::Unknown),
            Some(found) if found.purpose != FilePurpose::Contract => {
                check.wrong("fileId", FilePurpose::Contract.wrong_kind());
            }
            Some(_) => {}
        }
    }
    let issues = check.issues();
    match (issues.is_empty(), form.file_id.clone()) {
        (true, Some(file_id)) => Ok((form, file_id)),
        _ => Err(Refusal::validation(issues).into()),
    }
}

/// The project's creator takes an amendment back while it is in review.
pub fn withdraw(tx: &mut Tx<'_>, viewer: &Viewer, id: &AmendmentId) -> Result<Amendment> {
    let scope = viewer.partner_admin()?;
    let found = amendment::find_own(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let of = project::get(tx.conn, &found.project_id)?;
    let status = AmendmentAction::Withdraw.take(of.seen_by(&scope), found.status)?;
    end(tx, &of, &found, status, None)
}

/// What the reviewer says.
#[derive(Clone, Debug)]
pub struct Review {
    pub decision: ReviewDecision,
    /// Reject because the amounts differ.
    pub amount_mismatch: bool,
    pub reason: Option<String>,
}

/// Approves or rejects an amendment. An approved one becomes the project's values in the same transaction; rejecting needs
/// a reason, unless the amounts differ.
pub fn review(tx: &mut Tx<'_>, viewer: &Viewer, id: &AmendmentId, said: &Review) -> Result<Amendment> {
    let scope = viewer.reviewer()?;
    let found = amendment::find_submitted(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let status = AmendmentAction::of(said.decision).take(ProjectViewer::Reviewer, found.status)?;
    let of = project::get(tx.conn, &found.project_id)?;
    if of.status != ProjectStatus::Active {
        return Err(Refusal::rule(Code::ProjectNotActive).into());
    }
    let rejected = said.decision == ReviewDecision::Reject;
    if !rejected {
        permission::require_of(tx.conn, &of.organization_id)?;
        decision::no_mismatch(said.amount_mismatch)?;
    }
    let code = (rejected && said.amount_mismatch).then_some(ProjectDecisionCode::AmountMismatch);
    let reason = decision::reason(said.reason.as_deref(), rejected && code.is_none())?;
    let of = match said.decision {
        ReviewDecision::Approve => apply(tx, &of, &found)?,
        ReviewDecision::Reject => of,
    };
    let saved = end(tx, &of, &found, status, Some((code, reason)))?;
    let project = of.name;
    let notice = match said.decision {
        ReviewDecision::Approve => Notice::AmendmentApproved { project },
        ReviewDecision::Reject => Notice::AmendmentRejected {
            project,
            amount_mismatch: code.is_some(),
            reason: saved.decision_reason.clone(),
        },
    };
    let creator = Recipients::Person(&of.organization_id, &of.creator_id);
    notification::notify(tx, creator, of.id.as_str(), &notice)?;
    Ok(saved)
}

fn apply(tx: &mut Tx<'_>, of: &Project, approved: &Amendment) -> Result<Project> {
    let amended = Project {
        contract_amount_minor: Some(approved.amount_minor),
        contract_currency: approved.currency.clone(),
        end_on: Some(approved.end_on),
        description: approved.description.clone(),
        ..of.clone()
    };
    project::update(tx, of, amended)
}

fn end(
    tx: &mut Tx<'_>,
    of: &Project,
    found: &Amendment,
    status: AmendmentStatus,
    decision: Option<(Option<ProjectDecisionCode>, Option<String>)>,
) -> Result<Amendment> {
    let decided_at = decision.is_some().then_some(tx.now);
    let (decision_code, decision_reason) = decision.unwrap_or_default();
    let ended = Amendment {
        status,
        decided_at,
        decision_code,
        decision_reason,
        open_key: None,
        ..found.clone()
    };
    let saved = amendment::update(tx, found, ended)?;
    amendment::tell_end(tx, of, &saved)?;
    Ok(saved)
}

fn facts(number: i32, terms: &Terms) -> Value {
    json!({
        "amendment": number,
        "contractAmountMinor": terms.amount.minor,
        "contractCurrency": terms.amount.currency.to_string(),
        "endOn": terms.end_on,
        "description": terms.description,
    })
}

/// What this viewer is to an amendment; `None` where it does not exist for them. Other admins of the partner see that a
/// project has been amended, not how (D5).
fn seen_by(conn: &mut Conn, viewer: &Viewer, found: &Amendment) -> Result<Option<ProjectViewer>> {
    if viewer.reviewer().is_ok() {
        return Ok(Some(ProjectViewer::Reviewer));
    }
    let scope: PartnerScope = viewer.partner_admin()?;
    let of = project::find_own(conn, &scope, &found.project_id)?;
    let seen = of.map(|of| of.seen_by(&scope));
    Ok(seen.filter(|seen| *seen == ProjectViewer::Creator))
}

/// One amendment for the project's creator or a reviewer, or `None`.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &AmendmentId) -> Result<Option<Amendment>> {
    let found = match viewer.reviewer() {
        Ok(scope) => amendment::find_submitted(conn, &scope, id)?,
        Err(_) => amendment::find_own(conn, &viewer.partner_admin()?, id)?,
    };
    let Some(found) = found else { return Ok(None) };
    Ok(seen_by(conn, viewer, &found)?.map(|_| found))
}

/// A page of the amendments of every partner, for a reviewer: newest first; those in review overdue first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    status: Option<AmendmentStatus>,
    page: &PageRequest,
) -> Result<Page<Amendment>> {
    amendment::list(conn, &viewer.reviewer()?, status, page)
}

/// How many amendments such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, status: Option<AmendmentStatus>) -> Result<i64> {
    amendment::count(conn, &viewer.reviewer()?, status)
}

/// The document that waits to be read; `None` where that was done already.
pub fn waiting(conn: &mut Conn, id: &AmendmentId) -> Result<Option<File>> {
    let found = amendment::get(conn, id)?;
    match found.verdict {
        AmountVerdict::Pending => file::get(conn, &found.file_id).map(Some),
        AmountVerdict::Match | AmountVerdict::Mismatch | AmountVerdict::Unreadable => Ok(None),
    }
}

/// Compares what was found with the proposed amount; `None` is a document that could not be read.
pub fn finish_check(tx: &mut Tx<'_>, id: &AmendmentId, found: Option<&[FoundAmount]>) -> Result<()> {
    let proposed = amendment::get(tx.conn, id)?.proposed()?.amount;
    let texts: Vec<FoundText> = found.unwrap_or_default().iter().map(FoundText::from).collect();
    let verdict = contract_amount::verdict(proposed, found).into();
    amendment::finish_check(tx, id, verdict, &texts)
}

#[cfg(test)]
mod tests;

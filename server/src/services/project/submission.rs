//! Handing a project in and taking it back (D3). After submitting nothing is edited.

use serde_json::json;

use super::{WAITING, facts, form_of, open, require_valid};
use crate::auth::viewer::Viewer;
use crate::domain::id::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::notification::Notice;
use crate::domain::project::{ProjectAction, ProjectEventKind, ProjectStatus};
use crate::store::job::{self, NewJob};
use crate::store::notification::{self, Recipients};
use crate::store::project::{self, Project};
use crate::store::{Result, Tx, amount_check, calendar_day, organization, permission};

/// Working days that a reviewer has (D4).
const REVIEW_DAYS: u32 = 1;

/// Starts the approval of a draft; everything that is wrong is reported at once.
pub fn submit(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    permission::require(tx.conn, &scope)?;
    let (draft, next) = open(tx.conn, &scope, id, ProjectAction::Submit)?;
    let form = form_of(&draft)?;
    let issues = form.missing();
    require_valid(tx.conn, viewer, &scope, &form, issues, Some(id))?;
    hand_in(tx, draft, next)
}

/// Moves a checked draft into review, and has its contract read (D2).
pub(super) fn hand_in(tx: &mut Tx<'_>, draft: Project, status: ProjectStatus) -> Result<Project> {
    let due = Instant::from(calendar_day::calendar(tx)?.due_after(tx.now.utc(), REVIEW_DAYS));
    let submitted = Project {
        status,
        submitted_at: Some(tx.now),
        due_at: Some(due),
        ..draft.clone()
    };
    let after = project::update(tx, &draft, submitted)?;
    amount_check::insert_pending(tx, &after.id)?;
    let payload = json!({ "projectId": after.id.as_str() });
    let key = format!("{}:{}", JobKind::ContractAmounts, after.id);
    job::enqueue(tx, NewJob::new(JobKind::ContractAmounts, payload).once(key))?;
    project::add_event(tx, &after.id, ProjectEventKind::Submitted, None)?;
    project::audit(
        tx,
        &after,
        "project.submitted",
        Some(facts(&draft)),
        Some(facts(&after)),
    )?;
    let notice = Notice::ProjectSubmitted {
        partner: organization::get(tx.conn, &after.organization_id)?.name,
        project: after.name.clone(),
    };
    notification::notify(tx, Recipients::Reviewers, after.id.as_str(), &notice)?;
    notification::remind_when_due(tx, after.id.as_str(), due)?;
    Ok(after)
}

/// The creator takes the project back while it is in review (D3).
pub fn withdraw(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId) -> Result<Project> {
    let scope = viewer.partner_admin()?;
    let (before, status) = open(tx.conn, &scope, id, ProjectAction::Withdraw)?;
    let after = project::update(
        tx,
        &before,
        Project {
            status,
            ..before.clone()
        },
    )?;
    project::add_event(tx, &after.id, ProjectEventKind::Withdrawn, None)?;
    project::audit(
        tx,
        &after,
        "project.withdrawn",
        Some(facts(&before)),
        Some(facts(&after)),
    )?;
    notification::answered(tx, after.id.as_str(), &WAITING)?;
    let notice = Notice::ProjectWithdrawn {
        partner: organization::get(tx.conn, &after.organization_id)?.name,
        project: after.name.clone(),
    };
    notification::notify(tx, Recipients::Reviewers, after.id.as_str(), &notice)?;
    Ok(after)
}

//! The decision of an internal reviewer (D4). The amount check helps and never decides (D2).

use super::{WAITING, facts};
use crate::auth::viewer::Viewer;
use crate::domain::decision;
use crate::domain::id::ProjectId;
use crate::domain::notification::Notice;
use crate::domain::project::{ProjectDecisionCode, ProjectEventKind, ProjectViewer, ReviewDecision};
use crate::domain::refusal::Refusal;
use crate::store::notification::{self, Recipients};
use crate::store::project::{self, Project};
use crate::store::{Result, Tx, permission};

/// What the reviewer says.
#[derive(Clone, Debug)]
pub struct Review {
    pub decision: ReviewDecision,
    /// Reject because the amounts differ.
    pub amount_mismatch: bool,
    pub reason: Option<String>,
}

/// Approves or rejects a project in review. Rejecting needs a reason, unless the amounts differ.
pub fn review(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProjectId, review: &Review) -> Result<Project> {
    let scope = viewer.reviewer()?;
    let before = project::find_submitted(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let status = ProjectViewer::Reviewer.act(review.decision.action(), before.status)?;
    let rejected = review.decision == ReviewDecision::Reject;
    if !rejected {
        permission::require_of(tx.conn, &before.organization_id)?;
        decision::no_mismatch(review.amount_mismatch)?;
    }
    let code = (rejected && review.amount_mismatch).then_some(ProjectDecisionCode::AmountMismatch);
    let decided = Project {
        status,
        decided_at: Some(tx.now),
        decision_reason: decision::reason(review.reason.as_deref(), rejected && code.is_none())?,
        decision_code: code,
        ..before.clone()
    };
    let after = project::update(tx, &before, decided)?;
    let (kind, action) = match review.decision {
        ReviewDecision::Approve => (ProjectEventKind::Approved, "project.approved"),
        ReviewDecision::Reject => (ProjectEventKind::Rejected, "project.rejected"),
    };
    project::add_event(tx, &after.id, kind, after.decision_reason.as_deref())?;
    let mut facts_after = facts(&after);
    facts_after["decisionCode"] = serde_json::json!(after.decision_code);
    facts_after["decisionReason"] = serde_json::json!(after.decision_reason);
    project::audit(tx, &after, action, Some(facts(&before)), Some(facts_after))?;
    tell(tx, &after, review.decision)?;
    Ok(after)
}

/// The creator learns the decision; the other reviewers have nothing left to decide.
fn tell(tx: &mut Tx<'_>, decided: &Project, decision: ReviewDecision) -> Result<()> {
    notification::answered(tx, decided.id.as_str(), &WAITING)?;
    let project = decided.name.clone();
    let notice = match decision {
        ReviewDecision::Approve => Notice::ProjectApproved { project },
        ReviewDecision::Reject => Notice::ProjectRejected {
            project,
            amount_mismatch: decided.decision_code == Some(ProjectDecisionCode::AmountMismatch),
            reason: decided.decision_reason.clone(),
        },
    };
    let creator = Recipients::Person(&decided.organization_id, &decided.creator_id);
    notification::notify(tx, creator, decided.id.as_str(), &notice)?;
    Ok(())
}

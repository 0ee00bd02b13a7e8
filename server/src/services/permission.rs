//! Distribution permission (D1): a partner admin applies, an internal reviewer decides.

use serde_json::{Value, json};

use crate::auth::viewer::{PartnerScope, ReviewerScope, Viewer};
use crate::domain::agreement::{Agreement, AgreementKind};
use crate::domain::decision;
use crate::domain::id::DistributionPermissionId;
use crate::domain::instant::Instant;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::organization::{PartnerTier, Role};
use crate::domain::permission::{
    DistributionPermissionAction as Action, DistributionPermissionStatus, DistributionPermissionStatus as Status,
    PermissionDecision,
};
use crate::domain::permission_form::{PermissionFields, PermissionForm};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status as _;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::notification::{self, Recipients};
use crate::store::page::{Page, PageRequest};
use crate::store::permission::{self, CURRENT, DistributionPermission};
use crate::store::{Result, Tx, agreement, calendar_day, organization};

/// Working days that a reviewer has.
const REVIEW_DAYS: u32 = 1;

/// What the reviewer says.
#[derive(Clone, Debug)]
pub struct Decision {
    pub decision: PermissionDecision,
    pub reason: Option<String>,
    /// The partner's tier from now on.
    pub tier: Option<PartnerTier>,
}

/// Hands an application in. After a rejection or a revocation this is a new one; the old one stays as history.
pub fn apply(tx: &mut Tx<'_>, viewer: &Viewer, fields: &PermissionFields) -> Result<DistributionPermission> {
    let scope = viewer.partner_admin()?;
    let before = permission::current(tx.conn, &scope.organization_id)?;
    if let Some(before) = &before {
        before.status.apply(Action::Reapply)?;
    }
    let form = PermissionForm::check(fields)?;
    let made = row(tx, &scope, form)?;
    permission::insert_current(tx, &made)?;
    let agreement = Agreement::current(AgreementKind::Distribution);
    agreement::accept(tx, &scope, &agreement, made.id.as_str())?;
    record(tx, &made, "permission.submitted", before.map(|before| before.status))?;
    let partner = organization::get(tx.conn, &made.organization_id)?.name;
    let notice = Notice::PermissionSubmitted { partner };
    notification::notify(tx, Recipients::Reviewers, made.id.as_str(), &notice)?;
    notification::remind_when_due(tx, made.id.as_str(), made.due_at)?;
    Ok(made)
}

fn row(tx: &mut Tx<'_>, scope: &PartnerScope, form: PermissionForm) -> Result<DistributionPermission> {
    let calendar = calendar_day::calendar(tx)?;
    Ok(DistributionPermission {
        id: tx.id(),
        organization_id: scope.organization_id.clone(),
        status: Status::Submitted,
        scenario: form.scenario,
        delivery_references: serde_json::to_string(&form.references)?,
        contact_name: form.contact_name,
        contact_mobile: form.contact_mobile,
        agreement_version: form.agreement_version,
        submitted_by: scope.user_id.clone(),
        submitted_at: tx.now,
        due_at: Instant::from(calendar.due_after(tx.now.utc(), REVIEW_DAYS)),
        decided_by: None,
        decided_at: None,
        reason: None,
        current_marker: Some(CURRENT.to_owned()),
        version: 1,
    })
}

/// Grants, rejects or revokes; the last two with a reason. A tier is set where one is given.
pub fn decide(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &DistributionPermissionId,
    decision: &Decision,
) -> Result<DistributionPermission> {
    let scope = viewer.reviewer()?;
    let before = permission::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let granted = decision.decision == PermissionDecision::Grant;
    if decision.tier.is_some() && !granted {
        return Err(Refusal::invalid("tier", Problem::UnknownChoice).into());
    }
    if let Some(tier) = decision
        .tier
        .filter(|_| before.status == DistributionPermissionStatus::Granted)
    {
        // Granted already: the tier alone is set.
        set_tier(tx, &scope, &before, tier)?;
        return Ok(before);
    }
    let status = before.status.apply(decision.decision.action())?;
    let reason = decision::reason(decision.reason.as_deref(), decision.decision.needs_reason())?;
    let decided = DistributionPermission {
        status,
        decided_by: Some(scope.user_id.clone()),
        decided_at: Some(tx.now),
        reason,
        ..before.clone()
    };
    let after = permission::update(tx, &before, decided)?;
    let action = match decision.decision {
        PermissionDecision::Grant => "permission.granted",
        PermissionDecision::Reject => "permission.rejected",
        PermissionDecision::Revoke => "permission.revoked",
    };
    record(tx, &after, action, Some(before.status))?;
    if let Some(tier) = decision.tier {
        set_tier(tx, &scope, &after, tier)?;
    }
    tell(tx, &after, decision.decision)?;
    Ok(after)
}

/// The partner's admins learn the decision; the other reviewers have nothing left to decide.
fn tell(tx: &mut Tx<'_>, decided: &DistributionPermission, decision: PermissionDecision) -> Result<()> {
    let waiting = [
        NotificationKind::PermissionSubmitted,
        NotificationKind::PermissionOverdue,
    ];
    notification::answered(tx, decided.id.as_str(), &waiting)?;
    let reason = decided.reason.clone().unwrap_or_default();
    let notice = match decision {
        PermissionDecision::Grant => Notice::PermissionGranted {},
        PermissionDecision::Reject => Notice::PermissionRejected { reason },
        PermissionDecision::Revoke => Notice::PermissionRevoked { reason },
    };
    let admins = Recipients::Holders(&decided.organization_id, Role::PartnerAdmin);
    notification::notify(tx, admins, decided.id.as_str(), &notice)?;
    Ok(())
}

/// The application of the viewer's organisation that counts, for those who work for a partner.
pub fn current(conn: &mut Conn, viewer: &Viewer) -> Result<Option<DistributionPermission>> {
    match viewer.partner() {
        Ok(scope) => permission::current(conn, &scope.organization_id),
        Err(_) => Ok(None),
    }
}

/// One application, or `None` where it does not exist for the viewer.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &DistributionPermissionId) -> Result<Option<DistributionPermission>> {
    match viewer.reviewer() {
        Ok(scope) => permission::find(conn, &scope, id),
        Err(_) => permission::find_own(conn, &viewer.partner_admin()?, id),
    }
}

/// A page of applications for a reviewer, newest first; those that wait overdue first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    status: Option<Status>,
    page: &PageRequest,
) -> Result<Page<DistributionPermission>> {
    permission::list(conn, &viewer.reviewer()?, status, page)
}

/// How many applications such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, status: Option<Status>) -> Result<i64> {
    permission::count(conn, &viewer.reviewer()?, status)
}

/// What the viewer can do with the application.
pub fn available_actions(viewer: &Viewer, found: &DistributionPermission) -> Vec<Action> {
    let own = viewer
        .partner_admin()
        .is_ok_and(|scope| scope.organization_id == found.organization_id);
    let may = |action: Action| match action {
        Action::Reapply => own && found.current_marker.is_some(),
        Action::Grant | Action::Reject | Action::Revoke => viewer.reviewer().is_ok(),
    };
    let open = |action: &Action| may(*action) && found.status.after(*action).is_some();
    Action::ALL.iter().copied().filter(open).collect()
}

fn record(
    tx: &mut Tx<'_>,
    permission: &DistributionPermission,
    action: &'static str,
    before: Option<Status>,
) -> Result<()> {
    let after = json!({
        "status": permission.status,
        "reason": permission.reason,
        "agreementVersion": permission.agreement_version,
    });
    let before = before.map(|status| json!({ "status": status }));
    audit(tx, permission, action, before, after)
}

/// Sets a partner's tier and records it where it is another one.
fn set_tier(
    tx: &mut Tx<'_>,
    scope: &ReviewerScope,
    permission: &DistributionPermission,
    tier: PartnerTier,
) -> Result<()> {
    let before = organization::get(tx.conn, &permission.organization_id)?.partner_tier;
    if before == tier {
        return Ok(());
    }
    organization::set_tier(tx, scope, &permission.organization_id, tier)?;
    let (before, after) = (json!({ "partnerTier": before }), json!({ "partnerTier": tier }));
    audit(tx, permission, "organization.tier_set", Some(before), after)
}

/// In the partner's log, and in the reviewer's.
fn audit(
    tx: &mut Tx<'_>,
    permission: &DistributionPermission,
    action: &'static str,
    before: Option<Value>,
    after: Value,
) -> Result<()> {
    let partner = &permission.organization_id;
    let label = organization::get(tx.conn, partner)?.name;
    tx.audit_with_actor(Fact {
        organization_id: partner,
        action,
        object_id: permission.id.as_str(),
        label: &label,
        before,
        after: Some(after),
    })
}

#[cfg(test)]
mod tests;

//! The end of a review (L22), by open-platform operators alone, and taking a cool app off the market, by its partner or by them.

use serde_json::json;

use super::facts_of;
use crate::auth::viewer::Viewer;
use crate::domain::cool_app::{CoolAppAction, CoolAppDecision, CoolAppStep, CoolAppViewer};
use crate::domain::decision;
use crate::domain::id::CoolAppId;
use crate::domain::notification::{Notice, NotificationKind};
use crate::domain::product_decision::{self, FieldReason};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status as _;
use crate::store::cool_app::{self, CoolApp, CoolAppScope};
use crate::store::notification::{self, Recipients};
use crate::store::{Result, Tx, cool_app_installation, cool_app_market};

/// What operators were told of a cool app that waits for them.
const WAITING: [NotificationKind; 2] = [NotificationKind::CoolAppSubmitted, NotificationKind::CoolAppOverdue];

/// What an operator says.
#[derive(Clone, Debug)]
pub struct Review {
    pub decision: CoolAppDecision,
    pub reason: Option<String>,
    pub field_reasons: Vec<FieldReason>,
}

/// Decides about what was handed in. What is approved is on the market, and in the groups that have the app, from this commit on; of a
/// rejected update the market goes on showing what it showed.
pub fn review(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId, said: &Review) -> Result<CoolApp> {
    let scope = viewer.open_platform_operator()?;
    let found = cool_app::find(tx.conn, &CoolAppScope::Operator(scope.clone()), id)?;
    let before = found.ok_or_else(Refusal::not_found)?;
    CoolAppViewer::Operator.require(before.status, CoolAppAction::Review)?;
    let approved = said.decision == CoolAppDecision::Approve;
    let (reason, fields) = product_decision::checked(approved, said.reason.as_deref(), &said.field_reasons)?;
    let decided = CoolApp {
        status: before.status.apply(said.decision.step())?,
        decided_by: Some(scope.user_id),
        decided_at: Some(tx.now),
        decision: Some(said.decision),
        reason,
        field_reasons: serde_json::to_string(&fields)?,
        ..before.clone()
    };
    let wanted = if approved { shown(tx, decided)? } else { decided };
    let after = cool_app::update(tx, &before, wanted)?;
    if let Some(content) = after.approved()?.filter(|_| approved) {
        cool_app_market::follow(tx, &after)?;
        cool_app_installation::refresh(tx, id, &content)?;
    }
    let action = if approved {
        "cool_app.approved"
    } else {
        "cool_app.rejected"
    };
    let mut told = facts_of(&after);
    told["fieldReasons"] = json!(fields);
    cool_app::audit(tx, &after, action, Some(facts_of(&before)), Some(told))?;
    notification::answered(tx, id.as_str(), &WAITING)?;
    tell(tx, &after, &decision_notice(&before, &after, said.decision))?;
    Ok(after)
}

/// What was reviewed takes the place of what the market showed, which stands where it stood.
fn shown(tx: &Tx<'_>, decided: CoolApp) -> Result<CoolApp> {
    let content = decided.written()?;
    Ok(CoolApp {
        name: content.title(),
        search_text: content.search_text(),
        approved_content: Some(decided.content.clone()),
        market_at: decided.market_at.or(Some(tx.now)),
        ..decided
    })
}

fn decision_notice(before: &CoolApp, after: &CoolApp, decision: CoolAppDecision) -> Notice {
    let cool_app = after.name.clone();
    match decision {
        CoolAppDecision::Approve => Notice::CoolAppApproved { cool_app },
        CoolAppDecision::Reject => Notice::CoolAppRejected {
            cool_app,
            reason: after.reason.clone().unwrap_or_default(),
            update: before.status.is_on_market(),
        },
    }
}

/// Whoever handed it in learns of it.
fn tell(tx: &mut Tx<'_>, app: &CoolApp, notice: &Notice) -> Result<()> {
    let submitter = app.submitted_by.as_ref().unwrap_or(&app.created_by);
    let person = Recipients::Person(&app.organization_id, submitter);
    notification::notify(tx, person, app.id.as_str(), notice)?;
    Ok(())
}

/// Takes a cool app off the market: its partner, with a reason or without, or an operator with one, whom the partner is told of. Groups
/// that have it keep it.
pub fn delist(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId, reason: Option<&str>) -> Result<CoolApp> {
    let (scope, seen) = match viewer.open_platform_operator() {
        Ok(operator) => (CoolAppScope::Operator(operator), CoolAppViewer::Operator),
        Err(_) => (
            CoolAppScope::Partner(viewer.partner_admin()?),
            CoolAppViewer::PartnerAdmin,
        ),
    };
    let before = cool_app::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?;
    seen.require(before.status, CoolAppAction::Delist)?;
    let by_operator = seen == CoolAppViewer::Operator;
    let gone = CoolApp {
        status: before.status.apply(CoolAppStep::Delist)?,
        market_at: None,
        delisted_by: Some(viewer.user_id.clone()),
        delisted_at: Some(tx.now),
        delisting_reason: decision::reason(reason, by_operator)?,
        ..before.clone()
    };
    let after = cool_app::update(tx, &before, gone)?;
    cool_app_market::follow(tx, &after)?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    cool_app::audit(tx, &after, "cool_app.delisted", Some(old), Some(new))?;
    if by_operator {
        let notice = Notice::CoolAppDelisted {
            cool_app: after.name.clone(),
            reason: after.delisting_reason.clone().unwrap_or_default(),
        };
        tell(tx, &after, &notice)?;
    }
    Ok(after)
}

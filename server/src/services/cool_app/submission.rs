//! Handing an application in (L21): every check at once, then it waits for the open-platform operators.

use std::collections::HashMap;

use super::{facts_of, is_listed, open};
use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::cool_app::{CoolAppAction, CoolAppStep};
use crate::domain::cool_app_content::CoolAppContent;
use crate::domain::cool_app_form::{self, Facts};
use crate::domain::id::{CoolAppId, FileId};
use crate::domain::instant::Instant;
use crate::domain::notification::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status as _;
use crate::store::conn::Conn;
use crate::store::cool_app::{self, CoolApp};
use crate::store::notification::{self, Recipients};
use crate::store::{Result, Tx, calendar_day, file, organization};

/// Working days that an operator has, as for products (L7).
const REVIEW_DAYS: u32 = 1;

/// Hands an application in that was read at `version`, or an update of what is approved.
pub fn submit(tx: &mut Tx<'_>, viewer: &Viewer, id: &CoolAppId, version: i32) -> Result<CoolApp> {
    let scope = viewer.partner_admin()?;
    let before = open(tx.conn, &scope, id, version, CoolAppAction::Submit)?;
    let content = before.written()?;
    let facts = facts(tx.conn, &scope, &before, &content)?;
    Refusal::unless_valid(cool_app_form::report(&content, &facts))?;
    let due = Instant::from(calendar_day::calendar(tx)?.due_after(tx.now.utc(), REVIEW_DAYS));
    let handed_in = CoolApp {
        status: before.status.apply(CoolAppStep::Submit)?,
        submitted_by: Some(scope.user_id),
        submitted_at: Some(tx.now),
        due_at: Some(due),
        decided_by: None,
        decided_at: None,
        decision: None,
        reason: None,
        field_reasons: "[]".to_owned(),
        ..before.clone()
    };
    let after = cool_app::update(tx, &before, handed_in)?;
    let (old, new) = (facts_of(&before), facts_of(&after));
    cool_app::audit(tx, &after, "cool_app.submitted", Some(old), Some(new))?;
    let notice = Notice::CoolAppSubmitted {
        partner: organization::get(tx.conn, &after.organization_id)?.name,
        cool_app: after.name.clone(),
    };
    notification::notify(tx, Recipients::OpenPlatformOperators, id.as_str(), &notice)?;
    notification::remind_when_due(tx, id.as_str(), due)?;
    Ok(after)
}

/// What only the store knows of an application.
fn facts(conn: &mut Conn, scope: &PartnerScope, app: &CoolApp, content: &CoolAppContent) -> Result<Facts> {
    let named: Vec<FileId> = content.pictures().cloned().collect();
    let own = |file: &file::File| file.organization_id == scope.organization_id;
    let pictures: HashMap<_, _> = file::by_ids(conn, &named)?
        .into_iter()
        .filter(own)
        .map(|file| (file.id, file.purpose))
        .collect();
    Ok(Facts {
        product_listed: is_listed(conn, scope, &app.product_id)?,
        pictures,
        approved: app.approved()?,
    })
}

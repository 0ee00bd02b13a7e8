//! Promotion links (L18) as their partner keeps them: made from an approved product, changed, disabled and enabled by any partner admin,
//! and what came of each (L19). What happens where a link leads is `promotion`.

use crate::auth::viewer::Viewer;
use crate::domain::id::{ProductId, PromotionLinkId};
use crate::domain::instant::Instant;
use crate::domain::link_token::LinkToken;
use crate::domain::problem::Problem;
use crate::domain::promotion_count::{PromotionDay, days};
use crate::domain::promotion_link::{
    LinkForm, PromotionLinkAction, Validity, checked, checked_change, require_action, sells,
};
use crate::domain::refusal::{Issue, Refusal};
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::promotion_link::{self, PromotionLink};
use crate::store::{Result, Tx, product, promotion_count};

/// A page of the partner's links, newest first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    product: Option<&ProductId>,
    page: &PageRequest,
) -> Result<Page<PromotionLink>> {
    promotion_link::list(conn, &viewer.partner_admin()?, product, page)
}

/// How many links [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, product: Option<&ProductId>) -> Result<i64> {
    promotion_link::count(conn, &viewer.partner_admin()?, product)
}

/// One link of the partner, or `None`.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &PromotionLinkId) -> Result<Option<PromotionLink>> {
    promotion_link::find(conn, &viewer.partner_admin()?, id)
}

/// L19: what came of a link on each of the last days; `None` where it is not the partner's.
pub fn funnel(
    conn: &mut Conn,
    viewer: &Viewer,
    id: &PromotionLinkId,
    count: i32,
    now: Instant,
) -> Result<Option<Vec<PromotionDay>>> {
    let days = days(count, now)?;
    match find(conn, viewer, id)? {
        Some(link) => promotion_count::by_day(conn, &link, &days).map(Some),
        None => Ok(None),
    }
}

/// L18: makes a link of an approved product. `secret` signs its token.
pub fn create(tx: &mut Tx<'_>, viewer: &Viewer, form: &LinkForm, secret: &[u8]) -> Result<PromotionLink> {
    let scope = viewer.partner_admin()?;
    let product = match &form.product_id {
        Some(id) => product::find_own(tx.conn, &scope, id)?,
        None => None,
    };
    let product = product.ok_or_else(|| Refusal::not_found().at("productId"))?;
    let (form, mut issues) = checked(form, tx.now);
    if !sells(product.status) {
        issues.insert(0, Issue::new("productId", Problem::ProductNotApproved));
    }
    if promotion_link::is_taken(tx.conn, &product.id, &form.channel_code)? {
        issues.push(Issue::new("channelCode", Problem::ChannelTaken));
    }
    Refusal::unless_valid(issues)?;
    let id: PromotionLinkId = tx.id();
    let link = PromotionLink {
        token_hash: LinkToken::of_promotion(secret, id.as_str()).hash().as_str().to_owned(),
        id,
        organization_id: scope.organization_id,
        product_id: product.id,
        name: form.name,
        channel_code: form.channel_code,
        valid_from: form.validity.from,
        valid_to: form.validity.to,
        disabled: false,
        created_by: scope.user_id,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
    };
    promotion_link::insert(tx, &link)?;
    promotion_link::audit(tx, "promotion_link.created", None, &link)?;
    Ok(link)
}

/// What of a link is changed.
#[derive(Clone, Debug)]
pub struct LinkChange {
    /// As it was read; somebody else's change in between is not lost.
    pub version: i32,
    pub name: String,
    pub validity: Validity,
}

/// Changes the name and the time of a link. Its channel code stays: orders carry it.
pub fn change(tx: &mut Tx<'_>, viewer: &Viewer, id: &PromotionLinkId, change: &LinkChange) -> Result<PromotionLink> {
    let found = own(tx, viewer, id)?;
    require_action(found.disabled, PromotionLinkAction::Change)?;
    let (name, issues) = checked_change(&change.name, change.validity, tx.now);
    Refusal::unless_valid(issues)?;
    if found.version != change.version {
        return Err(Refusal::stale().into());
    }
    let after = PromotionLink {
        name,
        valid_from: change.validity.from,
        valid_to: change.validity.to,
        ..found.clone()
    };
    saved(tx, &found, after, "promotion_link.changed")
}

/// L20: the link sells nothing until it is enabled again.
pub fn disable(tx: &mut Tx<'_>, viewer: &Viewer, id: &PromotionLinkId) -> Result<PromotionLink> {
    switch(tx, viewer, id, PromotionLinkAction::Disable)
}

/// The link sells again, within its time.
pub fn enable(tx: &mut Tx<'_>, viewer: &Viewer, id: &PromotionLinkId) -> Result<PromotionLink> {
    switch(tx, viewer, id, PromotionLinkAction::Enable)
}

fn switch(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &PromotionLinkId,
    action: PromotionLinkAction,
) -> Result<PromotionLink> {
    let found = own(tx, viewer, id)?;
    require_action(found.disabled, action)?;
    let disabled = action == PromotionLinkAction::Disable;
    let after = PromotionLink {
        disabled,
        ..found.clone()
    };
    let event = match disabled {
        true => "promotion_link.disabled",
        false => "promotion_link.enabled",
    };
    saved(tx, &found, after, event)
}

fn own(tx: &mut Tx<'_>, viewer: &Viewer, id: &PromotionLinkId) -> Result<PromotionLink> {
    Ok(find(tx.conn, viewer, id)?.ok_or_else(Refusal::not_found)?)
}

fn saved(tx: &mut Tx<'_>, before: &PromotionLink, after: PromotionLink, event: &'static str) -> Result<PromotionLink> {
    let after = promotion_link::update(tx, before, after)?;
    promotion_link::audit(tx, event, Some(before), &after)?;
    Ok(after)
}

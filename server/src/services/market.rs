//! The marketplace as customers and visitors see it (L11, L12). It is public: whoever is signed in sees less where their organisation
//! has said what it is and a product is not for such.

use serde_json::json;

use crate::auth::viewer::{MemberScope, Viewer};
use crate::domain::id::{ItemCode, ProductId};
use crate::domain::instant::Instant;
use crate::domain::lead::{Consultation, LeadSource};
use crate::domain::market::{self as rules, Looking, MarketFilter, MarketPrice, MarketSort};
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::product_content::ProductContent;
use crate::domain::refusal::Refusal;
use crate::domain::wording;
use crate::services::lead::{self, Origin};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::market::{self, MarketEntry};
use crate::store::market_search::{self, Asked, MarketPage};
use crate::store::notification::{self, Recipients};
use crate::store::page::PageRequest;
use crate::store::{Result, Tx, membership, product, promotion_link};

/// Characters of a note to the admins.
const NOTE_MAX: usize = 500;

/// Whose organisation looks; visitors, and developers in a remote maintenance, have none.
fn member(viewer: Option<&Viewer>) -> Option<MemberScope> {
    viewer.and_then(|viewer| viewer.member().ok())
}

/// A page of what is found, with what is known of whoever looks.
pub fn search(
    conn: &mut Conn,
    viewer: Option<&Viewer>,
    filter: MarketFilter,
    sort: MarketSort,
    page: PageRequest,
    facets: bool,
) -> Result<(MarketPage, Looking)> {
    rules::checked_search(&filter.search)?;
    let looking = market::looking(conn, member(viewer).as_ref())?;
    let asked = Asked {
        filter,
        looking,
        sort,
        page,
        facets,
    };
    Ok((market_search::search(conn, &asked)?, looking))
}

/// A product that is listed and shown to whoever looks, or `None`.
pub fn find(conn: &mut Conn, viewer: Option<&Viewer>, id: &ProductId) -> Result<Option<(MarketEntry, Looking)>> {
    let looking = market::looking(conn, member(viewer).as_ref())?;
    let Some(found) = market::find(conn, id)? else {
        return Ok(None);
    };
    let shown = rules::is_shown_to(&found.audience()?, looking);
    Ok(shown.then_some((found, looking)))
}

/// L13: asks the admins of the viewer's organisation to open a product; whoever came by a promotion link sends them there, so that what
/// they open is the link's. With `shares_contact` the person agrees that the partner learns of it (L24).
pub fn ask_admins(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    note: &str,
    shares_contact: bool,
    promotion: Option<&str>,
) -> Result<MarketEntry> {
    let scope = viewer.customer()?;
    let (entry, channel_code) = asked_for(tx, viewer, id, promotion)?;
    let note = wording::paragraphs(note, NOTE_MAX).map_err(|problem| Refusal::invalid("note", problem))?;
    let (person, product) = (membership::user(tx.conn, &scope.user_id)?.name, entry.name.clone());
    let told = note.clone();
    let (leads_to, notice) = match promotion {
        Some(token) => (
            token,
            Notice::AdminAskedByLink {
                person,
                product,
                note: told,
            },
        ),
        None => (
            entry.product_id.as_str(),
            Notice::AdminAsked {
                person,
                product,
                note: told,
            },
        ),
    };
    let admins = Recipients::Holders(&scope.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, leads_to, &notice)?;
    tx.audit(Fact {
        organization_id: &scope.organization_id,
        action: "product.asked_for",
        object_id: entry.product_id.as_str(),
        label: &entry.name,
        before: None,
        after: Some(json!({ "note": note })),
    })?;
    if shares_contact {
        let said = Consultation {
            message: note,
            ..Consultation::default()
        };
        let origin = Origin {
            source: LeadSource::AskAdmins,
            said,
            channel_code,
        };
        lead::arise(tx, viewer, id, origin)?;
    }
    Ok(entry)
}

/// The product that somebody asks for, as the marketplace or the link that they came by shows it, and the link's channel code.
pub(super) fn asked_for(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &ProductId,
    promotion: Option<&str>,
) -> Result<(MarketEntry, Option<String>)> {
    if let Some(token) = promotion {
        let link = promotion_link::require_open(tx.conn, token, id, tx.now)?;
        let product = product::get(tx.conn, &link.product_id)?;
        return Ok((market::promoted(tx.conn, &product)?, Some(link.channel_code)));
    }
    let found = find(tx.conn, Some(viewer), id)?;
    let (entry, _) = found.ok_or_else(|| Refusal::not_found().at("productId"))?;
    Ok((entry, None))
}

/// Brings the marketplace up to a product that nobody changed.
pub fn index(tx: &mut Tx<'_>, id: &ProductId) -> Result<()> {
    let product = product::get(tx.conn, id)?;
    market::follow(tx, &product)
}

/// What seats of a plan that is shown cost for one of its periods. A plan that is not shown does not exist.
pub fn price_of(
    content: &ProductContent,
    looking: Looking,
    item_code: &str,
    months: i32,
    seats: i32,
    now: Instant,
) -> Result<MarketPrice> {
    let code = item_code.parse::<ItemCode>().ok();
    let mut shown = rules::plans_shown(content, looking).into_iter();
    let plan = shown.find(|plan| Some(&plan.item_code) == code.as_ref());
    let plan = plan.ok_or_else(|| Refusal::not_found().at("itemCode"))?;
    Ok(rules::price_of(plan, months, seats, now)?)
}

#[cfg(test)]
mod tests;

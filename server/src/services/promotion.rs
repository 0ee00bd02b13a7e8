//! Where a promotion link leads (L18–L20): what it shows to whoever comes, signed in or not, and what is counted of it (L19). Buying
//! through it is `license`.

use crate::auth::viewer::Viewer;
use crate::domain::instant::Instant;
use crate::domain::market::Looking;
use crate::domain::promotion_link::PromotionLinkStatus;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::market::{self, MarketEntry};
use crate::store::promotion_link::{self, PromotionLink};
use crate::store::{Result, Tx, organization, promotion_count};

/// What a link shows.
#[derive(Clone, Debug)]
pub struct Promotion {
    pub link: PromotionLink,
    pub status: PromotionLinkStatus,
    pub product_name: String,
    pub partner_name: String,
    /// The product, where the link sells it.
    pub entry: Option<MarketEntry>,
    pub looking: Looking,
}

/// What the link of a token shows now, or `None` where there is no such link.
pub fn find(conn: &mut Conn, viewer: Option<&Viewer>, token: &str, now: Instant) -> Result<Option<Promotion>> {
    let Some((link, product)) = promotion_link::by_token(conn, token)? else {
        return Ok(None);
    };
    let status = link.status(&product, now);
    let entry = match status {
        PromotionLinkStatus::Open => Some(market::promoted(conn, &product)?),
        PromotionLinkStatus::NotYetValid
        | PromotionLinkStatus::Expired
        | PromotionLinkStatus::Disabled
        | PromotionLinkStatus::NotSold => None,
    };
    Ok(Some(Promotion {
        status,
        product_name: product.name,
        partner_name: organization::get(conn, &link.organization_id)?.name,
        entry,
        looking: market::looking(conn, viewer.and_then(|viewer| viewer.member().ok()).as_ref())?,
        link,
    }))
}

/// The link whose page is opened, where the opening counts: the link sells, and whoever opens it is none of its partner's own people.
pub fn counted(conn: &mut Conn, viewer: Option<&Viewer>, token: &str, now: Instant) -> Result<Option<PromotionLink>> {
    let found = promotion_link::by_token(conn, token)?;
    let (link, product) = found.ok_or_else(|| Refusal::not_found().at("token"))?;
    let own = viewer.is_some_and(|viewer| viewer.organization_id == link.organization_id);
    let open = link.status(&product, now) == PromotionLinkStatus::Open;
    Ok((open && !own).then_some(link))
}

/// L19: counts that somebody opened the page of a link. `visitor` is the random number of their browser.
pub fn opened(tx: &mut Tx<'_>, link: &PromotionLink, visitor: &str) -> Result<()> {
    promotion_count::open(tx, &link.id, visitor)
}

/// L19: somebody who is signed in opened the page of a link that sells. Members of customers count once for each link, in whichever of
/// their organisations they came first; false where nothing is new. All that a promotion sign-in brings about happens here.
pub fn signed_in(tx: &mut Tx<'_>, viewer: &Viewer, link: &PromotionLink) -> Result<bool> {
    match viewer.customer() {
        Ok(scope) => promotion_count::sign_in(tx, &link.id, &scope),
        Err(_) => Ok(false),
    }
}

//! What an organisation may open of a product, and what an order would cost (L13). Nothing is written here.

use super::ordering::NewOrder;
use crate::auth::viewer::{CustomerScope, PartnerScope, Viewer};
use crate::domain::id::{ItemCode, OrganizationId, ProductId};
use crate::domain::instant::Instant;
use crate::domain::license::{ChargeType, Held, Quoted, quote, ways};
use crate::domain::market::{Looking, is_shown_to, plans_shown};
use crate::domain::message::Code;
use crate::domain::product::ProductStatus;
use crate::domain::product_content::{ProductContent, ProductPlan, PromotionMode, SalesChannel};
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::license::{self, License};
use crate::store::organization::Organization;
use crate::store::product::{self, Product};
use crate::store::product_order::{self, ProductOrder};
use crate::store::{Result, organization, product_revision, promotion_link};

/// A product as it can be ordered by one organisation now.
pub struct Offer {
    pub product: Product,
    pub content: ProductContent,
    pub customer: Organization,
    pub license: Option<License>,
    /// An order that waits for its payment.
    pub waiting: Option<ProductOrder>,
    /// L19: of the promotion link that the buyer came by; what is ordered now carries it, and nothing that was ordered before.
    pub channel_code: Option<String>,
}

impl Offer {
    /// What is held of the product.
    pub fn held(&self) -> Result<Option<Held>> {
        self.license.as_ref().map(License::held).transpose()
    }

    /// L13: in which ways it can be opened now.
    pub fn ways(&self) -> Result<Vec<ChargeType>> {
        Ok(ways(&self.content, self.held()?.as_ref(), self.tried()))
    }

    /// Whether it was tried before.
    pub fn tried(&self) -> bool {
        self.license.as_ref().is_some_and(|license| license.tried_at.is_some())
    }

    fn looking(&self) -> Looking {
        Looking {
            industry: self.customer.industry,
            size: self.customer.size,
        }
    }
}

/// Who orders: an admin of the customer, who may have come by a promotion link's token, or its partner on the customer's behalf.
pub enum Buyer<'a> {
    Customer(&'a CustomerScope, Option<&'a str>),
    Partner(&'a PartnerScope, &'a OrganizationId),
}

impl Buyer<'_> {
    fn customer(&self) -> &OrganizationId {
        match self {
            Self::Customer(scope, _) => &scope.organization_id,
            Self::Partner(_, customer) => customer,
        }
    }
}

/// The product as the viewer's organisation can order it. What is not shown to it does not exist.
pub fn of(conn: &mut Conn, viewer: &Viewer, id: &ProductId, promotion: Option<&str>, now: Instant) -> Result<Offer> {
    let scope = viewer.customer_admin()?;
    load(conn, &Buyer::Customer(&scope, promotion), id, now)
}

/// The product as a buyer can order it.
pub(super) fn load(conn: &mut Conn, buyer: &Buyer<'_>, id: &ProductId, now: Instant) -> Result<Offer> {
    let found = product::by_ids(conn, std::slice::from_ref(id))?.pop();
    let product = found.ok_or_else(|| Refusal::not_found().at("productId"))?;
    let customer = organization::get(conn, buyer.customer())?;
    let license = license::of_product(conn, &customer.id, id)?;
    let revision = product.approved_revision_id.clone();
    let revision = revision.ok_or_else(|| Refusal::not_found().at("productId"))?;
    let content = product_revision::get(conn, &revision)?.parsed()?;
    // L20: a link that does not sell sells nothing, whatever else the product is sold by.
    let link = match buyer {
        Buyer::Customer(_, Some(token)) => Some(promotion_link::require_open(conn, token, id, now)?),
        Buyer::Customer(_, None) | Buyer::Partner(..) => None,
    };
    let offer = Offer {
        waiting: product_order::waiting(conn, &customer.id, id)?,
        product,
        content,
        customer,
        license,
        channel_code: link.map(|link| link.channel_code),
    };
    require_sold(&offer, buyer)?;
    Ok(offer)
}

/// L10: what is delisted is sold to nobody; what is hidden, to those alone who have it. A partner sells its own, on the marketplace or
/// not; so does a promotion link (L9), whomever the marketplace shows the product to.
fn require_sold(offer: &Offer, buyer: &Buyer<'_>) -> Result<()> {
    let not_found = || Refusal::not_found().at("productId");
    let has_it = offer.license.is_some();
    let visible = match buyer {
        Buyer::Partner(scope, _) => {
            if offer.product.organization_id != scope.organization_id {
                return Err(not_found().into());
            }
            true
        }
        Buyer::Customer(..) => has_it || is_shown_to(&offer.content.audience, offer.looking()),
    };
    let on_marketplace = offer.product.promotion_mode == Some(PromotionMode::Marketplace);
    let own_channel = matches!(buyer, Buyer::Partner(..)) || offer.channel_code.is_some();
    match offer.product.status {
        ProductStatus::Listed if on_marketplace && visible => Ok(()),
        ProductStatus::Listed | ProductStatus::Approved if own_channel || has_it => Ok(()),
        ProductStatus::Hidden if has_it => Ok(()),
        ProductStatus::Delisted if has_it => Err(Refusal::rule(Code::NotOnSale).into()),
        ProductStatus::Draft
        | ProductStatus::InReview
        | ProductStatus::Approved
        | ProductStatus::Rejected
        | ProductStatus::Listed
        | ProductStatus::Hidden
        | ProductStatus::Delisted => Err(not_found().into()),
    }
}

/// The plan of a code that this buyer may order.
pub(super) fn plan<'a>(offer: &'a Offer, buyer: &Buyer<'_>, code: &str) -> Result<&'a ProductPlan> {
    let code = code.parse::<ItemCode>().ok();
    let wanted = |plan: &&ProductPlan| Some(&plan.item_code) == code.as_ref();
    let plan = match buyer {
        Buyer::Customer(..) => plans_shown(&offer.content, offer.looking()).into_iter().find(wanted),
        Buyer::Partner(..) => {
            let sold = |plan: &&ProductPlan| match plan.sales_channel {
                SalesChannel::Direct | SalesChannel::All => true,
                SalesChannel::Marketplace => false,
            };
            offer.content.plans.iter().filter(sold).find(wanted)
        }
    };
    Ok(plan.ok_or_else(|| Refusal::not_found().at("itemCode"))?)
}

/// What an order of the viewer's organisation would cost now.
pub fn price(conn: &mut Conn, viewer: &Viewer, wanted: &NewOrder, now: Instant) -> Result<Quoted> {
    let scope = viewer.customer_admin()?;
    let buyer = Buyer::Customer(&scope, wanted.promotion.as_deref());
    let offer = load(conn, &buyer, &wanted.product_id, now)?;
    let plan = plan(&offer, &buyer, &wanted.item_code)?;
    Ok(quote(plan, wanted.wish, offer.held()?.as_ref(), now)?)
}

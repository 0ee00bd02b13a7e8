//! Opening and ordering products (L13): by an admin of the customer, or by the partner on the customer's behalf. What costs nothing is
//! opened at once, everything else waits for its payment.

use serde_json::json;

use super::offer::{self, Buyer, Offer};
use super::{looks_as, opening};
use crate::auth::viewer::Viewer;
use crate::domain::corp_id::CorpId;
use crate::domain::id::{ProductId, ProductOrderId};
use crate::domain::job::JobKind;
use crate::domain::lead::{Consultation, LeadSource};
use crate::domain::license::{ChargeType, Held, Quoted, Wish, may_open, quote};
use crate::domain::message::Code;
use crate::domain::money::Currency;
use crate::domain::notification::Notice;
use crate::domain::organization::{OrganizationKind, Role};
use crate::domain::problem::Problem;
use crate::domain::product_content::ProductPlan;
use crate::domain::product_order::{
    CloseReason, ProductOrderStatus, ProductOrderStep, ProductOrderType, ProductOrderViewer, pay_until,
};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::domain::working_day::{day_start, local_day};
use crate::services::lead::{self, Origin};
use crate::store::job::{self, NewJob};
use crate::store::notification::{self, Recipients};
use crate::store::product_order::{self, PaidPart, ProductOrder, Service};
use crate::store::{Result, Tx, license, order, organization};

/// What is ordered.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub product_id: ProductId,
    pub item_code: String,
    pub wish: Wish,
    /// The amount that was shown and agreed to; what costs more by now is not ordered.
    pub accepted_minor: Option<i64>,
    /// The token of the promotion link that somebody came by.
    pub promotion: Option<String>,
}

/// L13: starts a trial, or opens the free plan or a product that costs nothing.
/// With `shares_contact` the person agrees that a trial becomes a lead of the partner (L24).
pub fn open(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    product: &ProductId,
    way: ChargeType,
    shares_contact: bool,
    promotion: Option<&str>,
) -> Result<ProductOrder> {
    let scope = viewer.customer_admin()?;
    let offer = offer::load(tx.conn, &Buyer::Customer(&scope, promotion), product, tx.now)?;
    may_open(&offer.content, offer.held()?.as_ref(), offer.tried(), way)?;
    require_none_waiting(&offer)?;
    let held = match (way, offer.content.trial) {
        (ChargeType::Trial, Some(length)) => {
            require_trial_left(tx, &offer)?;
            Held::trial(length, tx.now)
        }
        (ChargeType::Free, _) => Held::free(&offer.content, tx.now),
        (ChargeType::Trial, None) | (ChargeType::Paid, _) => return Err(Refusal::rule(Code::NotOnSale).into()),
    };
    let made = ProductOrder {
        charge_type: way,
        item_code: held.item_code.clone(),
        seats: held.seats,
        ..unpriced(tx, viewer, &offer)?
    };
    product_order::insert(tx, &made)?;
    product_order::audit(tx, "product_order.created", None, &made, json!({}))?;
    if way == ChargeType::Trial && shares_contact {
        let origin = Origin {
            source: LeadSource::Trial,
            said: Consultation::default(),
            channel_code: offer.channel_code.clone(),
        };
        lead::arise(tx, viewer, product, origin)?;
    }
    opening::open(tx, &made, held, viewer.locale)
}

/// The daily cap of trials, by the day in Shanghai.
fn require_trial_left(tx: &mut Tx<'_>, offer: &Offer) -> Result<()> {
    let Some(most) = offer.content.audience.daily_trials else {
        return Ok(());
    };
    let since = day_start(local_day(tx.now.utc()));
    match license::trials_since(tx.conn, &offer.product.id, since)? < i64::from(most) {
        true => Ok(()),
        false => Err(Refusal::rule(Code::TrialsExhausted).into()),
    }
}

/// One order of a product waits for its payment at a time.
fn require_none_waiting(offer: &Offer) -> Result<()> {
    match &offer.waiting {
        None => Ok(()),
        Some(_) => Err(Refusal::rule(Code::PaymentPending).into()),
    }
}

/// L13: orders a plan for the viewer's organisation: anew, renewed or raised, as what it holds decides.
pub fn order(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewOrder) -> Result<ProductOrder> {
    let scope = viewer.customer_admin()?;
    place(tx, viewer, &Buyer::Customer(&scope, new.promotion.as_deref()), new)
}

/// 销售渠道 DIRECT: the partner orders for a customer, who pays or gives it up.
pub fn order_for(tx: &mut Tx<'_>, viewer: &Viewer, corp_id: &str, new: &NewOrder) -> Result<ProductOrder> {
    let scope = viewer.partner_admin()?;
    let unknown = || Refusal::invalid("corpId", Problem::Unknown);
    let corp_id = CorpId::parse(corp_id).map_err(|problem| Refusal::invalid("corpId", problem))?;
    let customer = organization::by_corp_id(tx.conn, corp_id.as_str())?.ok_or_else(unknown)?;
    if !customer.kinds().contains(&OrganizationKind::Customer) {
        return Err(unknown().into());
    }
    place(tx, viewer, &Buyer::Partner(&scope, &customer.id), new)
}

fn place(tx: &mut Tx<'_>, viewer: &Viewer, buyer: &Buyer<'_>, new: &NewOrder) -> Result<ProductOrder> {
    let offer = offer::load(tx.conn, buyer, &new.product_id, tx.now)?;
    let plan = offer::plan(&offer, buyer, &new.item_code)?.clone();
    require_none_waiting(&offer)?;
    let held = offer.held()?;
    let quoted = quote(&plan, new.wish, held.as_ref(), tx.now)?;
    if new.accepted_minor.is_some_and(|accepted| quoted.cost > accepted) {
        return Err(Refusal::stale().at("acceptedAmount").into());
    }
    let running_until = held.filter(|held| held.is_paid_for(tx.now)).and_then(|held| held.until);
    let made = ProductOrder {
        by_partner: matches!(buyer, Buyer::Partner(..)),
        ..priced(tx, viewer, &offer, &plan, new.wish, &quoted)?
    };
    let free = quoted.cost == 0;
    let made = ProductOrder {
        pay_until: (!free).then(|| pay_until(&quoted, running_until, tx.now)),
        open_key: (!free).then(|| product_order::open_key(&made.customer_id, &made.product_id)),
        ..made
    };
    product_order::insert(tx, &made)?;
    product_order::audit(tx, "product_order.created", None, &made, json!({}))?;
    if free {
        return opening::open(tx, &made, quoted.held, viewer.locale);
    }
    if let Some(at) = made.pay_until {
        job::enqueue(tx, NewJob::new(JobKind::OrderDue, json!({ "orderId": made.id })).at(at))?;
    }
    tell(tx, &made)?;
    Ok(made)
}

/// The other side learns of an order that waits for its payment.
fn tell(tx: &mut Tx<'_>, made: &ProductOrder) -> Result<()> {
    let (product, number) = (made.product_name.clone(), made.number.clone());
    let (to, notice) = match made.by_partner {
        true => {
            let partner = organization::get(tx.conn, &made.partner_id)?.name;
            let notice = Notice::ProductOrderedForYou {
                partner,
                product,
                number,
            };
            (Recipients::Holders(&made.customer_id, Role::CustomerAdmin), notice)
        }
        false => {
            let customer = made.customer_name.clone();
            let notice = Notice::ProductOrdered {
                customer,
                product,
                number,
            };
            (Recipients::Holders(&made.partner_id, Role::PartnerAdmin), notice)
        }
    };
    notification::notify(tx, to, made.id.as_str(), &notice)?;
    Ok(())
}

/// An order that costs nothing; nothing is chosen yet.
fn unpriced(tx: &mut Tx<'_>, viewer: &Viewer, offer: &Offer) -> Result<ProductOrder> {
    let number = order::unused_number(tx, 'P', product_order::is_number_taken)?;
    let product_name = offer.content.title();
    let parts = [offer.customer.name.as_str(), product_name.as_str(), number.as_str()];
    let missing = || Refusal::not_found().at("productId");
    Ok(ProductOrder {
        id: tx.id(),
        search_text: order::searchable(&parts),
        number,
        partner_id: offer.product.organization_id.clone(),
        customer_id: offer.customer.id.clone(),
        product_id: offer.product.id.clone(),
        revision_id: offer.product.approved_revision_id.clone().ok_or_else(missing)?,
        license_id: None,
        product_name,
        customer_name: offer.customer.name.clone(),
        charge_type: ChargeType::Free,
        order_type: ProductOrderType::Buy,
        status: ProductOrderStatus::AwaitingPayment,
        item_code: None,
        plan_name: String::new(),
        seats: None,
        months: None,
        amount_minor: 0,
        currency: Currency::CNY.to_string(),
        service: serde_json::to_string(&Service::default())?,
        ordered_by: viewer.user_id.clone(),
        by_partner: false,
        created_at: tx.now,
        pay_until: None,
        paid_at: None,
        payment_provider: None,
        payment_reference: String::new(),
        close_reason: None,
        closed_at: None,
        open_key: None,
        version: 1,
        isv_operation_code: offer.channel_code.clone(),
    })
}

/// An order of a plan with its price.
fn priced(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    offer: &Offer,
    plan: &ProductPlan,
    wish: Wish,
    quoted: &Quoted,
) -> Result<ProductOrder> {
    let service = Service {
        parts: quoted.parts.iter().copied().map(PaidPart::from).collect(),
        ..Service::default()
    };
    Ok(ProductOrder {
        charge_type: ChargeType::Paid,
        order_type: quoted.order_type.into(),
        item_code: Some(plan.item_code.clone()),
        plan_name: plan.name.clone(),
        seats: Some(wish.seats),
        months: wish.months,
        amount_minor: quoted.cost,
        service: serde_json::to_string(&service)?,
        ..unpriced(tx, viewer, offer)?
    })
}

/// Gives an order up before it is paid, from either side.
pub fn close(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductOrderId) -> Result<ProductOrder> {
    let found = super::order(tx.conn, viewer, id)?.ok_or_else(Refusal::not_found)?;
    let reason = match looks_as(viewer, &found) {
        ProductOrderViewer::Buyer => CloseReason::Customer,
        ProductOrderViewer::Partner => CloseReason::Partner,
        ProductOrderViewer::Reader => return Err(Refusal::no_permission().into()),
    };
    shut(tx, &found, reason)
}

/// Closes an order that was not paid; whoever did not close it learns of it.
pub(super) fn shut(tx: &mut Tx<'_>, found: &ProductOrder, reason: CloseReason) -> Result<ProductOrder> {
    let closed = ProductOrder {
        status: found.status.apply(ProductOrderStep::Close)?,
        close_reason: Some(reason),
        closed_at: Some(tx.now),
        open_key: None,
        ..found.clone()
    };
    let saved = product_order::update(tx, found, closed)?;
    let more = json!({ "closeReason": reason });
    product_order::audit(tx, "product_order.closed", Some(found), &saved, more)?;
    let (product, number) = (saved.product_name.clone(), saved.number.clone());
    let unpaid = reason == CloseReason::NotPaidInTime;
    if reason != CloseReason::Customer {
        let notice = Notice::OwnOrderClosed {
            product: product.clone(),
            number: number.clone(),
            unpaid,
        };
        let admins = Recipients::Holders(&saved.customer_id, Role::CustomerAdmin);
        notification::notify(tx, admins, saved.id.as_str(), &notice)?;
    }
    if reason != CloseReason::Partner {
        let customer = saved.customer_name.clone();
        let notice = Notice::ProductOrderClosed {
            customer,
            product,
            number,
            unpaid,
        };
        let admins = Recipients::Holders(&saved.partner_id, Role::PartnerAdmin);
        notification::notify(tx, admins, saved.id.as_str(), &notice)?;
    }
    Ok(saved)
}

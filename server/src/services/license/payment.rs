//! Payments of orders (L14): how one is paid, the partner's word that a bank transfer arrived, and what a gateway tells. Whatever the
//! way, the same order is opened once.

use secrecy::SecretString;
use serde_json::json;

use super::{looks_as, opening, refund};
use crate::auth::sealing::Sealing;
use crate::auth::viewer::{PartyScope, Viewer};
use crate::domain::id::ProductOrderId;
use crate::domain::instant::Instant;
use crate::domain::license::{Quoted, Wish, quote};
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::payment::{PaidBy, PaymentMessage, PaymentOutcome, PaymentProvider, Reaction, reaction};
use crate::domain::problem::Problem;
use crate::domain::product_order::{ProductOrderStatus, ProductOrderStep, ProductOrderViewer};
use crate::domain::refusal::Refusal;
use crate::domain::transition::Status;
use crate::domain::wording;
use crate::store::notification::{self, Recipients};
use crate::store::payee_account::{self, PayeeAccount};
use crate::store::payment_event::{self, PaymentEvent};
use crate::store::product_order::{self, PaidPart, ProductOrder, Service};
use crate::store::{Error, Fault, Result, Tx, license, product_revision};

/// Characters of a reference.
const REFERENCE_MAX: usize = 80;

/// Where an order is paid by bank transfer.
pub struct Account {
    pub holder: String,
    pub bank: String,
    pub number: SecretString,
}

/// Whether the viewer is told where an order is paid: the admins who are to pay it, as long as it waits, and nobody else.
pub fn is_told_where(viewer: &Viewer, of: &ProductOrder) -> bool {
    looks_as(viewer, of) == ProductOrderViewer::Buyer && of.status == ProductOrderStatus::AwaitingPayment
}

/// An account with its number, for whoever [is told](is_told_where).
pub fn opened(sealing: &Sealing, account: PayeeAccount) -> Result<Account> {
    let place = payee_account::sealed_for(&account.organization_id);
    let number = sealing
        .open(&place, &account.number_sealed)
        .map_err(anyhow::Error::from)?;
    Ok(Account {
        holder: account.holder,
        bank: account.bank,
        number,
    })
}

/// The partner says that a bank transfer arrived.
pub fn confirm(tx: &mut Tx<'_>, viewer: &Viewer, id: &ProductOrderId, reference: &str) -> Result<ProductOrder> {
    let scope = viewer.partner_admin()?;
    let found = product_order::find(tx.conn, &PartyScope::Partner(scope), id)?.ok_or_else(Refusal::not_found)?;
    found.status.apply(ProductOrderStep::Pay)?;
    let reference = reference_of(reference)?;
    pay(tx, &found, PaymentProvider::Offline, &reference, viewer.locale)
}

/// A reference as it is kept; there has to be one, so that both sides find the money in their books.
pub(super) fn reference_of(given: &str) -> Result<String> {
    let checked = wording::required(wording::line(given, REFERENCE_MAX));
    Ok(checked.map_err(|problem: Problem| Refusal::invalid("reference", problem))?)
}

/// Marks an order as paid and opens what it is for, as what is held says at this moment. The amount stays as it was agreed.
fn pay(
    tx: &mut Tx<'_>,
    found: &ProductOrder,
    provider: PaymentProvider,
    reference: &str,
    locale: Locale,
) -> Result<ProductOrder> {
    let quoted = requoted(tx, found)?;
    let service = Service {
        parts: agreed(quoted.parts.iter().copied().map(PaidPart::from).collect(), found)?,
        ..Service::default()
    };
    let taken = ProductOrder {
        payment_provider: Some(provider),
        payment_reference: reference.to_owned(),
        service: serde_json::to_string(&service)?,
        ..found.clone()
    };
    let paid = opening::open(tx, &taken, quoted.held, locale)?;
    let more = json!({ "provider": provider, "reference": reference });
    product_order::audit(tx, "product_order.paid", Some(found), &paid, more)?;
    let notice = Notice::PaymentConfirmed {
        product: paid.product_name.clone(),
        number: paid.number.clone(),
    };
    let admins = Recipients::Holders(&paid.customer_id, Role::CustomerAdmin);
    notification::notify(tx, admins, paid.id.as_str(), &notice)?;
    Ok(paid)
}

/// What the order makes of what is held now, which may be another moment than that of the order.
fn requoted(tx: &mut Tx<'_>, of: &ProductOrder) -> Result<Quoted> {
    let content = product_revision::get(tx.conn, &of.revision_id)?.parsed()?;
    let plan = content
        .plans
        .iter()
        .find(|plan| Some(&plan.item_code) == of.item_code.as_ref());
    let plan = plan.ok_or_else(|| Fault::Inconsistent {
        table: "product_orders",
        row: of.id.to_string(),
        what: "its plan is not in its revision".to_owned(),
    })?;
    let held = license::of_product(tx.conn, &of.customer_id, &of.product_id)?;
    let held = held.map(|license| license.held()).transpose()?;
    if of.months.is_none() && !held.as_ref().is_some_and(|held| held.is_paid_for(tx.now)) {
        return Err(Refusal::rule(Code::LicenseEnded).into());
    }
    let wish = Wish {
        seats: of.seats.unwrap_or(0),
        months: of.months,
    };
    Ok(quote(plan, wish, held.as_ref(), tx.now)?)
}

/// The parts of an order with the costs that were agreed. Where what it was to raise is over by now, all of it pays for the new time.
fn agreed(mut parts: Vec<PaidPart>, of: &ProductOrder) -> Result<Vec<PaidPart>> {
    let told = of.service()?.parts;
    if parts.len() == told.len() {
        for (part, told) in parts.iter_mut().zip(told) {
            part.cost = told.cost;
        }
        return Ok(parts);
    }
    for part in &mut parts {
        part.cost = 0;
    }
    if let Some(last) = parts.last_mut() {
        last.cost = of.amount_minor;
    }
    Ok(parts)
}

/// What became of a gateway's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is kept, and the order follows it as far as it can.
    Kept,
    /// It came before; nothing happened again.
    Known,
    /// There is no such order.
    NoSuchOrder,
}

/// Takes a message of a gateway whose signature was proven; `id` is the message's own, the same with every repetition.
pub fn take(tx: &mut Tx<'_>, id: &str, message: &PaymentMessage) -> Result<Told> {
    if payment_event::is_known(tx.conn, id)? {
        return Ok(Told::Known);
    }
    let order = match message.order_id.parse::<ProductOrderId>() {
        Ok(order) => product_order::by_id(tx.conn, &order)?,
        Err(_) => None,
    };
    let Some(order) = order else {
        return Ok(Told::NoSuchOrder);
    };
    let event = PaymentEvent {
        id: id.to_owned(),
        order_id: order.id.clone(),
        kind: message.kind.into(),
        amount_minor: message.amount,
        currency: message.currency.clone(),
        reference: message.reference.clone(),
        occurred_at: Instant::from(message.occurred_at),
        received_at: tx.now,
        outcome: PaymentOutcome::Waiting,
    };
    payment_event::insert(tx, &event)?;
    follow(tx, order)?;
    Ok(Told::Kept)
}

/// Lets an order follow what waits for it, in the order in which it happened, until nothing moves any more.
fn follow(tx: &mut Tx<'_>, mut order: ProductOrder) -> Result<()> {
    loop {
        let mut moved = false;
        for event in payment_event::waiting(tx.conn, &order.id)? {
            let (outcome, after) = react(tx, &order, &event)?;
            if outcome != PaymentOutcome::Waiting {
                payment_event::settle(tx, &event.id, outcome)?;
            }
            if let Some(after) = after {
                order = after;
                moved = true;
                break;
            }
        }
        if !moved {
            return Ok(());
        }
    }
}

/// Does what a message means for an order; the order as it is afterwards, where it moved.
fn react(
    tx: &mut Tx<'_>,
    order: &ProductOrder,
    event: &PaymentEvent,
) -> Result<(PaymentOutcome, Option<ProductOrder>)> {
    let by = PaidBy {
        status: order.status,
        amount: order.amount_minor,
        currency: &order.currency,
        reference: &order.payment_reference,
    };
    let applied = |order| (PaymentOutcome::Applied, Some(order));
    match reaction(&by, event.kind, event.amount_minor, &event.currency, &event.reference) {
        Reaction::Pay => match can_open(tx, order)? {
            true => {
                let locale = Locale::default();
                pay(tx, order, PaymentProvider::Gateway, &event.reference, locale).map(applied)
            }
            false => to_return(tx, order, event),
        },
        Reaction::RefundWhole => match refund::by_gateway(tx, order, &event.reference)? {
            Some(order) => Ok(applied(order)),
            None => Ok((PaymentOutcome::Waiting, None)),
        },
        Reaction::FinishRefund => refund::finished(tx, order, &event.reference).map(applied),
        Reaction::RefundFailed => {
            let notice = Notice::RefundFailed {
                customer: order.customer_name.clone(),
                product: order.product_name.clone(),
                number: order.number.clone(),
            };
            tell_partner(tx, order, &notice)?;
            Ok((PaymentOutcome::Ignored, None))
        }
        Reaction::Keep(PaymentOutcome::ToReturn) => to_return(tx, order, event),
        Reaction::Keep(outcome) => Ok((outcome, None)),
    }
}

/// Whether what an order is for can still be opened.
fn can_open(tx: &mut Tx<'_>, order: &ProductOrder) -> Result<bool> {
    match requoted(tx, order) {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Money came that the order does not want: the partner sends it back.
fn to_return(
    tx: &mut Tx<'_>,
    order: &ProductOrder,
    event: &PaymentEvent,
) -> Result<(PaymentOutcome, Option<ProductOrder>)> {
    let more =
        json!({ "reference": event.reference, "amount": event.amount_minor.to_string(), "currency": event.currency });
    product_order::audit(tx, "product_order.payment_to_return", Some(order), order, more)?;
    let notice = Notice::PaymentToReturn {
        customer: order.customer_name.clone(),
        product: order.product_name.clone(),
        number: order.number.clone(),
        reference: event.reference.clone(),
    };
    tell_partner(tx, order, &notice)?;
    Ok((PaymentOutcome::ToReturn, None))
}

fn tell_partner(tx: &mut Tx<'_>, order: &ProductOrder, notice: &Notice) -> Result<()> {
    let admins = Recipients::Holders(&order.partner_id, Role::PartnerAdmin);
    notification::notify(tx, admins, order.id.as_str(), notice)?;
    Ok(())
}

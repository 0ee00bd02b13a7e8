//! Sending an application (D13, D14, D18), trying again, stopping. Pages and components that follow stand in `pages` and
//! `components`, taking an overwrite back in `rollback`. What a worker then does item by item is `deliver`.

pub mod components;
mod follow;
pub mod pages;
pub mod rollback;

use serde_json::json;

use crate::auth::viewer::{PartnerScope, PartyScope, Viewer};
use crate::domain::agreement::{Agreement, AgreementKind};
use crate::domain::delivery::{DeliveryKind, DeliveryStep};
use crate::domain::id::{ApplicationVersionId, DeliveryId, OrderId};
use crate::domain::locale::Text;
use crate::domain::message::Code;
use crate::domain::order::{OrderAction, OrderParty, SendStatus};
use crate::domain::order_event::{OrderEventFacts, OrderEventKind};
use crate::domain::preflight::{ContentRules, DeliveryFailure, Plan, SendOptions};
use crate::domain::project::ProjectStatus;
use crate::domain::refusal::Refusal;
use crate::store::application_version::ApplicationVersion;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery, NewDelivery, Transition};
use crate::store::occasion::{self, Occasion};
use crate::store::order::{self, Happened, Order};
use crate::store::preflight::{self, Extent, Send};
use crate::store::{Result, Tx, agreement, application_version, permission, project};

/// What the partner chose in the send dialog (D13).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryOptions {
    pub include_sample_data: bool,
    pub include_connectors: bool,
    pub open_edit_permission: bool,
}

impl DeliveryOptions {
    /// What of it decides which components travel.
    pub const fn send(self) -> SendOptions {
        SendOptions {
            include_sample_data: self.include_sample_data,
            include_connectors: self.include_connectors,
            rules: ContentRules::Distribution,
        }
    }
}

/// D14: what sending the application would do to the customer's organisation now. Nothing is written.
pub fn dry_run(conn: &mut Conn, viewer: &Viewer, order_id: &OrderId, options: DeliveryOptions) -> Result<Plan> {
    let scope = viewer.partner()?;
    let found = order::find_sold(conn, &scope, order_id)?.ok_or_else(Refusal::not_found)?;
    may_send(conn, &scope, &found)?;
    // What was begun is tried again as it was begun (D18).
    let begun = delivery::begun(conn, &found.id)?;
    let (version, options) = match &begun {
        Some(begun) if found.app_status != SendStatus::Succeeded => (begun.version_id.clone(), begun.send_options()),
        Some(_) => return Err(already_sent(&found).into()),
        None => (published(conn, &found)?.id, options.send()),
    };
    let send = Send {
        version_id: &version,
        partner_id: &found.partner_id,
        customer_id: &found.customer_id,
        options,
        extent: Extent::Whole {
            begun: begun.as_ref().and_then(|begun| begun.instance_id.as_ref()),
        },
    };
    preflight::of_send(conn, &send)
}

/// The version that would be sent now.
fn published(conn: &mut Conn, order: &Order) -> Result<ApplicationVersion> {
    let found = application_version::published(conn, &order.application_id)?;
    found.ok_or_else(|| {
        use crate::domain::distribution_barrier::DistributionBarrier;
        Refusal::not_distributable(DistributionBarrier::NothingPublished).into()
    })
}

/// D13: sends the application of an order, in the version that is published now (D18); once more where an attempt failed before
/// anything was written. The send itself is a job.
pub fn send(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    order_id: &OrderId,
    options: DeliveryOptions,
    agreement_version: Option<&str>,
) -> Result<Delivery> {
    let scope = viewer.partner()?;
    let found = order::find_sold(tx.conn, &scope, order_id)?.ok_or_else(|| Refusal::not_found().at("orderId"))?;
    let agreed = Agreement::current(AgreementKind::Distribution);
    agreed.require_ticked(agreement_version)?;
    may_send(tx.conn, &scope, &found)?;
    let failed = found.app_status == SendStatus::Failed;
    if !(found.app_status == SendStatus::NotSent || failed && delivery::begun(tx.conn, &found.id)?.is_none()) {
        return Err(already_sent(&found).into());
    }
    let version = published(tx.conn, &found)?;
    let made = Delivery {
        total: version.component_count,
        include_sample_data: options.include_sample_data,
        include_connectors: options.include_connectors,
        open_edit_permission: options.open_edit_permission,
        ..queued(tx, viewer, &found, DeliveryKind::App, version.id, version.number)
    };
    delivery::insert(tx, &made)?;
    agreement::accept(tx, &scope, &agreed, made.id.as_str())?;
    start(tx, &found, &made)?;
    tell_queued(tx, &found, &made, Some(agreed.version))?;
    let label = format!("{} {}", found.number, made.version_number);
    let after = json!({
        "status": made.status, "kind": made.kind, "version": made.version_number, "agreementVersion": agreed.version,
        "includeSampleData": options.include_sample_data, "includeConnectors": options.include_connectors,
        "openEditPermission": options.open_edit_permission,
    });
    delivery::audit(tx, &made, "delivery.queued", &label, None, Some(after))?;
    Ok(made)
}

/// A delivery of an order as it waits for its first item; nothing is chosen yet, and nothing counted.
fn queued(
    tx: &Tx<'_>,
    viewer: &Viewer,
    of: &Order,
    kind: DeliveryKind,
    version_id: ApplicationVersionId,
    version_number: String,
) -> Delivery {
    let new = NewDelivery {
        kind,
        partner_id: of.partner_id.clone(),
        customer_id: of.customer_id.clone(),
        version_id,
        version_number,
        created_by: viewer.user_id.clone(),
        created_by_organization_id: viewer.organization_id.clone(),
    };
    Delivery {
        order_id: Some(of.id.clone()),
        active_key: Some(of.id.to_string()),
        ..Delivery::waiting(tx, new)
    }
}

/// Puts a delivery that was queued into the timeline of its order.
fn tell_queued(tx: &mut Tx<'_>, of: &Order, made: &Delivery, agreement_version: Option<&str>) -> Result<()> {
    let queued = Happened {
        order_id: &of.id,
        kind: OrderEventKind::DeliveryQueued,
        delivery_id: Some(&made.id),
        facts: Some(OrderEventFacts::Sent {
            kind: made.kind,
            version: made.version_number.clone(),
            include_sample_data: made.include_sample_data,
            include_connectors: made.include_connectors,
            open_edit_permission: made.open_edit_permission,
            agreement_version: agreement_version.map(str::to_owned),
        }),
    };
    order::add_event(tx, queued)
}

/// What has to hold before anything is sent: nothing under way, the project active, the partner permitted.
fn may_send(conn: &mut Conn, scope: &PartnerScope, order: &Order) -> Result<()> {
    delivery::require_idle(conn, order.id.as_str())?;
    if project::get(conn, &order.project_id)?.status != ProjectStatus::Active {
        return Err(Refusal::rule(Code::ProjectNotActive).into());
    }
    permission::require(conn, scope)
}

fn already_sent(order: &Order) -> Refusal {
    let refusal = Refusal::transition(order.app_status.as_str(), OrderAction::SendApplication.as_str());
    match order.app_status {
        SendStatus::Failed | SendStatus::Partial => refusal.advise(Text::new(
            "上次发送没有完成，请在订单中重试该次发送",
            "The last delivery did not finish; retry it from the order",
        )),
        SendStatus::NotSent | SendStatus::Sending | SendStatus::Succeeded => refusal.advise(Text::new(
            "该订单的应用已发送，再次发送请让客户重新购买",
            "The application of this order was sent; to send it again the customer buys again",
        )),
    }
}

/// Queues the work and shows on the order that it is under way.
fn start(tx: &mut Tx<'_>, found: &Order, made: &Delivery) -> Result<()> {
    let sending = delivery::shown(found, made.kind, SendStatus::Sending);
    order::update(tx, found, sending)?;
    delivery::enqueue(tx, made)
}

/// A delivery and on which side of it the viewer stands: who sells looks after all of them, who bought after rollbacks.
fn looked_after(conn: &mut Conn, viewer: &Viewer, id: &DeliveryId) -> Result<(Delivery, OrderParty)> {
    for (scope, side) in sides(viewer)? {
        if let Some(found) = delivery::find(conn, &scope, id)? {
            return Ok((found, side));
        }
    }
    Err(Refusal::not_found().into())
}

/// The sides on which the viewer looks after deliveries; refused where there is none.
fn sides(viewer: &Viewer) -> Result<Vec<(PartyScope, OrderParty)>> {
    let side = |scope: PartyScope| match &scope {
        PartyScope::Partner(_) => Some((scope, OrderParty::Partner)),
        PartyScope::Customer(customer) if customer.admin => Some((scope, OrderParty::Customer)),
        PartyScope::Customer(_) | PartyScope::Reviewer(_) => None,
    };
    let sides: Vec<_> = viewer.parties()?.into_iter().filter_map(side).collect();
    match sides.is_empty() {
        true => Err(Refusal::no_permission().into()),
        false => Ok(sides),
    }
}

/// D18: tries a delivery again from where it stopped; the instance that it began stays the only one.
pub fn retry(tx: &mut Tx<'_>, viewer: &Viewer, id: &DeliveryId) -> Result<Delivery> {
    let (found, side) = looked_after(tx.conn, viewer, id)?;
    permitted(&found, side)?;
    let later = delivery::later_than(tx.conn, &found)?;
    let status = found.attempt().retry(&later)?;
    let occasion = occasion::of(tx.conn, &found)?;
    match &occasion {
        Occasion::Order(of) if found.kind != DeliveryKind::Rollback => may_send(tx.conn, &viewer.partner()?, of)?,
        // A rollback undoes; that is open whatever became of the project.
        Occasion::Order(_) | Occasion::License(_) | Occasion::Upgrade(_) | Occasion::SelfTest(_) => {
            delivery::require_idle(tx.conn, &occasion.active_key())?;
        }
    }
    let saved = delivery::begin_again(tx, &found, status, occasion.active_key())?;
    match &occasion {
        Occasion::Order(of) => {
            start(tx, of, &saved)?;
            tell_retried(tx, of, &saved)?;
        }
        Occasion::License(_) | Occasion::Upgrade(_) | Occasion::SelfTest(_) => delivery::enqueue(tx, &saved)?,
    }
    let label = occasion.label(tx.conn, &saved)?;
    delivery::audit(
        tx,
        &saved,
        "delivery.retried",
        &label,
        Some(json!({"status": found.status})),
        Some(json!({"status": saved.status})),
    )?;
    Ok(saved)
}

fn tell_retried(tx: &mut Tx<'_>, of: &Order, again: &Delivery) -> Result<()> {
    let retried = Happened {
        order_id: &of.id,
        kind: OrderEventKind::DeliveryRetried,
        delivery_id: Some(&again.id),
        facts: Some(OrderEventFacts::Version {
            number: again.version_number.clone(),
        }),
    };
    order::add_event(tx, retried)
}

/// Stops a delivery that is not finished. What was written stays; of an application unseen, for a later retry.
pub fn cancel(tx: &mut Tx<'_>, viewer: &Viewer, id: &DeliveryId) -> Result<Delivery> {
    let (found, side) = looked_after(tx.conn, viewer, id)?;
    permitted(&found, side)?;
    let by = match side {
        OrderParty::Partner => DeliveryFailure::Cancelled,
        OrderParty::Customer => DeliveryFailure::CancelledByCustomer,
    };
    let end = Transition {
        step: DeliveryStep::Cancel,
        failures: vec![by],
        action: "delivery.cancelled",
    };
    delivery::end(tx, &found, end)
}

/// The customer looks after rollbacks, and after what they bought on the marketplace.
fn permitted(found: &Delivery, side: OrderParty) -> Result<()> {
    if found.kind == DeliveryKind::Upgrade {
        let advice = Text::new("请在版本推送中重试或停止", "Retry it in its rollout, or stop that");
        let refusal = Refusal::transition(found.status.as_str(), DeliveryStep::Retry.as_str());
        return Err(refusal.advise(advice).into());
    }
    match side {
        OrderParty::Partner => Ok(()),
        OrderParty::Customer if found.kind == DeliveryKind::Rollback || found.license_id.is_some() => Ok(()),
        OrderParty::Customer => Err(Refusal::no_permission().into()),
    }
}

/// A delivery of either side.
pub fn get(conn: &mut Conn, viewer: &Viewer, id: &DeliveryId) -> Result<Option<Delivery>> {
    for scope in viewer.parties()? {
        if let Some(found) = delivery::find(conn, &scope, id)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A delivery that the same idempotency key made before.
pub fn sent(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<Delivery> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(get(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

#[cfg(test)]
mod tests;

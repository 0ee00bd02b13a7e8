//! What follows an application that was sent: into which instance, and how any such delivery begins (D15, D18).

use serde_json::{Value, json};

use super::{may_send, queued, start, tell_queued};
use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::delivery::{DeliveryItemStatus, DeliveryKind};
use crate::domain::id::{ApplicationVersionId, DeliveryId, InstanceId, OrderId};
use crate::domain::instance::{ComponentState, InstanceStatus};
use crate::domain::locale::Text;
use crate::domain::order::{OrderAction, SendStatus};
use crate::domain::preflight::SkipReason;
use crate::domain::refusal::Refusal;
use crate::store::application_component::ComponentHead;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery};
use crate::store::delivery_item::{self, DeliveryItem};
use crate::store::order::{self, Order};
use crate::store::{Result, Tx, instance};

/// The order and the instance that something follows into.
pub(super) struct Target {
    pub order: Order,
    pub instance_id: InstanceId,
}

/// An order of the partner's whose application was sent and is still there.
pub(super) fn target(conn: &mut Conn, scope: &PartnerScope, id: &OrderId, action: OrderAction) -> Result<Target> {
    let found = order::find_sold(conn, scope, id)?.ok_or_else(|| Refusal::not_found().at("orderId"))?;
    let sent = found
        .instance_id
        .clone()
        .filter(|_| found.app_status == SendStatus::Succeeded);
    let Some(instance_id) = sent else {
        let refusal = Refusal::transition(found.app_status.as_str(), action.as_str());
        let advice = Text::new("请先成功发送应用", "Send the application first, until it has succeeded");
        return Err(refusal.advise(advice).into());
    };
    still_there(conn, &instance_id, action.as_str())?;
    Ok(Target {
        order: found,
        instance_id,
    })
}

/// Nothing is written into an application that its customer removed.
pub(super) fn still_there(conn: &mut Conn, id: &InstanceId, action: &'static str) -> Result<()> {
    if instance::is_there(conn, id)? {
        return Ok(());
    }
    let advice = Text::new(
        "客户已移除该应用，请让客户重新购买后再发送",
        "The customer removed the application; to send it again the customer buys again",
    );
    let refusal = Refusal::transition(InstanceStatus::Removed.as_str(), action);
    Err(refusal.advise(advice).into())
}

/// A delivery to be.
pub(super) struct Follower {
    pub kind: DeliveryKind,
    pub version_id: ApplicationVersionId,
    pub version_number: String,
    pub include_sample_data: bool,
    pub folder: Option<String>,
    pub rolls_back_id: Option<DeliveryId>,
    pub items: Vec<Item>,
    /// What else the audit log should know.
    pub noted: Value,
}

/// One component of a delivery to be.
pub(super) struct Item {
    pub key: String,
    pub position: i32,
    pub kind: crate::domain::component::ComponentKind,
    pub name: String,
    pub sample_rows: i32,
    /// Stays behind.
    pub skipped: Option<SkipReason>,
    pub acknowledged: Option<String>,
}

impl Item {
    /// A component of a version.
    pub fn of(head: &ComponentHead, position: i32) -> Self {
        Self {
            key: head.key.clone(),
            position,
            kind: head.kind,
            name: head.name.clone(),
            sample_rows: 0,
            skipped: None,
            acknowledged: None,
        }
    }

    fn row(self, delivery_id: &DeliveryId) -> Result<DeliveryItem> {
        let reason = self.skipped.map(|reason| serde_json::to_string(&reason)).transpose()?;
        Ok(DeliveryItem {
            delivery_id: delivery_id.clone(),
            component_key: self.key,
            position: self.position,
            kind: self.kind,
            name: self.name,
            status: match reason {
                None => DeliveryItemStatus::Queued,
                Some(_) => DeliveryItemStatus::Skipped,
            },
            arrives: reason.is_none().then_some(ComponentState::Active),
            reason,
            sample_rows: self.sample_rows,
            as_is: true,
            acknowledged: self.acknowledged,
        })
    }
}

/// Begins a delivery that the partner sends: nothing may be under way, the project is active, the partner permitted.
pub(super) fn send(tx: &mut Tx<'_>, viewer: &Viewer, target: &Target, new: Follower) -> Result<Delivery> {
    may_send(tx.conn, &viewer.partner()?, &target.order)?;
    begin(tx, viewer, target, new)
}

/// Stores the delivery with its items and queues the work.
pub(super) fn begin(tx: &mut Tx<'_>, viewer: &Viewer, target: &Target, new: Follower) -> Result<Delivery> {
    let of = &target.order;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let made = Delivery {
        instance_id: Some(target.instance_id.clone()),
        include_sample_data: new.include_sample_data,
        total: count(new.items.len()),
        skipped: count(new.items.iter().filter(|item| item.skipped.is_some()).count()),
        folder: new.folder,
        rolls_back_id: new.rolls_back_id,
        ..queued(tx, viewer, of, new.kind, new.version_id, new.version_number)
    };
    delivery::insert(tx, &made)?;
    let items: Vec<DeliveryItem> = new
        .items
        .into_iter()
        .map(|item| item.row(&made.id))
        .collect::<Result<_>>()?;
    delivery_item::insert(tx, &items)?;
    start(tx, of, &made)?;
    tell_queued(tx, of, &made, None)?;
    let label = format!("{} {}", of.number, made.version_number);
    let after = json!({
        "status": made.status, "kind": made.kind, "version": made.version_number, "items": made.total,
        "rollsBack": made.rolls_back_id, "chosen": new.noted,
    });
    delivery::audit(tx, &made, "delivery.queued", &label, None, Some(after))?;
    Ok(made)
}

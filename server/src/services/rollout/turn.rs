//! The turn of one subscriber, as its job does it: whether the version may come now, and the delivery that brings it. A worker may be killed
//! at any line, and of two jobs of a subscriber one finds nothing to do.

use chrono::Duration;
use serde_json::json;

use crate::domain::delivery::{DeliveryKind, DeliveryStep};
use crate::domain::id::{DeliveryId, LicenseId, RolloutId};
use crate::domain::instance::InstanceStatus;
use crate::domain::refusal::Refusal;
use crate::domain::rollout::{RolloutStatus, SubscriberReason, SubscriberState, held_back};
use crate::domain::transition::Status;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery, NewDelivery};
use crate::store::instance::{self, AppInstance};
use crate::store::license::{self, License};
use crate::store::rollout::subscriber::{self, Subscriber};
use crate::store::rollout::{self, Rollout, ending};
use crate::store::{Actor, Result, Tx, freeze_window};

/// After how long a subscriber is looked at again into whose application something else is being delivered.
fn a_little_later() -> Duration {
    Duration::minutes(2)
}

/// Who acts, for the audit log: the person who began the rollout, through the system.
pub fn actor(conn: &mut Conn, id: &RolloutId) -> Result<Actor> {
    let of = rollout::get(conn, id)?;
    Ok(Actor {
        user_id: Some(of.created_by),
        organization_id: Some(of.partner_id),
        request_id: format!("job {id}"),
        ..Actor::default()
    })
}

/// Begins the turn of a subscriber; the delivery to be carried out, or `None` where there is nothing to do, or not yet.
pub fn begin(tx: &mut Tx<'_>, rollout: &RolloutId, license: &LicenseId) -> Result<Option<DeliveryId>> {
    let Some(found) = subscriber::find(tx.conn, rollout, license)? else {
        return Ok(None);
    };
    if found.state == SubscriberState::Running {
        return Ok(found.delivery_id);
    }
    let of = rollout::get(tx.conn, rollout)?;
    if !found.state.waits() || of.status != RolloutStatus::Running {
        return Ok(None);
    }
    let held = license::get(tx.conn, license)?;
    let there = match &held.instance_id {
        Some(id) => instance::by_ids(tx.conn, std::slice::from_ref(id))?.pop(),
        None => None,
    };
    let there = there.filter(|it| it.status != InstanceStatus::Removed);
    let installed = there.as_ref().map(|it| it.version_number.as_str());
    let barrier = held_back(held.status.is_running(), installed, &of.version_number);
    match (barrier, there) {
        (None, Some(there)) => admit(tx, &of, &found, &held, &there),
        (barrier, _) => {
            let reason = barrier.unwrap_or(SubscriberReason::NoInstance);
            ending::pass_over(tx, &found, reason).map(|()| None)
        }
    }
}

/// Lets the version come, unless the customer wants no change now or something else is on its way.
fn admit(
    tx: &mut Tx<'_>,
    of: &Rollout,
    found: &Subscriber,
    held: &License,
    there: &AppInstance,
) -> Result<Option<DeliveryId>> {
    let frozen = freeze_window::frozen(tx.conn, std::slice::from_ref(&found.organization_id), tx.now)?;
    if let Some(until) = frozen.into_values().next() {
        let frozen = Subscriber {
            state: SubscriberState::Frozen,
            reason: Some(SubscriberReason::FreezeWindow),
            frozen_until: Some(until),
            ..found.clone()
        };
        subscriber::enqueue_at(tx, found, until)?;
        return ending::freeze(tx, found, frozen).map(|()| None);
    }
    if delivery::active_of(tx.conn, held.id.as_str())?.is_some() {
        let waiting = Subscriber {
            state: SubscriberState::Waiting,
            reason: Some(SubscriberReason::DeliveryRunning),
            frozen_until: None,
            ..found.clone()
        };
        subscriber::update(tx, found, waiting)?;
        subscriber::enqueue_at(tx, found, tx.now + a_little_later())?;
        return Ok(None);
    }
    let sent = deliver(tx, of, found, held, there)?;
    let running = Subscriber {
        instance_id: there.id.clone(),
        state: SubscriberState::Running,
        reason: None,
        from_version: there.version_number.clone(),
        frozen_until: None,
        delivery_id: Some(sent.id.clone()),
        started_at: found.started_at.or(Some(tx.now)),
        ..found.clone()
    };
    subscriber::update(tx, found, running)?;
    Ok(Some(sent.id))
}

/// The delivery that brings the version: the one that failed, from where it stopped, or a new one.
fn deliver(tx: &mut Tx<'_>, of: &Rollout, found: &Subscriber, held: &License, there: &AppInstance) -> Result<Delivery> {
    if let Some(id) = &found.delivery_id {
        let failed = delivery::get(tx.conn, id)?;
        if failed.instance_id.as_ref() == Some(&there.id) {
            let status = failed.status.apply(DeliveryStep::Retry)?;
            let again = delivery::begin_again(tx, &failed, status, held.id.to_string())?;
            audit(tx, held, &again, "delivery.retried")?;
            return Ok(again);
        }
    }
    let new = NewDelivery {
        kind: DeliveryKind::Upgrade,
        partner_id: of.partner_id.clone(),
        customer_id: held.organization_id.clone(),
        version_id: of.version_id.clone(),
        version_number: of.version_number.clone(),
        created_by: of.created_by.clone(),
        created_by_organization_id: of.partner_id.clone(),
    };
    let made = Delivery {
        license_id: Some(held.id.clone()),
        active_key: Some(held.id.to_string()),
        instance_id: Some(there.id.clone()),
        ..Delivery::waiting(tx, new)
    };
    delivery::insert(tx, &made)?;
    audit(tx, held, &made, "delivery.queued")?;
    Ok(made)
}

fn audit(tx: &mut Tx<'_>, held: &License, sent: &Delivery, action: &'static str) -> Result<()> {
    let label = format!("{} {}", held.product_name, sent.version_number);
    let after = json!({
        "status": sent.status, "kind": sent.kind, "version": sent.version_number, "license": held.id, "instance": sent.instance_id,
    });
    delivery::audit(tx, sent, action, &label, None, Some(after))
}

/// Ends a turn whose job was given up before its delivery began; the delivery that is to be given up, where there is one.
pub fn give_up(tx: &mut Tx<'_>, rollout: &RolloutId, license: &LicenseId) -> Result<Option<DeliveryId>> {
    let found = subscriber::find(tx.conn, rollout, license)?.ok_or_else(Refusal::not_found)?;
    if found.state == SubscriberState::Running {
        return Ok(found.delivery_id);
    }
    if found.state.waits() {
        ending::fail(tx, &found, SubscriberReason::GivenUp)?;
    }
    Ok(None)
}

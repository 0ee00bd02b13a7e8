//! The delivery engine (D14, D16–D18, D21–D24): what a worker does, one transaction at a time. Each step asks the database what
//! is left, so that a killed worker costs nothing but the step it was in; an item's content, sample rows and mark are written
//! together or not at all. What one step writes stands in `write`, what comes before the first in `plan`, the end in `finish`.

mod finish;
mod plan;
mod samples;
mod write;

use std::collections::HashMap;

use crate::domain::delivery::{DeliveryItemStatus, DeliveryKind, DeliveryStatus, DeliveryStep};
use crate::domain::id::{DeliveryId, InstanceId};
use crate::domain::preflight::DeliveryFailure;
use crate::domain::transition::Status;
use crate::store::delivery::{self, Delivery, Transition};
use crate::store::{Actor, Fault, Result, Signal, Tx, delivery_item, instance};

/// Most items written in one transaction: few enough that other writers get their turn within milliseconds, many enough that
/// thousands of items take seconds.
pub(crate) const ITEMS: i64 = 100;
/// Most bytes of definitions written in one transaction, unless one item alone has more.
const BYTES: i64 = 2 * 1024 * 1024;

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The next step begins looking at this position of the version.
    More(i32),
    Ended,
}

/// Where the first step of a worker begins: it does not know what others have handled.
pub const START: i32 = 0;

/// Who acts, for the audit log: the person who asked for it, through the system.
pub fn actor(delivery: &Delivery) -> Actor {
    Actor {
        user_id: Some(delivery.created_by.clone()),
        organization_id: Some(delivery.created_by_organization_id.clone()),
        request_id: format!("job {}", delivery.id),
        ..Actor::default()
    }
}

/// Takes a delivery one step further, whatever state a crash left it in. `from` is what the step before said, or [`START`].
pub fn step(tx: &mut Tx<'_>, id: &DeliveryId, from: i32) -> Result<Progress> {
    let found = delivery::get(tx.conn, id)?;
    match found.status {
        DeliveryStatus::Queued => begin(tx, &found),
        // Nothing more is written into what is gone.
        DeliveryStatus::Preflight | DeliveryStatus::Sending if is_removed(tx, &found)? => {
            stop(tx, &found, DeliveryFailure::InstanceRemoved, "delivery.failed")
        }
        DeliveryStatus::Preflight => check(tx, &found),
        DeliveryStatus::Sending => write_items(tx, &found, from),
        DeliveryStatus::Succeeded | DeliveryStatus::Partial | DeliveryStatus::Failed | DeliveryStatus::Cancelled => {
            Ok(Progress::Ended)
        }
    }
}

fn begin(tx: &mut Tx<'_>, found: &Delivery) -> Result<Progress> {
    let begun = Delivery {
        status: found.status.apply(DeliveryStep::Begin)?,
        started_at: found.started_at.or(Some(tx.now)),
        ..found.clone()
    };
    delivery::update(tx, found, begun)?;
    tx.signal(Signal::DeliveryMoved(found.id.clone()));
    Ok(Progress::More(START))
}

/// Whether the customer removed the application while this was under way to it. One that is on its way nobody can remove.
fn is_removed(tx: &mut Tx<'_>, found: &Delivery) -> Result<bool> {
    match &found.instance_id {
        Some(id) if found.kind != DeliveryKind::App => Ok(!instance::is_there(tx.conn, id)?),
        _ => Ok(false),
    }
}

/// Ends a delivery before its last item, for one reason: in part where something was written.
fn stop(tx: &mut Tx<'_>, found: &Delivery, why: DeliveryFailure, action: &'static str) -> Result<Progress> {
    let end = Transition {
        step: match (found.status, found.done) {
            (DeliveryStatus::Sending, 1..) => DeliveryStep::FinishPartly,
            _ => DeliveryStep::Fail,
        },
        failures: vec![why],
        action,
    };
    delivery::end(tx, found, end)?;
    Ok(Progress::Ended)
}

/// The same checks as the dry run, against the organisation as it is now. What is missing ends the delivery with every
/// reason, and nothing is written.
fn check(tx: &mut Tx<'_>, found: &Delivery) -> Result<Progress> {
    let checked = plan::check(tx, found)?;
    let warned = Delivery {
        warnings: serde_json::to_string(&checked.warnings)?,
        ..found.clone()
    };
    if !checked.failures.is_empty() {
        let end = Transition {
            step: DeliveryStep::Fail,
            failures: checked.failures,
            action: "delivery.failed",
        };
        delivery::end(tx, &warned, end)?;
        return Ok(Progress::Ended);
    }
    let passed = Delivery {
        status: found.status.apply(DeliveryStep::Pass)?,
        instance_id: Some(plan::prepare(tx, found, checked.plan)?),
        ..counted(tx, &warned)?
    };
    delivery::update(tx, found, passed)?;
    tx.signal(Signal::DeliveryMoved(found.id.clone()));
    Ok(Progress::More(START))
}

/// The delivery with its counters as its items stand.
fn counted(tx: &mut Tx<'_>, found: &Delivery) -> Result<Delivery> {
    let counts: HashMap<DeliveryItemStatus, i64> = delivery_item::counts(tx.conn, &found.id)?.into_iter().collect();
    let of = |status: DeliveryItemStatus| i32::try_from(counts.get(&status).copied().unwrap_or(0)).unwrap_or(i32::MAX);
    let [queued, done, skipped, failed] = [
        DeliveryItemStatus::Queued,
        DeliveryItemStatus::Done,
        DeliveryItemStatus::Skipped,
        DeliveryItemStatus::Failed,
    ]
    .map(of);
    Ok(Delivery {
        total: queued + done + skipped + failed,
        done,
        skipped,
        failed,
        ..found.clone()
    })
}

/// Writes the next items, each with what belongs to it and its mark; ends the delivery where none waits any more.
fn write_items(tx: &mut Tx<'_>, found: &Delivery, from: i32) -> Result<Progress> {
    let Some(batch) = delivery_item::next_batch(tx.conn, found, from, ITEMS, BYTES)? else {
        return finish::finish(tx, found);
    };
    let instance = instance_of(found)?;
    let handled = match found.kind {
        DeliveryKind::App => write::application(tx, found, &instance, &batch)?,
        DeliveryKind::NewPages => write::new_pages(tx, found, &instance, &batch)?,
        DeliveryKind::OverwritePages => write::overwritten_pages(tx, found, &instance, &batch)?,
        DeliveryKind::CustomComponents => write::custom_components(tx, found, &instance, &batch)?,
        DeliveryKind::Rollback => write::restored_pages(tx, found, &instance, &batch)?,
        DeliveryKind::Upgrade => write::upgraded(tx, found, &instance, &batch)?,
    };
    let moved = Delivery {
        done: found.done + handled.done,
        skipped: found.skipped + handled.skipped,
        failed: found.failed + handled.failed,
        ..found.clone()
    };
    delivery::update(tx, found, moved)?;
    tx.signal(Signal::DeliveryMoved(found.id.clone()));
    let (_, last) = batch.range();
    Ok(Progress::More(last + 1))
}

/// The instance that is written into; there is one once the checks passed.
fn instance_of(delivery: &Delivery) -> Result<InstanceId> {
    let missing = || Fault::Inconsistent {
        table: "deliveries",
        row: delivery.id.to_string(),
        what: "it was sent and has no instance".to_owned(),
    };
    Ok(delivery.instance_id.clone().ok_or_else(missing)?)
}

/// Ends a delivery whose job was given up, so that it can be tried again.
pub fn give_up(tx: &mut Tx<'_>, id: &DeliveryId) -> Result<()> {
    let mut found = delivery::get(tx.conn, id)?;
    if !found.status.is_active() {
        return Ok(());
    }
    if found.status == DeliveryStatus::Queued {
        begin(tx, &found)?;
        found = delivery::get(tx.conn, id)?;
    }
    stop(tx, &found, DeliveryFailure::GivenUp, "delivery.given_up")?;
    Ok(())
}

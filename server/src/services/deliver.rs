//! The delivery engine (D14, D18, D21–D24): what a worker does, one transaction at a time. Each step asks the database what is
//! left, so that a killed worker costs nothing but the step it was in; an item's content, sample rows and mark are written
//! together or not at all.

mod batch;

use std::collections::HashMap;

use batch::Batch;
use serde_json::json;

use crate::domain::delivery::{DeliveryItemStatus, DeliveryStatus, DeliveryStep};
use crate::domain::id::{DeliveryId, InstanceId};
use crate::domain::instance::{ComponentState, InstanceStatus};
use crate::domain::notification::Notice;
use crate::domain::order::SendStatus;
use crate::domain::organization::Role;
use crate::domain::preflight::{DeliveryFailure, Fate, Plan, SendOptions};
use crate::domain::project::ProjectEventKind;
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery, Transition};
use crate::store::delivery_item::{self, DeliveryItem};
use crate::store::instance::{self, AppInstance};
use crate::store::notification::{self, Recipients};
use crate::store::order::{self, Order};
use crate::store::preflight::{self, Send};
use crate::store::{Actor, Fault, Result, Signal, Tx, application, organization, project, record};

/// Items written in one transaction: few enough that other writers get their turn within milliseconds, many enough that
/// thousands of items take seconds.
const ITEMS: i64 = 25;

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The next step begins looking at this position of the version.
    More(i32),
    Ended,
}

/// Where the first step of a worker begins: it does not know what others have handled.
pub const START: i32 = 0;

/// How each component arrives: what the preflight promised. It depends on the snapshot and the options alone, so it is
/// worked out once for a whole delivery.
#[derive(Clone, Debug)]
pub struct Blueprint(HashMap<String, (ComponentState, u32)>);

/// Who acts, for the audit log: the person who sent it, through the system.
pub fn actor(delivery: &Delivery) -> Actor {
    Actor {
        user_id: Some(delivery.created_by.clone()),
        organization_id: Some(delivery.partner_id.clone()),
        request_id: format!("job {}", delivery.id),
        ..Actor::default()
    }
}

/// What a worker needs before it begins.
pub fn blueprint(conn: &mut Conn, delivery: &Delivery) -> Result<Blueprint> {
    let plan = plan_of(conn, delivery)?;
    let sent = plan.items.into_iter().filter_map(|item| match item.fate {
        Fate::Send { state, sample_rows } => Some((item.key, (state, sample_rows))),
        Fate::Skip(_) => None,
    });
    Ok(Blueprint(sent.collect()))
}

fn plan_of(conn: &mut Conn, delivery: &Delivery) -> Result<Plan> {
    let send = Send {
        version_id: &delivery.version_id,
        partner_id: &delivery.partner_id,
        customer_id: &delivery.customer_id,
        options: SendOptions {
            include_sample_data: delivery.include_sample_data,
            include_connectors: delivery.include_connectors,
        },
        instance_id: delivery.instance_id.as_ref(),
    };
    preflight::of_send(conn, &send)
}

/// Takes a delivery one step further, whatever state a crash left it in. `from` is what the step before said, or [`START`].
pub fn step(tx: &mut Tx<'_>, id: &DeliveryId, blueprint: &Blueprint, from: i32) -> Result<Progress> {
    let found = delivery::get(tx.conn, id)?;
    match found.status {
        DeliveryStatus::Queued => begin(tx, &found),
        DeliveryStatus::Preflight => check(tx, &found),
        DeliveryStatus::Sending => write_items(tx, &found, blueprint, from),
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

/// The same checks as the dry run, against the organisation as it is now. What is missing ends the delivery with every
/// reason, and nothing is written.
fn check(tx: &mut Tx<'_>, found: &Delivery) -> Result<Progress> {
    let plan = plan_of(tx.conn, found)?;
    if !plan.is_ok() {
        let checked = Delivery {
            warnings: serde_json::to_string(&plan.warnings)?,
            ..found.clone()
        };
        let end = Transition {
            step: DeliveryStep::Fail,
            failures: plan.failures(),
            action: "delivery.failed",
        };
        delivery::end(tx, &checked, end)?;
        return Ok(Progress::Ended);
    }
    let instance_id = match &found.instance_id {
        Some(id) => id.clone(),
        None => prepare(tx, found, &plan)?,
    };
    let passed = Delivery {
        status: found.status.apply(DeliveryStep::Pass)?,
        instance_id: Some(instance_id),
        warnings: serde_json::to_string(&plan.warnings)?,
        ..counted(tx, found)?
    };
    delivery::update(tx, found, passed)?;
    tx.signal(Signal::DeliveryMoved(found.id.clone()));
    Ok(Progress::More(START))
}

/// Makes the instance, which nobody sees yet, and one item for each component.
fn prepare(tx: &mut Tx<'_>, found: &Delivery, plan: &Plan) -> Result<InstanceId> {
    let of = order::get(tx.conn, &found.order_id)?;
    let app = application::get(tx.conn, &of.application_id)?;
    let row = AppInstance {
        id: tx.id(),
        organization_id: found.customer_id.clone(),
        partner_id: found.partner_id.clone(),
        order_id: of.id,
        version_number: found.version_number.clone(),
        name: of.application_name,
        summary: app.summary,
        status: InstanceStatus::DevMaintenance,
        arrived: false,
        full_edit_permission: found.open_edit_permission,
        workbench_group: String::new(),
        visible_to_all: true,
        accepted_at: None,
        accepted_by: None,
        acceptance_note: String::new(),
        accepted_version: String::new(),
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
    };
    instance::insert(tx, &row)?;
    let mut items = Vec::with_capacity(plan.items.len());
    for (position, planned) in (0..).zip(&plan.items) {
        let (status, reason) = match planned.fate {
            Fate::Send { .. } => (DeliveryItemStatus::Queued, None),
            Fate::Skip(reason) => (DeliveryItemStatus::Skipped, Some(serde_json::to_string(&reason)?)),
        };
        items.push(DeliveryItem {
            delivery_id: found.id.clone(),
            component_key: planned.key.clone(),
            position,
            kind: planned.kind,
            name: planned.name.clone(),
            status,
            reason,
        });
    }
    delivery_item::insert(tx, &items)?;
    Ok(row.id)
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

/// Writes the next items, each with its sample rows and its mark; ends the delivery where none waits any more.
fn write_items(tx: &mut Tx<'_>, found: &Delivery, blueprint: &Blueprint, from: i32) -> Result<Progress> {
    let waiting = delivery_item::waiting(tx.conn, &found.id, from, ITEMS)?;
    let Some(instance_id) = found.instance_id.clone().filter(|_| !waiting.is_empty()) else {
        return finish(tx, found);
    };
    let batch = Batch::gather(tx, found, &instance_id, waiting, blueprint)?;
    instance::insert_components(tx, &batch.components)?;
    record::insert(tx, &batch.samples)?;
    let keys: Vec<String> = batch.components.iter().map(|component| component.key.clone()).collect();
    delivery_item::finish(tx, &found.id, (from, batch.next - 1), &keys)?;
    for key in &batch.broken {
        delivery_item::fail(tx, &found.id, key, &DeliveryFailure::ContentBroken)?;
    }
    let moved = Delivery {
        done: found.done + i32::try_from(keys.len()).unwrap_or(i32::MAX),
        failed: found.failed + i32::try_from(batch.broken.len()).unwrap_or(i32::MAX),
        ..found.clone()
    };
    delivery::update(tx, found, moved)?;
    tx.signal(Signal::DeliveryMoved(found.id.clone()));
    Ok(Progress::More(batch.next))
}

/// Ends a delivery whose items are all handled.
fn finish(tx: &mut Tx<'_>, found: &Delivery) -> Result<Progress> {
    let counted = counted(tx, found)?;
    if counted.done + counted.skipped + counted.failed < counted.total {
        return Ok(Progress::More(START));
    }
    if counted.failed == 0 {
        succeed(tx, found, counted)?;
        return Ok(Progress::Ended);
    }
    let count = counted.failed;
    let (step, action) = match counted.done {
        0 => (DeliveryStep::Fail, "delivery.failed"),
        _ => (DeliveryStep::FinishPartly, "delivery.partly_sent"),
    };
    let failures = vec![DeliveryFailure::ItemsFailed { count }];
    delivery::end(tx, &counted, Transition { step, failures, action })?;
    Ok(Progress::Ended)
}

/// The instance arrives: from now on the customer's admins see it.
fn succeed(tx: &mut Tx<'_>, found: &Delivery, counted: Delivery) -> Result<()> {
    let ended = Delivery {
        status: found.status.apply(DeliveryStep::Succeed)?,
        finished_at: Some(tx.now),
        active_key: None,
        ..counted
    };
    let saved = delivery::update(tx, found, ended)?;
    let of = order::get(tx.conn, &saved.order_id)?;
    let sent = Order {
        app_status: SendStatus::Succeeded,
        instance_id: saved.instance_id.clone(),
        full_edit_permission: saved.open_edit_permission,
        ..of.clone()
    };
    let of = order::update(tx, &of, sent)?;
    let arrived = arrive(tx, &saved)?;
    let note = format!("{} {}", of.application_name, saved.version_number);
    project::add_event(tx, &of.project_id, ProjectEventKind::Delivered, Some(&note))?;
    delivery::add_end(tx, &saved)?;
    let label = format!("{} {}", of.number, saved.version_number);
    let before = json!({"status": found.status});
    let after = json!({"status": saved.status, "done": saved.done, "skipped": saved.skipped, "instance": arrived.id});
    delivery::audit(tx, &saved, "delivery.succeeded", &label, Some(before), Some(after))?;
    delivery::tell(tx, &saved, of)?;
    tx.signal(Signal::DeliveryMoved(saved.id.clone()));
    Ok(())
}

fn arrive(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<AppInstance> {
    let id = delivery.instance_id.clone().into_iter().collect::<Vec<_>>();
    let found = instance::by_ids(tx.conn, &id)?
        .pop()
        .ok_or_else(|| Fault::Inconsistent {
            table: "deliveries",
            row: delivery.id.to_string(),
            what: "it was sent and has no instance".to_owned(),
        })?;
    let arrived = AppInstance {
        arrived: true,
        created_at: tx.now,
        ..found
    };
    let saved = instance::save(tx, &arrived)?;
    tx.audit(Fact {
        organization_id: &saved.organization_id,
        action: "instance.arrived",
        object_id: saved.id.as_str(),
        label: &saved.name,
        before: None,
        after: Some(json!({"status": saved.status, "version": saved.version_number})),
    })?;
    let notice = Notice::ApplicationArrived {
        partner: organization::get(tx.conn, &saved.partner_id)?.name,
        application: saved.name.clone(),
        version: saved.version_number.clone(),
    };
    let admins = Recipients::Holders(&saved.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, saved.id.as_str(), &notice)?;
    Ok(saved)
}

/// Ends a delivery whose job was given up, so that the partner can try again.
pub fn give_up(tx: &mut Tx<'_>, id: &DeliveryId) -> Result<()> {
    let mut found = delivery::get(tx.conn, id)?;
    if !found.status.is_active() {
        return Ok(());
    }
    if found.status == DeliveryStatus::Queued {
        begin(tx, &found)?;
        found = delivery::get(tx.conn, id)?;
    }
    let step = match (found.status, found.done) {
        (DeliveryStatus::Sending, 1..) => DeliveryStep::FinishPartly,
        _ => DeliveryStep::Fail,
    };
    let end = Transition {
        step,
        failures: vec![DeliveryFailure::GivenUp],
        action: "delivery.given_up",
    };
    delivery::end(tx, &found, end)?;
    Ok(())
}

//! How a delivery ends whose items are all handled: an application arrives, the order shows how far it came, an overwrite is
//! known to be taken back.

use serde_json::json;

use super::write::overwrite_of;
use super::{Progress, START, counted, instance_of};
use crate::domain::delivery::{DeliveryKind, DeliveryStep};
use crate::domain::id::InstanceId;
use crate::domain::notification::Notice;
use crate::domain::order::SendStatus;
use crate::domain::organization::Role;
use crate::domain::preflight::DeliveryFailure;
use crate::domain::project::ProjectEventKind;
use crate::domain::self_test::SelfTestStep;
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::delivery::{self, Delivery, Transition};
use crate::store::instance::{self, AppInstance};
use crate::store::license::{self, License};
use crate::store::notification::{self, Recipients};
use crate::store::occasion::{self, Occasion};
use crate::store::order::{self, Order};
use crate::store::self_test::{self, SelfTest};
use crate::store::{Fault, Result, Signal, Tx, market, organization, project, rollout};

/// Ends a delivery whose items are all handled.
pub(super) fn finish(tx: &mut Tx<'_>, found: &Delivery) -> Result<Progress> {
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

fn succeed(tx: &mut Tx<'_>, found: &Delivery, counted: Delivery) -> Result<()> {
    let ended = Delivery {
        status: found.status.apply(DeliveryStep::Succeed)?,
        finished_at: Some(tx.now),
        active_key: None,
        ..counted
    };
    let saved = delivery::update(tx, found, ended)?;
    let occasion = occasion::of(tx.conn, &saved)?;
    match &occasion {
        Occasion::Order(of) => carry_out(tx, &saved, of)?,
        Occasion::License(license) => be_used(tx, &saved, license)?,
        Occasion::Upgrade(_) => rollout::ending::upgraded(tx, &saved)?,
        Occasion::SelfTest(test) => begin_testing(tx, &saved, test)?,
    }
    let action = match saved.kind {
        DeliveryKind::App
        | DeliveryKind::NewPages
        | DeliveryKind::OverwritePages
        | DeliveryKind::CustomComponents
        | DeliveryKind::Upgrade => "delivery.succeeded",
        DeliveryKind::Rollback => "delivery.rolled_back",
    };
    let label = occasion.label(tx.conn, &saved)?;
    let before = json!({"status": found.status});
    let after = json!({
        "status": saved.status, "kind": saved.kind, "done": saved.done, "skipped": saved.skipped,
        "instance": saved.instance_id, "rollsBack": saved.rolls_back_id,
    });
    delivery::audit(tx, &saved, action, &label, Some(before), Some(after))?;
    delivery::tell(tx, &saved, occasion)?;
    tx.signal(Signal::DeliveryMoved(saved.id.clone()));
    Ok(())
}

/// The order shows that it was carried out.
fn carry_out(tx: &mut Tx<'_>, saved: &Delivery, of: &Order) -> Result<()> {
    let shown = delivery::shown(of, saved.kind, SendStatus::Succeeded);
    match saved.kind {
        DeliveryKind::App => arrive(tx, saved, of, shown)?,
        DeliveryKind::NewPages
        | DeliveryKind::OverwritePages
        | DeliveryKind::CustomComponents
        | DeliveryKind::Upgrade => {
            order::update(tx, of, shown)?;
        }
        DeliveryKind::Rollback => take_back(tx, saved)?,
    }
    delivery::add_end(tx, &of.id, saved)
}

/// L16: what was bought is there, and waits to be accepted like anything that arrives.
fn be_used(tx: &mut Tx<'_>, saved: &Delivery, license: &License) -> Result<()> {
    let id = instance_of(saved)?;
    let used = License {
        instance_id: Some(id.clone()),
        ..license.clone()
    };
    license::save(tx, Some(license), used)?;
    market::count_install(tx, &license.product_id)?;
    let arrived = show(tx, &id)?;
    tell_arrival(tx, &arrived)
}

/// The version is in the test organisation: its checklist can be answered.
fn begin_testing(tx: &mut Tx<'_>, saved: &Delivery, test: &SelfTest) -> Result<()> {
    let arrived = show(tx, &instance_of(saved)?)?;
    let testing = SelfTest {
        status: test.status.apply(SelfTestStep::Arrive)?,
        ..test.clone()
    };
    let testing = self_test::update(tx, test, testing)?;
    tx.audit(Fact {
        organization_id: &testing.partner_id,
        action: "self_test.delivered",
        object_id: testing.id.as_str(),
        label: &format!("{} {}", arrived.name, saved.version_number),
        before: Some(json!({"status": test.status})),
        after: Some(json!({"status": testing.status, "instance": arrived.id})),
    })
}

/// From now on the instance is seen by the admins of its organisation.
fn show(tx: &mut Tx<'_>, id: &InstanceId) -> Result<AppInstance> {
    let found = get(tx, id)?;
    let arrived = AppInstance {
        arrived: true,
        created_at: tx.now,
        ..found
    };
    let arrived = instance::save(tx, &arrived)?;
    tx.audit(Fact {
        organization_id: &arrived.organization_id,
        action: "instance.arrived",
        object_id: arrived.id.as_str(),
        label: &arrived.name,
        before: None,
        after: Some(json!({"status": arrived.status, "version": arrived.version_number})),
    })?;
    Ok(arrived)
}

/// The application arrives: from now on the customer's admins see it.
fn arrive(tx: &mut Tx<'_>, saved: &Delivery, of: &Order, shown: Order) -> Result<()> {
    let id = instance_of(saved)?;
    let sent = Order {
        instance_id: Some(id.clone()),
        full_edit_permission: saved.open_edit_permission,
        ..shown
    };
    order::update(tx, of, sent)?;
    let arrived = show(tx, &id)?;
    tell_arrival(tx, &arrived)?;
    let note = format!("{} {}", of.application_name, saved.version_number);
    project::add_event(tx, &of.project_id, ProjectEventKind::Delivered, Some(&note))
}

/// The admins learn that something waits for their acceptance.
fn tell_arrival(tx: &mut Tx<'_>, arrived: &AppInstance) -> Result<()> {
    let notice = Notice::ApplicationArrived {
        partner: organization::get(tx.conn, &arrived.partner_id)?.name,
        application: arrived.name.clone(),
        version: arrived.version_number.clone(),
    };
    let admins = Recipients::Holders(&arrived.organization_id, Role::CustomerAdmin);
    notification::notify(tx, admins, arrived.id.as_str(), &notice)?;
    Ok(())
}

fn get(tx: &mut Tx<'_>, id: &InstanceId) -> Result<AppInstance> {
    let found = instance::by_ids(tx.conn, std::slice::from_ref(id))?.pop();
    let missing = || Fault::Inconsistent {
        table: "app_instances",
        row: id.to_string(),
        what: "a delivery was sent into it and it is not there".to_owned(),
    };
    Ok(found.ok_or_else(missing)?)
}

/// The overwrite says from now on that it was taken back.
fn take_back(tx: &mut Tx<'_>, rollback: &Delivery) -> Result<()> {
    let overwrite = delivery::get(tx.conn, &overwrite_of(rollback)?)?;
    let taken_back = Delivery {
        rolled_back_by_id: Some(rollback.id.clone()),
        ..overwrite.clone()
    };
    let saved = delivery::update(tx, &overwrite, taken_back)?;
    tx.signal(Signal::DeliveryMoved(saved.id));
    Ok(())
}

//! What follows when the turn of a subscriber ends: their application has another version or they failed, a wave is finished, the next
//! begins, the rollout is finished. Written in the transaction that ends the turn.

use serde_json::json;

use super::subscriber::{self, Subscriber};
use super::wave::{self, RolloutWave};
use super::{Rollout, audit_move, get, telling, update};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::preflight::{DeliveryFailure, SkipReason};
use crate::domain::rollout::{Kept, RolloutStatus, RolloutStep, SubscriberReason, SubscriberState, WaveStatus};
use crate::domain::transition::Status;
use crate::store::audit::Fact;
use crate::store::delivery::Delivery;
use crate::store::instance::{self, AppInstance};
use crate::store::{Fault, Result, Tx, delivery_item, page_change};

/// The version arrived: the application is of that version from now on, and what the customer had changed is listed.
pub fn upgraded(tx: &mut Tx<'_>, sent: &Delivery) -> Result<()> {
    let found = subscriber::of_delivery(tx.conn, &sent.id)?;
    let before = instance_of(tx, &found)?;
    let kept = kept(tx, sent, &found)?;
    let after = AppInstance {
        version_number: sent.version_number.clone(),
        ..before.clone()
    };
    let after = instance::save(tx, &after)?;
    tx.audit(Fact {
        organization_id: &after.organization_id,
        action: "instance.upgraded",
        object_id: after.id.as_str(),
        label: &after.name,
        before: Some(json!({ "version": before.version_number })),
        after: Some(json!({ "version": after.version_number, "kept": kept })),
    })?;
    let done = Subscriber {
        state: match kept.is_empty() {
            true => SubscriberState::Done,
            false => SubscriberState::DoneKept,
        },
        reason: None,
        kept: serde_json::to_string(&kept)?,
        finished_at: Some(tx.now),
        ..found.clone()
    };
    let saved = subscriber::update(tx, &found, done)?;
    telling::upgraded(tx, sent, &after, kept.len())?;
    let of = get(tx.conn, &saved.rollout_id)?;
    proceed(tx, &of)
}

/// The application into which a subscriber's version is brought.
fn instance_of(tx: &mut Tx<'_>, of: &Subscriber) -> Result<AppInstance> {
    let found = instance::by_ids(tx.conn, std::slice::from_ref(&of.instance_id))?.pop();
    let missing = || Fault::Inconsistent {
        table: "app_instances",
        row: of.instance_id.to_string(),
        what: "a rollout came to it and it is not there".to_owned(),
    };
    Ok(found.ok_or_else(missing)?)
}

/// What stayed as the customer had made it, in the order of the version.
fn kept(tx: &mut Tx<'_>, sent: &Delivery, of: &Subscriber) -> Result<Vec<Kept>> {
    let changed = delivery_item::skipped_for(tx.conn, &sent.id, SkipReason::ChangedByCustomer)?;
    let removed = delivery_item::skipped_for(tx.conn, &sent.id, SkipReason::RemovedByCustomer)?;
    let keys: Vec<String> = changed.iter().map(|(key, _)| key.clone()).collect();
    let mut told = page_change::changed_by_customer(tx.conn, &of.instance_id, &keys)?;
    let changed = changed.into_iter().map(|(key, name)| Kept {
        removed: false,
        changes: told.remove(&key).map(|diff| diff.sentences()).unwrap_or_default(),
        key,
        name,
    });
    let changed: Vec<Kept> = changed.collect();
    let removed = removed.into_iter().map(|(key, name)| Kept {
        key,
        name,
        removed: true,
        changes: Vec::new(),
    });
    Ok(changed.into_iter().chain(removed).collect())
}

/// The version did not arrive, or not whole: the application is of the version that it was.
pub fn not_upgraded(tx: &mut Tx<'_>, ended: &Delivery) -> Result<()> {
    let found = subscriber::of_delivery(tx.conn, &ended.id)?;
    let given_up = ended.parsed_failures()?.contains(&DeliveryFailure::GivenUp);
    let reason = match ended.status {
        DeliveryStatus::Partial => SubscriberReason::PartlySent,
        _ if given_up => SubscriberReason::GivenUp,
        _ => SubscriberReason::NotSent,
    };
    fail(tx, &found, reason)
}

/// The turn of a subscriber failed.
pub fn fail(tx: &mut Tx<'_>, found: &Subscriber, reason: SubscriberReason) -> Result<()> {
    let failed = end(tx, found, SubscriberState::Failed, reason)?;
    let of = get(tx.conn, &failed.rollout_id)?;
    telling::failed(tx, &of, &failed)?;
    proceed(tx, &of)
}

/// A subscriber does not get the version, now that it is their turn.
pub fn pass_over(tx: &mut Tx<'_>, found: &Subscriber, reason: SubscriberReason) -> Result<()> {
    let passed = end(tx, found, SubscriberState::Skipped, reason)?;
    let of = get(tx.conn, &passed.rollout_id)?;
    proceed(tx, &of)
}

fn end(tx: &mut Tx<'_>, found: &Subscriber, state: SubscriberState, reason: SubscriberReason) -> Result<Subscriber> {
    let ended = Subscriber {
        state,
        reason: Some(reason),
        frozen_until: None,
        finished_at: Some(tx.now),
        ..found.clone()
    };
    subscriber::update(tx, found, ended)
}

/// A subscriber waits for the end of a freeze window. The wave does not wait for them.
pub fn freeze(tx: &mut Tx<'_>, found: &Subscriber, frozen: Subscriber) -> Result<()> {
    let saved = subscriber::update(tx, found, frozen)?;
    let of = get(tx.conn, &saved.rollout_id)?;
    if found.state != SubscriberState::Frozen {
        let instance = instance_of(tx, &saved)?;
        telling::frozen(tx, &of, &instance)?;
    }
    proceed(tx, &of)
}

/// Finishes the waves of which nobody waits or runs any more, begins the next where that was chosen, and finishes the rollout once
/// nobody waits for anything.
pub fn proceed(tx: &mut Tx<'_>, of: &Rollout) -> Result<()> {
    if !of.status.is_open() {
        return Ok(());
    }
    finish_waves(tx, of)?;
    let mut waves = wave::of(tx.conn, of)?;
    while let Some(next) = next_by_itself(tx, of, &waves)? {
        wave::begin(tx, of, &next)?;
        finish_waves(tx, of)?;
        waves = wave::of(tx.conn, of)?;
    }
    let open = |wave: &RolloutWave| matches!(wave.status, WaveStatus::Planned | WaveStatus::Running);
    let waits = [
        SubscriberState::Waiting,
        SubscriberState::Running,
        SubscriberState::Frozen,
    ];
    if waves.iter().any(open) || subscriber::any(tx.conn, &of.id, None, &waits)? {
        return Ok(());
    }
    let finished = Rollout {
        status: of.status.apply(RolloutStep::Finish)?,
        ..of.clone()
    };
    let saved = update(tx, of, finished)?;
    audit_move(tx, "rollout.finished", of, &saved)?;
    telling::finished(tx, &saved)
}

fn finish_waves(tx: &mut Tx<'_>, of: &Rollout) -> Result<()> {
    let busy = [SubscriberState::Waiting, SubscriberState::Running];
    let running = wave::of(tx.conn, of)?
        .into_iter()
        .filter(|wave| wave.status == WaveStatus::Running);
    for wave in running {
        if !subscriber::any(tx.conn, &of.id, Some(wave.number), &busy)? {
            wave::finish(tx, &wave)?;
            telling::wave_finished(tx, of, &wave)?;
        }
    }
    Ok(())
}

/// The wave that begins without being asked: the next, where that was chosen, every one before is finished and nobody of the last failed.
fn next_by_itself(tx: &mut Tx<'_>, of: &Rollout, waves: &[RolloutWave]) -> Result<Option<RolloutWave>> {
    let running = waves.iter().any(|wave| wave.status == WaveStatus::Running);
    let Some(next) = waves.iter().position(|wave| wave.status == WaveStatus::Planned) else {
        return Ok(None);
    };
    if !of.automatic || of.status != RolloutStatus::Running || running || next == 0 {
        return Ok(None);
    }
    let last = Some(waves[next - 1].number);
    let failed = subscriber::any(tx.conn, &of.id, last, &[SubscriberState::Failed])?;
    Ok((!failed).then(|| waves[next].clone()))
}

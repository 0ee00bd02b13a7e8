//! Who is told of a rollout (P9): a customer's admins of what came to their application or waits, the partner's admins and whoever began the
//! rollout of waves and failures.

use super::Rollout;
use super::subscriber::{self, Subscriber};
use super::wave::RolloutWave;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::rollout::SubscriberState;
use crate::store::delivery::Delivery;
use crate::store::instance::AppInstance;
use crate::store::notification::{Recipients, notify};
use crate::store::{Result, Tx, organization};

/// A customer's admins learn that their application has another version.
pub(super) fn upgraded(tx: &mut Tx<'_>, sent: &Delivery, instance: &AppInstance, kept: usize) -> Result<()> {
    let notice = Notice::ApplicationUpgraded {
        partner: organization::get(tx.conn, &instance.partner_id)?.name,
        application: instance.name.clone(),
        version: sent.version_number.clone(),
        kept: i64::try_from(kept).unwrap_or(i64::MAX),
    };
    to_customer(tx, instance, &notice)
}

/// A customer's admins learn that a version waits for the end of their freeze window.
pub(super) fn frozen(tx: &mut Tx<'_>, of: &Rollout, instance: &AppInstance) -> Result<()> {
    let notice = Notice::UpgradeFrozen {
        partner: organization::get(tx.conn, &of.partner_id)?.name,
        application: instance.name.clone(),
        version: of.version_number.clone(),
    };
    to_customer(tx, instance, &notice)
}

fn to_customer(tx: &mut Tx<'_>, instance: &AppInstance, notice: &Notice) -> Result<()> {
    let admins = Recipients::Holders(&instance.organization_id, Role::CustomerAdmin);
    notify(tx, admins, instance.id.as_str(), notice).map(drop)
}

/// The partner learns that a customer did not get the version.
pub(super) fn failed(tx: &mut Tx<'_>, of: &Rollout, failed: &Subscriber) -> Result<()> {
    let notice = Notice::RolloutFailed {
        product: of.product_name.clone(),
        version: of.version_number.clone(),
        customer: organization::get(tx.conn, &failed.organization_id)?.name,
    };
    to_partner(tx, of, &notice)
}

/// The partner learns that a wave is finished.
pub(super) fn wave_finished(tx: &mut Tx<'_>, of: &Rollout, wave: &RolloutWave) -> Result<()> {
    let (done, failed) = result(tx, of, Some(wave.number))?;
    let notice = Notice::RolloutWaveFinished {
        product: of.product_name.clone(),
        version: of.version_number.clone(),
        wave: wave.number,
        done,
        failed,
    };
    to_partner(tx, of, &notice)
}

/// The partner learns that nobody waits any more.
pub(super) fn finished(tx: &mut Tx<'_>, of: &Rollout) -> Result<()> {
    let (done, failed) = result(tx, of, None)?;
    let notice = Notice::RolloutFinished {
        product: of.product_name.clone(),
        version: of.version_number.clone(),
        done,
        failed,
    };
    to_partner(tx, of, &notice)
}

/// How many have the version, and how many failed.
fn result(tx: &mut Tx<'_>, of: &Rollout, wave: Option<i32>) -> Result<(i64, i64)> {
    let (mut done, mut failed) = (0, 0);
    for (_, (of_wave, state, count)) in subscriber::counts(tx.conn, std::slice::from_ref(&of.id))? {
        if wave.is_some() && of_wave != wave {
            continue;
        }
        match state {
            SubscriberState::Done | SubscriberState::DoneKept => done += count,
            SubscriberState::Failed => failed += count,
            SubscriberState::Planned
            | SubscriberState::Waiting
            | SubscriberState::Running
            | SubscriberState::Frozen
            | SubscriberState::Skipped
            | SubscriberState::Stopped => {}
        }
    }
    Ok((done, failed))
}

/// Whoever began it does what follows as well, through the system, and is told all the same.
fn to_partner(tx: &mut Tx<'_>, of: &Rollout, notice: &Notice) -> Result<()> {
    if tx.actor.user_id.as_ref() == Some(&of.created_by) {
        let starter = Recipients::Person(&of.partner_id, &of.created_by);
        notify(tx, starter, of.id.as_str(), notice)?;
    }
    let admins = Recipients::Holders(&of.partner_id, Role::PartnerAdmin);
    notify(tx, admins, of.id.as_str(), notice).map(drop)
}

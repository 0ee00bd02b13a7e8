//! Rollouts (L17) as a partner leads them: what one would do, starting it, its waves, pausing, stopping, trying again. What a job then does
//! for each subscriber is `turn`; what came to a customer's application is told by `instance_upgrade` of the same schema.

pub mod start;
pub mod turn;

use serde_json::json;

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::id::{InstanceId, LicenseId, RolloutId};
use crate::domain::refusal::Refusal;
use crate::domain::rollout::{RolloutAction, RolloutStep, SubscriberAction, SubscriberState};
use crate::domain::transition::Status;
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::rollout::subscriber::{self, Subscriber, SubscriberFilter};
use crate::store::rollout::{self, Rollout, RolloutFilter, ending, wave};
use crate::store::{Result, Tx, instance};

/// A page of the partner's rollouts, newest first.
pub fn list(conn: &mut Conn, viewer: &Viewer, filter: &RolloutFilter, page: &PageRequest) -> Result<Page<Rollout>> {
    rollout::list(conn, &viewer.partner()?, filter, page)
}

/// How many rollouts [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, filter: &RolloutFilter) -> Result<i64> {
    rollout::count(conn, &viewer.partner()?, filter)
}

/// A rollout of the partner's, or `None`.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &RolloutId) -> Result<Option<Rollout>> {
    rollout::find(conn, &viewer.partner()?, id)
}

/// A rollout that the same idempotency key made before.
pub fn started(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<Rollout> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

fn own(conn: &mut Conn, scope: &PartnerScope, id: &RolloutId) -> Result<Rollout> {
    Ok(rollout::find(conn, scope, id)?.ok_or_else(Refusal::not_found)?)
}

/// A page of the subscribers of a rollout of the partner's.
pub fn subscribers(
    conn: &mut Conn,
    viewer: &Viewer,
    id: &RolloutId,
    filter: SubscriberFilter,
    page: &PageRequest,
) -> Result<Page<Subscriber>> {
    let of = own(conn, &viewer.partner()?, id)?;
    subscriber::list(conn, &of.id, filter, page)
}

/// How many subscribers [`subscribers`] has in all.
pub fn count_subscribers(conn: &mut Conn, viewer: &Viewer, id: &RolloutId, filter: SubscriberFilter) -> Result<i64> {
    let of = own(conn, &viewer.partner()?, id)?;
    subscriber::count(conn, &of.id, filter)
}

/// A page of the new versions that came to an application of the customer's, newest first; for its admins.
pub fn of_instance(conn: &mut Conn, viewer: &Viewer, id: &InstanceId, page: &PageRequest) -> Result<Page<Subscriber>> {
    let of = instance::get(conn, &viewer.customer_admin()?, id)?;
    subscriber::of_instance(conn, &of, page)
}

/// How many versions [`of_instance`] has in all.
pub fn count_of_instance(conn: &mut Conn, viewer: &Viewer, id: &InstanceId) -> Result<i64> {
    let of = instance::get(conn, &viewer.customer_admin()?, id)?;
    subscriber::count_of_instance(conn, &of)
}

/// Begins the next wave, whether the one before is finished or not.
pub fn start_wave(tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId) -> Result<Rollout> {
    let found = own(tx.conn, &viewer.partner()?, id)?;
    let next = wave::next(tx.conn, &found)?;
    let open = found
        .status
        .available_actions(next.is_some())
        .contains(&RolloutAction::StartWave);
    let Some(next) = next.filter(|_| open) else {
        return Err(Refusal::transition(found.status.as_str(), RolloutAction::StartWave.as_str()).into());
    };
    let begun = rollout::update(tx, &found, found.clone())?;
    wave::begin(tx, &begun, &next)?;
    proceeded(tx, &begun)
}

/// What runs is finished; nothing more begins.
pub fn pause(tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId) -> Result<Rollout> {
    moved(tx, viewer, id, RolloutStep::Pause, "rollout.paused").map(|(_, after)| after)
}

/// Goes on where it was paused.
pub fn resume(tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId) -> Result<Rollout> {
    let (_, after) = moved(tx, viewer, id, RolloutStep::Resume, "rollout.resumed")?;
    subscriber::enqueue(tx, &after.id, None)?;
    proceeded(tx, &after)
}

/// Ends it for good for everybody who waits; what runs is finished.
pub fn stop(tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId) -> Result<Rollout> {
    let (_, after) = moved(tx, viewer, id, RolloutStep::Stop, "rollout.stopped")?;
    let waiting = [
        SubscriberState::Planned,
        SubscriberState::Waiting,
        SubscriberState::Frozen,
    ];
    subscriber::move_all(tx, &after.id, None, &waiting, SubscriberState::Stopped)?;
    wave::stop(tx, &after.id)?;
    Ok(after)
}

fn moved(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: &RolloutId,
    step: RolloutStep,
    action: &'static str,
) -> Result<(Rollout, Rollout)> {
    let before = own(tx.conn, &viewer.partner()?, id)?;
    let after = Rollout {
        status: before.status.apply(step)?,
        ..before.clone()
    };
    let after = rollout::update(tx, &before, after)?;
    rollout::audit_move(tx, action, &before, &after)?;
    Ok((before, after))
}

/// The rollout once everything that follows by itself was done.
fn proceeded(tx: &mut Tx<'_>, of: &Rollout) -> Result<Rollout> {
    ending::proceed(tx, of)?;
    rollout::get(tx.conn, &of.id)
}

/// Tries a subscriber that failed again from where it stopped. A rollout that was finished is open again until they are done.
pub fn retry(tx: &mut Tx<'_>, viewer: &Viewer, id: &RolloutId, license: &LicenseId) -> Result<Rollout> {
    let of = own(tx.conn, &viewer.partner()?, id)?;
    let found = subscriber::find(tx.conn, &of.id, license)?;
    let found = found.ok_or_else(|| Refusal::not_found().at("licenseId"))?;
    let action = SubscriberAction::Retry;
    if !found.state.available_actions(of.status).contains(&action) {
        let refusal = Refusal::transition(found.state.as_str(), action.as_str());
        return Err(refusal.in_words(found.state.text(), action.text()).into());
    }
    let of = match of.status.is_open() {
        true => of,
        false => moved(tx, viewer, id, RolloutStep::Reopen, "rollout.reopened")?.1,
    };
    let again = Subscriber {
        state: SubscriberState::Waiting,
        reason: None,
        finished_at: None,
        ..found.clone()
    };
    let saved = subscriber::update(tx, &found, again)?;
    subscriber::enqueue_at(tx, &saved, tx.now)?;
    let before = json!({ "license": found.license_id, "state": found.state, "reason": found.reason });
    let after = json!({ "license": saved.license_id, "state": saved.state });
    rollout::audit(tx, &of, "rollout.subscriber_retried", Some(before), Some(after))?;
    Ok(of)
}

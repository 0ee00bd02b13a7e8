//! The waves of rollouts that the viewer, or the system, holds already.

use diesel::prelude::*;
use serde_json::json;

use super::{Rollout, audit, subscriber};
use crate::domain::id::RolloutId;
use crate::domain::instant::Instant;
use crate::domain::rollout::wave::WaveKind;
use crate::domain::rollout::{SubscriberState, WaveStatus};
use crate::store::conn::{Conn, on_each_backend};
use crate::store::schema::rollout_waves;
use crate::store::{Result, Tx};

/// A part of the subscribers, who get the version at the same time.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = rollout_waves, treat_none_as_default_value = false)]
pub struct RolloutWave {
    pub rollout_id: RolloutId,
    /// From 1 within the rollout.
    pub number: i32,
    pub kind: WaveKind,
    /// Of PERCENT alone.
    pub percent: Option<i32>,
    pub status: WaveStatus,
    /// Subscribers of it.
    pub total: i32,
    pub started_at: Option<Instant>,
    pub finished_at: Option<Instant>,
}

/// The waves of rollouts, each in their order.
pub fn of_rollouts(conn: &mut Conn, ids: &[RolloutId]) -> Result<Vec<RolloutWave>> {
    let query = rollout_waves::table
        .filter(rollout_waves::rollout_id.eq_any(ids))
        .order((rollout_waves::rollout_id.asc(), rollout_waves::number.asc()))
        .select(rollout_waves::all_columns);
    Ok(query.load(conn)?)
}

/// The waves of one rollout.
pub fn of(conn: &mut Conn, rollout: &Rollout) -> Result<Vec<RolloutWave>> {
    of_rollouts(conn, std::slice::from_ref(&rollout.id))
}

/// The wave that begins next.
pub fn next(conn: &mut Conn, rollout: &Rollout) -> Result<Option<RolloutWave>> {
    let waves = of(conn, rollout)?;
    Ok(waves.into_iter().find(|wave| wave.status == WaveStatus::Planned))
}

/// Plans waves.
pub fn insert(tx: &mut Tx<'_>, waves: &[RolloutWave]) -> Result<()> {
    on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(rollout_waves::table)
        .values(waves)
        .execute(conn))?;
    Ok(())
}

/// Begins a wave: everybody of it waits for a job of their own. Whoever calls saves the rollout, so that of two who begin a wave at once
/// one is told.
pub fn begin(tx: &mut Tx<'_>, of: &Rollout, wave: &RolloutWave) -> Result<()> {
    move_to(tx, wave, WaveStatus::Running)?;
    let (number, planned) = (Some(wave.number), [SubscriberState::Planned]);
    subscriber::move_all(tx, &of.id, number, &planned, SubscriberState::Waiting)?;
    subscriber::enqueue(tx, &of.id, number)?;
    let after = json!({ "wave": wave.number, "kind": wave.kind, "percent": wave.percent, "subscribers": wave.total });
    audit(tx, of, "rollout.wave_began", None, Some(after))
}

/// Nobody of the wave waits or runs any more.
pub fn finish(tx: &mut Tx<'_>, wave: &RolloutWave) -> Result<()> {
    move_to(tx, wave, WaveStatus::Finished)
}

/// The waves that did not begin, and those that did and are not finished, will not be.
pub fn stop(tx: &mut Tx<'_>, rollout: &RolloutId) -> Result<()> {
    let open = rollout_waves::table
        .filter(rollout_waves::rollout_id.eq(rollout))
        .filter(rollout_waves::status.eq_any([WaveStatus::Planned, WaveStatus::Running]));
    diesel::update(open)
        .set((
            rollout_waves::status.eq(WaveStatus::Stopped),
            rollout_waves::finished_at.eq(Some(tx.now)),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn move_to(tx: &mut Tx<'_>, wave: &RolloutWave, status: WaveStatus) -> Result<()> {
    let row = rollout_waves::table
        .find((&wave.rollout_id, wave.number))
        .filter(rollout_waves::status.eq(wave.status));
    let now = Some(tx.now);
    let (started, finished) = match status {
        WaveStatus::Running => (now, None),
        WaveStatus::Planned | WaveStatus::Finished | WaveStatus::Stopped => (wave.started_at, now),
    };
    diesel::update(row)
        .set((
            rollout_waves::status.eq(status),
            rollout_waves::started_at.eq(started),
            rollout_waves::finished_at.eq(finished),
        ))
        .execute(tx.conn)?;
    Ok(())
}

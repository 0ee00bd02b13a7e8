//! Batched look-ups around rollouts. Whoever hands out the id has decided that the viewer may see it.

use async_graphql::Data;

use crate::domain::id::RolloutId;
use crate::graphql::loaders::{Batch, insert_one};
use crate::store::conn::Conn;
use crate::store::rollout::subscriber::{self, Counted};
use crate::store::rollout::wave::{self, RolloutWave};
use crate::store::rollout::{self, Rollout};
use crate::store::{Result, Store, grouped};

/// Rollouts by id.
pub struct Rollouts;

impl Batch for Rollouts {
    type Key = RolloutId;
    type Row = Rollout;

    fn load(conn: &mut Conn, keys: &[RolloutId]) -> Result<Vec<(RolloutId, Rollout)>> {
        let rows = rollout::by_ids(conn, keys)?;
        Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
    }
}

/// The waves of each rollout, in their order.
pub struct WavesOf;

impl Batch for WavesOf {
    type Key = RolloutId;
    type Row = Vec<RolloutWave>;

    fn load(conn: &mut Conn, keys: &[RolloutId]) -> Result<Vec<(RolloutId, Vec<RolloutWave>)>> {
        let rows = wave::of_rollouts(conn, keys)?;
        Ok(grouped(rows.into_iter().map(|row| (row.rollout_id.clone(), row)))
            .into_iter()
            .collect())
    }
}

/// How many subscribers are in which wave and state.
pub type Counts = Vec<Counted>;

/// How many subscribers of each rollout are in which wave and state.
pub struct CountsOf;

impl Batch for CountsOf {
    type Key = RolloutId;
    type Row = Counts;

    fn load(conn: &mut Conn, keys: &[RolloutId]) -> Result<Vec<(RolloutId, Counts)>> {
        Ok(grouped(subscriber::counts(conn, keys)?).into_iter().collect())
    }
}

/// Puts the loaders into a request's data.
pub fn insert(data: &mut Data, store: &Store) {
    insert_one::<Rollouts>(data, store);
    insert_one::<WavesOf>(data, store);
    insert_one::<CountsOf>(data, store);
}

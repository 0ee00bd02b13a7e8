//! Brings the version of a rollout to one subscriber: the turn begins in one transaction, and its delivery is carried out as every other.

use serde_json::Value;

use super::run::Context;
use super::{Held, deliver};
use crate::domain::id::{DeliveryId, LicenseId, RolloutId};
use crate::services::rollout::turn;
use crate::store::{Result, Tx};

/// Begins the turn, or goes on with it where a worker was killed, until its delivery has ended.
pub async fn run(context: &Context, payload: &Value, held: &Held) -> anyhow::Result<()> {
    let begun = in_turn(context, payload, turn::begin).await?;
    match begun {
        Some(delivery) => deliver::carry_out(context, delivery, held).await,
        None => Ok(()),
    }
}

/// Tells the partner that it will not be done.
pub async fn give_up(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let begun = in_turn(context, payload, turn::give_up).await?;
    match begun {
        Some(delivery) => deliver::abandon(context, delivery).await,
        None => Ok(()),
    }
}

/// One step of a turn; the delivery that follows from it.
type Step = fn(&mut Tx<'_>, &RolloutId, &LicenseId) -> Result<Option<DeliveryId>>;

async fn in_turn(context: &Context, payload: &Value, step: Step) -> anyhow::Result<Option<DeliveryId>> {
    let rollout: RolloutId = payload["rolloutId"].as_str().unwrap_or_default().parse()?;
    let license: LicenseId = payload["licenseId"].as_str().unwrap_or_default().parse()?;
    let (store, asked) = (context.store(), rollout.clone());
    let actor = store.read(move |conn| turn::actor(conn, &asked)).await?;
    Ok(store.write(actor, move |tx| step(tx, &rollout, &license)).await?)
}

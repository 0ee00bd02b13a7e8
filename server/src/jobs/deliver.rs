//! Carries out a delivery: step after step of `services::deliver`, each in a transaction that also says that the job got
//! somewhere. A worker that lost its lease cannot commit another step.

use anyhow::Context as _;
use serde_json::Value;

use super::Held;
use super::run::Context;
use crate::domain::id::DeliveryId;
use crate::services::deliver::{self, Progress};
use crate::store::{Error, delivery};

/// Goes on until the delivery has ended.
pub async fn run(context: &Context, payload: &Value, held: &Held) -> anyhow::Result<()> {
    carry_out(context, delivery_id(payload)?, held).await
}

/// Carries out a delivery on behalf of the job that is held.
pub async fn carry_out(context: &Context, id: DeliveryId, held: &Held) -> anyhow::Result<()> {
    let store = context.store();
    let asked = id.clone();
    let actor = store
        .read(move |conn| Ok(deliver::actor(&delivery::get(conn, &asked)?)))
        .await?;
    let mut from = deliver::START;
    loop {
        let (id, held) = (id.clone(), held.clone());
        let step = store.write(actor.clone(), move |tx| {
            held.progress(tx)?;
            deliver::step(tx, &id, from)
        });
        match step.await {
            Ok(Progress::More(next)) => from = next,
            Ok(Progress::Ended) => return Ok(()),
            // The partner stopped or retried it in the same moment: look again.
            Err(Error::Refused(refusal)) => tracing::info!(%refusal, "a step of a delivery is looked at again"),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Tells the partner that it will not be done.
pub async fn give_up(context: &Context, payload: &Value) -> anyhow::Result<()> {
    abandon(context, delivery_id(payload)?).await
}

/// Ends a delivery whose job was given up.
pub async fn abandon(context: &Context, id: DeliveryId) -> anyhow::Result<()> {
    let asked = id.clone();
    let store = context.store();
    let found = store.read(move |conn| delivery::get(conn, &asked)).await?;
    let end = store.write(deliver::actor(&found), move |tx| deliver::give_up(tx, &id));
    Ok(end.await?)
}

fn delivery_id(payload: &Value) -> anyhow::Result<DeliveryId> {
    let id = payload["deliveryId"]
        .as_str()
        .context("a delivery job names its delivery")?;
    Ok(id.parse()?)
}

#[cfg(test)]
mod tests;

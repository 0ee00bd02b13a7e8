//! Writes the index of the records of pages anew, part by part.

use anyhow::Context as _;
use serde_json::Value;

use super::Held;
use super::lease::system;
use super::run::Context;
use crate::domain::id::InstanceId;
use crate::services::record::index;

/// Goes on until every record of the pages is indexed. A job names several pages, or the one of a migration.
pub async fn run(context: &Context, payload: &Value, held: &Held) -> anyhow::Result<()> {
    let id = payload["instanceId"]
        .as_str()
        .context("an index job names its instance")?;
    let id = id.parse::<InstanceId>()?;
    let keys = payload["pageKeys"].as_array().into_iter().flatten();
    for key in keys.chain(payload.get("pageKey")).filter_map(Value::as_str) {
        page(context, held, &id, key.to_owned()).await?;
    }
    Ok(())
}

async fn page(context: &Context, held: &Held, id: &InstanceId, key: String) -> anyhow::Result<()> {
    let store = context.store();
    let mut after = None;
    loop {
        let (id, key, held, from) = (id.clone(), key.clone(), held.clone(), after.clone());
        let step = store.write(system(), move |tx| {
            held.progress(tx)?;
            index::step(tx, &id, &key, from.as_ref())
        });
        after = step.await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

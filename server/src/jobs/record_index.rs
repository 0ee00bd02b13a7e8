//! Writes the index of a page's records anew, part by part.

use anyhow::Context as _;
use serde_json::Value;

use super::Held;
use super::lease::system;
use super::run::Context;
use crate::domain::id::InstanceId;
use crate::services::record::index;

/// Goes on until every record of the page is indexed.
pub async fn run(context: &Context, payload: &Value, held: &Held) -> anyhow::Result<()> {
    let text = |name: &str| payload[name].as_str().context("an index job names its page");
    let (id, key) = (text("instanceId")?.parse::<InstanceId>()?, text("pageKey")?.to_owned());
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

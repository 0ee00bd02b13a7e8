//! Reads the contract of a submitted project and keeps which amounts stand in it (D2). A document that cannot be read is a
//! verdict, not a failure; a store of files that does not answer is one, and is tried again.

use serde_json::Value;

use super::run::Context;
use crate::domain::contract_amount::{FoundAmount, find_amounts};
use crate::domain::id::ProjectId;
use crate::files::storage::StorageKey;
use crate::services::amount_check;
use crate::store::file::File;
use crate::store::{Actor, Result};

/// Does the job `{"projectId": …}`. One that was done already does nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id = project(payload)?;
    let asked = id.clone();
    let waiting = context
        .store()
        .read(move |conn| amount_check::waiting(conn, &asked))
        .await?;
    let Some(contract) = waiting else { return Ok(()) };
    let found = match text(context, &contract).await? {
        // Long documents take a while to search; other requests must not wait for it.
        Some(text) => Some(tokio::task::spawn_blocking(move || find_amounts(&text)).await?),
        None => None,
    };
    Ok(finish(context, id, found).await?)
}

/// The file could not be had again and again: the reviewer is told that nothing could be read.
pub async fn give_up(context: &Context, payload: &Value) -> anyhow::Result<()> {
    Ok(finish(context, project(payload)?, None).await?)
}

fn project(payload: &Value) -> anyhow::Result<ProjectId> {
    Ok(payload["projectId"].as_str().unwrap_or_default().parse()?)
}

async fn text(context: &Context, contract: &File) -> anyhow::Result<Option<String>> {
    let key = StorageKey::from_stored(&contract.storage_key);
    let key = key.ok_or_else(|| anyhow::anyhow!("{} has a storage key that was not made here", contract.id))?;
    let Some(bytes) = context.files().read(&key).await? else {
        tracing::error!(file = %contract.id, "the bytes of a contract are missing");
        return Ok(None);
    };
    Ok(context.pdf_text().read(contract.media_type, &bytes).await)
}

async fn finish(context: &Context, id: ProjectId, found: Option<Vec<FoundAmount>>) -> Result<()> {
    let save = move |tx: &mut crate::store::Tx<'_>| amount_check::finish(tx, &id, found.as_deref());
    context.store().write(Actor::default(), save).await
}

#[cfg(test)]
mod tests;

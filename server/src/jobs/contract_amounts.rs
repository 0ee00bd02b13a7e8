//! Reads the contract of a submitted project, or the document of an amendment, and keeps which amounts stand in it (D2). A document that cannot be read is a
//! verdict, not a failure; a store of files that does not answer is one, and is tried again.

use serde_json::Value;

use super::run::Context;
use crate::domain::contract_amount::{FoundAmount, find_amounts};
use crate::domain::id::{AmendmentId, ProjectId};
use crate::files::storage::StorageKey;
use crate::services::{amendment, amount_check};
use crate::store::conn::Conn;
use crate::store::file::File;
use crate::store::{Actor, Result, Tx};

/// Whose document is read.
#[derive(Clone, Debug)]
enum Subject {
    Project(ProjectId),
    Amendment(AmendmentId),
}

impl Subject {
    fn of(payload: &Value) -> anyhow::Result<Self> {
        match payload["amendmentId"].as_str() {
            Some(id) => Ok(Self::Amendment(id.parse()?)),
            None => Ok(Self::Project(
                payload["projectId"].as_str().unwrap_or_default().parse()?,
            )),
        }
    }

    fn waiting(&self, conn: &mut Conn) -> Result<Option<File>> {
        match self {
            Self::Project(id) => amount_check::waiting(conn, id),
            Self::Amendment(id) => amendment::waiting(conn, id),
        }
    }

    fn finish(&self, tx: &mut Tx<'_>, found: Option<&[FoundAmount]>) -> Result<()> {
        match self {
            Self::Project(id) => amount_check::finish(tx, id, found),
            Self::Amendment(id) => amendment::finish_check(tx, id, found),
        }
    }
}

/// Does the job `{"projectId": …}` or `{"amendmentId": …}`. One that was done already does nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let subject = Subject::of(payload)?;
    let asked = subject.clone();
    let waiting = context.store().read(move |conn| asked.waiting(conn)).await?;
    let Some(document) = waiting else { return Ok(()) };
    let found = match text(context, &document).await? {
        // Long documents take a while to search; other requests must not wait for it.
        Some(text) => Some(tokio::task::spawn_blocking(move || find_amounts(&text)).await?),
        None => None,
    };
    Ok(finish(context, subject, found).await?)
}

/// The file could not be had again and again: the reviewer is told that nothing could be read.
pub async fn give_up(context: &Context, payload: &Value) -> anyhow::Result<()> {
    Ok(finish(context, Subject::of(payload)?, None).await?)
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

async fn finish(context: &Context, subject: Subject, found: Option<Vec<FoundAmount>>) -> Result<()> {
    let save = move |tx: &mut Tx<'_>| subject.finish(tx, found.as_deref());
    context.store().write(Actor::default(), save).await
}

#[cfg(test)]
mod tests;

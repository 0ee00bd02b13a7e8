//! What is done on its own, again and again: sealing audit entries (P5), noting remote maintenance whose hours ran out (D31)
//! and forgetting what counts no more. Several servers may do it at once: what one has done the other finds done.

use std::time::Duration;

use super::lease::system;
use super::run::Context;
use crate::domain::notification::kept_for;
use crate::files::storage::{Files, StorageKey};
use crate::services::maintenance;
use crate::stop::Stop;
use crate::store::{
    Error, Fault, Result, Store, audit, error, idempotency, job, maintenance as store_maintenance, notification,
    record_file,
};

/// Between two looks at unsealed entries: they are sealed within seconds of their commit.
const SEAL_EVERY: Duration = Duration::from_secs(1);
/// Entries sealed in one transaction, so that other writers get their turn.
const SEAL_AT_ONCE: i64 = 200;
/// Between two looks at remote maintenance whose hours ran out. It admits nobody before that: this is for who looks.
const EXPIRE_EVERY: Duration = Duration::from_secs(1);
/// Between two rounds of forgetting.
const FORGET_EVERY: Duration = Duration::from_secs(600);
/// Days that ended jobs are kept for looking at.
const KEEP_JOBS_DAYS: i64 = 14;
/// Days that an uploaded file waits for a record that holds it, unless its uploader still has a draft on the page.
const KEEP_UPLOADS_DAYS: i64 = 7;
/// Files that are forgotten, and bytes that are deleted, in one go.
const FILES_AT_ONCE: i64 = 100;

/// Keeps house until stopped.
pub async fn keep(context: Context, stop: Stop) {
    let store = context.store();
    let mut seal = tokio::time::interval(SEAL_EVERY);
    let mut expire = tokio::time::interval(EXPIRE_EVERY);
    let mut forget = tokio::time::interval(FORGET_EVERY);
    for timer in [&mut seal, &mut expire, &mut forget] {
        timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    }
    loop {
        let done = tokio::select! {
            _ = seal.tick() => seal_all(store).await,
            _ = expire.tick() => expire_maintenance(store).await,
            _ = forget.tick() => forget_old(store).await.and(clear_files(store, context.files()).await),
            () = stop.requested() => break,
        };
        if let Err(error) = done {
            tracing::error!(%error, "upkeep failed; it is tried again");
        }
    }
    // What the last requests wrote is sealed before the process ends.
    if let Err(error) = seal_all(store).await {
        tracing::error!(%error, "the last audit entries stay unsealed until a server runs again");
    }
}

/// Seals everything that is committed and not sealed yet.
pub async fn seal_all(store: &Store) -> Result<()> {
    while store.read(audit::any_unsealed).await? {
        match store.write(system(), |tx| audit::seal(tx, SEAL_AT_ONCE)).await {
            // Another server sealed the same entries in the same moment.
            Err(Error::Fault(Fault::Database(error))) if error::is_unique_violation(&error) => return Ok(()),
            other => other?,
        };
    }
    Ok(())
}

async fn expire_maintenance(store: &Store) -> Result<()> {
    let now = store.now();
    // A look costs nothing; a write transaction waits for others.
    let overdue = store.read(move |conn| Ok(!store_maintenance::overdue(conn, now, 1)?.is_empty()));
    if overdue.await? {
        store.write(system(), maintenance::expire).await?;
    }
    Ok(())
}

/// Forgets keys, jobs and notifications that are old enough.
pub async fn forget_old(store: &Store) -> Result<()> {
    let old_jobs = store.now() - chrono::Duration::days(KEEP_JOBS_DAYS);
    let old_notifications = store.now() - kept_for();
    let forget = store.keep_house(system(), move |tx| {
        let keys = idempotency::expire(tx)?;
        let jobs = job::expire(tx, old_jobs)?;
        Ok((keys, jobs, notification::expire(tx, old_notifications)?))
    });
    let (keys, jobs, notifications) = forget.await?;
    if keys + jobs + notifications > 0 {
        tracing::info!(
            keys,
            jobs,
            notifications,
            "old idempotency keys, jobs and notifications were forgotten"
        );
    }
    Ok(())
}

/// Forgets uploads that no record took, and deletes the bytes of all files that were forgotten. Bytes go before what is
/// known of them, so that a crash between the two leaves nothing behind that nobody knows of.
pub async fn clear_files(store: &Store, files: &Files) -> Result<()> {
    let old = store.now() - chrono::Duration::days(KEEP_UPLOADS_DAYS);
    // Not as housekeeping: a record that takes a file in this moment must win or be run again.
    while store
        .write(system(), move |tx| record_file::discard_loose(tx, old, FILES_AT_ONCE))
        .await?
        > 0
    {}
    loop {
        let keys = store.read(|conn| record_file::discarded(conn, FILES_AT_ONCE)).await?;
        let mut gone = Vec::with_capacity(keys.len());
        for key in keys {
            match delete(files, &key).await {
                Ok(()) => gone.push(key),
                Err(error) => {
                    tracing::error!(key, %error, "the bytes of a file could not be deleted; it is tried again")
                }
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let deleted = gone.len();
        store
            .keep_house(system(), move |tx| record_file::forget_discarded(tx, &gone))
            .await?;
        tracing::info!(deleted, "the bytes of files that nobody holds were deleted");
    }
}

async fn delete(files: &Files, key: &str) -> anyhow::Result<()> {
    let key = StorageKey::from_stored(key).ok_or_else(|| anyhow::anyhow!("this is no key of the storage"))?;
    Ok(files.delete(&key).await?)
}

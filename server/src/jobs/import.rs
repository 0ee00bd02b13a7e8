//! Carries out a package import: reads the uploaded file, then stores the package in one transaction. A worker that dies
//! leaves nothing behind, and the next one begins again; an import that has ended is not carried out a second time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Held;
use super::lease::system;
use super::run::Context;
use crate::domain::application::{ImportStage, PackageFormat};
use crate::domain::id::PackageImportId;
use crate::domain::message::Code;
use crate::files::storage::StorageKey;
use crate::package::{self, Format, Import, Limits, PackageError, Progress, ReadOptions};
use crate::services::package_import::{self as service, KeptProblem, Payload};
use crate::store::package_import::{self, PackageImport};
use crate::store::{Actor, Error, Store, file};

/// Between two notes of the progress, so that a large file does not mean thousands of writes.
const NOTE_EVERY: Duration = Duration::from_millis(300);

/// Runs the import of a job.
pub async fn run(context: &Context, payload: &Value, held: &Held) -> anyhow::Result<()> {
    let Payload { import_id } = serde_json::from_value(payload.clone())?;
    let store = context.store();
    let Some(import) = begin(store, &import_id).await? else {
        return Ok(());
    };
    let Some(bytes) = bytes_of(context, &import).await? else {
        return fail(store, &import, vec![service::missing_file()]).await;
    };
    let options = ReadOptions {
        format: format(import.format),
        version: import.version_number.clone(),
        limits: Limits::default(),
    };
    let (noting, asked) = (store.clone(), import.id.clone());
    let reading = tokio::task::spawn_blocking(move || read(&noting, &asked, &bytes, &options));
    match reading.await? {
        Ok(read) => keep(store, &import, read, held).await,
        Err(error) => fail(store, &import, KeptProblem::of_file(&error)?).await,
    }
}

/// Ends an import whose job is given up.
pub async fn give_up(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let Payload { import_id } = serde_json::from_value(payload.clone())?;
    match begin(context.store(), &import_id).await? {
        Some(import) => fail(context.store(), &import, vec![KeptProblem::given_up()]).await,
        None => Ok(()),
    }
}

/// The import, if it has not ended.
async fn begin(store: &Store, id: &PackageImportId) -> anyhow::Result<Option<PackageImport>> {
    let id = id.clone();
    let begun = store.write(system(), move |tx| {
        let import = package_import::get(tx.conn, &id)?;
        let open = package_import::advance(tx, &id, ImportStage::Reading, 0, 0)?;
        Ok(open.then_some(import))
    });
    Ok(begun.await?)
}

/// The uploaded bytes. They are in memory once, at most as many as a package may have.
async fn bytes_of(context: &Context, import: &PackageImport) -> anyhow::Result<Option<bytes::Bytes>> {
    let id = import.file_id.clone();
    let uploaded = context.store().read(move |conn| file::get(conn, &id)).await?;
    match StorageKey::from_stored(&uploaded.storage_key) {
        Some(key) => Ok(context.files().read(&key).await?),
        None => Ok(None),
    }
}

fn read(store: &Store, id: &PackageImportId, bytes: &[u8], options: &ReadOptions) -> Result<Import, PackageError> {
    let mut noted = Instant::now();
    let mut note = |progress: Progress| {
        if noted.elapsed() < NOTE_EVERY {
            return;
        }
        noted = Instant::now();
        let [done, total] = [progress.done, progress.total].map(|bytes| i32::try_from(bytes).unwrap_or(i32::MAX));
        let advance =
            |tx: &mut crate::store::Tx<'_>| package_import::advance(tx, id, ImportStage::Reading, done, total);
        if let Err(error) = store.write_blocking(&system(), &advance) {
            tracing::warn!(%error, import = %id, "the progress of an import could not be noted");
        }
    };
    package::read_package(bytes, options, &mut note)
}

/// Stores what was read, or the refusal.
async fn keep(store: &Store, import: &PackageImport, read: Import, held: &Held) -> anyhow::Result<()> {
    let rows = i32::try_from(read.package.components.len() + read.package.sample_row_count()).unwrap_or(i32::MAX);
    let id = import.id.clone();
    let stage = store.write(system(), move |tx| {
        package_import::advance(tx, &id, ImportStage::Storing, 0, rows)
    });
    stage.await?;
    // Shared, because PostgreSQL may ask for the transaction to be run again.
    let read = Arc::new(read);
    let (row, held) = (import.clone(), held.clone());
    let kept = store.write(actor(import), move |tx| {
        held.progress(tx)?;
        service::finish(tx, &row, &read)
    });
    match kept.await {
        Err(Error::Refused(refusal)) if refusal.code() == Code::Conflict => Ok(()),
        Err(Error::Refused(refusal)) => fail(store, import, vec![KeptProblem::of_refusal(&refusal)]).await,
        other => Ok(other?),
    }
}

async fn fail(store: &Store, import: &PackageImport, problems: Vec<KeptProblem>) -> anyhow::Result<()> {
    let row = import.clone();
    let failed = store.write(actor(import), move |tx| service::fail(tx, &row, &problems));
    match failed.await {
        Err(Error::Refused(refusal)) if refusal.code() == Code::Conflict => Ok(()),
        other => Ok(other?),
    }
}

/// Whoever asked for the import made its version, though a job carries it out.
fn actor(import: &PackageImport) -> Actor {
    Actor {
        user_id: Some(import.created_by.clone()),
        organization_id: Some(import.organization_id.clone()),
        ..system()
    }
}

fn format(asked: PackageFormat) -> Format {
    match asked {
        PackageFormat::Auto => Format::Auto,
        PackageFormat::Native => Format::Native,
        PackageFormat::Baserow => Format::Baserow,
    }
}

#[cfg(test)]
mod tests;

//! Mutations about applications: import, publish, describe.

use async_graphql::{Context, ID, InputObject, Object, Result};
use serde::Serialize;

use super::import::PackageImport;
use super::version::ApplicationVersion;
use crate::domain::application::PackageFormat;
use crate::domain::id::ApplicationVersionId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{idempotency_key, write, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::application;
use crate::services::package_import::{self, NewImport};
use crate::store;

/// What is imported, and how.
#[derive(InputObject, Serialize)]
pub struct ImportPackageInput {
    /// A file that was uploaded for this purpose (PACKAGE).
    pub file_id: ID,
    /// What the file is.
    #[graphql(default_with = "PackageFormat::Auto")]
    pub format: PackageFormat,
    /// A new version of this application; null makes a new application.
    pub application_id: Option<ID>,
    /// Version number instead of the one in the file, and where the file carries none.
    pub version: Option<String>,
    /// Read and report, store nothing.
    #[graphql(default = false)]
    pub dry_run: bool,
}

/// Which version is published.
#[derive(InputObject)]
pub struct PublishVersionInput {
    /// A version of the acting partner.
    pub version_id: ID,
}

/// A version's new description.
#[derive(InputObject)]
pub struct DescribeVersionInput {
    /// A version of the acting partner.
    pub version_id: ID,
    /// At most 10,000 characters; replaces the old one.
    pub description: String,
}

result_union! {
    /// Result of starting an import.
    ImportPackageResult = PackageImport
}
result_union! {
    /// Result of publishing a version.
    PublishVersionResult = ApplicationVersion
}
result_union! {
    /// Result of describing a version.
    DescribeVersionResult = ApplicationVersion
}

#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Starts the import of an uploaded file as a durable job; follow it with packageImportProgress.
    async fn import_package(
        &self,
        ctx: &Context<'_>,
        input: ImportPackageInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ImportPackageResult> {
        let ended = import(ctx, &input, idempotency_key).await?;
        outcome(ctx, ended, |row| ImportPackageResult::PackageImport(PackageImport(row)))
    }

    /// Publishes a version; its content never changes again.
    async fn publish_version(&self, ctx: &Context<'_>, input: PublishVersionInput) -> Result<PublishVersionResult> {
        let id = version_id(&input.version_id);
        let ended = write(ctx, move |tx, viewer| {
            application::publish_version(tx, viewer, id.as_ref().map_err(Clone::clone)?)
        });
        outcome(ctx, ended.await?, |row| {
            PublishVersionResult::ApplicationVersion(ApplicationVersion(row))
        })
    }

    /// Edits a version's description, the only part of it that may change.
    async fn describe_version(&self, ctx: &Context<'_>, input: DescribeVersionInput) -> Result<DescribeVersionResult> {
        let id = version_id(&input.version_id);
        let ended = write(ctx, move |tx, viewer| {
            application::describe_version(tx, viewer, id.as_ref().map_err(Clone::clone)?, &input.description)
        });
        outcome(ctx, ended.await?, |row| {
            DescribeVersionResult::ApplicationVersion(ApplicationVersion(row))
        })
    }
}

/// A text that is no id of a version names none.
fn version_id(text: &ID) -> std::result::Result<ApplicationVersionId, Refusal> {
    text.parse().map_err(|_| Refusal::not_found().at("versionId"))
}

async fn import(
    ctx: &Context<'_>,
    input: &ImportPackageInput,
    key: Option<String>,
) -> Result<store::Result<store::package_import::PackageImport>> {
    let parsed = idempotency_key(key, "importPackage", input).and_then(|key| Ok((key, new_import(input)?)));
    let (key, new) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Err(error)),
    };
    let make = move |tx: &mut store::Tx<'_>, viewer: &_| {
        let made = package_import::start(tx, viewer, new.clone())?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, |conn, viewer, id| {
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        let found = package_import::get(conn, viewer, &id)?;
        Ok(found.ok_or_else(Refusal::not_found)?)
    })
    .await
}

fn new_import(input: &ImportPackageInput) -> store::Result<NewImport> {
    let application_id = input.application_id.as_ref().map(|id| id.parse()).transpose();
    Ok(NewImport {
        file_id: input.file_id.parse().map_err(|_| Refusal::not_found().at("fileId"))?,
        format: input.format,
        application_id: application_id.map_err(|_| Refusal::not_found().at("applicationId"))?,
        version: input.version.clone(),
        dry_run: input.dry_run,
    })
}

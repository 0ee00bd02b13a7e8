//! Writes the content of a version. Rows go in by pieces, so that a large package is never in memory a second time.

use appshelf_rules::Form;
use serde_json::json;

use super::Target;
use super::plan::Plan;
use crate::domain::application::{ApplicationOrigin, VersionStatus};
use crate::domain::id::{ApplicationId, ApplicationVersionId};
use crate::package::Package;
use crate::store::application::{self, Application};
use crate::store::application_component::{self, Component, NewSampleRow};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::audit::Fact;
use crate::store::{Result, Tx};

/// Rows that are made ready at once.
const ROWS: usize = 200;
/// Bytes of text after which rows are written, however few they are.
const BYTES: usize = 2 * 1024 * 1024;

/// Stores what was planned.
pub(super) fn store(tx: &mut Tx<'_>, target: &Target, plan: &Plan, package: &Package) -> Result<ApplicationVersion> {
    let application_id = application_of(tx, target, plan, package)?;
    let version = ApplicationVersion {
        id: tx.id(),
        application_id,
        organization_id: target.organization_id.clone(),
        number: plan.number.to_string(),
        status: VersionStatus::Unpublished,
        description: package.description.clone().unwrap_or_default(),
        component_count: count(package.components.len()),
        sample_row_count: count(package.sample_row_count()),
        created_by: target.created_by.clone(),
        created_at: tx.now,
        published_at: None,
    };
    application_version::insert(tx, &version)?;
    store_components(tx, &version.id, package)?;
    store_sample_rows(tx, &version.id, package)?;
    tx.audit(Fact {
        organization_id: &version.organization_id,
        action: "version.imported",
        object_id: version.id.as_str(),
        label: &version.number,
        before: None,
        after: Some(json!({
            "applicationId": version.application_id,
            "components": version.component_count,
            "sampleRows": version.sample_row_count,
        })),
    })?;
    Ok(version)
}

/// The planned application, made where it is new. The newest import says what it is about.
fn application_of(tx: &mut Tx<'_>, target: &Target, plan: &Plan, package: &Package) -> Result<ApplicationId> {
    if let Some(existing) = &plan.application {
        if let Some(summary) = &package.summary {
            application::set_summary(tx, &existing.id, summary)?;
        }
        application::touch(tx, &existing.id)?;
        return Ok(existing.id.clone());
    }
    let made = Application {
        id: tx.id(),
        organization_id: target.organization_id.clone(),
        name: package.name.clone(),
        summary: package.summary.clone().unwrap_or_default(),
        origin: ApplicationOrigin::Own,
        created_at: tx.now,
        updated_at: tx.now,
    };
    application::insert(tx, &made)?;
    tx.audit(Fact {
        organization_id: &made.organization_id,
        action: "application.created",
        object_id: made.id.as_str(),
        label: &made.name,
        before: None,
        after: Some(json!({ "origin": made.origin })),
    })?;
    Ok(made.id)
}

fn store_components(tx: &mut Tx<'_>, version: &ApplicationVersionId, package: &Package) -> Result<()> {
    let mut ready = Vec::with_capacity(ROWS);
    let mut bytes = 0;
    for (position, component) in package.components.iter().enumerate() {
        let definition = component.definition.as_str().to_owned();
        bytes += definition.len();
        ready.push(Component {
            version_id: version.clone(),
            key: component.key.clone(),
            position: count(position),
            kind: component.kind,
            name: component.name.clone(),
            folder: component.folder.clone(),
            definition,
            dependencies: serde_json::to_string(&component.dependencies)?,
            required_features: serde_json::to_string(&component.required_features)?,
        });
        if ready.len() == ROWS || bytes > BYTES {
            application_component::insert(tx, &ready)?;
            ready.clear();
            bytes = 0;
        }
    }
    application_component::insert(tx, &ready)
}

fn store_sample_rows(tx: &mut Tx<'_>, version: &ApplicationVersionId, package: &Package) -> Result<()> {
    let mut ready = Vec::with_capacity(ROWS);
    let mut bytes = 0;
    for component in package.components.iter().filter(|it| !it.sample_rows.is_empty()) {
        let form = Form::read(&serde_json::from_str(component.definition.as_str())?);
        for row in &component.sample_rows {
            let data = row.data.as_str().to_owned();
            bytes += data.len();
            let position = i32::try_from(row.position).unwrap_or(i32::MAX);
            let key = component.key.clone();
            ready.push(NewSampleRow::new(version.clone(), key, position, data, &form)?);
            if ready.len() == ROWS || bytes > BYTES {
                application_component::insert_sample_rows(tx, &ready)?;
                ready.clear();
                bytes = 0;
            }
        }
    }
    application_component::insert_sample_rows(tx, &ready)
}

/// Limits of the package format keep every count far below what the column holds.
fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

//! Does what the clock does to a license: ends it, reminds of its end, lets a stretch with other seats begin.

use serde_json::Value;

use super::lease::system;
use super::run::Context;
use crate::domain::id::LicenseId;
use crate::services::license::due;

/// Brings the license up to the present moment; a second run changes nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id: LicenseId = payload["licenseId"].as_str().unwrap_or_default().parse()?;
    Ok(context.store().write(system(), move |tx| due::license(tx, &id)).await?)
}

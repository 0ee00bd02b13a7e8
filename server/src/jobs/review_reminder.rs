//! Reminds reviewers of what is due and still waits for their decision (L7, D4).

use serde_json::Value;

use super::lease::system;
use super::run::Context;
use crate::services::review_reminder;

/// Does the job `{"objectId": …}`. What was decided meanwhile, or reminded of already, needs nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id = payload["objectId"].as_str().unwrap_or_default().to_owned();
    let remind = move |tx: &mut crate::store::Tx<'_>| review_reminder::remind(tx, &id);
    Ok(context.store().write(system(), remind).await?)
}

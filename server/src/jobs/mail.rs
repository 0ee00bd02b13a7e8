//! Sends the mail of one notification. A server that is not there is tried again for hours; what it will never take is given
//! up and logged without the address.

use serde_json::Value;

use super::run::Context;
use crate::domain::id::NotificationId;
use crate::mail::Failure;
use crate::services::mail;

/// Does the job `{"notificationId": …}`.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id: NotificationId = payload["notificationId"].as_str().unwrap_or_default().parse()?;
    let Some(post) = context.post() else {
        anyhow::bail!("this worker sends no mails");
    };
    let (asked, base_url) = (id.clone(), post.base_url.clone());
    let now = context.store().now();
    let letter = context
        .store()
        .read(move |conn| mail::letter(conn, &asked, &base_url, now));
    let Some(letter) = letter.await? else {
        return Ok(());
    };
    match post.mailer.send(&letter).await {
        Ok(()) => Ok(()),
        Err(Failure::Permanent(reason)) => {
            tracing::warn!(notification = %id, reason, "a mail is given up");
            Ok(())
        }
        Err(Failure::Temporary(reason)) => Err(anyhow::anyhow!(reason)),
    }
}

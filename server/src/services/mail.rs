//! The mail of a notification: whether it is still wanted when its turn comes, to whom it goes and what it says.

use crate::domain::id::NotificationId;
use crate::domain::instant::Instant;
use crate::domain::notification::{Letter, MailParts, mailed_within};
use crate::store::conn::Conn;
use crate::store::notification;
use crate::store::{Result, membership, notification_preference, organization};

/// The mail in its person's language. `None` where it was read meanwhile, is not wanted any more, has waited so long that it
/// is no news, or the person has left.
pub fn letter(conn: &mut Conn, id: &NotificationId, base_url: &str, now: Instant) -> Result<Option<Letter>> {
    let found = notification::unread(conn, id)?;
    let Some(told) = found.filter(|told| told.created_at >= now - mailed_within()) else {
        return Ok(None);
    };
    let member = membership::find(conn, &told.organization_id, &told.user_id)?;
    let mut person = membership::users_by_ids(conn, std::slice::from_ref(&told.user_id))?;
    let (Some(person), true) = (person.pop(), member.is_some_and(|member| member.active)) else {
        return Ok(None);
    };
    let topic = told.kind.topic();
    let chosen = notification_preference::of_user(conn, &told.user_id)?;
    if !chosen.get(&topic).copied().unwrap_or(topic.mails_by_default()) {
        return Ok(None);
    }
    let parts = MailParts {
        notice: &told.notice()?,
        organization: &organization::get(conn, &told.organization_id)?.name,
        // The person may be acting for another organisation when they follow it.
        link: &format!(
            "{base_url}/notifications/{}?organization={}",
            told.id, told.organization_id
        ),
        settings: &format!("{base_url}/notifications/settings"),
    };
    Ok(Some(Letter {
        mail: parts.write(person.locale.unwrap_or_default()),
        to: person.email,
        id: told.id.to_string(),
        at: told.created_at,
    }))
}

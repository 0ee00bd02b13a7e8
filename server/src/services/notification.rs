//! A person's notifications (P9): what they were told in the organisation that they act for, what they have read, and which
//! topics they want mails about. Who is told what is said by the use cases of the events, see `store::notification`.

use crate::auth::viewer::Viewer;
use crate::domain::id::NotificationId;
use crate::domain::notification::NotificationTopic;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::store::conn::Conn;
use crate::store::notification::{self, Notification};
use crate::store::page::{Page, PageRequest};
use crate::store::{Result, Tx, notification_preference};

/// What the bell shows.
#[derive(Clone, Debug)]
pub struct Inbox {
    pub unread: i64,
    /// Read or not.
    pub newest: Option<Notification>,
}

/// Whether mails of a topic are sent to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preference {
    pub topic: NotificationTopic,
    pub email: bool,
}

/// What the viewer was told, newest first.
pub fn list(conn: &mut Conn, viewer: &Viewer, unread: bool, page: &PageRequest) -> Result<Page<Notification>> {
    notification::list(conn, &viewer.inbox()?, unread, page)
}

/// How many such a list has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, unread: bool) -> Result<i64> {
    notification::count(conn, &viewer.inbox()?, unread)
}

/// One of the viewer's own.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &NotificationId) -> Result<Option<Notification>> {
    notification::find(conn, &viewer.inbox()?, id)
}

/// What the bell shows now.
pub fn inbox(conn: &mut Conn, viewer: &Viewer) -> Result<Inbox> {
    let scope = viewer.inbox()?;
    Ok(Inbox {
        unread: notification::count(conn, &scope, true)?,
        newest: notification::newest(conn, &scope)?,
    })
}

/// Marks one as read; again changes nothing.
pub fn mark_read(tx: &mut Tx<'_>, viewer: &Viewer, id: &NotificationId) -> Result<Notification> {
    let scope = viewer.inbox()?;
    notification::mark_read(tx, &scope, id)?;
    Ok(notification::find(tx.conn, &scope, id)?.ok_or_else(Refusal::not_found)?)
}

/// Marks all as read, as far as the viewer had seen them.
pub fn mark_all_read(tx: &mut Tx<'_>, viewer: &Viewer, up_to: Option<&NotificationId>) -> Result<Inbox> {
    notification::mark_all_read(tx, &viewer.inbox()?, up_to)?;
    inbox(tx.conn, viewer)
}

/// What the viewer chose, for every topic that may concern them in the organisation that they act for.
pub fn preferences(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Preference>> {
    let chosen = notification_preference::of_user(conn, &viewer.inbox()?.user_id)?;
    let preference = |topic: NotificationTopic| Preference {
        topic,
        email: chosen.get(&topic).copied().unwrap_or(topic.mails_by_default()),
    };
    Ok(topics(viewer).map(preference).collect())
}

/// Keeps a choice; it holds in every organisation of the person.
pub fn set_preference(tx: &mut Tx<'_>, viewer: &Viewer, topic: NotificationTopic, email: bool) -> Result<Preference> {
    let scope = viewer.inbox()?;
    if !topics(viewer).any(|own| own == topic) {
        return Err(Refusal::invalid("topic", Problem::Unknown).into());
    }
    notification_preference::set(tx, &scope.user_id, topic, email)?;
    Ok(Preference { topic, email })
}

fn topics(viewer: &Viewer) -> impl Iterator<Item = NotificationTopic> {
    let concerned = |topic: &NotificationTopic| viewer.roles.0.iter().any(|role| topic.concerns(*role));
    NotificationTopic::ALL.iter().copied().filter(concerned)
}

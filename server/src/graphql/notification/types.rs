//! A notification in the caller's language, the inbox that it lies in, and the choice of mails.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::domain::notification::{NotificationKind, NotificationTarget, NotificationTopic};
use crate::graphql::context::{Ask, query_error};
use crate::graphql::session::types::Organization;
use crate::services;
use crate::store::notification::Notification as Row;

/// Something that a person was told: what waits for them, or was decided about them.
#[derive(Clone, Debug)]
pub struct Notification(pub Row);

#[Object]
impl Notification {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What it says; programs decide by it.
    async fn kind(&self) -> NotificationKind {
        self.0.kind
    }

    /// What it is about.
    async fn topic(&self) -> NotificationTopic {
        self.0.kind.topic()
    }

    /// The organisation in which it concerns the person.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// What happened, in one line in the caller's language.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        let notice = self.0.notice().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(notice.title().get(ctx.locale()).to_owned())
    }

    /// What is to know besides and what to do now, in the caller's language.
    async fn body(&self, ctx: &Context<'_>) -> Result<String> {
        let notice = self.0.notice().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(notice.body().get(ctx.locale()).to_owned())
    }

    /// The screen that it leads to.
    async fn target(&self) -> NotificationTarget {
        self.0.kind.target()
    }

    /// The id of the thing that the screen shows.
    async fn object_id(&self) -> &str {
        &self.0.object_id
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// When the person read it, or others had answered what was asked of all; null while it is unread.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.0.read_at.map(|at| at.utc())
    }
}

/// What a person's bell shows for the organisation that they act for.
#[derive(Clone, SimpleObject)]
pub struct Inbox {
    /// Notifications that they have not read.
    pub unread_count: i32,
    /// The newest one, read or not; null where there is none.
    pub newest: Option<Notification>,
}

impl From<services::notification::Inbox> for Inbox {
    fn from(found: services::notification::Inbox) -> Self {
        Self {
            unread_count: i32::try_from(found.unread).unwrap_or(i32::MAX),
            newest: found.newest.map(Notification),
        }
    }
}

/// Whether mails of one topic are sent to a person.
#[derive(SimpleObject)]
pub struct NotificationPreference {
    /// The topic.
    pub topic: NotificationTopic,
    /// Mails are sent besides the notification, where the server sends mails at all.
    pub email: bool,
}

impl From<services::notification::Preference> for NotificationPreference {
    fn from(found: services::notification::Preference) -> Self {
        let services::notification::Preference { topic, email } = found;
        Self { topic, email }
    }
}

/// What a person chose about notifications.
#[derive(SimpleObject)]
pub struct NotificationPreferences {
    /// Whether this server sends mails at all.
    pub mails_are_sent: bool,
    /// Every topic that may concern the viewer in the organisation that they act for.
    pub topics: Vec<NotificationPreference>,
}

/// Which notification was read.
#[derive(InputObject)]
pub struct MarkNotificationReadInput {
    /// One of the viewer's own.
    pub id: ID,
}

/// Which notifications were read.
#[derive(InputObject)]
pub struct MarkAllNotificationsReadInput {
    /// The newest one that the viewer has seen: later ones stay unread. Everything where it is left out.
    pub up_to: Option<ID>,
}

/// A choice about mails.
#[derive(InputObject)]
pub struct SetNotificationPreferenceInput {
    /// A topic that may concern the viewer.
    pub topic: NotificationTopic,
    /// Whether mails are sent.
    pub email: bool,
}

//! Queries about notifications.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::types::{Inbox, Notification, NotificationPreference, NotificationPreferences};
use crate::auth::viewer::Viewer;
use crate::graphql::connection::connection;
use crate::graphql::context::{Ask, read};
use crate::services::notification;
use crate::store;
use crate::store::conn::Conn;

connection! {
    /// Notifications, newest first.
    NotificationConnection, NotificationEdge, Notification
}

#[derive(Default)]
pub struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// What the viewer was told in the organisation that they act for, newest first. Kept for 180 days.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "True for those only that the viewer has not read.")] unread: Option<bool>,
    ) -> Result<NotificationConnection> {
        let page = ctx.page(first, after, last, before)?;
        let unread = unread.unwrap_or_default();
        let rows = read(ctx, move |conn, viewer| notification::list(conn, viewer, unread, &page)).await?;
        let key = |row: &store::notification::Notification| row.id.to_string();
        let count = Arc::new(move |conn: &mut Conn, viewer: &Viewer| notification::count(conn, viewer, unread));
        Ok(NotificationConnection::new(rows, key, Notification, count))
    }

    /// What the viewer's bell shows now.
    async fn inbox(&self, ctx: &Context<'_>) -> Result<Inbox> {
        read(ctx, notification::inbox).await.map(Inbox::from)
    }

    /// What the viewer chose about mails.
    async fn notification_preferences(&self, ctx: &Context<'_>) -> Result<NotificationPreferences> {
        let found = read(ctx, notification::preferences).await?;
        Ok(NotificationPreferences {
            mails_are_sent: ctx.app().store.sends_mails(),
            topics: found.into_iter().map(NotificationPreference::from).collect(),
        })
    }
}

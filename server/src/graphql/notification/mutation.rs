//! Mutations about notifications.

use async_graphql::{Context, ID, Object, Result};

use super::types::{
    Inbox, MarkAllNotificationsReadInput, MarkNotificationReadInput, Notification, NotificationPreference,
    SetNotificationPreferenceInput,
};
use crate::domain::id::NotificationId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::services::notification;
use crate::store;

result_union! {
    /// Result of marking one notification as read.
    MarkNotificationReadResult = Notification
}
result_union! {
    /// Result of marking all notifications as read.
    MarkAllNotificationsReadResult = Inbox
}
result_union! {
    /// Result of a choice about mails.
    SetNotificationPreferenceResult = NotificationPreference
}

#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// P9: marks one notification as read; again changes nothing.
    async fn mark_notification_read(
        &self,
        ctx: &Context<'_>,
        input: MarkNotificationReadInput,
    ) -> Result<MarkNotificationReadResult> {
        let ended = match parse(&input.id, "id") {
            Ok(id) => write(ctx, move |tx, viewer| notification::mark_read(tx, viewer, &id)).await?,
            Err(error) => Err(error),
        };
        outcome(ctx, ended, |row| {
            MarkNotificationReadResult::Notification(Notification(row))
        })
    }

    /// P9: marks all notifications as read, as far as the viewer had seen them.
    async fn mark_all_notifications_read(
        &self,
        ctx: &Context<'_>,
        input: MarkAllNotificationsReadInput,
    ) -> Result<MarkAllNotificationsReadResult> {
        let up_to = input.up_to.map(|id| parse(&id, "upTo")).transpose();
        let ended = match up_to {
            Ok(up_to) => {
                write(ctx, move |tx, viewer| {
                    notification::mark_all_read(tx, viewer, up_to.as_ref())
                })
                .await?
            }
            Err(error) => Err(error),
        };
        outcome(ctx, ended, |inbox| MarkAllNotificationsReadResult::Inbox(inbox.into()))
    }

    /// P9: whether mails of a topic are sent to the viewer.
    async fn set_notification_preference(
        &self,
        ctx: &Context<'_>,
        input: SetNotificationPreferenceInput,
    ) -> Result<SetNotificationPreferenceResult> {
        let SetNotificationPreferenceInput { topic, email } = input;
        let ended = write(ctx, move |tx, viewer| {
            notification::set_preference(tx, viewer, topic, email)
        })
        .await?;
        let wrap =
            |chosen| SetNotificationPreferenceResult::NotificationPreference(NotificationPreference::from(chosen));
        outcome(ctx, ended, wrap)
    }
}

fn parse(id: &ID, path: &str) -> store::Result<NotificationId> {
    id.parse().map_err(|_| Refusal::not_found().at(path).into())
}

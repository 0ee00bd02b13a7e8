//! The live inbox.

use std::time::Duration;

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, Result, Subscription};

use super::types::Inbox;
use crate::domain::id::NotificationId;
use crate::graphql::context::Ask;
use crate::graphql::progress::{Followed, follow};
use crate::services::notification;
use crate::store::Signal;

#[derive(Default)]
pub struct NotificationSubscription;

impl Followed for Inbox {
    type State = (i32, Option<NotificationId>);

    /// Everybody who is signed in listens; what another server committed may take a moment.
    const LOOK_EVERY: Duration = Duration::from_secs(4);

    fn state(&self) -> Self::State {
        (
            self.unread_count,
            self.newest.as_ref().map(|newest| newest.0.id.clone()),
        )
    }

    fn is_finished(&self) -> bool {
        false
    }
}

#[Subscription]
impl NotificationSubscription {
    /// Sends what the viewer's bell shows now, and again whenever they are told something or have read it.
    async fn notification_received(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Result<Inbox>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let changed = Signal::InboxChanged(viewer.user_id.clone());
        let read = move |conn: &mut _| Ok(Some(Inbox::from(notification::inbox(conn, &viewer)?)));
        Ok(follow(&ctx.app().store, locale, move |signal| *signal == changed, read))
    }
}

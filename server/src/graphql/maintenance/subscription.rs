//! Remote maintenance, live.

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, Result, SimpleObject, Subscription};

use super::types::MaintenanceSession;
use crate::domain::id::MaintenanceSessionId;
use crate::domain::order::OrderParty;
use crate::graphql::context::Ask;
use crate::graphql::progress::{Followed, follow};
use crate::services::maintenance;
use crate::store::Signal;

/// That something moved.
#[derive(Clone, Debug, SimpleObject)]
pub struct MaintenanceChange {
    /// The session that moved last; null where there is none at all.
    session: Option<MaintenanceSession>,
}

impl Followed for MaintenanceChange {
    /// Every change counts the version on.
    type State = Option<(MaintenanceSessionId, i32)>;

    fn state(&self) -> Self::State {
        self.session.as_ref().map(|it| (it.0.id.clone(), it.0.version))
    }

    fn is_finished(&self) -> bool {
        false
    }
}

#[derive(Default)]
pub struct MaintenanceSubscription;

#[Subscription]
impl MaintenanceSubscription {
    /// Sends the session that moved last now and whenever one moves, of those that `maintenanceSessions` lists: whoever shows
    /// the list reads it again then.
    async fn maintenance_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "OrderParty::Partner")] party: OrderParty,
    ) -> Result<BoxStream<'static, Result<MaintenanceChange>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let read = move |conn: &mut _| {
            let session = maintenance::latest(conn, &viewer, party)?.map(MaintenanceSession);
            Ok(Some(MaintenanceChange { session }))
        };
        let moved = |signal: &Signal| matches!(signal, Signal::MaintenanceMoved(_));
        Ok(follow(&ctx.app().store, locale, moved, read))
    }
}

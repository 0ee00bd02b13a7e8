//! Rollouts, live.

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, ID, Result, SimpleObject, Subscription};

use super::types::Rollout;
use crate::domain::id::RolloutId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::progress::{Followed, follow};
use crate::services::rollout as service;
use crate::store::Signal;
use crate::store::rollout::subscriber::{self, Counted};

/// That a rollout or its subscribers moved.
#[derive(Clone, Debug, SimpleObject)]
pub struct RolloutChange {
    /// The rollout: whoever shows it reads it again then.
    rollout: Rollout,
    #[graphql(skip)]
    counts: Vec<Counted>,
}

impl Followed for RolloutChange {
    type State = (i32, Vec<Counted>);

    fn state(&self) -> Self::State {
        (self.rollout.0.version, self.counts.clone())
    }

    /// One that is finished is open again where a subscriber is tried again.
    fn is_finished(&self) -> bool {
        false
    }
}

#[derive(Default)]
pub struct RolloutSubscription;

#[Subscription]
impl RolloutSubscription {
    /// L17: sends the rollout now and whenever it or one of its subscribers moves; for its partner.
    async fn rollout_progress(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, Result<RolloutChange>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let unknown = |_| query_error(Refusal::not_found().at("id").into(), locale);
        let id = id.parse::<RolloutId>().map_err(unknown)?;
        let moved = Signal::RolloutMoved(id.clone());
        let read = move |conn: &mut _| {
            let Some(found) = service::find(conn, &viewer, &id)? else {
                return Ok(None);
            };
            let counts = subscriber::counts(conn, std::slice::from_ref(&id))?;
            let mut counts: Vec<_> = counts.into_iter().map(|(_, count)| count).collect();
            counts.sort_unstable();
            let rollout = Rollout(found);
            Ok(Some(RolloutChange { rollout, counts }))
        };
        Ok(follow(&ctx.app().store, locale, move |signal| *signal == moved, read))
    }
}

//! Live progress of deliveries.

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, ID, Result, Subscription};

use super::types::Delivery;
use crate::domain::id::DeliveryId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::progress::{Followed, follow};
use crate::services::delivery;
use crate::store::Signal;

#[derive(Default)]
pub struct DeliverySubscription;

impl Followed for Delivery {
    /// Every change counts the version on.
    type State = i32;

    fn state(&self) -> i32 {
        self.0.version
    }

    fn is_finished(&self) -> bool {
        !self.0.status.is_active()
    }
}

#[Subscription]
impl DeliverySubscription {
    /// Sends the delivery now and whenever it moves, until it is finished.
    async fn delivery_progress(
        &self,
        ctx: &Context<'_>,
        delivery_id: ID,
    ) -> Result<BoxStream<'static, Result<Delivery>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let missing = |_| query_error(Refusal::not_found().into(), locale);
        let id: DeliveryId = delivery_id.parse().map_err(missing)?;
        let moved = Signal::DeliveryMoved(id.clone());
        let read = move |conn: &mut _| Ok(delivery::get(conn, &viewer, &id)?.map(Delivery));
        Ok(follow(&ctx.app().store, locale, move |signal| *signal == moved, read))
    }
}

//! Seats, live: for those who wait for one.

use std::time::Duration;

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, ID, Object, Result, Subscription};

use super::types::InstanceSeats;
use crate::domain::id::InstanceId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::progress::{Followed, follow};
use crate::graphql::session::types::User;
use crate::services::seat::{self, Waiting};
use crate::store::Signal;

/// The seats of an application as they are while somebody waits for one.
#[derive(Clone)]
pub struct SeatChange {
    instance_id: InstanceId,
    waiting: Waiting,
}

#[Object]
impl SeatChange {
    /// How many there are, how many are taken, and whether the viewer goes in.
    async fn seats(&self) -> InstanceSeats {
        InstanceSeats {
            instance_id: self.instance_id.clone(),
            seats: self.waiting.seats.clone(),
        }
    }

    /// Whom to ask for a seat: admins of the viewer's organisation, at most five; none for a developer in a remote maintenance.
    async fn admins(&self) -> Vec<User> {
        self.waiting.admins.iter().cloned().map(User).collect()
    }
}

impl Followed for SeatChange {
    type State = (i32, i64, bool);

    /// A seat that another server freed may take a moment.
    const LOOK_EVERY: Duration = Duration::from_secs(4);

    fn state(&self) -> Self::State {
        let seats = &self.waiting.seats;
        (seats.bought, seats.taken, seats.mine)
    }

    fn is_finished(&self) -> bool {
        self.waiting.seats.mine
    }
}

#[derive(Default)]
pub struct SeatSubscription;

#[Subscription]
impl SeatSubscription {
    /// L15: sends the seats of an application now and whenever one is taken or freed, until the viewer goes in without taking
    /// one. NOT_FOUND where users are not counted.
    async fn seats_changed(
        &self,
        ctx: &Context<'_>,
        instance_id: ID,
    ) -> Result<BoxStream<'static, Result<SeatChange>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let id: InstanceId = instance_id
            .parse()
            .map_err(|_| query_error(Refusal::not_found().into(), locale))?;
        let moved = Signal::SeatsMoved(id.clone());
        let read = move |conn: &mut _| {
            let found = seat::waiting(conn, &viewer, &id)?;
            let instance_id = id.clone();
            Ok(found.map(|waiting| SeatChange { instance_id, waiting }))
        };
        Ok(follow(&ctx.app().store, locale, move |signal| *signal == moved, read))
    }
}

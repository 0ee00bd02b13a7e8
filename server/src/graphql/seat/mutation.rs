//! Mutations about seats.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::domain::id::{InstanceId, UserId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{outcome, result_union};
use crate::graphql::instance::AppInstance;
use crate::services::seat;

/// Opens an application.
#[derive(InputObject)]
pub struct OpenInstanceInput {
    /// The instance.
    pub id: ID,
}

/// Frees a seat.
#[derive(InputObject)]
pub struct ReleaseSeatInput {
    /// The instance.
    pub instance_id: ID,
    /// Who holds the seat.
    pub user_id: ID,
}

result_union! {
    /// Result of opening an application.
    OpenInstanceResult = AppInstance
}
result_union! {
    /// Result of freeing a seat.
    ReleaseSeatResult = AppInstance
}

#[derive(Default)]
pub struct SeatMutation;

#[Object]
impl SeatMutation {
    /// L15: goes into an application. Where its users are counted, an employee takes a seat with the first time.
    async fn open_instance(&self, ctx: &Context<'_>, input: OpenInstanceInput) -> Result<OpenInstanceResult> {
        let ended = match input.id.parse::<InstanceId>() {
            Ok(id) => write(ctx, move |tx, viewer| seat::open(tx, viewer, &id)).await?,
            Err(_) => Err(Refusal::not_found().into()),
        };
        outcome(ctx, ended, |found| OpenInstanceResult::AppInstance(AppInstance(found)))
    }

    /// L15: frees the seat of a user; for the customer's admins.
    async fn release_seat(&self, ctx: &Context<'_>, input: ReleaseSeatInput) -> Result<ReleaseSeatResult> {
        let parsed = match (input.instance_id.parse::<InstanceId>(), input.user_id.parse::<UserId>()) {
            (Ok(id), Ok(user)) => Ok((id, user)),
            (Err(_), _) => Err(Refusal::not_found()),
            (_, Err(_)) => Err(Refusal::not_found().at("userId")),
        };
        let ended = match parsed {
            Ok((id, user)) => write(ctx, move |tx, viewer| seat::release(tx, viewer, &id, &user)).await?,
            Err(refusal) => Err(refusal.into()),
        };
        outcome(ctx, ended, |found| ReleaseSeatResult::AppInstance(AppInstance(found)))
    }
}

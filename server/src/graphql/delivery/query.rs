//! Queries about deliveries.

use async_graphql::{Context, ID, Object, Result};

use super::input::DeliveryOptions;
use super::preflight::Preflight;
use super::types::Delivery;
use crate::domain::id::{DeliveryId, OrderId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, read, try_read};
use crate::graphql::error::{outcome, result_union};
use crate::services::delivery;

result_union! {
    /// The dry run, or why there is none.
    DeliveryPreflightResult = Preflight
}

#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// One delivery, for the partner that sends and the admins of the customer; null where it does not exist for them.
    async fn delivery(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Delivery>> {
        let Ok(id) = id.parse::<DeliveryId>() else {
            return Ok(None);
        };
        let found = read(ctx, move |conn, viewer| delivery::get(conn, viewer, &id)).await?;
        Ok(found.map(Delivery))
    }

    /// D14: what sending the application of an order would do to the customer's organisation now.
    async fn delivery_preflight(
        &self,
        ctx: &Context<'_>,
        order_id: ID,
        options: DeliveryOptions,
    ) -> Result<DeliveryPreflightResult> {
        let order = order_id.parse::<OrderId>().ok();
        let ended = try_read(ctx, move |conn, viewer| match &order {
            Some(order) => delivery::dry_run(conn, viewer, order, options.into()),
            None => Err(Refusal::not_found().at("orderId").into()),
        });
        outcome(ctx, ended.await?, |plan| {
            DeliveryPreflightResult::Preflight(Preflight::new(&plan, ctx.locale()))
        })
    }
}

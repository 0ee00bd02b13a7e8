//! Mutations about deliveries: send, try again, stop.

use async_graphql::{Context, ID, Object, Result};

use super::input::{DeliveryActionInput, SendApplicationInput};
use super::types::Delivery;
use crate::auth::viewer::Viewer;
use crate::domain::id::{DeliveryId, OrderId};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{idempotency_key, write, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::delivery;
use crate::store::{self, Tx};

result_union! {
    /// Result of sending an application.
    SendApplicationResult = Delivery
}
result_union! {
    /// Result of trying again.
    RetryDeliveryResult = Delivery
}
result_union! {
    /// Result of stopping.
    CancelDeliveryResult = Delivery
}

type Ended = store::Result<store::delivery::Delivery>;

#[derive(Default)]
pub struct DeliveryMutation;

#[Object]
impl DeliveryMutation {
    /// D13: sends the application of an order into the customer's organisation.
    async fn send_application(
        &self,
        ctx: &Context<'_>,
        input: SendApplicationInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<SendApplicationResult> {
        let ended = send(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |row| SendApplicationResult::Delivery(Delivery(row)))
    }

    /// D18: tries a failed or partial delivery again; never makes a second instance.
    async fn retry_delivery(&self, ctx: &Context<'_>, input: DeliveryActionInput) -> Result<RetryDeliveryResult> {
        let ended = change(ctx, &input.id, delivery::retry).await?;
        outcome(ctx, ended, |row| RetryDeliveryResult::Delivery(Delivery(row)))
    }

    /// Stops a delivery that is not finished.
    async fn cancel_delivery(&self, ctx: &Context<'_>, input: DeliveryActionInput) -> Result<CancelDeliveryResult> {
        let ended = change(ctx, &input.id, delivery::cancel).await?;
        outcome(ctx, ended, |row| CancelDeliveryResult::Delivery(Delivery(row)))
    }
}

async fn send(ctx: &Context<'_>, input: SendApplicationInput, key: Option<String>) -> Result<Ended> {
    let key = match idempotency_key(key, "sendApplication", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let order = input.order_id.parse::<OrderId>().ok();
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner()?;
        let order = order.as_ref().ok_or_else(|| Refusal::not_found().at("orderId"))?;
        let ticked = input.agreement_version.as_deref();
        let made = delivery::send(tx, viewer, order, input.options.into(), ticked)?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, delivery::sent).await
}

/// One use case on the delivery that the input names.
async fn change(
    ctx: &Context<'_>,
    id: &ID,
    work: impl Fn(&mut Tx<'_>, &Viewer, &DeliveryId) -> Ended + Send + 'static,
) -> Result<Ended> {
    let id = id.parse::<DeliveryId>().ok();
    let change = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        viewer.partner()?;
        let id = id.as_ref().ok_or_else(|| Refusal::not_found().at("id"))?;
        work(tx, viewer, id)
    };
    write(ctx, change).await
}

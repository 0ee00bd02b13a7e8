//! Mutations about deliveries: send the application, pages and components, take an overwrite back, try again, stop.

use async_graphql::{Context, ID, Object, Result};
use serde::Serialize;

use super::input::{
    DeliveryActionInput, OverwritePagesInput, RollbackDeliveryInput, SendApplicationInput, SendComponentsInput,
    SendNewPagesInput,
};
use super::types::Delivery;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ApplicationVersionId, DeliveryId, OrderId};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{idempotency_key, write, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::delivery::components::{self, Components};
use crate::services::delivery::pages::{self, NewPages, OverwrittenPages};
use crate::services::delivery::{self, rollback};
use crate::store::{self, Tx};

result_union! {
    /// Result of sending an application.
    SendApplicationResult = Delivery
}
result_union! {
    /// Result of sending new pages.
    SendNewPagesResult = Delivery
}
result_union! {
    /// Result of overwriting pages.
    OverwritePagesResult = Delivery
}
result_union! {
    /// Result of sending custom components.
    SendComponentsResult = Delivery
}
result_union! {
    /// Result of taking an overwrite back: the rollback, a delivery of its own.
    RollbackDeliveryResult = Delivery
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
        let ended = once(ctx, idempotency_key, "sendApplication", input, |tx, viewer, input| {
            let ticked = input.agreement_version.as_deref();
            delivery::send(
                tx,
                viewer,
                &order(viewer, &input.order_id)?,
                input.options.into(),
                ticked,
            )
        });
        outcome(ctx, ended.await?, |row| SendApplicationResult::Delivery(Delivery(row)))
    }

    /// D16, 增量: sends pages that the instance does not have into one new folder at its bottom.
    async fn send_new_pages(
        &self,
        ctx: &Context<'_>,
        input: SendNewPagesInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<SendNewPagesResult> {
        let ended = once(ctx, idempotency_key, "sendNewPages", input, |tx, viewer, input| {
            let new = NewPages {
                keys: input.page_keys.clone(),
                include_sample_data: input.include_sample_data,
            };
            pages::send_new(tx, viewer, &order(viewer, &input.order_id)?, &new)
        });
        outcome(ctx, ended.await?, |row| SendNewPagesResult::Delivery(Delivery(row)))
    }

    /// D16, 存量: replaces delivered pages by their identity; permissions, processes and records of the customer stay.
    async fn overwrite_pages(
        &self,
        ctx: &Context<'_>,
        input: OverwritePagesInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<OverwritePagesResult> {
        let ended = once(ctx, idempotency_key, "overwritePages", input, |tx, viewer, input| {
            let replaced = OverwrittenPages {
                keys: input.page_keys.clone(),
                acknowledged: input.acknowledged_digest.clone(),
            };
            pages::overwrite(tx, viewer, &order(viewer, &input.order_id)?, &replaced)
        });
        outcome(ctx, ended.await?, |row| OverwritePagesResult::Delivery(Delivery(row)))
    }

    /// D17: sends custom components of one version into the instance.
    async fn send_components(
        &self,
        ctx: &Context<'_>,
        input: SendComponentsInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<SendComponentsResult> {
        let ended = once(ctx, idempotency_key, "sendComponents", input, |tx, viewer, input| {
            let order = order(viewer, &input.order_id)?;
            let version = input.version_id.as_ref().map(|id| id.parse::<ApplicationVersionId>());
            let chosen = Components {
                keys: input.component_keys.clone(),
                version_id: version
                    .transpose()
                    .map_err(|_| Refusal::invalid("versionId", Problem::Unknown))?,
            };
            components::send_components(tx, viewer, &order, &chosen)
        });
        outcome(ctx, ended.await?, |row| SendComponentsResult::Delivery(Delivery(row)))
    }

    /// D16: puts the pages of an overwrite back as they were before it; the latest overwrite first. For the partner and the
    /// customer's admins.
    async fn rollback_delivery(
        &self,
        ctx: &Context<'_>,
        input: RollbackDeliveryInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<RollbackDeliveryResult> {
        let ended = once(ctx, idempotency_key, "rollbackDelivery", input, |tx, viewer, input| {
            rollback::roll_back(tx, viewer, &named(viewer, &input.id)?)
        });
        outcome(ctx, ended.await?, |row| RollbackDeliveryResult::Delivery(Delivery(row)))
    }

    /// D18: tries a failed or partial delivery again; never makes a second instance. Only the latest of an order.
    async fn retry_delivery(&self, ctx: &Context<'_>, input: DeliveryActionInput) -> Result<RetryDeliveryResult> {
        let ended = change(ctx, input.id, delivery::retry).await?;
        outcome(ctx, ended, |row| RetryDeliveryResult::Delivery(Delivery(row)))
    }

    /// Stops a delivery that is not finished.
    async fn cancel_delivery(&self, ctx: &Context<'_>, input: DeliveryActionInput) -> Result<CancelDeliveryResult> {
        let ended = change(ctx, input.id, delivery::cancel).await?;
        outcome(ctx, ended, |row| CancelDeliveryResult::Delivery(Delivery(row)))
    }
}

/// A use case that makes a delivery, at most once per idempotency key.
async fn once<I: Serialize + Send + Sync + 'static>(
    ctx: &Context<'_>,
    key: Option<String>,
    operation: &'static str,
    input: I,
    work: impl Fn(&mut Tx<'_>, &Viewer, &I) -> Ended + Send + 'static,
) -> Result<Ended> {
    let key = match idempotency_key(key, operation, &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let made = work(tx, viewer, &input)?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, delivery::sent).await
}

/// The order that an input names; nobody but a partner learns whether the id is one.
fn order(viewer: &Viewer, id: &ID) -> store::Result<OrderId> {
    viewer.partner()?;
    Ok(id.parse().map_err(|_| Refusal::not_found().at("orderId"))?)
}

/// The delivery that an input names; nobody but the two sides learns whether the id is one.
fn named(viewer: &Viewer, id: &ID) -> store::Result<DeliveryId> {
    viewer.parties()?;
    Ok(id.parse().map_err(|_| Refusal::not_found().at("id"))?)
}

/// One use case on the delivery that the input names.
async fn change(
    ctx: &Context<'_>,
    id: ID,
    work: impl Fn(&mut Tx<'_>, &Viewer, &DeliveryId) -> Ended + Send + 'static,
) -> Result<Ended> {
    write(ctx, move |tx, viewer| work(tx, viewer, &named(viewer, &id)?)).await
}

//! Buying through a distribution link.

use async_graphql::{Context, Object, Result};

use super::note_mismatch;
use super::types::PurchaseApplicationInput;
use crate::graphql::context::{idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::graphql::order::Order;
use crate::services::purchase;
use crate::store;

result_union! {
    /// Result of buying.
    PurchaseApplicationResult = Order
}

#[derive(Default)]
pub struct PurchaseMutation;

#[Object]
impl PurchaseMutation {
    /// D11: buys the application of a distribution link for the acting organisation. Without an idempotency key a second
    /// call within 10 seconds is taken for a double click and answers the first order.
    async fn purchase_application(
        &self,
        ctx: &Context<'_>,
        input: PurchaseApplicationInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<PurchaseApplicationResult> {
        let token = input.token.clone();
        let ended = buy(ctx, input, idempotency_key).await?;
        note_mismatch(ctx, &ended, token).await?;
        outcome(ctx, ended, |row| PurchaseApplicationResult::Order(Order(row)))
    }
}

async fn buy(
    ctx: &Context<'_>,
    input: PurchaseApplicationInput,
    key: Option<String>,
) -> Result<store::Result<store::order::Order>> {
    let key = match idempotency_key(key, "purchaseApplication", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let keyed = key.is_some();
    let make = move |tx: &mut store::Tx<'_>, viewer: &crate::auth::viewer::Viewer| {
        let made = purchase::buy(tx, viewer, &input.token, keyed)?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, purchase::bought).await
}

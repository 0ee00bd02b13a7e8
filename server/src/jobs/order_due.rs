//! Closes an order of a product that nobody paid in time.

use serde_json::Value;

use super::lease::system;
use super::run::Context;
use crate::domain::id::ProductOrderId;
use crate::services::license::due;

/// Closes the order if it still waits; a second run changes nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id: ProductOrderId = payload["orderId"].as_str().unwrap_or_default().parse()?;
    Ok(context.store().write(system(), move |tx| due::order(tx, &id)).await?)
}

//! Brings a product that was listed before there was a marketplace into its index.

use serde_json::Value;

use super::lease::system;
use super::run::Context;
use crate::domain::id::ProductId;
use crate::services::market;

/// Indexes the product as it stands now; a second run changes nothing.
pub async fn run(context: &Context, payload: &Value) -> anyhow::Result<()> {
    let id: ProductId = payload["productId"].as_str().unwrap_or_default().parse()?;
    let indexed = context.store().write(system(), move |tx| market::index(tx, &id));
    Ok(indexed.await?)
}

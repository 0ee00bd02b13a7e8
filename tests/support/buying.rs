//! Buying on the marketplace as tests do it: offers, orders and payments over the API.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Someone;
use crate::scene::finished;

/// What most tests read of an order.
pub const ORDER: &str =
    "... on ProductOrder { id number status orderType chargeType planName seats months amount { amount currency }
    payUntil paidAt paymentProvider paymentReference closeReason serviceUntil availableActions
    refund { amount by reason refundedAt reference } license { id status planName seats from until } }";

/// What most tests read of a license.
pub const LICENSE: &str = "id status planName seats from until availableActions terms { planName seats from until }
    instance { id status } delivery { id status }";

/// Opens a product in one of the ways that cost nothing.
pub async fn open(who: &Someone, product: &Value, way: &str) -> Result<Value> {
    let input = json!({ "productId": product["id"], "way": way });
    who.act("openProduct", "OpenProductInput", input, ORDER, None).await
}

/// The codes of the plans that somebody is shown, in their order.
pub async fn plans(who: &Someone, product: &Value) -> Result<Vec<String>> {
    let document = "query($id: ID!) { marketProduct(id: $id) { plans { itemCode } } }";
    let data = who.ask(document, json!({ "id": product["id"] })).await?;
    let plans = data["marketProduct"]["plans"].as_array().into_iter().flatten();
    Ok(plans
        .filter_map(|plan| plan["itemCode"].as_str().map(str::to_owned))
        .collect())
}

/// What is ordered: the plan's place, seats, and months where it is for a period.
#[derive(Clone, Copy)]
pub struct Wanted(pub usize, pub i32, pub Option<i32>);

/// The input of a quote or an order.
pub async fn wanted(who: &Someone, product: &Value, Wanted(plan, seats, months): Wanted) -> Result<Value> {
    let plans = plans(who, product).await?;
    let code = plans.get(plan).context("the plan is shown")?;
    Ok(json!({ "productId": product["id"], "itemCode": code, "seats": seats, "months": months }))
}

/// What an order would cost.
pub async fn quote(who: &Someone, product: &Value, what: Wanted) -> Result<Value> {
    let document = "query($input: ProductQuoteInput!) { productQuote(input: $input) { __typename
        ... on ProductQuote { orderType amount seats until parts { cost from until } }
        ... on UserError { code path } ... on ValidationFailed { issues { code path } } } }";
    let input = wanted(who, product, what).await?;
    Ok(who.ask(document, json!({ "input": input })).await?["productQuote"].take())
}

/// Orders.
pub async fn order(who: &Someone, product: &Value, what: Wanted) -> Result<Value> {
    let input = wanted(who, product, what).await?;
    who.act("orderProduct", "OrderProductInput", input, ORDER, None).await
}

/// The partner confirms that a bank transfer arrived.
pub async fn paid(partner: &Someone, order: &Value) -> Result<Value> {
    let input = json!({ "id": order["id"], "reference": "ICBC 2026-77" });
    partner
        .act("confirmPayment", "ConfirmProductOrderInput", input, ORDER, None)
        .await
}

/// Gives an order back.
pub async fn refund(who: &Someone, order: &Value, reason: &str) -> Result<Value> {
    let input = json!({ "id": order["id"], "reason": reason });
    who.act("refundProductOrder", "RefundProductOrderInput", input, ORDER, None)
        .await
}

/// A license as somebody sees it.
pub async fn license(who: &Someone, id: &Value) -> Result<Value> {
    let document = format!("query($id: ID!) {{ license(id: $id) {{ {LICENSE} }} }}");
    Ok(who.ask(&document, json!({ "id": id })).await?["license"].take())
}

/// Waits until what a license is for has arrived; the id of the application.
pub async fn arrived(who: &Someone, id: &Value) -> Result<Value> {
    let sent = license(who, id).await?["delivery"]["id"].take();
    let ended = finished(who, sent.as_str().context("it is on its way")?).await?;
    anyhow::ensure!(ended["status"] == "SUCCEEDED", "{ended}");
    Ok(license(who, id).await?["instance"]["id"].take())
}

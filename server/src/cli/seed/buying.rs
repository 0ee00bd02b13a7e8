//! What a customer of the demo has from the marketplace (L12–L16): a plan that was paid for and rated, a trial, and an order that waits
//! for its payment.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;

const ORDER: &str = "... on ProductOrder { id license { id } }";

/// Buys from one partner, which confirms the payment; tries and orders what another sells, by its promotion link.
pub async fn tell(customer: &Somebody, partner: &Somebody, promotion: &str) -> anyhow::Result<()> {
    let board = found(customer, "任务看板").await?;
    let placed = ordered(customer, &board, 12, None).await?;
    let input = json!({ "id": placed["id"], "reference": "招行 20260918 0047" });
    let paid = partner
        .act("confirmPayment", "ConfirmProductOrderInput", input, ORDER)
        .await?;
    arrived(customer, &paid["license"]["id"]).await?;
    rated(customer, partner, &board).await?;
    asked(customer, &board).await?;

    let inspection = found(customer, "设备巡检").await?;
    let input = json!({ "productId": inspection["id"], "way": "TRIAL", "promotion": promotion });
    let opened = customer.act("openProduct", "OpenProductInput", input, ORDER).await?;
    arrived(customer, &opened["license"]["id"]).await?;
    ordered(customer, &inspection, 8, Some(promotion)).await?;
    Ok(())
}

/// L12: says how good it is, and is answered.
async fn rated(customer: &Somebody, partner: &Somebody, product: &Value) -> anyhow::Result<()> {
    const RATING: &str = "... on ProductRating { id }";
    let text = "任务一目了然，周会省了不少时间。希望看板能按项目分组导出。";
    let input = json!({ "productId": product["id"], "stars": 4, "text": text });
    let given = customer.act("rateProduct", "RateProductInput", input, RATING).await?;
    let input = json!({ "id": given["id"], "answer": "感谢反馈！按项目分组导出已列入下一个版本。" });
    partner.act("answerRating", "AnswerRatingInput", input, RATING).await?;
    Ok(())
}

/// L24: asks the partner something, and agrees to what is passed on.
async fn asked(customer: &Somebody, product: &Value) -> anyhow::Result<()> {
    let message = "想了解 50 人以上的报价，以及能否从现有表格导入历史任务。";
    let input = json!({ "productId": product["id"], "message": message, "phone": "13800138000", "consent": true });
    customer
        .act("consultPartner", "ConsultPartnerInput", input, "... on Lead { id }")
        .await?;
    Ok(())
}

/// A product of the marketplace by its name, with its plans.
pub async fn found(customer: &Somebody, name: &str) -> anyhow::Result<Value> {
    let document = "query Found($words: String!) { marketProducts(first: 5, search: $words) {
        nodes { id name plans { itemCode periods { months } } } } }";
    let mut data = customer.ask(document, json!({ "words": name })).await?;
    let mut nodes = data["marketProducts"]["nodes"].as_array_mut().into_iter().flatten();
    let product = nodes.find(|it| it["name"] == name);
    Ok(product.with_context(|| format!("{name} is on the marketplace"))?.take())
}

/// Orders the smallest plan for so many and a year.
async fn ordered(customer: &Somebody, product: &Value, seats: i32, promotion: Option<&str>) -> anyhow::Result<Value> {
    let code = &product["plans"][0]["itemCode"];
    let input =
        json!({ "productId": product["id"], "itemCode": code, "seats": seats, "months": 12, "promotion": promotion });
    customer.act("orderProduct", "OrderProductInput", input, ORDER).await
}

/// Waits until the application of a license is there.
async fn arrived(customer: &Somebody, license: &Value) -> anyhow::Result<()> {
    let document = "query Held($id: ID!) { license(id: $id) { delivery { status } instance { id } } }";
    let there = |data: &Value| {
        let status = data["license"]["delivery"]["status"].as_str().unwrap_or_default();
        data["license"]["instance"]["id"].is_string() || ["FAILED", "PARTIAL"].contains(&status)
    };
    customer.wait(document, json!({ "id": license }), there).await?;
    Ok(())
}

//! A new version of what a customer of the demo bought, rolled out to it (L17): what the customer had changed stays theirs, and a freeze
//! window is set for the end of the year.

use anyhow::{Context, ensure};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::actor::Somebody;
use super::catalogue_line::form_package;
use super::stall::Stall;

const NAME: &str = "任务看板";

/// The customer gives a page a name of its own; the partner publishes a version with another page and rolls it out.
pub async fn tell(customer: &Somebody, stall: &Stall<'_>, now: DateTime<Utc>) -> anyhow::Result<()> {
    let partner = stall.partner;
    let document = "{ licenses(first: 20) { nodes { productName instance { id } } } }";
    let held = customer.ask(document, json!({})).await?;
    let mut held = held["licenses"]["nodes"].as_array().into_iter().flatten();
    let board = held.find(|it| it["productName"] == NAME).context("it was bought")?;
    let on = "... on InstancePage { name }";
    let input = json!({ "instanceId": board["instance"]["id"], "pageKey": "request", "name": "任务登记（本部）" });
    customer.act("renamePage", "RenamePageInput", input, on).await?;

    let document = "{ products(tab: LISTED, first: 50) { nodes { id name application { id } } } }";
    let all = partner.ask(document, json!({})).await?;
    let mut all = all["products"]["nodes"].as_array().into_iter().flatten();
    let product = all.find(|it| it["name"] == NAME).context("it is on the marketplace")?;
    let (_, version) = stall.import(&next(), Some(&product["application"]["id"])).await?;
    stall.publish(&version["id"]).await?;
    roll_out(partner, &product["id"]).await?;

    let from = now + Duration::days(30);
    let input = json!({ "from": from, "until": from + Duration::days(14), "reason": "年末结账" });
    let on = "... on FreezeWindow { id }";
    customer
        .act("addFreezeWindow", "AddFreezeWindowInput", input, on)
        .await?;
    Ok(())
}

/// A version whose form has another field, and a page more.
fn next() -> Value {
    let mut package = form_package(NAME, "任务按状态排成看板，拖动即更新", "1.1.0");
    let mut form = package["components"][0].take();
    form["definition"]["schema"]["properties"]["due"] = json!({ "type": "string", "format": "date" });
    form["definition"]["ui"] = json!({
        "order": ["subject", "due"],
        "fields": { "subject": { "widget": "text", "label": "事项" }, "due": { "widget": "date", "label": "截止日期" } },
    });
    let mut review = form.clone();
    review["key"] = json!("review");
    review["name"] = json!("任务复盘");
    package["components"] = json!([form, review]);
    package
}

/// Waits until everybody has it.
async fn roll_out(partner: &Somebody, product: &Value) -> anyhow::Result<()> {
    let on = "... on Rollout { id }";
    let input = json!({ "productId": product, "waves": [{ "kind": "ALL" }] });
    let started = partner.act("startRollout", "RolloutInput", input, on).await?;
    let document = "query Rolled($id: ID!) { rollout(id: $id) { status counts { state count } } }";
    let over = |data: &Value| data["rollout"]["status"] == "FINISHED";
    let ended = partner.wait(document, json!({ "id": started["id"] }), over).await?;
    ensure!(!ended.to_string().contains("FAILED"), "{ended}");
    Ok(())
}

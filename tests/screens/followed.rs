//! An order of the demo whose application goes on: changed pages were sent over those that were there, and a further version
//! with a new page, other changes and a custom component waits to be sent. The customer has removed a page of it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use appshelf_tests::client::{Client, text};
use appshelf_tests::files;
use appshelf_tests::process::Product;
use serde_json::{Value, json};

/// The addresses of the order and of the application at its customer.
pub async fn addresses(product: &Product, folder: &Path) -> Result<Vec<(&'static str, String)>> {
    let partner = Client::of(product, "pa@partner.example")?;
    let customer = Client::of(product, "ca@customer.example")?;
    let document = "{ viewer { organization { corpId } } \
                    orders(first: 50) { nodes { id appStatus application { id name } } } }";
    let data = partner.ask(document, Value::Null).await?;
    let corp_id = text(&data["viewer"]["organization"]["corpId"])?;
    let package: Value = serde_json::from_slice(&std::fs::read(files::demo_package("equipment-inspection"))?)?;
    let mut orders = data["orders"]["nodes"].as_array().into_iter().flatten();
    let order = orders
        .find(|it| it["appStatus"] == "SUCCEEDED" && it["application"]["name"] == package["name"])
        .context("an order that was sent")?;
    let (order, application) = (text(&order["id"])?, text(&order["application"]["id"])?);
    let open = json!({ "orderId": order, "fullEditPermission": true });
    partner
        .act(
            "setEditPermission",
            "SetEditPermissionInput",
            open,
            "... on Order { id }",
        )
        .await?;
    for number in [8, 9] {
        let file = folder.join(format!("next-{number}.json"));
        std::fs::write(&file, next(&package, number)?.to_string())?;
        let file = file.to_str().context("a path")?;
        product.run(&["import", file, "--org", &corp_id])?;
        publish(&partner, &application, &format!("{number}.0.0")).await?;
        if number == 8 {
            overwrite(&partner, &order).await?;
        }
    }
    let document = "query($id: ID!) { order(id: $id) { instance { id } } }";
    let app = text(&customer.ask(document, json!({ "id": order })).await?["order"]["instance"]["id"])?;
    let steps = json!({ "steps": [
        { "name": "派工", "kind": "HANDLE", "who": "NAMED", "whom": "设备主管", "everyone": false, "note": "当天派工" },
        { "name": "验收", "kind": "APPROVE", "who": "SUBMITTER", "whom": "", "everyone": false, "note": "" }
    ] });
    for (page, design) in [
        ("work-order", steps),
        ("plan", json!({ "nodes": [{ "type": "timer", "days": 7 }] })),
    ] {
        let input = json!({ "instanceId": app, "pageKey": page, "version": 0, "design": design });
        customer
            .act(
                "setProcessDesign",
                "SetProcessDesignInput",
                input,
                "... on PageSettings { version }",
            )
            .await?;
    }
    let gone = json!({ "instanceId": app, "pageKey": "inspection-board" });
    customer
        .act(
            "removeInstancePage",
            "RemoveInstancePageInput",
            gone,
            "... on AppInstance { id }",
        )
        .await?;
    Ok(vec![
        ("followed", format!("/portal/orders/{order}")),
        ("received", format!("/orders/{order}")),
        ("following", format!("/apps/{app}")),
    ])
}

/// A version with another field in every form; from the ninth on with one page more.
fn next(package: &Value, number: u32) -> Result<Value> {
    let mut next = package.clone();
    next["version"] = json!(format!("{number}.0.0"));
    let all = next["components"].as_array_mut().context("components")?;
    for form in all.iter_mut().filter(|it| it["kind"] == "FORM_PAGE") {
        let key = format!("place{number}");
        form["definition"]["schema"]["properties"][&key] = json!({ "type": "string", "maxLength": 100 });
        form["definition"]["ui"]["fields"][&key] = json!({ "widget": "text", "label": "安装位置" });
    }
    if number > 8 {
        let mut new = all
            .iter()
            .find(|it| it["kind"] == "FORM_PAGE")
            .context("a form")?
            .clone();
        new["key"] = json!("spare-part");
        new["name"] = json!("备件台账");
        all.push(new);
    }
    all.push(json!({
        "key": "clock", "kind": "CUSTOM_COMPONENT", "name": "巡检倒计时", "definition": { "version": number }
    }));
    Ok(next)
}

async fn publish(partner: &Client, application: &str, number: &str) -> Result<()> {
    let document = "query($id: ID!) { application(id: $id) { versions { id number } } }";
    let data = partner.ask(document, json!({ "id": application })).await?;
    let mut versions = data["application"]["versions"].as_array().into_iter().flatten();
    let version = versions
        .find(|it| it["number"] == number)
        .with_context(|| format!("no version {number}"))?;
    let input = json!({ "versionId": version["id"] });
    partner
        .act(
            "publishVersion",
            "PublishVersionInput",
            input,
            "... on ApplicationVersion { id }",
        )
        .await?;
    Ok(())
}

/// Sends every changed page, and waits for the end.
async fn overwrite(partner: &Client, order: &str) -> Result<()> {
    let document = "query($id: ID!) { pageChanges(orderId: $id) { ... on PageChanges { digest } } }";
    let changes = partner.ask(document, json!({ "id": order })).await?;
    let input = json!({ "orderId": order, "acknowledgedDigest": changes["pageChanges"]["digest"] });
    let sent = partner
        .act("overwritePages", "OverwritePagesInput", input, "... on Delivery { id }")
        .await?;
    let document = "query($id: ID!) { delivery(id: $id) { finishedAt } }";
    for _ in 0..300 {
        let data = partner.ask(document, json!({ "id": sent["id"] })).await?;
        if data["delivery"]["finishedAt"].is_string() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("the pages do not arrive")
}

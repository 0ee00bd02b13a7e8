//! An order of the demo whose application goes on: changed pages were sent over those that were there, and a further version
//! with a new page, other changes and a custom component waits to be sent. The customer has removed a page of it.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use appshelf_tests::client::{Client, text};
use appshelf_tests::next_version;
use appshelf_tests::process::Product;
use serde_json::json;

/// The addresses of the order and of the application at its customer.
pub async fn addresses(product: &Product, folder: &Path) -> Result<Vec<(&'static str, String)>> {
    let partner = Client::of(product, "pa@partner.example")?;
    let customer = Client::of(product, "ca@customer.example")?;
    let (order, application) = next_version::order(&partner).await?;
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
        next_version::publish(product, &partner, &application, folder, number).await?;
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

//! Versions that a partner of the demo brings in: of its inspection application as it is developed on, with other forms, more pages
//! and a custom component, for an order that was sent already; and of applications that are new.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::client::{Client, text};
use crate::files;
use crate::process::Product;

/// The field that a version adds to every form.
pub const FIELD: &str = "存放货架";
/// The page that versions have from the ninth on.
pub const PAGE: &str = "备件台账";

/// The newest order that the application was sent for, and the application.
pub async fn order(partner: &Client) -> Result<(String, String)> {
    let document = "{ orders(first: 50) { nodes { id appStatus application { id name } } } }";
    let data = partner.ask(document, Value::Null).await?;
    let name = package()?["name"].take();
    let mut orders = data["orders"]["nodes"].as_array().into_iter().flatten();
    let order = orders
        .find(|it| it["appStatus"] == "SUCCEEDED" && it["application"]["name"] == name)
        .context("an order that was sent")?;
    Ok((text(&order["id"])?, text(&order["application"]["id"])?))
}

/// Imports the version of that number and publishes it; files are written into the folder.
pub async fn publish(product: &Product, partner: &Client, application: &str, folder: &Path, number: u32) -> Result<()> {
    let file = folder.join(format!("next-{number}.json"));
    std::fs::write(&file, next(&package()?, number)?.to_string())?;
    bring_in(product, partner, file.to_str().context("a path")?).await?;
    publish_number(partner, application, &format!("{number}.0.0")).await
}

/// Imports a file as an application of its own and publishes it; the application.
pub async fn import(product: &Product, partner: &Client, file: &str) -> Result<String> {
    let name = bring_in(product, partner, file).await?;
    let data = partner
        .ask("{ applications(first: 50) { nodes { id name } } }", Value::Null)
        .await?;
    let mut all = data["applications"]["nodes"].as_array().into_iter().flatten();
    let application = text(&all.find(|it| it["name"] == json!(name)).context("the application")?["id"])?;
    publish_number(partner, &application, "1.0.0").await?;
    Ok(application)
}

/// The instance that an order brought, once it is there.
pub async fn arrived(customer: &Client, order: &Value) -> Result<String> {
    let document = "query($id: ID!) { order(id: $id) { instance { id } } }";
    for _ in 0..300 {
        let data = customer.ask(document, json!({ "id": order })).await?;
        if let Some(id) = data["order"]["instance"]["id"].as_str() {
            return Ok(id.to_owned());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("the application does not arrive")
}

/// Imports a file for the partner's organisation; the name of the application.
async fn bring_in(product: &Product, partner: &Client, file: &str) -> Result<String> {
    let data = partner
        .ask("{ viewer { organization { corpId } } }", Value::Null)
        .await?;
    let corp_id = text(&data["viewer"]["organization"]["corpId"])?;
    let report: Value = serde_json::from_str(&product.run(&["import", file, "--org", &corp_id])?)?;
    text(&report["application"])
}

async fn publish_number(partner: &Client, application: &str, number: &str) -> Result<()> {
    let document = "query($id: ID!) { application(id: $id) { versions { id number } } }";
    let data = partner.ask(document, json!({ "id": application })).await?;
    let mut versions = data["application"]["versions"].as_array().into_iter().flatten();
    let version = versions
        .find(|it| it["number"] == number)
        .with_context(|| format!("no version {number}"))?;
    let input = json!({ "versionId": version["id"] });
    let on = "... on ApplicationVersion { id }";
    partner.act("publishVersion", "PublishVersionInput", input, on).await?;
    Ok(())
}

fn package() -> Result<Value> {
    let file = files::demo_package("equipment-inspection");
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

/// A version with another field in every form; from the ninth on with one page more.
fn next(package: &Value, number: u32) -> Result<Value> {
    let mut next = package.clone();
    next["version"] = json!(format!("{number}.0.0"));
    let all = next["components"].as_array_mut().context("components")?;
    for form in all.iter_mut().filter(|it| it["kind"] == "FORM_PAGE") {
        let key = format!("place{number}");
        form["definition"]["schema"]["properties"][&key] = json!({ "type": "string", "maxLength": 100 });
        form["definition"]["ui"]["fields"][&key] = json!({ "widget": "text", "label": FIELD });
    }
    if number > 8 {
        let mut new = all
            .iter()
            .find(|it| it["kind"] == "FORM_PAGE")
            .context("a form")?
            .clone();
        new["key"] = json!("spare-part");
        new["name"] = json!(PAGE);
        all.push(new);
    }
    all.push(json!({
        "key": "clock", "kind": "CUSTOM_COMPONENT", "name": "巡检倒计时", "definition": { "version": number }
    }));
    Ok(next)
}

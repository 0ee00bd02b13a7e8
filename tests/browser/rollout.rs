//! A new version on its way to one customer (L17), each side in a browser of their own: the partner chooses the customer, reads what the rollout
//! would do and starts it; the customer sees what came, and that what they had changed stayed as it was.

use anyhow::{Context as _, Result};
use appshelf_tests::client::{Client, text};
use appshelf_tests::next_version::{self, PAGE};
use appshelf_tests::process::Product;
use serde_json::{Value, json};

use crate::person::Person;

/// What is sold, who tries it, and what they call a page of it.
const SOLD: &str = "设备巡检";
const CUSTOMER: &str = "晴川商贸";
const RENAMED: &str = "我们的台账";

in_each_language!(l17_a_version_reaches_one_customer_and_keeps_what_they_changed, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let instance = prepare(product).await?;
    let partner = Person::signed_in(product, language, "pa@partner.example").await?;
    rolls_out(&partner).await?;
    partner.leave().await?;
    let customer = Person::signed_in(product, language, "ca@river.example").await?;
    reads(&customer, &instance).await?;
    customer.leave().await
}

/// The customer gives a page another name, and the partner publishes a version in which every form has another field; the application.
async fn prepare(product: &Product) -> Result<String> {
    let customer = Client::of(product, "ca@river.example")?;
    let document = "{ licenses(first: 20) { nodes { productName instance { id pages { key kind } } } } }";
    let held = customer.ask(document, Value::Null).await?;
    let mut held = held["licenses"]["nodes"].as_array().into_iter().flatten();
    let tried = held.find(|it| it["productName"] == SOLD).context("it is tried")?;
    let mut pages = tried["instance"]["pages"].as_array().into_iter().flatten();
    let form = pages.find(|it| it["kind"] == "FORM_PAGE").context("a form")?;
    let input = json!({ "instanceId": tried["instance"]["id"], "pageKey": form["key"], "name": RENAMED });
    customer
        .act("renamePage", "RenamePageInput", input, "... on InstancePage { name }")
        .await?;
    let partner = Client::of(product, "pa@partner.example")?;
    let (_, application) = next_version::order(&partner).await?;
    next_version::publish(product, &partner, &application, &product.data(), 9).await?;
    text(&tried["instance"]["id"])
}

async fn rolls_out(partner: &Person) -> Result<()> {
    partner.go("rollout.nav").await?;
    partner
        .browser
        .click_first("link", &partner.words("rollout.new"))
        .await?;
    partner.sees("rollout.who").await?;
    partner.browser.choose(&partner.words("rollout.product"), SOLD).await?;
    partner
        .browser
        .click_first("radio", &partner.words("rollout.who_list"))
        .await?;
    partner.browser.click("checkbox", CUSTOMER).await?;
    partner.tick("rollout.rest").await?;
    partner.press("rollout.check").await?;
    partner.sees("rollout.preflight").await?;
    partner.reads("9.0.0").await?;
    partner.press("rollout.start").await?;
    partner.is_at(&format!("{SOLD} 9.0.0")).await?;
    partner.sees("rollout.done_kept").await?;
    partner.sees("rollout.finished").await?;
    partner.reads(RENAMED).await
}

async fn reads(customer: &Person, instance: &str) -> Result<()> {
    customer.browser.visit(&format!("/apps/{instance}/settings")).await?;
    customer.follow("rollout.updates").await?;
    customer.sees("rollout.came").await?;
    customer.reads("9.0.0").await?;
    customer.reads(RENAMED).await?;
    customer.browser.visit(&format!("/apps/{instance}")).await?;
    customer.reads(PAGE).await?;
    customer.reads(RENAMED).await
}

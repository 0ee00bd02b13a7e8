//! What the product refuses, as the person reads it on the screen: who may not buy, and what a double click does.

use anyhow::{Context, Result, ensure};
use appshelf_tests::browser::View;
use appshelf_tests::client::{Client, text};
use appshelf_tests::process::Product;
use serde_json::{Value, json};

use crate::demo;
use crate::person::{BLUE, Person};

/// Path of a link by which the customer of the demo can buy.
async fn link(product: &Product) -> Result<String> {
    let partner = Client::of(product, "pa@partner.example")?;
    let projects = "{ projects(first: 50, status: ACTIVE) { nodes { customerCorpId links { url } } } }";
    let data = partner.ask(projects, Value::Null).await?;
    let projects = data["projects"]["nodes"].as_array().into_iter().flatten();
    let theirs = projects.filter(|project| project["customerCorpId"] == BLUE);
    let mut links = theirs.filter_map(|project| project["links"].as_array()?.first());
    let url = text(&links.next_back().context("a link")?["url"])?;
    Ok(format!("/{}", url.splitn(4, '/').nth(3).context("an address")?))
}

#[tokio::test]
async fn d10_an_employee_reads_no_permission_and_what_to_do() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let employee = Person::signed_in(&product, "zh-CN", "ce@customer.example").await?;
    employee.browser.visit(&link(&product).await?).await?;
    employee.is_at("没有权限").await?;
    employee.sees("customer.no_permission_hint").await?;
    ensure!(
        !employee
            .browser
            .shows("button", &employee.words("customer.buy"))
            .await?
    );
    employee.leave().await
}

#[tokio::test]
async fn d10_another_organisation_is_sent_to_its_service_provider() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let link = link(&product).await?;
    let other = Person::signed_in(&product, "zh-CN", "ca@other.example").await?;
    other.browser.visit(&link).await?;
    other.is_at("当前组织无法购买，请联系服务商").await?;
    other.sees("customer.mismatch_hint").await?;
    // A reload answers the same; so does the other language.
    other.browser.visit(&link).await?;
    other.is_at("当前组织无法购买，请联系服务商").await?;
    other.open_menu("shell.language").await?;
    other.browser.click("button", "English").await?;
    other
        .is_at("This organisation cannot purchase; contact the service provider")
        .await?;
    other.leave().await
}

#[tokio::test]
async fn d11_a_double_click_buys_once() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let link = link(&product).await?;
    let customer = Person::signed_in(&product, "zh-CN", "ca@customer.example").await?;
    let before = orders(&product).await?;
    customer.browser.visit(&link).await?;
    customer.press("customer.buy").await?;
    customer.sees("customer.buy_title").await?;
    customer
        .browser
        .double_click("button", &customer.words("customer.buy"))
        .await?;
    customer.is_at(&customer.words("customer.bought")).await?;
    ensure!(orders(&product).await? == before + 1, "one order more than {before}");
    // Buying again on purpose is another matter, and is said beforehand.
    customer.browser.visit(&link).await?;
    customer.sees("customer.bought_before_hint").await?;
    customer.leave().await
}

async fn orders(product: &Product) -> Result<i64> {
    let customer = Client::of(product, "ca@customer.example")?;
    let document = "query($party: OrderParty!) { orders(party: $party, first: 1) { totalCount } }";
    let data = customer.ask(document, json!({ "party": "CUSTOMER" })).await?;
    data["orders"]["totalCount"].as_i64().context("a number")
}

#[tokio::test]
async fn d5_the_detail_of_anothers_project_is_greyed_with_its_reason() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let colleague = Person::signed_in(&product, "zh-CN", "pa2@partner.example").await?;
    colleague.go("shell.nav_projects").await?;
    let name = format!("{}: 蓝海制造设备数字化", colleague.words("portal.view_detail"));
    let button = colleague.browser.by_role("button", &name).await?;
    ensure!(button.attr("aria-disabled").await?.as_deref() == Some("true"), "greyed");
    let described = button
        .attr("aria-describedby")
        .await?
        .context("a reason for screen readers")?;
    let reason = colleague.browser.text_of(&described).await?;
    ensure!(reason.contains("周启航"), "the reason names the creator: {reason}");
    button.click().await?;
    colleague.is_at(&colleague.words("shell.nav_projects")).await?;
    colleague.leave().await
}

#[tokio::test]
async fn a_phone_has_everything_behind_one_button() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let customer = Person::signed_in(&product, "zh-CN", "ca@customer.example").await?;
    customer.browser.look_as(View::phone("zh-CN", "light")).await?;
    customer.browser.visit("/").await?;
    customer.press("shell.open_navigation").await?;
    customer.follow("shell.nav_apps").await?;
    customer.is_at(&customer.words("shell.nav_apps")).await?;
    ensure!(
        customer.browser.overflow().await?.is_none(),
        "nothing is wider than the phone"
    );
    customer.leave().await
}

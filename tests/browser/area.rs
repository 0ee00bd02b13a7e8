//! The front end comes in parts: an area's module when its first page is opened, and what is said when it does not come.

use anyhow::{Result, ensure};
use appshelf_tests::browser::Browser;
use serde_json::{Value, json};

use crate::demo;
use crate::person::Person;

const MODULES: &str = "return performance.getEntriesByType('resource').map((entry) => entry.name.match(/\\/(\\w+)_area-/)?.[1]) \
                       .filter((area) => area).sort()";

/// The areas whose modules were fetched since the page was loaded.
async fn modules(browser: &Browser) -> Result<Vec<String>> {
    let answer = browser.session().execute(MODULES, Vec::new()).await?;
    Ok(answer.convert()?)
}

/// Goes somewhere by the side navigation.
async fn open(person: &Person, key: &str) -> Result<()> {
    person.go(key).await?;
    person.is_at(&person.words(key)).await?;
    person.browser.wait_until_calm().await
}

#[tokio::test]
async fn an_area_is_fetched_when_its_first_page_is_opened() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    open(&partner, "shell.nav_projects").await?;
    ensure!(modules(&partner.browser).await? == ["projects"]);
    open(&partner, "shell.nav_orders").await?;
    ensure!(modules(&partner.browser).await? == ["orders", "projects"]);

    partner.browser.session().back().await?;
    partner.is_at(&partner.words("shell.nav_projects")).await?;
    ensure!(modules(&partner.browser).await? == ["orders", "projects"]);

    // A reload asks whether the page is still the same, and goes on under the same policy.
    partner.browser.session().refresh().await?;
    partner.is_at(&partner.words("shell.nav_projects")).await?;
    partner.browser.wait_until_calm().await?;
    ensure!(modules(&partner.browser).await? == ["projects"]);
    partner.leave().await
}

/// What several areas share comes once, with the first of them that needs it.
#[tokio::test]
async fn what_areas_share_is_fetched_once_and_when_it_is_needed() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let customer = Person::signed_in(&product, "zh-CN", "ca@customer.example").await?;
    customer.browser.visit("/apps?status=enabled").await?;
    customer.browser.wait_until_calm().await?;
    let first = shared(&customer.browser).await?;
    customer.browser.follow("/apps/").await?;
    customer.browser.wait_until_calm().await?;
    customer.browser.click_first("link", "设备台账").await?;
    customer.follow("customer.new_record").await?;
    customer.sees("customer.submit_record").await?;
    ensure!(modules(&customer.browser).await? == ["app", "customer", "record_form"]);
    let then = shared(&customer.browser).await?;
    ensure!(first.iter().all(|module| then.contains(module)) && then.len() > first.len());
    let mut once = then.clone();
    once.dedup();
    ensure!(once == then, "{then:?}");
    customer.leave().await
}

/// The modules of what areas share that were fetched since the page was loaded, in order of their names.
async fn shared(browser: &Browser) -> Result<Vec<String>> {
    let script = "return performance.getEntriesByType('resource').map((entry) => entry.name.match(/\\/(shared-\\d+)-/)?.[1]) \
                  .filter((name) => name).sort()";
    let answer = browser.session().execute(script, Vec::new()).await?;
    Ok(answer.convert()?)
}

#[tokio::test]
async fn an_area_is_asked_for_again_when_the_connection_is_back() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    partner.browser.connect(false).await?;
    partner
        .browser
        .click_first("link", &partner.words("shell.nav_audit"))
        .await?;
    partner.sees("common.lost_title").await?;
    partner.browser.connect(true).await?;
    partner.is_at(&partner.words("shell.nav_audit")).await?;
    // The requests that did not arrive stand in the console.
    partner.browser.console_errors().await?;
    partner.leave().await
}

#[tokio::test]
async fn an_area_that_is_gone_is_told_as_a_newer_version() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    let cdp = partner.browser.session().cdp();
    let block = |urls: Value| json!({ "urls": urls });
    cdp.send_raw("Network.enable", json!({})).await?;
    cdp.send_raw("Network.setBlockedURLs", block(json!(["*/audit_area-*"])))
        .await?;
    partner
        .browser
        .click_first("link", &partner.words("shell.nav_audit"))
        .await?;
    partner.sees("common.outdated_title").await?;
    cdp.send_raw("Network.setBlockedURLs", block(json!([]))).await?;
    partner.press("common.reload").await?;
    partner.is_at(&partner.words("shell.nav_audit")).await?;
    partner.browser.console_errors().await?;
    partner.leave().await
}

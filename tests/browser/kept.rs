//! What was typed stays: through a refusal, a lost connection, and an address that was followed by mistake.

use anyhow::{Result, ensure};
use appshelf_tests::client::Client;
use appshelf_tests::process::Product;
use serde_json::Value;

use crate::demo;
use crate::person::{BLUE, Person};

/// A name that a project of the demo has already.
const TAKEN: &str = "蓝海制造设备数字化";
const NAME: &str = "蓝海制造能源管理";

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    partner.browser.visit("/portal/projects/new").await?;
    partner.fill("portal.project_name", TAKEN).await?;
    partner.fill("portal.corp_id", BLUE).await?;
    // The page itself sees what is missing.
    partner.press("portal.submit_project").await?;
    partner.sees("common.form_kept").await?;
    ensure!(partner.value("portal.project_name").await? == TAKEN);
    ensure!(partner.value("portal.corp_id").await? == BLUE);
    // Only the server knows that the name is taken.
    partner.press("portal.save_draft").await?;
    partner.reads("名称已被使用，请换一个").await?;
    ensure!(partner.value("portal.project_name").await? == TAKEN);
    ensure!(partner.value("portal.corp_id").await? == BLUE);
    partner.fill("portal.project_name", NAME).await?;
    partner.press("portal.save_draft").await?;
    partner.sees("portal.draft_saved").await?;
    partner.is_at(NAME).await?;
    ensure!(partner.value("portal.corp_id").await? == BLUE);
    partner.leave().await
}

#[tokio::test]
async fn a_lost_connection_loses_nothing_and_makes_nothing_twice() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    partner.browser.visit("/portal/projects/new").await?;
    partner.fill("portal.project_name", NAME).await?;
    partner.browser.connect(false).await?;
    partner.press("portal.save_draft").await?;
    partner.sees("common.lost_title").await?;
    partner.sees("common.connection_lost").await?;
    ensure!(partner.value("portal.project_name").await? == NAME);
    partner.browser.connect(true).await?;
    partner
        .browser
        .wait_until_gone(&partner.words("common.connection_lost"))
        .await?;
    partner.press("portal.save_draft").await?;
    partner.sees("portal.draft_saved").await?;
    ensure!(drafts_called(&product, NAME).await? == 1, "one draft");
    // The requests that did not arrive stand in the console.
    partner.browser.console_errors().await?;
    partner.leave().await
}

async fn drafts_called(product: &Product, name: &str) -> Result<usize> {
    let partner = Client::of(product, "pa@partner.example")?;
    let data = partner
        .ask("{ projects(first: 50, status: DRAFT) { nodes { name } } }", Value::Null)
        .await?;
    let nodes = data["projects"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes.filter(|project| project["name"] == name).count())
}

#[tokio::test]
async fn leaving_unsaved_work_asks_first() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    partner.go("shell.nav_projects").await?;
    partner.follow("portal.new_project").await?;
    partner.fill("portal.project_name", NAME).await?;
    partner
        .browser
        .click_first("link", &partner.words("shell.nav_orders"))
        .await?;
    partner.sees("shell.leave_hint").await?;
    partner.press("shell.leave_stay").await?;
    ensure!(partner.value("portal.project_name").await? == NAME);
    // The way back asks as well, and the answer is followed.
    partner.browser.session().back().await?;
    partner.sees("shell.leave_hint").await?;
    partner.press("shell.leave_go").await?;
    partner.is_at(&partner.words("shell.nav_projects")).await?;
    // Nothing typed, nothing asked.
    partner.follow("portal.new_project").await?;
    partner.is_at(&partner.words("portal.new_project")).await?;
    partner.go("shell.nav_orders").await?;
    partner.is_at(&partner.words("shell.nav_orders")).await?;
    partner.leave().await
}

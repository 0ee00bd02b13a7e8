//! An amendment from its proposal to its decision: the creator proposes another amount with its document, the reviewer compares
//! and approves, and the project has the new amount with both versions in sight.

use anyhow::Result;
use appshelf_tests::files;
use appshelf_tests::process::Product;

use crate::demo;
use crate::person::Person;

const PROJECT: &str = "蓝海制造设备数字化";

#[tokio::test]
async fn an_amendment_is_proposed_and_approved() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let partner = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    proposes(&partner, &product).await?;
    approves(&product).await?;
    partner.browser.visit("/portal/projects?status=active").await?;
    partner.browser.click("link", PROJECT).await?;
    partner.is_at(PROJECT).await?;
    partner.sees("status.amendment_approved").await?;
    partner.reads("150,000.00").await?;
    partner.leave().await
}

async fn proposes(partner: &Person, product: &Product) -> Result<()> {
    let document = product.data().join("supplement.pdf");
    std::fs::write(&document, files::pdf(&["Supplement", "Total: CNY 150,000.00"]))?;
    partner.go("shell.nav_projects").await?;
    partner.browser.click("link", PROJECT).await?;
    partner.follow("portal.propose_amendment").await?;
    partner.fill("portal.contract_amount", "150000").await?;
    partner.fill("portal.amendment_reason", "客户追加一个厂区").await?;
    let contract = partner.words("status.contract_contract");
    partner.browser.click_first("radio", &contract).await?;
    partner.upload("portal.amendment_file", &document).await?;
    partner.press("portal.submit_amendment").await?;
    partner.is_at(PROJECT).await?;
    partner.sees("status.amendment_in_review").await
}

async fn approves(product: &Product) -> Result<()> {
    let reviewer = Person::signed_in(product, "zh-CN", "ir@platform.example").await?;
    reviewer.browser.visit("/review/projects?status=amendments").await?;
    reviewer.browser.click("link", PROJECT).await?;
    reviewer.sees("status.verdict_match").await?;
    reviewer.press("operator.approve").await?;
    reviewer.sees("operator.approve_amendment_both").await?;
    reviewer.press("operator.approve").await?;
    reviewer.sees("status.amendment_approved").await?;
    reviewer.leave().await
}

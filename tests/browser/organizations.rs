//! A person of several organisations acts for one at a time and switches without signing in again.

use anyhow::{Result, ensure};

use crate::demo;
use crate::person::Person;

#[tokio::test]
async fn switching_opens_the_other_organisation_and_lasts() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let person = Person::signed_in(&product, "zh-CN", "pa@partner.example").await?;
    person.reads("星云软件").await?;
    person.go("shell.nav_projects").await?;
    person.open_menu("shell.switch_organization").await?;
    person.browser.click("button", "星云体验中心").await?;
    // Another face: what a customer has, and nothing of the partner's.
    person.is_at(&person.words("shell.home_title")).await?;
    person.go("shell.nav_apps").await?;
    person.is_at(&person.words("shell.nav_apps")).await?;
    ensure!(
        !person
            .browser
            .shows("link", &person.words("shell.nav_projects"))
            .await?
    );
    // The choice stays with the session.
    person.browser.visit("/").await?;
    person.browser.wait_until_calm().await?;
    ensure!(person.browser.shows("link", &person.words("shell.nav_apps")).await?);
    // What belongs to the other organisation is not there for this one.
    person.browser.visit("/portal/projects").await?;
    // L1: it has no portal, and is told how to get it.
    person.is_at(&person.words("self_test.portal_title")).await?;
    person.open_menu("shell.switch_organization").await?;
    person.browser.click("button", "星云软件").await?;
    person.go("shell.nav_projects").await?;
    person.reads("蓝海制造设备数字化").await?;
    person.leave().await
}

//! Remote maintenance (D31) by two people at once: the developer goes in and works, the customer revokes and the developer is led
//! out, and what was done stands in the customer's log of that session.

use anyhow::Result;
use appshelf_tests::process::Product;

use crate::person::Person;

in_each_language!(d31_a_developer_works_inside_until_the_customer_revokes, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let developer = Person::signed_in(product, language, "pd@partner.example").await?;
    let enter = developer.words("maintenance.enter");
    enters(&developer, &enter).await?;
    // Another address of the tab leads back into the one application, and a reload stays inside.
    developer.browser.visit("/portal/orders").await?;
    developer.sees("shell.leave_maintenance").await?;
    leaves_and_comes_back(&developer).await?;
    fills_in_a_secret(&developer).await?;
    let customer = Person::signed_in(product, language, "ca@customer.example").await?;
    let revoke = customer.words("maintenance.revoke");
    revokes(&customer, &revoke).await?;
    developer.sees("shell.maintenance_over").await?;
    developer.is_at(&developer.words("shell.nav_maintenance")).await?;
    developer.sees_no(&developer.words("shell.leave_maintenance")).await?;
    customer.browser.visit("/maintenance?status=over").await?;
    customer.browser.follow("/maintenance/maintenance_").await?;
    customer.sees("operator.did_secret_set").await?;
    customer.leave().await?;
    // That the server turned the developer away stands in the console, as it should.
    developer.browser.quit().await
}

/// Leaving ends nothing: the developer is themselves again, and may go in as long as the hours last.
async fn leaves_and_comes_back(developer: &Person) -> Result<()> {
    developer.press("shell.leave_maintenance").await?;
    developer.sees("maintenance.facts").await?;
    enters(developer, &developer.words("maintenance.enter")).await
}

/// Goes in by the first button of that name.
pub async fn enters(developer: &Person, button: &str) -> Result<()> {
    developer.go("shell.nav_maintenance").await?;
    developer.browser.click_first("button", button).await?;
    developer.sees("maintenance.enter_effect_end").await?;
    developer.press("maintenance.enter").await?;
    developer.sees("shell.leave_maintenance").await
}

async fn fills_in_a_secret(developer: &Person) -> Result<()> {
    developer.go("shell.nav_maintained_settings").await?;
    developer.follow("checklist.tab").await?;
    let fill_in = developer.texts.beginning("checklist.fill_in");
    developer.browser.click_first("button", &fill_in).await?;
    developer.fill("checklist.secret_label", "s3cret").await?;
    developer.press("checklist.secret_save").await?;
    developer.sees("checklist.secret_saved").await
}

/// Takes the grant back, by the first button of that name.
pub async fn revokes(customer: &Person, button: &str) -> Result<()> {
    customer.browser.visit("/maintenance?status=running").await?;
    customer.browser.click_first("button", button).await?;
    customer.fill("maintenance.note_label", "今天到此为止").await?;
    customer.press("maintenance.revoke").await?;
    customer.sees("maintenance.revoked_toast").await
}

//! A promotion link from both sides (L18–L20): the partner makes it; an admin who is signed out opens it, signs in, is back at the
//! product and tries it; the partner sees who came how far; and once it is disabled, it says so.

use anyhow::{Context, Result};
use appshelf_tests::process::Product;

use crate::person::Person;

/// On the marketplace, with a trial.
const PRODUCT: &str = "请假审批";
const NAME: &str = "渠道大会 Banner";
const CHANNEL: &str = "partner-day_26";
const ADMIN: &str = "ca@customer.example";
const PASSWORD: &str = "appshelf-demo";

in_each_language!(l18_a_link_is_made_followed_and_counted, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let partner = Person::signed_in(product, language, "pa@ivy.example").await?;
    let link = makes(&partner).await?;
    let admin = Person::visitor(product, language).await?;
    tries(&admin, &link).await?;
    sees_the_funnel(&partner).await?;
    disables(&partner).await?;
    admin.browser.visit(&link).await?;
    admin.is_at(&admin.words("promotion.disabled_title")).await?;
    partner.leave().await?;
    admin.leave().await
}

/// Where the new link leads, without the server's name.
async fn makes(partner: &Person) -> Result<String> {
    partner.go("shell.nav_promotions").await?;
    partner.open_menu("promotion.new").await?;
    partner.fill("promotion.name", NAME).await?;
    partner
        .browser
        .choose(&partner.words("promotion.product"), PRODUCT)
        .await?;
    // What is wrong is said beside its field, and what was typed stays.
    partner.fill("promotion.channel_code", "渠道").await?;
    partner.press("promotion.make").await?;
    partner.browser.wait_for_role("alert").await?;
    anyhow::ensure!(partner.value("promotion.name").await? == NAME, "the name is gone");
    partner.fill("promotion.channel_code", CHANNEL).await?;
    partner.press("promotion.make").await?;
    partner.is_at(NAME).await?;
    partner
        .browser
        .by_role("image", &partner.words("promotion.qr_code"))
        .await?;
    let address = partner.value("promotion.address").await?;
    let at = address.find("/promotion/").context("it leads to a promotion")?;
    Ok(address[at..].to_owned())
}

async fn tries(admin: &Person, link: &str) -> Result<()> {
    admin.browser.visit(link).await?;
    admin.is_at(PRODUCT).await?;
    admin.follow("market.sign_in_to_buy").await?;
    admin.sees("shell.sign_in_for_promotion").await?;
    admin.fill("shell.email", ADMIN).await?;
    admin.fill("shell.password", PASSWORD).await?;
    admin.press("shell.sign_in").await?;
    admin.is_at(PRODUCT).await?;
    let trial = admin.texts.beginning("buying.start_trial");
    admin.browser.click_first("button", &trial).await?;
    admin.sees("buying.trial_once").await?;
    // The dialog's own button; what is behind it cannot be pressed.
    admin.browser.click_first("button", &trial).await?;
    admin.sees("buying.license_trial").await
}

/// One browser, two openings: before signing in and after it; one person, and one organisation that tries the product.
async fn sees_the_funnel(partner: &Person) -> Result<()> {
    let page = partner.browser.address().await?;
    partner.browser.visit(&page).await?;
    partner.is_at(NAME).await?;
    let told = [
        ("opens", "2"),
        ("visitors", "1"),
        ("sign_ins", "1"),
        ("installs", "1"),
        ("orders", "0"),
        ("revenue", "¥0.00"),
    ];
    let summary = partner.texts.fill("promotion.funnel_summary", &told);
    let named = format!("{} {summary}", partner.words("promotion.funnel"));
    partner.browser.by_role("image", &named).await?;
    partner
        .browser
        .click_first("link", &partner.words("promotion.days_7"))
        .await?;
    partner.browser.by_role("image", &named).await.map(drop)
}

async fn disables(partner: &Person) -> Result<()> {
    partner.press("promotion.disable").await?;
    // The dialog's own button.
    partner.press("promotion.disable").await?;
    partner.sees("status.promotion_disabled").await
}

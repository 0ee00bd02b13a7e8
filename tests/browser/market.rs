//! Customers at the marketplace: a visitor searches, narrows, reads a product, calculates, and finds everything again; an admin says what
//! the organisation does and is shown what is meant for it.

use anyhow::{Result, ensure};
use appshelf_tests::process::Product;

use crate::demo;
use crate::person::Person;

/// Two characters that stand in the name of one product of the demo, and in the summary of another.
const WORDS: &str = "审批";
/// The product that has them in its name.
pub const FOUND: &str = "请假审批";
const ALSO: &str = "库存预警";
/// For manufacturing and logistics only.
const NOT_FOR_RETAIL: &str = "设备巡检";

in_each_language!(a_visitor_finds_a_product_and_what_it_costs, look_around);

async fn look_around(product: &Product, language: &'static str) -> Result<()> {
    let category = match language {
        "en" => "People and administration",
        _ => "人事行政",
    };
    let visitor = Person::visitor(product, language).await?;
    visitor.browser.visit("/sign-in").await?;
    visitor.follow("shell.look_around").await?;
    visitor.is_at(&visitor.words("market.title")).await?;
    searches(&visitor).await?;
    visitor.browser.click_first("link", category).await?;
    finds(&visitor, "1").await?;
    visitor.sees_no(ALSO).await?;
    visitor.browser.click("link", FOUND).await?;
    visitor.is_at(FOUND).await?;
    calculates(&visitor).await?;

    visitor.browser.session().back().await?;
    visitor.is_at(&visitor.words("market.title")).await?;
    finds(&visitor, "1").await?;
    ensure!(
        visitor.value("market.search").await? == WORDS,
        "the words are there again"
    );
    signs_in_to_buy(&visitor).await?;
    visitor.leave().await
}

/// Goes to the marketplace, searches, and opens the product that is found.
pub async fn opens_found(person: &Person) -> Result<()> {
    opens(person, WORDS, "2", FOUND).await
}

/// Finds so many products by these words, and opens the one of that name.
pub async fn opens(person: &Person, words: &str, count: &str, name: &str) -> Result<()> {
    person.go("shell.nav_market").await?;
    person.fill("market.search", words).await?;
    // Until then everything is shown, and a card moves when the rest leaves.
    finds(person, count).await?;
    person.browser.click("link", name).await?;
    // Its name stands on the card as well.
    let at = |address: &str| address.contains("/market/products/");
    person.browser.wait_for_address("of the product", at).await?;
    person.is_at(name).await
}

async fn finds(person: &Person, count: &str) -> Result<()> {
    person
        .reads(&person.texts.fill("market.found", &[("count", count)]))
        .await
}

/// What is found follows while one types.
async fn searches(visitor: &Person) -> Result<()> {
    visitor.fill("market.search", WORDS).await?;
    finds(visitor, "2").await?;
    visitor.reads(FOUND).await?;
    visitor.reads(ALSO).await
}

/// Twelve people for a year: (6.00 × 12 − 6.00) × 12. A reload calculates the same.
async fn calculates(visitor: &Person) -> Result<()> {
    visitor.fill("shelves.seats", "12").await?;
    visitor.reads("¥792.00").await?;
    visitor
        .browser
        .wait_for_address("to say how many", |address| address.ends_with("seats=12"))
        .await?;
    visitor.browser.session().refresh().await?;
    visitor.is_at(FOUND).await?;
    visitor.reads("¥792.00").await?;
    ensure!(
        visitor.value("shelves.seats").await? == "12",
        "the number is there again"
    );
    visitor.fill("shelves.seats", "900").await?;
    let seats = [("seats", "900"), ("ranges", "1–500")];
    visitor.reads(&visitor.texts.fill("market.no_plan_for", &seats)).await
}

/// Signing in returns to the product.
async fn signs_in_to_buy(visitor: &Person) -> Result<()> {
    visitor.browser.click("link", FOUND).await?;
    visitor.is_at(FOUND).await?;
    visitor.follow("market.sign_in_to_buy").await?;
    visitor.fill("shell.email", "ca@customer.example").await?;
    visitor.fill("shell.password", "appshelf-demo").await?;
    visitor.press("shell.sign_in").await?;
    visitor.is_at(FOUND).await?;
    visitor
        .browser
        .wait_until_absent("link", &visitor.words("market.sign_in_to_buy"))
        .await?;
    visitor.go("shell.nav_market").await?;
    visitor.is_at(&visitor.words("market.title")).await
}

#[tokio::test]
async fn an_admin_says_what_the_organisation_does_and_is_shown_what_is_meant_for_it() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let admin = Person::signed_in(&product, "zh-CN", "ca@other.example").await?;
    admin.go("shell.nav_market").await?;
    admin.sees("market.profile_missing").await?;
    finds(&admin, "9").await?;
    admin.reads(NOT_FOR_RETAIL).await?;
    admin.press("market.profile_set").await?;
    admin.sees("market.profile_effect").await?;
    let retail = admin.words("shelves.industry_retail");
    let field = format!("{}{}", admin.words("market.industry"), admin.words("common.optional"));
    admin.browser.choose(&field, &retail).await?;
    admin.press("common.save").await?;
    admin
        .reads(&admin.texts.fill("market.audience_is", &[("profile", &retail)]))
        .await?;
    finds(&admin, "7").await?;
    admin.sees_no(NOT_FOR_RETAIL).await?;
    admin.leave().await?;

    let employee = Person::signed_in(&product, "zh-CN", "ce@customer.example").await?;
    employee.go("shell.nav_market").await?;
    finds(&employee, "9").await?;
    employee.sees_no(&employee.words("market.profile_missing")).await?;
    employee.leave().await
}

//! A partner lists what it imported: self-tested, described in the wizard, reviewed by the operator of its category while the operator
//! of another sees nothing of it, sent back once, approved, its tasks done, and put on the marketplace. There a customer finds it by a
//! word of two characters, buys it for twelve people and a year, accepts what arrives and enables it, and an employee works with it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use appshelf_tests::listing::png;
use appshelf_tests::process::Product;

use crate::person::Person;
use crate::trade::{Package, Record, accepts, enables, imports_and_publishes};
use crate::{buying, market};

/// What the operator finds wanting.
const REMARK: &str = "请写明适用的行业";
/// Two characters of what stands there, by which a customer finds it.
const WORDS: &str = "工时";
/// What stands there in the end.
const SUMMARY: &str = "项目、任务与工时一处管理，适用于专业服务行业";

in_each_language!(an_application_goes_from_its_self_test_to_the_marketplace, list);

async fn list(product: &Product, language: &'static str) -> Result<()> {
    let package = Package::at_hand(product)?;
    let partner = Person::signed_in(product, language, "pa@partner.example").await?;
    imports_and_publishes(&partner, &package).await?;
    begins_a_product(&partner, &package.name).await?;
    // L2: the product says itself what it still needs, and where.
    partner.sees("shelves.preconditions").await?;
    passes_the_self_test(&partner, &package.name).await?;
    opens_the_wizard(&partner, &package.name).await?;
    describes(&partner, product).await?;
    prices(&partner).await?;
    promotes(&partner).await?;
    submits(&partner, &package.name).await?;
    partner.sees("shelves.next_in_review").await?;
    sees_nothing(product, language, &package.name).await?;
    sends_back(product, language, &package.name).await?;
    changes_what_was_noted(&partner, &package.name).await?;
    let operator = approves(product, language, &package.name).await?;
    does_the_tasks(&operator).await?;
    goes_on_the_shelf(&partner, &package.name).await?;

    let customer = Person::signed_in(product, language, "ca@customer.example").await?;
    market::opens(&customer, WORDS, "2", &package.name).await?;
    // (10.1 × 12 − 0.2) × 12.
    let period = partner.words("shelves.period_year");
    buying::orders_for_twelve(&customer, &package.name, &period, "¥1,452.00").await?;
    buying::confirms(&partner, &package.name).await?;
    buying::opens_what_was_bought(&customer, &package.name).await?;
    let record = Record::of(product, &package.name).await?;
    accepts(&customer, &record, &package.name).await?;
    enables(&customer, product, &package.name).await?;
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    employee.browser.click("link", &package.name).await?;
    // L15: one of the twelve.
    employee.press("customer.seat_take").await?;
    employee.is_at(&package.name).await?;
    record.add(&employee, "员工的记录").await?;
    employee.leave().await?;
    customer.leave().await?;
    partner.leave().await
}

/// From the application's page to the wizard.
async fn begins_a_product(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_products").await?;
    partner.press("shelves.new").await?;
    partner.sees("shelves.new_hint").await?;
    partner.browser.click_first("radio", application).await?;
    partner.sees("shelves.self_test_missing").await?;
    partner.press("shelves.new_go").await?;
    partner
        .is_at(&partner.texts.fill("shelves.edit_title", &[("name", application)]))
        .await
}

/// L2: into the test organisation that is there, and every item of the checklist passed.
async fn passes_the_self_test(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_applications").await?;
    partner.browser.click("link", application).await?;
    partner.is_at(application).await?;
    partner
        .browser
        .click_first("link", &partner.words("self_test.title"))
        .await?;
    partner
        .is_at(&partner.texts.fill("self_test.of_application", &[("name", application)]))
        .await?;
    partner.press("self_test.start").await?;
    partner.sees("self_test.testing_title").await?;
    let answer = format!("{}: ", partner.words("self_test.answer"));
    let (passed, save) = (partner.words("self_test.pass"), partner.words("common.save"));
    let asked = partner.browser.all_by_role("button", None).await?;
    let mut questions = Vec::new();
    for button in asked {
        let name = button.attr("aria-label").await?.unwrap_or_default();
        if name.starts_with(&answer) {
            questions.push(name);
        }
    }
    anyhow::ensure!(questions.len() >= 3, "a checklist asks: {questions:?}");
    for question in questions {
        partner.browser.click("button", &question).await?;
        partner.browser.click("radio", &passed).await?;
        partner.browser.click("button", &save).await?;
        partner.browser.wait_until_absent("button", &question).await?;
    }
    partner.sees("self_test.passed_title").await
}

async fn opens_the_wizard(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_products").await?;
    partner.browser.click("link", application).await?;
    partner.is_at(application).await?;
    partner
        .browser
        .click_first("link", &partner.words("shelves.go_on"))
        .await?;
    partner
        .is_at(&partner.texts.fill("shelves.edit_title", &[("name", application)]))
        .await
}

/// A picture as a file of the person's.
pub fn picture(product: &Product, name: &str, width: u32, height: u32) -> Result<PathBuf> {
    let path = product.data().join(name);
    std::fs::write(&path, png(width, height)?)?;
    Ok(path)
}

/// Puts a picture into a field and waits until it stands there.
async fn adds(partner: &Person, field: &str, called: &str, file: &Path) -> Result<()> {
    partner.browser.upload(&partner.words(field), file).await?;
    partner.browser.by_role("image", called).await?;
    Ok(())
}

async fn describes(partner: &Person, product: &Product) -> Result<()> {
    partner.fill("shelves.summary", "项目、任务与工时一处管理").await?;
    let category = match partner.texts.language {
        "en" => "Customer relations",
        _ => "客户管理",
    };
    partner
        .browser
        .choose(&partner.words("shelves.category"), category)
        .await?;
    let icon = picture(product, "icon.png", 256, 256)?;
    adds(partner, "shelves.icon", &partner.words("shelves.icon"), &icon).await?;
    partner
        .browser
        .click_first("radio", &partner.words("shelves.charge_paid"))
        .await?;
    partner.fill("shelves.description", "## 功能\n- 项目\n- 工时").await?;
    let screenshot = picture(product, "screenshot.png", 800, 500)?;
    let first = format!("{} 1", partner.words("shelves.screenshot"));
    adds(partner, "shelves.screenshots", &first, &screenshot).await?;
    partner.browser.click_first("checkbox", "周启航").await?;
    partner
        .fill("shelves.privacy_url", "https://partner.example.com/privacy")
        .await?;
    partner
        .fill("shelves.terms_url", "https://partner.example.com/terms")
        .await?;
    saved(partner).await
}

/// Everything that was typed is on the server.
async fn saved(partner: &Person) -> Result<()> {
    let words = partner.words("shelves.saved_at");
    let beginning = words.split('{').next().unwrap_or_default().trim().to_owned();
    partner.reads(&beginning).await
}

async fn prices(partner: &Person) -> Result<()> {
    partner.follow("shelves.next_step").await?;
    partner.press("shelves.add_plan").await?;
    partner.fill("shelves.plan_name", "20").await?;
    partner.fill("shelves.min_seats", "1").await?;
    partner.fill("shelves.max_seats", "20").await?;
    partner.fill("shelves.unit_price", "10.1").await?;
    partner.fill("shelves.rounding_off", "0.2").await?;
    // 10.1 × 12 − 0.2.
    partner.reads("121.00").await?;
    saved(partner).await
}

async fn promotes(partner: &Person) -> Result<()> {
    partner.follow("shelves.next_step").await?;
    partner
        .browser
        .click_first("radio", &partner.words("shelves.mode_marketplace"))
        .await?;
    saved(partner).await?;
    partner.sees("shelves.report_clean").await
}

async fn submits(partner: &Person, application: &str) -> Result<()> {
    partner.press("shelves.submit").await?;
    partner.sees("shelves.submit_effect").await?;
    partner.press("shelves.submit").await?;
    partner.is_at(application).await
}

/// L6: the operator of another category.
async fn sees_nothing(product: &Product, language: &'static str, name: &str) -> Result<()> {
    let stranger = Person::signed_in(product, language, "co2@platform.example").await?;
    stranger.is_at(&stranger.words("shell.home_title")).await?;
    stranger.go("reviews.nav_products").await?;
    stranger.sees("reviews.queue_empty").await?;
    stranger.sees_no(name).await?;
    stranger.leave().await
}

async fn reviews(product: &Product, language: &'static str, name: &str) -> Result<Person> {
    let operator = Person::signed_in(product, language, "co@platform.example").await?;
    operator.sees("shell.waiting_product_to_review").await?;
    operator.go("reviews.nav_products").await?;
    operator.browser.click_first("link", name).await?;
    operator.is_at(name).await?;
    Ok(operator)
}

async fn sends_back(product: &Product, language: &'static str, name: &str) -> Result<()> {
    let operator = reviews(product, language, name).await?;
    operator.reads("121.00").await?;
    operator
        .browser
        .click_first("radio", &operator.words("reviews.send_back"))
        .await?;
    operator.fill("reviews.reason", REMARK).await?;
    operator.press("reviews.send_back").await?;
    operator.sees("reviews.sent_back").await?;
    operator.leave().await
}

async fn changes_what_was_noted(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_home").await?;
    partner.sees("shell.waiting_product_returned").await?;
    partner.browser.click_first("link", application).await?;
    partner.is_at(application).await?;
    partner.reads(REMARK).await?;
    partner
        .browser
        .click_first("link", &partner.words("shelves.go_on"))
        .await?;
    partner.fill("shelves.summary", SUMMARY).await?;
    saved(partner).await?;
    partner.follow("shelves.next_step").await?;
    partner.follow("shelves.next_step").await?;
    submits(partner, application).await
}

async fn approves(product: &Product, language: &'static str, name: &str) -> Result<Person> {
    let operator = reviews(product, language, name).await?;
    operator.reads(SUMMARY).await?;
    operator
        .browser
        .click_first("radio", &operator.words("reviews.approve"))
        .await?;
    operator.press("reviews.approve").await?;
    operator.sees("reviews.approved").await?;
    Ok(operator)
}

/// L9: each task before the marketplace.
async fn does_the_tasks(operator: &Person) -> Result<()> {
    let tasks = match operator.texts.language {
        "en" => [
            "Security review",
            "Stability check",
            "Forward transaction test",
            "Reverse transaction test",
        ],
        _ => ["安全审查", "稳定性检查", "正向交易测试", "逆向交易测试"],
    };
    let done = operator.words("reviews.task_done");
    operator.browser.to_top().await?;
    for task in tasks {
        let name = format!("{done}: {task}");
        operator.browser.click("button", &name).await?;
        operator.press("reviews.task_done").await?;
        operator.browser.wait_until_absent("button", &name).await?;
    }
    operator.sees("reviews.tasks_done_hint").await
}

async fn goes_on_the_shelf(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_products").await?;
    partner.browser.click_first("link", application).await?;
    partner.is_at(application).await?;
    partner.sees("shelves.next_list").await?;
    partner.press("shelves.put_on_shelf").await?;
    partner.sees("shelves.list_effect").await?;
    partner.press("shelves.put_on_shelf").await?;
    partner.sees("shelves.next_listed").await
}

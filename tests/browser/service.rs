//! A service request (L25) by two people at once: an employee reports a fault with a picture, the partner reads and answers, the answer
//! comes in on the open page, a reply opens the request again, and the partner closes it.

use anyhow::Result;
use appshelf_tests::process::Product;
use appshelf_tests::scene::picture;

use crate::person::Person;

const TITLE: &str = "巡检记录保存后看不到照片";

in_each_language!(l25_a_fault_is_reported_answered_reopened_and_closed, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    reports(&employee, product).await?;
    let partner = Person::signed_in(product, language, "pd@partner.example").await?;
    partner.go("shell.nav_service").await?;
    partner.browser.click("link", TITLE).await?;
    partner.is_at(TITLE).await?;
    partner.reads("照片.png").await?;
    partner.fill("service.answer_label", "已定位，今晚修复。").await?;
    partner.press("service.send_answer").await?;
    partner.sees("service.answered_toast").await?;
    // The page that stands open tells of it by itself, and what was begun there stays.
    employee.reads("已定位，今晚修复。").await?;
    replies(&employee).await?;
    partner.reads("今天又出现了。").await?;
    partner.sees("service.mark_reopened").await?;
    closes(&partner).await?;
    employee.reads("1.0.1 已修复。").await?;
    employee.sees("service.reply_hint_reopens").await?;
    employee.leave().await?;
    partner.leave().await
}

async fn reports(employee: &Person, product: &Product) -> Result<()> {
    let photo = product.data().join("照片.png");
    std::fs::write(&photo, picture())?;
    employee.go("shell.nav_service").await?;
    // The head of the page and the empty list both offer it.
    let new = employee.words("service.new");
    employee.browser.click_first("link", &new).await?;
    // Nothing is filled in: everything is said at once, and what is typed afterwards stays.
    employee.press("service.submit").await?;
    employee.sees("service.title_short").await?;
    let apps = employee.words("service.application");
    employee.browser.choose(&apps, "设备巡检 · 星云软件").await?;
    let fault = employee.words("service.fault");
    employee.browser.click_first("radio", &fault).await?;
    employee.fill("service.title", TITLE).await?;
    employee.fill("service.text", "保存后再打开，照片栏是空的。").await?;
    employee.upload("service.files", &photo).await?;
    employee.reads("照片.png").await?;
    employee.press("service.submit").await?;
    employee.is_at(TITLE).await
}

async fn replies(employee: &Person) -> Result<()> {
    employee.fill("service.reply_label", "今天又出现了。").await?;
    // Leaving with something written asks first.
    employee.go("shell.nav_apps").await?;
    employee.press("shell.leave_stay").await?;
    employee.press("service.send_reply").await?;
    employee.sees("service.replied_toast").await
}

async fn closes(partner: &Person) -> Result<()> {
    partner.press("service.close_partner").await?;
    partner.fill("service.close_note", "1.0.1 已修复。").await?;
    partner.press("service.close_partner").await?;
    partner.sees("service.closed_toast").await
}

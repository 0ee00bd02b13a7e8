//! A cool app from its form to a group (L21–L23): a partner fills the form in, is told what is too long and keeps what was typed, the
//! open-platform operator approves, and an employee finds it on the market, installs it into a group and uninstalls it again.

use std::path::Path;

use anyhow::Result;
use appshelf_tests::process::Product;

use crate::listing::picture;
use crate::market::FOUND;
use crate::person::Person;

/// Six characters as people see them, of twelve code points.
const NAME: &str = "请假👩‍👩‍👧‍👦小窗口";
const ENTRY: &str = "在群里请假";
const ADDRESS: &str = "https://ivy.example.com/leave";
const INVITE: &str = "我们组请假都在群里点一下，一起来吧";
/// An ordinary group of the demo that the employee made.
const GROUP: &str = "设备部点检群";

in_each_language!(l21_a_cool_app_is_applied_for_approved_and_installed, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let partner = Person::signed_in(product, language, "pa@ivy.example").await?;
    begins(&partner).await?;
    says(&partner).await?;
    shows(&partner, product).await?;
    is_told_what_is_too_long(&partner).await?;
    approves(product, language).await?;
    partner.sees("cool_apps.next_approved").await?;
    partner.leave().await?;
    let employee = Person::signed_in(product, language, "ce@customer.example").await?;
    installs(&employee).await?;
    uninstalls(&employee).await?;
    employee.leave().await
}

async fn begins(partner: &Person) -> Result<()> {
    partner.go("shell.nav_cool_apps").await?;
    // Where there is none yet, the empty list offers it as well.
    partner
        .browser
        .click_nth("button", &partner.words("cool_apps.new"), 0)
        .await?;
    partner.browser.click_first("radio", FOUND).await?;
    partner.press("cool_apps.new_go").await?;
    partner.sees("cool_apps.form_hint").await
}

/// The words, with one character too many in the name.
async fn says(partner: &Person) -> Result<()> {
    types(partner, "cool_apps.name", 0, &format!("{NAME}子")).await?;
    partner.reads("7 / 6").await?;
    partner.fill("cool_apps.intro", "在群里请假批假").await?;
    partner
        .fill("cool_apps.function", "在群里填写请假单，审批人当场批准。")
        .await?;
    partner.fill("cool_apps.invite", INVITE).await?;
    types(partner, "cool_apps.name", 1, ENTRY).await?;
    partner.fill("cool_apps.address", ADDRESS).await?;
    partner
        .browser
        .choose(
            &partner.words("cool_apps.open_mode"),
            &partner.words("cool_apps.mode_mobile_half_sheet"),
        )
        .await
}

/// Types into one of several fields of a label, counted from 0.
async fn types(partner: &Person, label: &str, number: usize, text: &str) -> Result<()> {
    let field = partner.browser.nth_by_label(&partner.words(label), number).await?;
    partner.browser.put_into(&field, text).await
}

async fn shows(partner: &Person, product: &Product) -> Result<()> {
    let icon = picture(product, "icon.png", 240, 240)?;
    let small = picture(product, "small.png", 48, 48)?;
    let page = picture(product, "page.png", 320, 200)?;
    adds(partner, "cool_apps.icon", 0, &icon, 1).await?;
    adds(partner, "cool_apps.entry_icon", 0, &small, 1).await?;
    for number in 1..=3 {
        let called = format!("{} {number}", partner.words("cool_apps.thumbnail"));
        uploads(partner, "cool_apps.thumbnails", 0, &page).await?;
        partner.browser.by_role("image", &called).await?;
    }
    uploads(partner, "cool_apps.cases", 0, &page).await?;
    let called = format!("{} 1", partner.words("cool_apps.case"));
    partner.browser.by_role("image", &called).await?;
    adds(partner, "cool_apps.icon", 1, &small, 2).await
}

async fn uploads(partner: &Person, label: &str, number: usize, file: &Path) -> Result<()> {
    let field = partner.browser.nth_by_label(&partner.words(label), number).await?;
    Ok(field.send_keys(file.to_string_lossy()).await?)
}

/// Puts a picture into one of the fields of a label, and waits until so many pictures of that name stand there.
async fn adds(partner: &Person, label: &str, number: usize, file: &Path, count: usize) -> Result<()> {
    uploads(partner, label, number, file).await?;
    partner
        .browser
        .nth("image", &partner.words(label), count - 1)
        .await
        .map(drop)
}

/// L21: what is one over its limit is refused by its name; everything that was typed stays, and is handed in once it fits.
async fn is_told_what_is_too_long(partner: &Person) -> Result<()> {
    partner.press("cool_apps.submit").await?;
    let most = match partner.texts.language {
        "en" => "At most 6 characters",
        _ => "最多 6 个字符",
    };
    partner.reads(most).await?;
    anyhow::ensure!(
        partner.value("cool_apps.invite").await? == INVITE,
        "what was typed stays"
    );
    types(partner, "cool_apps.name", 0, NAME).await?;
    partner.reads("6 / 6").await?;
    partner.press("cool_apps.submit").await?;
    partner.sees("cool_apps.next_submitted").await
}

async fn approves(product: &Product, language: &'static str) -> Result<()> {
    let operator = Person::signed_in(product, language, "oo@platform.example").await?;
    operator.go("shell.nav_review_cool_apps").await?;
    operator.browser.click_first("link", NAME).await?;
    operator.is_at(NAME).await?;
    operator.reads(INVITE).await?;
    operator
        .browser
        .click_first("radio", &operator.words("reviews.approve"))
        .await?;
    operator.press("reviews.approve").await?;
    operator.sees("reviews.approved").await?;
    operator.leave().await
}

/// L23: any member installs into an ordinary group; its entry is there at once.
async fn installs(employee: &Person) -> Result<()> {
    employee.go("shell.nav_cool_app_market").await?;
    employee.browser.click_first("link", NAME).await?;
    employee.sees("cool_apps.comes_with").await?;
    employee.press("cool_apps.install").await?;
    employee.browser.click_first("radio", GROUP).await?;
    employee.press("cool_apps.install").await?;
    employee.is_at(GROUP).await?;
    employee.reads(ENTRY).await
}

async fn uninstalls(employee: &Person) -> Result<()> {
    let name = format!("{}: {NAME}", employee.words("cool_apps.uninstall"));
    employee.browser.click("button", &name).await?;
    employee.sees("cool_apps.uninstall_entries").await?;
    employee.press("cool_apps.uninstall").await?;
    employee.browser.wait_until_gone(ENTRY).await
}

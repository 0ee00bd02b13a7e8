//! An admin and an employee of a customer work with the records of an application, in Chinese: adding with what is refused here
//! and there, drafts that come back, links and files, lists that are narrowed, two who change one record, history, deleting.

use anyhow::{Context, Result, ensure};
use appshelf_tests::client::{Client, text};
use appshelf_tests::files;
use appshelf_tests::process::Product;
use serde_json::{Value, json};

use crate::demo;
use crate::person::Person;

const PUMP: &str = "循环水泵 9 号";
const CODE: &str = "SB-2026-209";
/// The label with its unit.
const PRICE: &str = "购入价格（元）";

#[tokio::test]
async fn an_admin_and_an_employee_work_with_records() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let app = enabled(&product).await?;
    fill_up(&product, &app).await?;
    let employee = Person::signed_in(&product, "zh-CN", "ce@customer.example").await?;
    adds(&employee, &product, &app).await?;
    finds(&employee, &app).await?;
    links(&employee, &app).await?;
    let admin = Person::signed_in(&product, "zh-CN", "ca@customer.example").await?;
    both_change(&employee, &admin, &app).await?;
    own_only(&employee, &app).await?;
    deletes(&admin, &app).await?;
    admin.leave().await?;
    employee.leave().await
}

#[tokio::test]
async fn an_admin_decides_who_reads_what_and_moves_tables_in_and_out() -> Result<()> {
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let app = enabled(&product).await?;
    let admin = Person::signed_in(&product, "zh-CN", "ca@customer.example").await?;
    imports(&admin, &product, &app).await?;
    admin.browser.visit(&format!("{app}/settings?tab=permission")).await?;
    admin.browser.click("button", "设置权限: 设备台账").await?;
    admin
        .browser
        .choose(&admin.words("customer.grant_edit"), &admin.words("customer.reach_none"))
        .await?;
    admin
        .browser
        .choose(
            &admin.words("customer.grant_delete"),
            &admin.words("customer.reach_none"),
        )
        .await?;
    admin
        .browser
        .choose(&admin.words("customer.grant_read"), &admin.words("customer.reach_own"))
        .await?;
    admin.press("common.save").await?;
    admin.sees("common.saved").await?;
    admin.sees("customer.permission_own").await?;
    // What the employee did not add is not theirs to read.
    let employee = Person::signed_in(&product, "zh-CN", "ce@customer.example").await?;
    employee.browser.visit(&format!("{app}/pages/device")).await?;
    employee.sees("customer.no_records").await?;
    employee.leave().await?;
    admin.leave().await
}

/// A table with a bad line is told line by line; without it the others come in.
async fn imports(admin: &Person, product: &Product, app: &str) -> Result<()> {
    let table = product.data().join("设备.csv");
    std::fs::write(
        &table,
        "设备名称,设备编号,设备类型\n备用水泵 1 号,SB-2026-301,泵类\n备用水泵 2 号,301,水泵\n",
    )?;
    admin.browser.visit(&format!("{app}/pages/device/import")).await?;
    admin.upload("customer.import_file", &table).await?;
    admin.reads("有 1 行不能导入").await?;
    admin.browser.wait_for_row(&["设备编号", "3"]).await?;
    admin.browser.click("checkbox", "跳过有问题的行，导入其余 1 条").await?;
    admin.browser.click("button", "导入 1 条记录").await?;
    admin.reads("已导入 1 条记录").await?;
    admin.browser.wait_for_row(&["备用水泵 1 号"]).await
}

/// The address of an application of the demo that employees use.
async fn enabled(product: &Product) -> Result<String> {
    let client = Client::of(product, "ca@customer.example")?;
    let found = client
        .ask(
            "{ appInstances(first: 20, status: ENABLED) { nodes { id pages { key } } } }",
            Value::Null,
        )
        .await?;
    let nodes = found["appInstances"]["nodes"].as_array().into_iter().flatten();
    let has_devices = |app: &&Value| {
        app["pages"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|page| page["key"] == "device")
    };
    let mut fitting = nodes.filter(has_devices);
    Ok(format!(
        "/apps/{}",
        text(&fitting.next().context("an application")?["id"])?
    ))
}

/// Records enough for more than a page of them.
async fn fill_up(product: &Product, app: &str) -> Result<()> {
    let client = Client::of(product, "ca@customer.example")?;
    for number in 0..8 {
        let device = json!({
            "name": format!("备用电机 {number} 号"), "code": format!("SB-2026-30{number}"), "type": "动力设备"
        });
        let input = json!({ "instanceId": app.trim_start_matches("/apps/"), "pageKey": "device", "data": device });
        client
            .act("submitRecord", "SubmitRecordInput", input, "... on AppRecord { id }")
            .await?;
    }
    Ok(())
}

async fn adds(employee: &Person, product: &Product, app: &str) -> Result<()> {
    let browser = &employee.browser;
    browser.visit(&format!("{app}/pages/device")).await?;
    employee.follow("customer.new_record").await?;
    // What is missing is told here, without the server.
    employee.press("customer.submit_record").await?;
    employee.sees("common.form_kept").await?;
    browser.fill("设备名称", PUMP).await?;
    browser.fill("设备编号", "水泵九号").await?;
    browser.choose("设备类型", "泵类").await?;
    browser.fill(PRICE, "一万八").await?;
    employee.press("customer.submit_record").await?;
    employee.sees("customer.number_form").await?;
    browser.fill(PRICE, "18,600").await?;
    browser.pick_day("购入日期", "2026-03-12").await?;
    // What is typed survives a browser that goes away.
    employee.reads("草稿已于").await?;
    browser.visit(app).await?;
    browser.visit(&format!("{app}/pages/device/new")).await?;
    employee.reads("已恢复您于").await?;
    ensure!(value(employee, "设备名称").await? == PUMP);
    ensure!(value(employee, PRICE).await? == "18600");
    // Only the server knows the pattern of the number; it says so at the field, and nothing is lost.
    employee.press("customer.submit_record").await?;
    employee.sees("common.form_kept").await?;
    ensure!(value(employee, "设备编号").await? == "水泵九号");
    browser.fill("设备编号", CODE).await?;
    let photo = product.data().join("铭牌.pdf");
    std::fs::write(&photo, files::pdf(&["Name plate"]))?;
    browser.upload("铭牌照片", &photo).await?;
    browser.by_role("button", "铭牌.pdf").await?;
    employee.press("customer.submit_record").await?;
    employee.sees("customer.record_added").await?;
    browser.wait_for_row(&[PUMP, "泵类"]).await?;
    // The draft went with it.
    employee.follow("customer.new_record").await?;
    browser.by_label("设备名称").await?;
    employee.sees_no("已恢复您于").await
}

async fn finds(employee: &Person, app: &str) -> Result<()> {
    let browser = &employee.browser;
    browser.visit(&format!("{app}/pages/device")).await?;
    employee.fill("customer.search_records", "不存在的设备").await?;
    employee.sees("customer.no_record_matches").await?;
    employee.fill("customer.search_records", "循环水泵").await?;
    browser.wait_for_row(&[PUMP]).await?;
    browser.visit(&format!("{app}/pages/device")).await?;
    employee.press("customer.add_filter").await?;
    browser
        .choose(&employee.words("customer.filter_field"), "购入价格")
        .await?;
    browser
        .choose(
            &employee.words("customer.filter_test"),
            &employee.words("customer.test_equals"),
        )
        .await?;
    employee.fill("customer.filter_value", "18,600").await?;
    employee.press("customer.apply_filter").await?;
    browser.wait_for_row(&[PUMP]).await?;
    employee.reads("购入价格 等于 18600").await?;
    // A narrowed list has an address of its own, and the way out of it.
    browser.session().refresh().await?;
    employee.reads("购入价格 等于 18600").await?;
    browser.click("link", "移除: 购入价格 等于 18600").await?;
    browser.wait_until_gone("购入价格 等于 18600").await?;
    // More than a page of them: forwards and back.
    employee.follow("common.next").await?;
    browser.wait_for_row(&["离心水泵1号"]).await?;
    employee.follow("common.previous").await?;
    browser.wait_for_row(&[PUMP]).await
}

async fn links(employee: &Person, app: &str) -> Result<()> {
    let browser = &employee.browser;
    browser.visit(&format!("{app}/pages/record/new")).await?;
    browser.click("button", "从“设备台账”选择").await?;
    browser.fill("在“设备台账”中搜索", "循环水泵").await?;
    browser.click("checkbox", PUMP).await?;
    employee.press("common.done").await?;
    browser.choose("结果", "正常").await?;
    browser.fill("表面温度（℃）", "400").await?;
    browser
        .session()
        .execute(
            "const at = document.getElementById('field-checkedAt'); at.value = '2026-11-02T08:30'; \
             at.dispatchEvent(new Event('input', { bubbles: true }))",
            Vec::new(),
        )
        .await?;
    employee.press("customer.submit_record").await?;
    employee.reads("不能大于 300").await?;
    browser.fill("表面温度（℃）", "41.5").await?;
    employee.press("customer.submit_record").await?;
    employee.sees("customer.record_added").await?;
    browser.wait_for_row(&[PUMP, "正常"]).await?;
    // The link leads to the record that it names.
    browser.click("link", PUMP).await?;
    browser.by_role("heading", PUMP).await?;
    employee.sees("customer.history_added").await
}

/// Both have the record open; the employee saves last and loses nothing.
async fn both_change(employee: &Person, admin: &Person, app: &str) -> Result<()> {
    for person in [employee, admin] {
        person
            .browser
            .visit(&format!("{app}/pages/device?q=%E5%BE%AA%E7%8E%AF%E6%B0%B4%E6%B3%B5"))
            .await?;
        person.browser.click("link", PUMP).await?;
        person.follow("customer.edit").await?;
        person.browser.by_label("设备名称").await?;
    }
    admin.browser.fill(PRICE, "17,900").await?;
    admin.browser.fill("生产厂家", "沈阳水泵厂").await?;
    admin.press("common.save").await?;
    admin.sees("customer.record_saved").await?;
    employee.browser.fill(PRICE, "19,000").await?;
    employee.browser.choose("运行状态", "维修中").await?;
    employee.press("common.save").await?;
    employee.sees("customer.conflict_both").await?;
    ensure!(value(employee, PRICE).await? == "19,000", "what was typed stays");
    ensure!(
        value(employee, "生产厂家").await? == "沈阳水泵厂",
        "what only they changed is taken over"
    );
    employee
        .browser
        .click_first("button", &employee.words("customer.take_theirs"))
        .await?;
    ensure!(value(employee, PRICE).await? == "17900");
    employee.press("common.save").await?;
    employee.sees("customer.record_saved").await?;
    employee.reads("维修中").await?;
    employee.reads("沈阳水泵厂").await?;
    // Who changed what, from what to what.
    employee.sees("customer.history").await?;
    employee.reads("18600").await?;
    employee.reads("17900").await
}

/// D30: an employee changes what is theirs and reads the rest.
async fn own_only(employee: &Person, app: &str) -> Result<()> {
    employee
        .browser
        .visit(&format!("{app}/pages/device?q=%E7%A6%BB%E5%BF%83%E6%B0%B4%E6%B3%B51"))
        .await?;
    employee.browser.click("link", "离心水泵1号").await?;
    employee.browser.by_role("heading", "离心水泵1号").await?;
    ensure!(!employee.browser.shows("link", &employee.words("customer.edit")).await?);
    ensure!(
        !employee
            .browser
            .shows("button", &employee.words("customer.delete"))
            .await?
    );
    Ok(())
}

async fn deletes(admin: &Person, app: &str) -> Result<()> {
    admin.press("customer.delete").await?;
    admin.sees("customer.delete_forever").await?;
    admin.press("customer.delete").await?;
    admin.sees("customer.record_deleted").await?;
    admin
        .browser
        .visit(&format!("{app}/pages/device?q=%E5%BE%AA%E7%8E%AF%E6%B0%B4%E6%B3%B5"))
        .await?;
    admin.sees("customer.no_record_matches").await?;
    // The link keeps its name and leads nowhere.
    admin.browser.visit(&format!("{app}/pages/record")).await?;
    admin.browser.wait_for_row(&[PUMP]).await?;
    ensure!(!admin.browser.shows("link", PUMP).await?);
    Ok(())
}

async fn value(person: &Person, label: &str) -> Result<String> {
    let field = person.browser.by_label(label).await?;
    Ok(field.value().await?.unwrap_or_default())
}

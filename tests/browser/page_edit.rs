//! An admin looks after the pages of an application: names, order and folders, a form while somebody else edits it too, a process
//! design; and sees it where records are filled in.

use anyhow::{Context, Result, ensure};
use appshelf_tests::client::{Client, text};
use appshelf_tests::process::Product;
use serde_json::{Value, json};

use crate::person::Person;

const ENTER: &str = "\u{e007}";
const FOLDER: &str = "设备与计划";
const WORK: &str = "巡检与维修";
const RENAMED: &str = "设备档案";
const FIELD: &str = "资产名称";
const ADDED: &str = "启用日期";
const OPTION: &str = "环保设备";
/// What somebody else calls a field meanwhile.
const THEIRS: &str = "制造商";

in_each_language!(d19_an_admin_edits_pages_and_sees_them_in_use, walk);

async fn walk(product: &Product, language: &'static str) -> Result<()> {
    let customer = Client::of(product, "ca@customer.example")?;
    let (id, order) = application(&customer).await?;
    let app = format!("/apps/{id}");
    let admin = Person::signed_in(product, language, "ca@customer.example").await?;
    // What the partner has not opened is said, with the way to it.
    admin.browser.visit(&format!("{app}/settings?tab=pages")).await?;
    admin.sees("pages.closed_by_partner").await?;
    open_edit_permission(product, &order).await?;
    admin.browser.session().refresh().await?;
    renames(&admin).await?;
    moves(&admin).await?;
    renames_a_folder(&admin).await?;
    edits_a_form(&admin, &customer, &id).await?;
    fills_it_in(&admin, &app).await?;
    designs(&admin, &app).await?;
    admin.leave().await
}

/// An application of the demo that has devices, and its order.
async fn application(customer: &Client) -> Result<(String, String)> {
    let document = "{ appInstances(first: 20, status: ENABLED) { nodes { id order { id } pages { key } } } }";
    let found = customer.ask(document, Value::Null).await?;
    let mut nodes = found["appInstances"]["nodes"].as_array().into_iter().flatten();
    let has_devices = |app: &&Value| app["pages"].to_string().contains("\"device\"");
    let app = nodes.find(has_devices).context("an application")?;
    Ok((text(&app["id"])?, text(&app["order"]["id"])?))
}

async fn open_edit_permission(product: &Product, order: &str) -> Result<()> {
    let partner = Client::of(product, "pa@partner.example")?;
    let input = json!({ "orderId": order, "fullEditPermission": true });
    let on = "... on Order { fullEditPermission }";
    let set = partner
        .act("setEditPermission", "SetEditPermissionInput", input, on)
        .await?;
    ensure!(set["fullEditPermission"] == true, "{set}");
    Ok(())
}

/// The button `words: name` of a list.
async fn press(admin: &Person, words: &str, name: &str) -> Result<()> {
    let label = format!("{}: {name}", admin.words(words));
    admin.browser.click("button", &label).await
}

/// Opens the menu of a page and chooses from it.
async fn choose(admin: &Person, page: &str, role: &str, words: &str) -> Result<()> {
    let menu = admin.texts.fill("pages.more_for", &[("name", page)]);
    admin.browser.click("button", &menu).await?;
    admin.browser.click(role, &admin.words(words)).await
}

async fn renames(admin: &Person) -> Result<()> {
    choose(admin, "设备台账", "button", "pages.rename").await?;
    admin.fill("pages.page_name", " ").await?;
    admin.press("common.save").await?;
    admin.sees("common.required").await?;
    admin.fill("pages.page_name", RENAMED).await?;
    admin.press("common.save").await?;
    admin.sees("pages.renamed").await?;
    admin.browser.by_role("link", RENAMED).await.map(drop)
}

/// By keyboard alone: the focus stays on the button, whatever becomes of the list.
async fn moves(admin: &Person) -> Result<()> {
    let up = format!("{}: 巡检计划", admin.words("common.move_up"));
    let button = admin.browser.by_role("button", &up).await?;
    button.focus().await?;
    admin.browser.press(ENTER).await?;
    let said = [("name", "巡检计划"), ("place", "1"), ("all", "2")];
    admin.reads(&admin.texts.fill("pages.moved_to", &said)).await?;
    let script = "return document.activeElement.id === 'up-plan' && document.activeElement.ariaDisabled === 'true'";
    admin
        .browser
        .wait_for_script("the focus to stay on the button", script)
        .await?;
    choose(admin, RENAMED, "button", "pages.move").await?;
    let (folder, new) = (admin.words("pages.folder"), admin.words("pages.new_folder"));
    admin.browser.choose(&folder, &new).await?;
    admin.fill("pages.folder_name", FOLDER).await?;
    admin.press("pages.move").await?;
    admin.sees("pages.moved").await?;
    admin.browser.by_role("heading", FOLDER).await.map(drop)
}

/// To a name that another folder has it does not come; to a new one with all its pages.
async fn renames_a_folder(admin: &Person) -> Result<()> {
    let button = admin.texts.fill("pages.rename_folder_title", &[("name", "日常工作")]);
    admin.browser.click("button", &button).await?;
    admin.fill("pages.folder_called", FOLDER).await?;
    admin.press("common.save").await?;
    admin.browser.wait_for_role("alert").await?;
    admin.fill("pages.folder_called", WORK).await?;
    admin.press("common.save").await?;
    admin.sees("pages.renamed_folder").await?;
    admin.browser.by_role("heading", WORK).await.map(drop)
}

async fn edits_a_form(admin: &Person, customer: &Client, id: &str) -> Result<()> {
    choose(admin, RENAMED, "link", "pages.edit_form").await?;
    press(admin, "pages.edit_field", "设备名称").await?;
    admin.fill("pages.field_name", FIELD).await?;
    admin.press("common.done").await?;
    press(admin, "pages.edit_field", "设备类型").await?;
    admin.press("pages.add_option").await?;
    let eighth = admin.texts.fill("pages.option", &[("number", "8")]);
    admin.browser.fill(&eighth, OPTION).await?;
    admin.press("common.done").await?;
    // A field without a name is told, and nothing else is lost.
    admin.press("pages.add_field").await?;
    let (kind, day) = (admin.words("pages.field_type"), admin.words("pages.type_date"));
    admin.browser.choose(&kind, &day).await?;
    admin.press("common.done").await?;
    admin.press("pages.save_form").await?;
    admin.sees("pages.field_nameless").await?;
    press(admin, "pages.edit_field", &admin.words("pages.untitled_field")).await?;
    admin.fill("pages.field_name", ADDED).await?;
    admin.press("common.done").await?;
    press(admin, "common.move_up", ADDED).await?;
    press(admin, "pages.remove_field", "使用手册").await?;
    admin.sees("pages.remove_field_save").await?;
    admin.press("pages.remove_field").await?;
    admin.sees("pages.removed_fields").await?;
    // A tab that is closed loses nothing: the edit is there again.
    admin.browser.session().refresh().await?;
    admin.sees("pages.form_draft_restored_hint").await?;
    admin.sees("pages.removed_fields").await?;
    // Somebody else is quicker: both edits are in the form that is saved.
    somebody_else_edits(customer, id).await?;
    admin.press("pages.save_form").await?;
    admin.sees("pages.conflict_hint").await?;
    admin
        .browser
        .by_role("button", &format!("{}: {THEIRS}", admin.words("pages.edit_field")))
        .await?;
    admin.press("pages.save_form").await?;
    admin.sees("pages.form_saved").await
}

async fn somebody_else_edits(customer: &Client, id: &str) -> Result<()> {
    let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"device\") { revision definition } } }";
    let found = customer.ask(document, json!({ "id": id })).await?;
    let page = &found["appInstance"]["page"];
    let mut definition = page["definition"].clone();
    definition["ui"]["fields"]["vendor"]["label"] = json!(THEIRS);
    let input =
        json!({ "instanceId": id, "pageKey": "device", "revision": page["revision"], "definition": definition });
    let on = "... on InstancePage { key }";
    let saved = customer
        .act("updatePageDefinition", "UpdatePageDefinitionInput", input, on)
        .await?;
    ensure!(saved["key"] == "device", "{saved}");
    Ok(())
}

async fn fills_it_in(admin: &Person, app: &str) -> Result<()> {
    let browser = &admin.browser;
    browser.visit(&format!("{app}/pages/device/new")).await?;
    browser.fill(FIELD, "循环水泵 12 号").await?;
    browser.fill("设备编号", "SB-2026-812").await?;
    browser.choose("设备类型", OPTION).await?;
    browser.pick_day(ADDED, "2026-03-12").await?;
    browser.fill(THEIRS, "北方泵业").await?;
    admin.sees_no("使用手册").await?;
    admin.press("customer.submit_record").await?;
    admin.sees("customer.record_added").await?;
    browser.wait_for_row(&["循环水泵 12 号", OPTION]).await
}

async fn designs(admin: &Person, app: &str) -> Result<()> {
    admin.browser.visit(&format!("{app}/settings?tab=pages")).await?;
    choose(admin, RENAMED, "link", "pages.process").await?;
    admin.sees("pages.process_none").await?;
    admin.press("pages.add_step").await?;
    admin.press("common.save").await?;
    admin.sees("common.form_kept").await?;
    admin.fill("pages.step_name", "设备主管审批").await?;
    admin.fill("pages.step_whom", "设备主管").await?;
    admin.press("common.save").await?;
    admin.sees("pages.process_saved").await?;
    choose(admin, RENAMED, "link", "pages.process").await?;
    ensure!(admin.value("pages.step_whom").await? == "设备主管");
    Ok(())
}

//! Two employees with different permissions work with the records of a real export, an asset manager (D30): one may only add, the
//! other changes everybody's and adds none. In Chinese.

use anyhow::{Context, Result, ensure};
use appshelf_tests::client::{Client, text};
use appshelf_tests::files;
use appshelf_tests::next_version;
use appshelf_tests::process::Product;
use serde_json::{Value, json};

use crate::demo;
use crate::person::{BLUE, Person};

const LAPTOP: &str = "ThinkPad X1 九号";

#[tokio::test]
async fn d30_one_employee_only_adds_and_another_changes_everything() -> Result<()> {
    let Some(export) = files::export("asset-management") else {
        eprintln!("skipped: there is no export beside the repository");
        return Ok(());
    };
    let Some(product) = demo().await? else {
        return Ok(());
    };
    let app = InUse::of(&product, export.to_str().context("a path")?).await?;
    let clerk = Person::signed_in(&product, "zh-CN", "ce@customer.example").await?;
    adds(&clerk, &app).await?;
    let keeper = Person::signed_in(&product, "zh-CN", "ce2@customer.example").await?;
    changes(&keeper, &app).await?;
    reads_what_became_of_it(&clerk, &app).await?;
    keeper.leave().await?;
    clerk.leave().await
}

/// The application in use at its customer.
struct InUse {
    address: String,
    /// Key of the page of assets.
    page: String,
}

impl InUse {
    /// Imported, bought, sent, accepted and enabled, with the permissions of the page decided.
    async fn of(product: &Product, export: &str) -> Result<Self> {
        let partner = Client::of(product, "pa@partner.example")?;
        let customer = Client::of(product, "ca@customer.example")?;
        let imported = next_version::import(product, &partner, export).await?;
        let data = partner
            .ask(
                "{ projects(first: 50) { nodes { id status customerCorpId } } }",
                Value::Null,
            )
            .await?;
        let mut projects = data["projects"]["nodes"].as_array().into_iter().flatten();
        let project = projects
            .find(|it| it["status"] == "ACTIVE" && it["customerCorpId"] == BLUE)
            .context("an active project")?;
        let input = json!({ "projectId": project["id"], "applicationId": imported });
        let on = "... on DistributionLink { url }";
        let link = partner
            .act("createDistributionLink", "CreateDistributionLinkInput", input, on)
            .await?;
        let url = text(&link["url"])?;
        let path = url.split('?').next().unwrap_or(&url);
        let input = json!({ "token": path.rsplit('/').next() });
        let order = customer
            .act(
                "purchaseApplication",
                "PurchaseApplicationInput",
                input,
                "... on Order { id }",
            )
            .await?;
        let input = json!({
            "orderId": order["id"], "options": { "includeSampleData": true },
            "agreementVersion": appshelf_tests::scene::agreement(),
        });
        partner
            .act(
                "sendApplication",
                "SendApplicationInput",
                input,
                "... on Delivery { id }",
            )
            .await?;
        let instance = next_version::arrived(&customer, &order["id"]).await?;
        let on = "... on AppInstance { id bindings { key } pages { key name } }";
        let input = json!({ "id": instance });
        let closed = customer
            .act("closeMaintenance", "CloseMaintenanceInput", input, on)
            .await?;
        let mut pages = closed["pages"].as_array().into_iter().flatten();
        let page = text(&pages.find(|page| page["name"] == "Assets").context("the page")?["key"])?;
        let waived: Vec<&Value> = closed["bindings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| &it["key"])
            .collect();
        let input = json!({ "id": instance, "visibleRange": { "wholeOrganization": true }, "waivedItems": waived });
        customer.act("enableInstance", "EnableInstanceInput", input, on).await?;
        permit(product, &customer, &instance, &page).await?;
        Ok(Self {
            address: format!("/apps/{instance}"),
            page,
        })
    }

    fn page(&self) -> String {
        format!("{}/pages/{}", self.address, self.page)
    }
}

async fn permit(product: &Product, customer: &Client, instance: &str, page: &str) -> Result<()> {
    let mut members = Vec::new();
    for email in ["ce@customer.example", "ce2@customer.example"] {
        let data = Client::of(product, email)?
            .ask("{ viewer { user { id } } }", Value::Null)
            .await?;
        members.push(text(&data["viewer"]["user"]["id"])?);
    }
    let grant = |member: &str, add: bool, edit: &str| json!({ "everyone": false, "memberIds": [member], "add": add, "read": "ALL", "edit": edit, "delete": "NONE" });
    let grants = json!([grant(&members[0], true, "NONE"), grant(&members[1], false, "ALL")]);
    let input = json!({ "instanceId": instance, "pageKey": page, "version": 0, "grants": grants });
    customer
        .act(
            "setPagePermission",
            "SetPagePermissionInput",
            input,
            "... on PageSettings { version }",
        )
        .await?;
    Ok(())
}

/// The one who may only add: a form of every kind of field, and no way to change what was added.
async fn adds(clerk: &Person, app: &InUse) -> Result<()> {
    let browser = &clerk.browser;
    browser.visit(&app.page()).await?;
    clerk.follow("customer.new_record").await?;
    browser.fill("Name", LAPTOP).await?;
    browser.fill("Serial number", "PF-2026-9").await?;
    browser.choose("Category", "Laptop").await?;
    browser.pick_day("Purchase date", "2026-03-12").await?;
    clerk.press("customer.submit_record").await?;
    clerk.sees("customer.record_added").await?;
    browser.wait_for_row(&[LAPTOP, "Laptop"]).await?;
    browser.click("link", LAPTOP).await?;
    browser.by_role("heading", LAPTOP).await?;
    for (role, key) in [("link", "customer.edit"), ("button", "customer.delete")] {
        ensure!(!browser.shows(role, &clerk.words(key)).await?, "{key}");
    }
    Ok(())
}

/// The one who changes everybody's records and adds none.
async fn changes(keeper: &Person, app: &InUse) -> Result<()> {
    let browser = &keeper.browser;
    browser.visit(&app.page()).await?;
    browser.wait_for_row(&[LAPTOP]).await?;
    ensure!(!browser.shows("link", &keeper.words("customer.new_record")).await?);
    browser.click("link", LAPTOP).await?;
    keeper.follow("customer.edit").await?;
    browser.fill("Serial number", "PF-2026-10").await?;
    browser.choose("Status", "Active").await?;
    keeper.press("common.save").await?;
    keeper.sees("customer.record_saved").await?;
    keeper.reads("PF-2026-10").await?;
    ensure!(!browser.shows("button", &keeper.words("customer.delete")).await?);
    // The address of the form leads nowhere for who adds nothing.
    browser.visit(&format!("{}/new", app.page())).await?;
    browser.wait_until_calm().await?;
    ensure!(!browser.shows("button", &keeper.words("customer.submit_record")).await?);
    Ok(())
}

async fn reads_what_became_of_it(clerk: &Person, app: &InUse) -> Result<()> {
    clerk.browser.visit(&app.page()).await?;
    clerk.browser.click("link", LAPTOP).await?;
    clerk.reads("PF-2026-10").await?;
    clerk.sees("customer.history").await?;
    clerk.reads("张敏").await
}

//! Three real exports, a CRM, an asset manager and a purchase-order system, through their whole life, everybody in a browser of
//! their own: distributed, accepted, used by employees with different permissions, overwritten with the version that its developer
//! exports next, taken back by the customer and by the partner, maintained remotely, and settled.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use appshelf_tests::chromium;
use appshelf_tests::client::{Client, text};
use appshelf_tests::export::{ADDED, ASSETS, CRM, PURCHASES, RealExport, SITES};
use appshelf_tests::files;
use appshelf_tests::process::Product;
use serde_json::json;

use crate::maintenance::{enters, revokes};
use crate::page_delivery::{overwrites, rolls_back, sends_new_pages};
use crate::person::Person;
use crate::trade::{
    Package, Record, TRIAL, accepts, enables, imports_the_next_version, reads_the_sign_off, sells, sends, settles,
};

/// What the clerk adds, before anything is overwritten and in the new form.
const OF_THE_CLERK: &str = "文员登记 001";
const IN_THE_NEW_FORM: &str = "新版登记 002";
/// What it says in the field that the new form has.
const REMARK: &str = "新字段里的备注";
/// What the developer changes it to from inside.
const OF_THE_DEVELOPER: &str = "维护登记 003";
const SYNC: &str = "修复每日同步";

#[tokio::test]
async fn a_crm_lives_its_whole_life_in_english() -> Result<()> {
    live(CRM, "en").await
}

#[tokio::test]
async fn an_asset_manager_lives_its_whole_life_in_chinese() -> Result<()> {
    live(ASSETS, "zh-CN").await
}

#[tokio::test]
async fn a_purchase_order_system_lives_its_whole_life_in_chinese() -> Result<()> {
    live(PURCHASES, "zh-CN").await
}

async fn live(export: RealExport, language: &'static str) -> Result<()> {
    let (Some(first), true) = (export.read()?, chromium::is_present()) else {
        return Ok(());
    };
    let product = Product::with_demo_data().await?;
    let file = files::export(export.file).context("the export")?;
    let package = Package::of(&product, file)?;
    let (partner, customer, _) = sells(&product, language, &package).await?;
    sends(&partner, &package.name).await?;
    let record = Record {
        page: export.table.to_owned(),
        label: export.renames.0.to_owned(),
    };
    accepts(&customer, &record, &package.name).await?;
    reads_the_sign_off(&partner).await?;
    enables(&customer, &product, &package.name).await?;
    let life = Life::of(&product, export, language, package.name).await?;
    life.is_used_by_two_with_different_permissions(&customer).await?;
    life.becomes_the_customers_own(&partner, &customer).await?;
    let next = product.data().join("next.json");
    std::fs::write(&next, life.export.next(&first)?.to_string())?;
    imports_the_next_version(&partner, &life.name, &next).await?;
    life.is_overwritten(&partner).await?;
    life.is_used_in_the_new_form().await?;
    life.is_taken_back_by_the_customer(&customer).await?;
    life.is_overwritten(&partner).await?;
    life.is_taken_back_by_the_developer(&customer).await?;
    partner.browser.visit(&life.sent()).await?;
    sends_new_pages(&partner, SITES).await?;
    life.has_the_new_page(&customer).await?;
    life.is_maintained(&customer).await?;
    settles(&partner).await?;
    life.goes_on_after_the_settlement(&partner).await?;
    customer.leave().await?;
    partner.leave().await
}

/// An export in use at its customer.
struct Life<'a> {
    product: &'a Product,
    export: RealExport,
    language: &'static str,
    /// What the application is called.
    name: String,
    instance: String,
    order: String,
}

impl<'a> Life<'a> {
    async fn of(product: &'a Product, export: RealExport, language: &'static str, name: String) -> Result<Self> {
        let customer = Client::of(product, "ca@customer.example")?;
        let document = "query($q: String!) { appInstances(search: $q) { nodes { id order { id } } } }";
        let data = customer.ask(document, json!({ "q": name })).await?;
        let app = &data["appInstances"]["nodes"][0];
        Ok(Self {
            product,
            export,
            language,
            name,
            instance: text(&app["id"])?,
            order: text(&app["order"]["id"])?,
        })
    }

    async fn somebody(&self, email: &str) -> Result<Person> {
        Person::signed_in(self.product, self.language, email).await
    }

    async fn clerk(&self) -> Result<Person> {
        self.somebody("ce@customer.example").await
    }

    async fn keeper(&self) -> Result<Person> {
        self.somebody("ce2@customer.example").await
    }

    /// The order's address for the partner.
    fn sent(&self) -> String {
        format!("/portal/orders/{}", self.order)
    }

    fn settings(&self, tab: &str) -> String {
        format!("/apps/{}/settings?tab={tab}", self.instance)
    }

    /// The page that people work with, found as people find it.
    async fn opens_the_table(&self, person: &Person) -> Result<()> {
        person.browser.visit(&format!("/apps/{}", self.instance)).await?;
        person.browser.wait_until_calm().await?;
        person.browser.click_first("link", self.export.table).await?;
        person.is_at(self.export.table).await
    }

    /// Opens the one record that holds these words.
    async fn opens_the_record(&self, person: &Person, words: &str) -> Result<()> {
        self.opens_the_table(person).await?;
        person.fill("customer.search_records", words).await?;
        person.browser.follow_in_row(words).await
    }

    /// D30: the clerk adds and sees their own, the keeper changes everybody's and adds none.
    async fn is_used_by_two_with_different_permissions(&self, customer: &Person) -> Result<()> {
        self.permits(customer).await?;
        let (label, samples) = (self.export.renames.0, TRIAL);
        let clerk = self.clerk().await?;
        self.opens_the_table(&clerk).await?;
        clerk.browser.wait_until_calm().await?;
        // What others added, and the rows that came along, are not theirs to see.
        clerk.sees_no(samples).await?;
        let record = Record {
            page: self.export.table.to_owned(),
            label: label.to_owned(),
        };
        record.add(&clerk, OF_THE_CLERK).await?;
        let keeper = self.keeper().await?;
        self.opens_the_table(&keeper).await?;
        keeper.browser.wait_until_calm().await?;
        ensure!(
            !keeper
                .browser
                .shows("link", &keeper.words("customer.new_record"))
                .await?
        );
        record.is_there(&keeper, samples).await?;
        self.opens_the_record(&keeper, OF_THE_CLERK).await?;
        keeper.follow("customer.edit").await?;
        keeper.browser.fill(self.export.loses, "只在第一版里").await?;
        keeper.press("common.save").await?;
        keeper.sees("customer.record_saved").await?;
        self.opens_the_record(&clerk, OF_THE_CLERK).await?;
        clerk.reads("只在第一版里").await?;
        ensure!(!clerk.browser.shows("button", &clerk.words("customer.delete")).await?);
        keeper.leave().await?;
        clerk.leave().await
    }

    /// Two grants of the page, decided in its dialog.
    async fn permits(&self, customer: &Person) -> Result<()> {
        let browser = &customer.browser;
        browser.visit(&self.settings("permission")).await?;
        let set = format!("{}: {}", customer.words("customer.permission_set"), self.export.table);
        // A custom page of the same name may stand below.
        browser.click_nth("button", &set, 0).await?;
        // Whatever holds for the whole application is where the dialog begins.
        let first = customer.texts.fill("customer.grant_number", &[("number", "1")]);
        let remove = format!("{}: {first}", customer.words("common.remove"));
        while browser.shows("button", &remove).await? {
            browser.click("button", &remove).await?;
        }
        for (number, member, may_add, edit) in [
            (0, "李工", true, "customer.reach_own"),
            (1, "张敏", false, "customer.reach_all"),
        ] {
            customer.press("customer.grant_add").await?;
            let some = customer.words("customer.range_some");
            browser.click_nth("radio", &some, number).await?;
            browser.click_nth("checkbox", member, number).await?;
            let add = customer.words("customer.grant_may_add");
            // A new grant lets people add.
            if !may_add {
                browser.click_nth("checkbox", &add, number).await?;
            }
            let rights = [
                ("customer.grant_read", edit),
                ("customer.grant_edit", edit),
                ("customer.grant_delete", "customer.reach_none"),
            ];
            for (right, extent) in rights {
                let select = browser.nth("combobox", &customer.words(right), number).await?;
                browser.choose_in(&select, &customer.words(extent)).await?;
            }
        }
        customer.press("common.save").await?;
        customer.sees("common.saved").await?;
        browser.wait_for_row(&[self.export.table, "李工", "张敏"]).await
    }

    /// D19: the partner opens editing, and the customer does without a page.
    async fn becomes_the_customers_own(&self, partner: &Person, customer: &Person) -> Result<()> {
        partner.browser.visit(&self.sent()).await?;
        partner.press("portal.open_edit_permission").await?;
        partner.sees("portal.open_edit_effect").await?;
        partner.press("portal.open_edit_permission").await?;
        partner.sees("portal.edit_permission_switched").await?;
        customer.browser.visit(&self.settings("pages")).await?;
        let more = customer.texts.fill("pages.more_for", &[("name", self.export.unwanted)]);
        customer.browser.click("button", &more).await?;
        customer.press("customer.remove_page").await?;
        customer.sees("customer.remove_page_effect").await?;
        customer.press("customer.remove_page").await?;
        customer.sees("customer.page_removed").await
    }

    /// D16: every change is read before it is sent; the page that the customer does without stays away.
    async fn is_overwritten(&self, partner: &Person) -> Result<()> {
        partner.browser.visit(&self.sent()).await?;
        let [added, removed, changed] =
            ["added", "removed", "changed"].map(|it| partner.words(&format!("portal.field_{it}")));
        let (was, is) = self.export.renames;
        overwrites(
            partner,
            &[&[ADDED, &added], &[self.export.loses, &removed], &[is, &changed, was]],
        )
        .await
    }

    /// Who might do what still may; what the old form alone showed is kept.
    async fn is_used_in_the_new_form(&self) -> Result<()> {
        let clerk = self.clerk().await?;
        self.opens_the_table(&clerk).await?;
        clerk.follow("customer.new_record").await?;
        clerk.browser.fill(self.export.renames.1, IN_THE_NEW_FORM).await?;
        clerk.browser.fill(ADDED, REMARK).await?;
        clerk.sees_no(self.export.loses).await?;
        clerk.press("customer.submit_record").await?;
        clerk.sees("customer.record_added").await?;
        let keeper = self.keeper().await?;
        self.opens_the_record(&keeper, OF_THE_CLERK).await?;
        keeper.follow("customer.edit").await?;
        keeper.browser.fill(ADDED, REMARK).await?;
        keeper.press("common.save").await?;
        keeper.sees("customer.record_saved").await?;
        keeper.leave().await?;
        clerk.leave().await
    }

    /// The report names what came in since; then everything is as it was, and nobody's record is gone.
    async fn is_taken_back_by_the_customer(&self, customer: &Person) -> Result<()> {
        customer.browser.visit(&format!("/orders/{}", self.order)).await?;
        rolls_back(customer).await?;
        self.has_its_first_form(customer).await
    }

    /// Waits until nothing is under way to the application: an earlier rollback stands on the page as the later one will.
    async fn comes_to_rest(&self) -> Result<()> {
        let partner = Client::of(self.product, "pa@partner.example")?;
        let document = "query($id: ID!) { order(id: $id) { deliveries { status } } }";
        for _ in 0..150 {
            let data = partner.ask(document, json!({ "id": self.order })).await?;
            let mut all = data["order"]["deliveries"].as_array().into_iter().flatten();
            if all.all(|it| !["QUEUED", "PREFLIGHT", "SENDING"].contains(&it["status"].as_str().unwrap_or_default())) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("something is under way without end")
    }

    async fn is_taken_back_by_the_developer(&self, customer: &Person) -> Result<()> {
        let developer = self.somebody("pd@partner.example").await?;
        developer.browser.visit(&self.sent()).await?;
        rolls_back(&developer).await?;
        developer.leave().await?;
        self.has_its_first_form(customer).await
    }

    async fn has_its_first_form(&self, customer: &Person) -> Result<()> {
        self.comes_to_rest().await?;
        self.opens_the_record(customer, OF_THE_CLERK).await?;
        customer.reads("只在第一版里").await?;
        customer.sees_no(ADDED).await?;
        self.opens_the_record(customer, IN_THE_NEW_FORM).await?;
        customer.reads(IN_THE_NEW_FORM).await
    }

    async fn has_the_new_page(&self, customer: &Person) -> Result<()> {
        customer.browser.visit(&format!("/apps/{}", self.instance)).await?;
        customer.browser.wait_until_calm().await?;
        customer.browser.click_first("link", SITES).await?;
        customer.is_at(SITES).await?;
        customer.browser.wait_for_row(&["Head office"]).await
    }

    /// D31: asked for, granted, worked in, revoked; what was done stands in the customer's log.
    async fn is_maintained(&self, customer: &Person) -> Result<()> {
        let button = |person: &Person, key: &str| format!("{}: {}", person.words(key), self.name);
        let developer = self.somebody("pd@partner.example").await?;
        developer.browser.visit(&self.sent()).await?;
        developer.press("maintenance.request").await?;
        developer.fill("maintenance.reason", SYNC).await?;
        developer.press("maintenance.send_request").await?;
        developer.sees("maintenance.request_sent").await?;
        customer.browser.visit("/maintenance?status=waiting").await?;
        customer
            .browser
            .click_first("button", &button(customer, "maintenance.grant"))
            .await?;
        customer.sees("maintenance.grant_effect_only").await?;
        customer.press("maintenance.grant").await?;
        customer.sees("maintenance.granted_toast").await?;
        enters(&developer, &button(&developer, "maintenance.enter")).await?;
        self.opens_the_record(&developer, OF_THE_CLERK).await?;
        developer.follow("customer.edit").await?;
        developer.browser.fill(self.export.renames.0, OF_THE_DEVELOPER).await?;
        developer.press("common.save").await?;
        developer.sees("customer.record_saved").await?;
        revokes(customer, &button(customer, "maintenance.revoke")).await?;
        developer.sees("shell.maintenance_over").await?;
        customer.browser.visit("/maintenance?status=over").await?;
        customer.browser.follow("/maintenance/maintenance_").await?;
        customer.reads(SYNC).await?;
        customer.sees("operator.did_record_updated").await?;
        // That the server turned the developer away stands in the console, as it should.
        developer.browser.quit().await
    }

    /// D32: people go on working, the partner sends nothing more.
    async fn goes_on_after_the_settlement(&self, partner: &Person) -> Result<()> {
        let clerk = self.clerk().await?;
        self.opens_the_table(&clerk).await?;
        clerk.fill("customer.search_records", OF_THE_DEVELOPER).await?;
        clerk.browser.wait_for_row(&[OF_THE_DEVELOPER]).await?;
        clerk.leave().await?;
        partner.browser.visit(&self.sent()).await?;
        partner.is_at(&format!("蓝海制造 · {}", self.name)).await?;
        for key in ["portal.send_pages", "maintenance.request"] {
            ensure!(!partner.browser.shows("button", &partner.words(key)).await?, "{key}");
        }
        Ok(())
    }
}

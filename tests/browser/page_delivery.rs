//! Pages that follow an application (D16), the partner and the customer each in their own browser: an overwrite with its changes
//! read and acknowledged, taken back by the customer with the report of what they changed since; new pages; and the partner's
//! rollback.

use anyhow::Result;
use appshelf_tests::chromium;
use appshelf_tests::client::{Client, text};
use appshelf_tests::next_version::{self, FIELD, PAGE};
use appshelf_tests::process::Product;
use serde_json::json;

use crate::person::Person;

#[tokio::test]
async fn d16_pages_are_overwritten_and_taken_back_by_the_customer_in_english() -> Result<()> {
    if !chromium::is_present() {
        return Ok(());
    }
    let sale = Sale::begin("en").await?;
    sale.publishes(8).await?;
    let partner = sale.partner("pa@partner.example").await?;
    sale.overwrites(&partner).await?;
    let customer = sale.customer().await?;
    sale.takes_back(&customer).await?;
    customer.leave().await?;
    partner.leave().await
}

#[tokio::test]
async fn d16_pages_follow_an_application_and_either_side_takes_them_back_in_chinese() -> Result<()> {
    if !chromium::is_present() {
        return Ok(());
    }
    let sale = Sale::begin("zh-CN").await?;
    sale.publishes(8).await?;
    let partner = sale.partner("pa@partner.example").await?;
    let customer = sale.customer().await?;
    customer.browser.visit(&sale.received()).await?;
    sale.overwrites(&partner).await?;
    // The page that stands open at the customer's tells of it.
    customer.sees("status.kind_overwrite_pages").await?;
    sale.shows_the_field(&customer, true).await?;
    sale.adds_a_record(&customer).await?;
    sale.takes_back(&customer).await?;
    sale.shows_the_field(&customer, false).await?;
    sale.publishes(9).await?;
    sale.sends_new_pages(&partner).await?;
    customer.browser.visit(&sale.app).await?;
    customer.browser.click("link", PAGE).await?;
    customer.is_at(PAGE).await?;
    // Again over them, and the developer of the partner takes it back.
    sale.overwrites(&partner).await?;
    let developer = sale.partner("pd@partner.example").await?;
    developer.browser.visit(&sale.sent()).await?;
    rolls_back(&developer).await?;
    sale.shows_the_field(&customer, false).await?;
    customer.leave().await?;
    developer.leave().await?;
    partner.leave().await
}

/// An order of the demo whose application was sent.
struct Sale {
    product: Product,
    language: &'static str,
    order: String,
    application: String,
    /// The address of the application at its customer.
    app: String,
}

impl Sale {
    async fn begin(language: &'static str) -> Result<Self> {
        let product = Product::with_demo_data().await?;
        let (order, application) = next_version::order(&Client::of(&product, "pa@partner.example")?).await?;
        let customer = Client::of(&product, "ca@customer.example")?;
        let document = "query($id: ID!) { order(id: $id) { instance { id } } }";
        let data = customer.ask(document, json!({ "id": order })).await?;
        let app = format!("/apps/{}", text(&data["order"]["instance"]["id"])?);
        Ok(Self {
            product,
            language,
            order,
            application,
            app,
        })
    }

    /// The order's address for the partner.
    fn sent(&self) -> String {
        format!("/portal/orders/{}", self.order)
    }

    /// And for the customer.
    fn received(&self) -> String {
        format!("/orders/{}", self.order)
    }

    async fn partner(&self, email: &str) -> Result<Person> {
        Person::signed_in(&self.product, self.language, email).await
    }

    async fn customer(&self) -> Result<Person> {
        self.partner("ca@customer.example").await
    }

    async fn publishes(&self, number: u32) -> Result<()> {
        let partner = Client::of(&self.product, "pa@partner.example")?;
        let folder = self.product.data();
        next_version::publish(&self.product, &partner, &self.application, &folder, number).await
    }

    /// Reads what changes, is refused without acknowledging it, and sends.
    async fn overwrites(&self, partner: &Person) -> Result<()> {
        partner.browser.visit(&self.sent()).await?;
        let added = partner.words("portal.field_added");
        overwrites(partner, &[&[FIELD, &added]]).await
    }

    async fn sends_new_pages(&self, partner: &Person) -> Result<()> {
        partner.browser.visit(&self.sent()).await?;
        sends_new_pages(partner, PAGE).await
    }

    /// Reads the report and takes the overwrite back.
    async fn takes_back(&self, customer: &Person) -> Result<()> {
        customer.browser.visit(&self.received()).await?;
        rolls_back(customer).await
    }

    /// Whether the form has the field of the next version.
    async fn shows_the_field(&self, customer: &Person, shown: bool) -> Result<()> {
        customer
            .browser
            .visit(&format!("{}/pages/device/new", self.app))
            .await?;
        customer.browser.by_label("设备名称").await?;
        match shown {
            true => customer.reads(FIELD).await,
            false => customer.sees_no(FIELD).await,
        }
    }

    async fn adds_a_record(&self, customer: &Person) -> Result<()> {
        let browser = &customer.browser;
        browser.visit(&format!("{}/pages/device/new", self.app)).await?;
        browser.fill("设备名称", "新版本的水泵").await?;
        browser.fill("设备编号", "SB-2026-801").await?;
        browser.choose("设备类型", "泵类").await?;
        browser.fill(FIELD, "三号车间").await?;
        customer.press("customer.submit_record").await?;
        customer.sees("customer.record_added").await
    }
}

/// At the order: reads what changes page by page, is refused without acknowledging it, and sends.
pub async fn overwrites(partner: &Person, changes: &[&[&str]]) -> Result<()> {
    let browser = &partner.browser;
    partner.press("portal.send_pages").await?;
    browser
        .click_first("radio", &partner.words("portal.send_kind_overwrite"))
        .await?;
    partner.sees("portal.preflight_ok").await?;
    browser.unfold(&partner.texts.beginning("portal.changes_to")).await?;
    for change in changes {
        browser.wait_for_row(change).await?;
    }
    submits_pages(partner).await?;
    partner.sees("portal.acknowledge_changes_first").await?;
    partner.tick("portal.acknowledge_changes").await?;
    submits_pages(partner).await?;
    partner.sees("status.delivery_succeeded").await?;
    browser.click_first("button", &partner.words("common.close")).await?;
    partner.sees("status.kind_overwrite_pages").await
}

/// At the order: sends what the customer does not have, with the rows that belong to it.
pub async fn sends_new_pages(partner: &Person, page: &str) -> Result<()> {
    partner.press("portal.send_pages").await?;
    partner.sees("portal.new_pages").await?;
    partner.reads(page).await?;
    partner.tick("portal.sample_data").await?;
    partner.sees("portal.preflight_ok").await?;
    submits_pages(partner).await?;
    partner.sees("status.delivery_succeeded").await?;
    partner
        .browser
        .click_first("button", &partner.words("common.close"))
        .await
}

/// At the order, on either side: reads the report and takes the newest overwrite back.
pub async fn rolls_back(person: &Person) -> Result<()> {
    let roll_back = person.words("portal.roll_back");
    person.browser.click_first("button", &roll_back).await?;
    person.sees("portal.roll_back_effect").await?;
    person.sees("portal.roll_back_pages").await?;
    person.press("portal.roll_back").await?;
    person.sees("portal.rolling_back").await?;
    person.sees("status.kind_rollback").await?;
    person.sees("portal.rolled_back").await
}

/// Presses the button of the dialog; the page behind it has one of the same name.
async fn submits_pages(partner: &Person) -> Result<()> {
    partner.press("portal.send_pages").await
}

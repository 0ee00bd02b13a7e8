//! What people do from import to settlement, each step by whose it is: journeys put them together.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use appshelf_tests::client::{Client, text};
use appshelf_tests::files;
use appshelf_tests::process::Product;
use chrono::Timelike as _;
use serde_json::{Value, json};

use crate::person::{BLUE, Person};

/// What the project is called.
pub const PROJECT: &str = "蓝海制造协同二期";
/// The words of D13, which the specification gives.
const AGREEMENT_REQUIRED: [(&str, &str); 2] = [
    ("zh-CN", "请先阅读并同意《服务商分发协议》"),
    ("en", "Read and agree to the distribution agreement first"),
];

/// What the customer's record of the trial says.
pub const TRIAL: &str = "试用记录";
/// What the customer notes on accepting.
const ACCEPTED: &str = "已逐页试用";

/// What is imported: a real export where it is at hand, else a package of the demo; under the name that the import gives it.
pub struct Package {
    pub file: PathBuf,
    pub name: String,
}

impl Package {
    pub fn at_hand(product: &Product) -> Result<Self> {
        let file = match files::export("project-tracker") {
            Some(export) => export,
            None => Self::unknown_to_the_demo(product)?,
        };
        Self::of(product, file)
    }

    /// A package of the demo under a name that its data does not have yet.
    fn unknown_to_the_demo(product: &Product) -> Result<PathBuf> {
        let package = std::fs::read_to_string(files::demo_package("purchase-approval"))?;
        let mut package: Value = serde_json::from_str(&package)?;
        package["name"] = json!("采购审批试点");
        let file = product.data().join("采购审批试点.json");
        std::fs::write(&file, package.to_string())?;
        Ok(file)
    }

    pub fn of(product: &Product, file: PathBuf) -> Result<Self> {
        let path = file.to_string_lossy().into_owned();
        let report = product.run(&["import", &path, "--org", PARTNER, "--dry-run"])?;
        let report: Value = serde_json::from_str(&report)?;
        let name = text(&report["application"])?;
        Ok(Self { file, name })
    }
}

/// From the import to the purchase: the partner, the customer who bought, and the link.
pub async fn sells(product: &Product, language: &'static str, package: &Package) -> Result<(Person, Person, String)> {
    let partner = Person::signed_in(product, language, "pa@partner.example").await?;
    imports_and_publishes(&partner, package).await?;
    submits_a_project(&partner, product).await?;
    approves(product, language).await?;
    let link = gets_a_link(&partner, &package.name).await?;
    let customer = buys(product, language, &link, &package.name).await?;
    Ok((partner, customer, link))
}

/// CorpID of the partner of the demo.
const PARTNER: &str = "ding4e8f1b7c2a9d4f0e8b6c3d5a7f912e60";

pub async fn imports_and_publishes(partner: &Person, package: &Package) -> Result<()> {
    partner.is_at(&partner.words("shell.home_title")).await?;
    partner.go("shell.nav_applications").await?;
    partner.follow("portal.import_application").await?;
    partner.upload("portal.package_file", &package.file).await?;
    partner.press("portal.start_import").await?;
    partner.sees("portal.imported").await?;
    partner.follow("portal.open_application").await?;
    partner.is_at(&package.name).await?;
    publishes(partner).await
}

/// A version of the application that is open, the one that is not yet published.
async fn publishes(partner: &Person) -> Result<()> {
    partner.press("portal.publish").await?;
    partner.sees("portal.publish_effect").await?;
    partner.press("portal.publish").await?;
    let publish = partner.words("portal.publish");
    partner.browser.wait_until_absent("button", &publish).await?;
    partner.sees("status.version_published").await
}

/// The application as it was developed on, a version of the one that is there.
pub async fn imports_the_next_version(partner: &Person, application: &str, file: &Path) -> Result<()> {
    partner.go("shell.nav_applications").await?;
    partner.browser.click("link", application).await?;
    partner.follow("portal.import_version").await?;
    partner.upload("portal.package_file", file).await?;
    partner.press("portal.start_import").await?;
    partner.sees("portal.imported").await?;
    partner.follow("portal.open_application").await?;
    partner.is_at(application).await?;
    publishes(partner).await
}

async fn submits_a_project(partner: &Person, product: &Product) -> Result<()> {
    let contract = product.data().join("contract.pdf");
    std::fs::write(&contract, files::pdf(&["Service contract", "Total: CNY 128,000.00"]))?;
    partner.go("shell.nav_projects").await?;
    partner.follow("portal.new_project").await?;
    partner.fill("portal.project_name", PROJECT).await?;
    partner.fill("portal.contract_amount", "128000").await?;
    partner.fill("portal.owner_name", "周启航").await?;
    let browser = &partner.browser;
    browser
        .click_first("radio", &partner.words("status.contract_contract"))
        .await?;
    partner.upload("portal.contract_file", &contract).await?;
    browser.pick_day(&partner.words("portal.start_on"), &day_in(0)).await?;
    browser.pick_day(&partner.words("portal.end_on"), &day_in(60)).await?;
    partner.fill("portal.delivery_scope", "实施与培训").await?;
    partner.fill("portal.customer_name", "蓝海制造").await?;
    partner.fill("portal.corp_id", BLUE).await?;
    partner.fill("portal.industry", "制造业").await?;
    browser
        .choose(&partner.words("portal.size"), &partner.words("status.size_up_to_500"))
        .await?;
    partner.fill("portal.customer_contact", "王海蓝").await?;
    partner.fill("portal.customer_mobile", "13900139000").await?;
    partner.press("portal.submit_project").await?;
    partner.is_at(PROJECT).await?;
    partner.sees("portal.in_review_title").await
}

/// That many days from today, where the platform is.
fn day_in(days: u64) -> String {
    (platform_now().date_naive() + chrono::Days::new(days)).to_string()
}

fn platform_now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now() + chrono::Duration::hours(8)
}

/// A time zone in which it is another day than where the platform is: 20 hours behind it, or 6 ahead late in the day.
fn zone_of_another_day() -> &'static str {
    if platform_now().hour() < 19 {
        "Etc/GMT+12"
    } else {
        "Etc/GMT-14"
    }
}

async fn approves(product: &Product, language: &'static str) -> Result<()> {
    let reviewer = Person::signed_in(product, language, "ir@platform.example").await?;
    reviewer.sees("shell.waiting_project_to_review").await?;
    reviewer.browser.click("link", PROJECT).await?;
    reviewer.is_at(PROJECT).await?;
    // D2: the amount found in the contract beside the declared one.
    reviewer.sees("status.verdict_match").await?;
    reviewer.reads("128,000.00").await?;
    reviewer.press("operator.approve").await?;
    reviewer.sees("operator.approve_final").await?;
    reviewer.press("operator.approve").await?;
    reviewer.sees("status.project_active").await?;
    reviewer.leave().await
}

/// The address of the new link, from its host on.
async fn gets_a_link(partner: &Person, application: &str) -> Result<String> {
    partner.go("shell.nav_home").await?;
    partner.sees("shell.waiting_project_approved").await?;
    partner.browser.click("link", PROJECT).await?;
    partner.press("portal.get_link").await?;
    partner.sees("portal.choose_application").await?;
    partner.browser.click_first("radio", application).await?;
    partner.press("portal.make_link").await?;
    partner.sees("portal.link_made").await?;
    partner
        .browser
        .by_role("image", &partner.words("portal.qr_code"))
        .await?;
    let url = partner.value("portal.link_address").await?;
    partner.press("common.done").await?;
    let from_host = url.splitn(4, '/').nth(3).context("an address")?;
    Ok(format!("/{from_host}"))
}

/// The customer's admin opens the link without being signed in.
async fn buys(product: &Product, language: &'static str, link: &str, application: &str) -> Result<Person> {
    let customer = Person::visitor(product, language).await?;
    customer.browser.visit(link).await?;
    customer.sees("shell.sign_in_for_purchase").await?;
    customer.fill("shell.email", "ca@customer.example").await?;
    customer.fill("shell.password", "appshelf-demo").await?;
    customer.press("shell.sign_in").await?;
    customer
        .is_at(&customer.texts.fill("customer.purchase_title", &[("name", application)]))
        .await?;
    customer.reads(PROJECT).await?;
    customer.press("customer.buy").await?;
    customer.sees("customer.buy_title").await?;
    customer.press("customer.buy").await?;
    customer.is_at(&customer.words("customer.bought")).await?;
    Ok(customer)
}

pub async fn sends(partner: &Person, application: &str) -> Result<()> {
    partner.go("shell.nav_home").await?;
    partner.sees("shell.waiting_order_to_send").await?;
    partner.go("shell.nav_orders").await?;
    let send = format!("{}: 蓝海制造 · {application}", partner.words("portal.send_application"));
    partner.browser.click("button", &send).await?;
    // The check runs before anything is sent, and once more for every option.
    partner.sees("portal.preflight_ok").await?;
    partner.tick("portal.sample_data").await?;
    partner.sees("portal.preflight_ok").await?;
    partner.press("portal.send_application").await?;
    let refusal = AGREEMENT_REQUIRED
        .iter()
        .find(|(language, _)| *language == partner.texts.language);
    partner.reads(refusal.context("a language")?.1).await?;
    partner.tick("portal.agree").await?;
    partner.press("portal.send_application").await?;
    partner.sees("status.delivery_succeeded").await?;
    // D15: the row behind the dialog knows it as soon as the dialog does.
    let sent = partner.words("status.send_succeeded");
    partner.browser.wait_for_row(&[application, &sent]).await?;
    partner
        .browser
        .click_first("button", &partner.words("common.close"))
        .await
}

/// Tries the application, submits a test record and closes maintenance.
pub async fn accepts(customer: &Person, record: &Record, application: &str) -> Result<()> {
    customer.go("shell.nav_home").await?;
    customer.sees("shell.waiting_app_to_accept").await?;
    customer.browser.click("link", application).await?;
    customer.is_at(application).await?;
    customer.sees("customer.status_maintenance").await?;
    customer.sees("customer.trial_title").await?;
    record.add(customer, TRIAL).await?;
    customer.press("customer.close_maintenance").await?;
    customer.sees("customer.close_means").await?;
    customer.fill("customer.acceptance_note", ACCEPTED).await?;
    customer.press("customer.close_maintenance").await?;
    customer.sees("customer.status_ready").await
}

/// D27: who accepted it and with which note stands in the order, which is the newest.
pub async fn reads_the_sign_off(partner: &Person) -> Result<()> {
    partner.go("shell.nav_orders").await?;
    partner.browser.follow("/portal/orders/order_").await?;
    partner.reads(ACCEPTED).await
}

/// A form page of the application, and a field in which a record can be recognised.
pub struct Record {
    pub page: String,
    pub label: String,
}

impl Record {
    pub async fn of(product: &Product, application: &str) -> Result<Self> {
        let document = "query($q: String!) { appInstances(search: $q) { nodes { pages { kind name definition } } } }";
        let client = Client::of(product, "ca@customer.example")?;
        let data = client.ask(document, json!({ "q": application })).await?;
        let pages = data["appInstances"]["nodes"][0]["pages"]
            .as_array()
            .into_iter()
            .flatten();
        let mut forms = pages.filter(|page| page["kind"] == "FORM_PAGE");
        let form = forms.next().context("a form page")?;
        let fields = &form["definition"]["ui"]["fields"];
        let order = form["definition"]["ui"]["order"].as_array().into_iter().flatten();
        let mut texts = order
            .filter_map(|key| fields.get(key.as_str()?))
            .filter(|field| field["widget"] == "text");
        Ok(Self {
            page: text(&form["name"])?,
            label: text(&texts.next().context("a text field")?["label"])?,
        })
    }

    pub async fn add(&self, person: &Person, content: &str) -> Result<()> {
        // What stands above the links is still on its way; it would push them from under the pointer.
        person.browser.wait_until_calm().await?;
        person.browser.click_first("link", &self.page).await?;
        person.is_at(&self.page).await?;
        // An empty list offers it once more.
        let new = person.words("customer.new_record");
        person.browser.click_first("link", &new).await?;
        person.browser.fill(&self.label, content).await?;
        person.press("customer.submit_record").await?;
        self.is_there(person, content).await
    }

    pub async fn is_there(&self, person: &Person, content: &str) -> Result<()> {
        person.fill("customer.search_records", content).await?;
        person.browser.wait_for_row(&[content]).await
    }
}

pub async fn enables(customer: &Person, product: &Product, application: &str) -> Result<()> {
    let document = "query($q: String!) { appInstances(search: $q) { nodes { bindings { done } } } }";
    let client = Client::of(product, "ca@customer.example")?;
    let data = client.ask(document, json!({ "q": application })).await?;
    let mut items = data["appInstances"]["nodes"][0]["bindings"]
        .as_array()
        .into_iter()
        .flatten();
    let something_is_open = items.any(|item| item["done"] == false);
    let more = customer.texts.fill("customer.more_for", &[("name", application)]);
    customer.browser.click("button", &more).await?;
    customer.follow("customer.settings").await?;
    customer.follow("customer.tab_publish").await?;
    customer.sees("customer.ready_title").await?;
    customer.fill("customer.workbench_group", "项目").await?;
    customer.press("customer.enable").await?;
    if something_is_open {
        // D23, D24: without a waiver that says so it stays closed.
        customer.sees("checklist.waive_required").await?;
        customer.tick("checklist.waive").await?;
        customer.press("customer.enable").await?;
    }
    customer.sees("customer.enabled_title").await
}

pub async fn uses(employee: &Person, application: &str, record: &Record) -> Result<()> {
    employee.is_at(&employee.words("shell.nav_apps")).await?;
    employee.browser.click("link", application).await?;
    employee.is_at(application).await?;
    record.add(employee, "员工的记录").await
}

pub async fn disables(customer: &Person, application: &str) -> Result<()> {
    customer.go("shell.nav_apps").await?;
    let more = customer.texts.fill("customer.more_for", &[("name", application)]);
    customer.browser.click("button", &more).await?;
    customer.press("customer.disable").await?;
    customer.sees("customer.disable_data").await?;
    customer.press("customer.disable").await?;
    customer.sees("customer.disabled").await
}

/// D32, from a place where it is another day: what the form fills in is the platform's.
pub async fn settles(partner: &Person) -> Result<()> {
    partner.browser.travel_to(zone_of_another_day()).await?;
    partner.go("shell.nav_projects").await?;
    partner.browser.click("link", PROJECT).await?;
    partner.follow("portal.settle").await?;
    partner.fill("portal.acceptor", "王海蓝").await?;
    partner.browser.click("radio", "5").await?;
    partner.press("portal.confirm_settle").await?;
    partner.is_at(PROJECT).await?;
    partner.sees("status.project_closed").await
}

//! The usual beginning of a test of track A, made over the API like everything else: who takes part, a category with its operator,
//! a self-tested application, and a product with which nothing is wrong. Tests of these steps themselves do not use it.

use std::io::Cursor;

use anyhow::{Context, Result};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::Role;
use image::{DynamicImage, ImageFormat, RgbImage};
use serde_json::{Value, json};

use crate::api::{Someone, TestApp};
use crate::scene::{finished, import, package, text};

/// What most tests read of a product.
pub const PRODUCT: &str =
    "... on Product { id name status tab availableActions statusReason delistingReason wasSubmitted
    category { id } openRevision { id number status version dueAt overdue decision reason fieldReasons { path reason }
    content { name summary tags plans { itemCode name } freePlan { itemCode } } }
    approvedRevision { id number content { name summary } } preflight { step path code message nextStep }
    tasks { task { id name } done note } }";

/// Everybody and everything of a usual test.
pub struct Listing {
    /// SA.
    pub superadmin: Someone,
    /// CO who holds `category`.
    pub operator: Someone,
    /// CO who holds another category.
    pub stranger: Someone,
    /// PA.
    pub partner: Someone,
    /// PD of the same partner.
    pub developer: Someone,
    pub category: String,
    pub other_category: String,
    pub application: String,
}

impl Listing {
    /// Sets it up.
    pub async fn set(app: &TestApp) -> Result<Self> {
        let reviewer = app.reviewer().await?;
        let platform = reviewer.organization_id.clone().context("signed in")?;
        let superadmin = app.person("sa", "platform", &platform, &[Role::Superadmin]).await?;
        let operator = app
            .person("co", "platform", &platform, &[Role::CategoryOperator])
            .await?;
        let stranger = app
            .person("co2", "platform", &platform, &[Role::CategoryOperator])
            .await?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().context("signed in")?;
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let category = category(&superadmin, "客户管理", "CRM", &[&operator]).await?;
        let other_category = self::category(&superadmin, "财务", "Finance", &[&stranger]).await?;
        let application = import(&partner, &package(false), true).await?;
        self_tested(&partner, &application).await?;
        Ok(Self {
            superadmin,
            operator,
            stranger,
            partner,
            developer,
            category,
            other_category,
            application,
        })
    }

    /// A product's draft with which nothing is wrong.
    pub async fn draft(&self) -> Result<Value> {
        let made = create(&self.partner, &self.application).await?;
        let content = content(&self.partner, &self.category).await?;
        save(&self.partner, &made, content).await
    }

    /// A product in review.
    pub async fn in_review(&self) -> Result<Value> {
        let draft = self.draft().await?;
        let handed_in = submit(&self.partner, &draft).await?;
        anyhow::ensure!(handed_in["status"] == "IN_REVIEW", "{handed_in}");
        Ok(handed_in)
    }

    /// A product that was approved.
    pub async fn approved(&self) -> Result<Value> {
        let handed_in = self.in_review().await?;
        let approved = review(&self.operator, &handed_in, "APPROVE", None).await?;
        anyhow::ensure!(approved["status"] == "APPROVED", "{approved}");
        Ok(approved)
    }

    /// A product on the marketplace.
    pub async fn listed(&self) -> Result<Value> {
        let approved = self.approved().await?;
        let input = json!({ "id": approved["id"] });
        self.partner
            .act("listProduct", "ProductActionInput", input, PRODUCT, None)
            .await
    }
}

/// Another product of the scene's partner on the marketplace: that of a new application, with these fields of the content changed.
pub async fn listed_as(scene: &Listing, application: &str, category: &str, changes: Value) -> Result<Value> {
    let mut package = package(false);
    package["name"] = application.into();
    let application = import(&scene.partner, &package, true).await?;
    self_tested(&scene.partner, &application).await?;
    let made = create(&scene.partner, &application).await?;
    let mut wanted = content(&scene.partner, category).await?;
    for (field, value) in changes.as_object().into_iter().flatten() {
        wanted[field] = value.clone();
    }
    let draft = save(&scene.partner, &made, wanted).await?;
    let handed_in = submit(&scene.partner, &draft).await?;
    let operator = if category == scene.category {
        &scene.operator
    } else {
        &scene.stranger
    };
    let approved = review(operator, &handed_in, "APPROVE", None).await?;
    anyhow::ensure!(approved["status"] == "APPROVED", "{approved}");
    let input = json!({ "id": approved["id"] });
    scene
        .partner
        .act("listProduct", "ProductActionInput", input, PRODUCT, None)
        .await
}

/// A category with its operators; its id.
pub async fn category(superadmin: &Someone, zh: &str, en: &str, operators: &[&Someone]) -> Result<String> {
    let input = json!({ "nameZh": zh, "nameEn": en });
    let on = "... on Category { id }";
    let made = superadmin
        .act("saveCategory", "SaveCategoryInput", input, on, None)
        .await?;
    let mut people = Vec::new();
    for operator in operators {
        people.push(operator.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take());
    }
    let input = json!({ "id": made["id"], "userIds": people });
    let set = superadmin
        .act("setCategoryOperators", "SetCategoryOperatorsInput", input, on, None)
        .await?;
    text(&set["id"]).with_context(|| format!("{made} {set}"))
}

/// Has the published version of an application pass its self-test, in the partner's first test organisation.
pub async fn self_tested(partner: &Someone, application: &str) -> Result<()> {
    let there = partner
        .ask("{ testOrganizations { organization { id } } }", json!({}))
        .await?;
    let place = match &there["testOrganizations"][0] {
        Value::Null => {
            let input = json!({ "name": "体验一组" });
            let on = "... on TestOrganization { organization { id } }";
            partner
                .act("createTestOrganization", "CreateTestOrganizationInput", input, on, None)
                .await?
        }
        place => place.clone(),
    };
    let document = "query($id: ID!) { application(id: $id) { publishedVersion { id } } }";
    let found = partner.ask(document, json!({ "id": application })).await?;
    let input = json!({
        "versionId": found["application"]["publishedVersion"]["id"], "testOrganizationId": place["organization"]["id"],
    });
    let on = "... on SelfTest { id delivery { id } items { item } }";
    let begun = partner
        .act("startSelfTest", "StartSelfTestInput", input, on, None)
        .await?;
    let delivery = text(&begun["delivery"]["id"]).with_context(|| format!("{begun}"))?;
    finished(partner, &delivery).await?;
    for item in begun["items"].as_array().into_iter().flatten() {
        let input = json!({ "id": begun["id"], "item": item["item"], "passed": true });
        let on = "... on SelfTest { status }";
        partner
            .act("answerSelfTestItem", "AnswerSelfTestItemInput", input, on, None)
            .await?;
    }
    Ok(())
}

/// A picture that really is one.
pub fn png(width: u32, height: u32) -> Result<Vec<u8>> {
    let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 120]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// What the wizard holds when nothing is wrong with it, as the input of `saveProductDraft`.
pub async fn content(partner: &Someone, category: &str) -> Result<Value> {
    let icon = partner
        .upload(FilePurpose::ProductIcon, "图标.png", png(240, 240)?)
        .await?;
    let screenshot = partner
        .upload(FilePurpose::ProductScreenshot, "截图.png", png(320, 200)?)
        .await?;
    let viewer = partner.ask("{ viewer { user { id } } }", json!({})).await?;
    Ok(json!({
        "name": "设备巡检", "iconId": icon, "summary": "扫码巡检，缺陷闭环", "description": "## 功能\n- 扫码\n- 审批",
        "categoryId": category, "chargeForm": "PAID", "chargingRule": "PER_SEAT", "tags": ["巡检", "设备"],
        "screenshotIds": [screenshot], "cases": [{ "title": "某机械厂", "text": "停机时间减少三成" }],
        "audience": { "industries": ["MANUFACTURING"], "dailyTrials": 20 },
        "contactIds": [viewer["viewer"]["user"]["id"]],
        "privacyUrl": "https://acme.example.com/privacy", "termsUrl": "https://acme.example.com/terms",
        "trial": "FIFTEEN_DAYS", "openingOrder": "TRIAL_THEN_CHOOSE",
        "plans": [
            { "name": "10 用户版", "minSeats": 1, "maxSeats": 10, "unitPrice": "1010",
              "periods": [{ "name": "一年", "months": 12, "roundingOff": "20" }] },
            { "name": "50 用户版", "minSeats": 11, "maxSeats": 50, "unitPrice": "900",
              "periods": [{ "name": "一年", "months": 12 }, { "name": "一个月", "months": 1 }] },
        ],
        "promotionMode": "MARKETPLACE",
    }))
}

/// Begins the product of an application, with the partner's account on file.
pub async fn create(partner: &Someone, application: &str) -> Result<Value> {
    let input = json!({ "holder": "星云软件有限公司", "bank": "招商银行杭州分行", "number": "6222 0212 3456 7890" });
    let on = "... on PayeeAccount { numberEnd }";
    partner
        .act("setPayeeAccount", "SetPayeeAccountInput", input, on, None)
        .await?;
    let input = json!({ "applicationId": application });
    partner
        .act("createProduct", "CreateProductInput", input, PRODUCT, None)
        .await
}

/// Saves what was typed over what was read.
pub async fn save(by: &Someone, read: &Value, content: Value) -> Result<Value> {
    let input = json!({ "id": read["id"], "version": read["openRevision"]["version"], "content": content });
    by.act("saveProductDraft", "SaveProductDraftInput", input, PRODUCT, None)
        .await
}

/// Hands the open revision in.
pub async fn submit(by: &Someone, read: &Value) -> Result<Value> {
    let input = json!({ "id": read["id"], "version": read["openRevision"]["version"] });
    by.act("submitProduct", "SubmitProductInput", input, PRODUCT, None)
        .await
}

/// Decides about the open revision.
pub async fn review(by: &Someone, read: &Value, decision: &str, reason: Option<&str>) -> Result<Value> {
    let input = json!({ "revisionId": read["openRevision"]["id"], "decision": decision, "reason": reason });
    by.act("reviewProduct", "ReviewProductInput", input, PRODUCT, None)
        .await
}

/// A product as somebody reads it now; null where it does not exist for them.
pub async fn read(by: &Someone, id: &Value) -> Result<Value> {
    let document = format!("query($id: ID!) {{ product(id: $id) {{ __typename {PRODUCT} }} }}");
    Ok(by.ask(&document, json!({ "id": id })).await?["product"].take())
}

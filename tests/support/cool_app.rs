//! The usual beginning of a test of cool apps, made over the API: a product on the marketplace, who reviews, a customer with its people,
//! and a form with which nothing is wrong. Tests of these steps themselves do not use it.

use anyhow::{Context, Result};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use serde_json::{Value, json};

use crate::api::{Someone, TestApp};
use crate::listing::{self, Listing, png};
use crate::scene::{import, package, text};

/// What most tests read of an application to list a cool app.
pub const COOL_APP: &str = "... on CoolAppApplication { id code name status version availableActions overdue dueAt
    marketAt decision reason fieldReasons { path reason } delistingReason changedFields product { id listed }
    content { name intro } approvedContent { name intro entries { name } } }";

/// What most tests read of an installation.
pub const INSTALLATION: &str = "... on CoolAppInstallation { id status availableActions coolApp { code } group { name }
    entries { name url openMode iconId } robot { name } }";

/// Everybody and everything of a usual test.
pub struct CoolApps {
    pub listing: Listing,
    /// OO.
    pub operator: Someone,
    /// CA.
    pub customer: Someone,
    /// CE of the same customer.
    pub employee: Someone,
    pub colleague: Someone,
    /// On the marketplace.
    pub product: String,
}

impl CoolApps {
    /// Sets it up.
    pub async fn set(app: &TestApp) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let operator = operator(app, &listing.superadmin).await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        let blue = customer.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", "blue", &blue, &[Role::CustomerEmployee]).await?;
        let colleague = app.person("ce2", "blue", &blue, &[Role::CustomerEmployee]).await?;
        let listed = listing.listed().await?;
        Ok(Self {
            product: text(&listed["id"]).with_context(|| format!("{listed}"))?,
            listing,
            operator,
            customer,
            employee,
            colleague,
        })
    }

    /// PA.
    pub fn partner(&self) -> &Someone {
        &self.listing.partner
    }

    /// A draft with which nothing is wrong.
    pub async fn draft(&self) -> Result<Value> {
        draft(self.partner(), &self.product).await
    }

    /// One in review.
    pub async fn submitted(&self) -> Result<Value> {
        submit(self.partner(), &self.draft().await?).await
    }

    /// One on the market.
    pub async fn approved(&self) -> Result<Value> {
        review(&self.operator, &self.submitted().await?, "APPROVE", None).await
    }
}

/// The open-platform operator of the superadmin's platform.
pub async fn operator(app: &TestApp, superadmin: &Someone) -> Result<Someone> {
    let platform = superadmin.organization_id.clone().context("signed in")?;
    app.person("oo", "platform", &platform, &[Role::OpenPlatformOperator])
        .await
}

/// Who lists products beside the usual scene of track A, in a category of their own.
pub struct Shelf {
    pub superadmin: Someone,
    /// CO who holds the category.
    pub operator: Someone,
    category: String,
}

impl Shelf {
    /// Sets it up on the platform of a reviewer.
    pub async fn set(app: &TestApp, reviewer: &Someone) -> Result<Self> {
        let platform = reviewer.organization_id.clone().context("signed in")?;
        let superadmin = app.person("sa2", "platform", &platform, &[Role::Superadmin]).await?;
        let operator = app
            .person("co2", "platform", &platform, &[Role::CategoryOperator])
            .await?;
        let category = listing::category(&superadmin, "酷应用", "Cool apps", &[&operator]).await?;
        Ok(Self {
            superadmin,
            operator,
            category,
        })
    }

    /// A product of a new application on the marketplace; its id.
    pub async fn list(&self, partner: &Someone, application: &str) -> Result<String> {
        let mut wanted = package(false);
        wanted["name"] = application.into();
        let application = import(partner, &wanted, true).await?;
        listing::self_tested(partner, &application).await?;
        let made = listing::create(partner, &application).await?;
        let content = listing::content(partner, &self.category).await?;
        let saved = listing::save(partner, &made, content).await?;
        let handed_in = listing::submit(partner, &saved).await?;
        let approved = listing::review(&self.operator, &handed_in, "APPROVE", None).await?;
        // Whatever tasks there are stand before the marketplace.
        for task in approved["tasks"].as_array().into_iter().flatten() {
            let input = json!({ "id": approved["id"], "taskId": task["task"]["id"], "done": true });
            self.operator
                .act(
                    "answerProductTask",
                    "AnswerProductTaskInput",
                    input,
                    listing::PRODUCT,
                    None,
                )
                .await?;
        }
        let input = json!({ "id": approved["id"] });
        let listed = partner
            .act("listProduct", "ProductActionInput", input, listing::PRODUCT, None)
            .await?;
        anyhow::ensure!(listed["status"] == "LISTED", "{listed}");
        text(&listed["id"]).context("an id")
    }
}

/// A form with which nothing is wrong, as the input of `saveCoolAppDraft`.
pub async fn content(partner: &Someone) -> Result<Value> {
    let upload = async |purpose, side| partner.upload(purpose, "图.png", png(side, side)?).await;
    let icon = upload(FilePurpose::CoolAppIcon, 240).await?;
    let entry_icon = upload(FilePurpose::CoolAppEntryIcon, 48).await?;
    let mut thumbnails = Vec::new();
    for side in [60, 61, 62] {
        thumbnails.push(upload(FilePurpose::CoolAppThumbnail, side).await?);
    }
    let case = upload(FilePurpose::CoolAppCase, 80).await?;
    Ok(json!({
        "name": "群巡检", "intro": "群里扫码，缺陷不漏", "iconId": icon, "entryIconId": entry_icon,
        "industries": ["MANUFACTURING"], "roles": ["PRODUCTION"], "thumbnailIds": thumbnails, "caseIds": [case],
        "functionText": "在群里发起巡检、上报缺陷。", "inviteLine": "我们用它在群里点检，一起来吧",
        "entries": [
            { "name": "扫码巡检", "url": "https://acme.example.com/scan", "iconId": entry_icon, "openMode": "PC_SIDEBAR" },
            { "name": "上报", "url": "https://acme.example.com/report", "iconId": entry_icon, "openMode": "MOBILE_HALF_SHEET" },
        ],
        "robot": { "name": "巡检助手", "iconId": icon },
    }))
}

/// Begins an application for a product.
pub async fn create(partner: &Someone, product: &str) -> Result<Value> {
    let input = json!({ "productId": product });
    partner
        .act(
            "createCoolAppApplication",
            "CreateCoolAppApplicationInput",
            input,
            COOL_APP,
            None,
        )
        .await
}

/// A draft with which nothing is wrong.
pub async fn draft(partner: &Someone, product: &str) -> Result<Value> {
    let made = create(partner, product).await?;
    save(partner, &made, content(partner).await?).await
}

/// Saves what was typed over what was read.
pub async fn save(by: &Someone, read: &Value, content: Value) -> Result<Value> {
    let input = json!({ "id": read["id"], "version": read["version"], "content": content });
    by.act("saveCoolAppDraft", "SaveCoolAppDraftInput", input, COOL_APP, None)
        .await
}

/// Hands in what was read.
pub async fn submit(by: &Someone, read: &Value) -> Result<Value> {
    let input = json!({ "id": read["id"], "version": read["version"] });
    by.act("submitCoolAppApplication", "CoolAppVersionInput", input, COOL_APP, None)
        .await
}

/// Decides.
pub async fn review(by: &Someone, read: &Value, decision: &str, reason: Option<&str>) -> Result<Value> {
    let input = json!({ "id": read["id"], "decision": decision, "reason": reason });
    by.act("reviewCoolApp", "ReviewCoolAppInput", input, COOL_APP, None)
        .await
}

/// Takes a cool app off the market.
pub async fn delist(by: &Someone, read: &Value, reason: Option<&str>) -> Result<Value> {
    let input = json!({ "id": read["id"], "reason": reason });
    by.act("delistCoolApp", "DelistCoolAppInput", input, COOL_APP, None)
        .await
}

/// An application as somebody reads it now; null where it does not exist for them.
pub async fn read(by: &Someone, id: &Value) -> Result<Value> {
    let document = format!("query($id: ID!) {{ coolAppApplication(id: $id) {{ __typename {COOL_APP} }} }}");
    Ok(by.ask(&document, json!({ "id": id })).await?["coolAppApplication"].take())
}

/// The person's own id.
pub async fn own_id(by: &Someone) -> Result<Value> {
    Ok(by.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take())
}

/// Makes a group.
pub async fn group(by: &Someone, name: &str, kind: &str, members: &[&Value]) -> Result<Value> {
    let input = json!({ "name": name, "kind": kind, "memberIds": members });
    let on = "... on Group { id name kind availableActions members { id } }";
    by.act("createGroup", "CreateGroupInput", input, on, None).await
}

/// Installs a cool app into a group.
pub async fn install(by: &Someone, app: &Value, group: &Value, enable: bool) -> Result<Value> {
    let input = json!({ "coolAppId": app["id"], "groupId": group["id"], "enable": enable });
    by.act("installCoolApp", "InstallCoolAppInput", input, INSTALLATION, None)
        .await
}

/// Enables or uninstalls.
pub async fn change(by: &Someone, mutation: &str, installed: &Value) -> Result<Value> {
    let input = json!({ "id": installed["id"] });
    by.act(mutation, "CoolAppInstallationInput", input, INSTALLATION, None)
        .await
}

//! The usual beginning of a test of track B, made over the API like everything else: who takes part, an application, an active
//! project. Tests of these steps themselves do not use it.

use anyhow::{Context, Result};
use appshelf::domain::agreement::{Agreement, AgreementKind};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use serde_json::{Value, json};

use crate::api::{Someone, TestApp, corp_id};

/// The version of the distribution agreement that counts.
pub fn agreement() -> &'static str {
    Agreement::current(AgreementKind::Distribution).version
}

/// A contract that names 1,200.00 yuan; a picture, so that no document reader is needed.
pub fn picture() -> Vec<u8> {
    // The signature and a header of 1×1 pixel: what the server looks at to know a PNG.
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec();
    bytes.extend([0x1f, 0x15, 0xc4, 0x89]);
    bytes
}

/// A package of a form with rows, a role, a connector with an automation that needs it, and a dashboard that never travels. With
/// `custom_page` it needs more than the free edition has.
pub fn package(custom_page: bool) -> Value {
    let mut components = vec![
        json!({
            "key": "asset", "kind": "FORM_PAGE", "name": "设备台账", "folder": "台账",
            "definition": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "name": { "type": "string", "minLength": 1, "maxLength": 50 },
                        "count": { "type": "integer", "minimum": 0 }
                    },
                    "required": ["name"]
                },
                "ui": {
                    "order": ["name", "count"],
                    "fields": {
                        "name": { "widget": "text", "label": "名称" },
                        "count": { "widget": "number", "label": "数量" }
                    }
                }
            },
            "sampleRows": (0..20).map(|n| json!({ "name": format!("泵 {n}"), "count": n })).collect::<Vec<_>>()
        }),
        json!({ "key": "keeper", "kind": "ROLE", "name": "设备管理员", "definition": {} }),
        json!({
            "key": "erp", "kind": "CONNECTOR", "name": "ERP", "requiredFeatures": ["HTTP_CONNECTORS"],
            "definition": { "type": "HTTP", "baseUrl": "https://erp.example.com" }
        }),
        json!({
            "key": "sync", "kind": "AUTOMATION", "name": "每日同步", "definition": { "trigger": { "type": "TIMER" } },
            "dependencies": ["asset", "erp"]
        }),
        json!({ "key": "board", "kind": "DASHBOARD", "name": "大屏", "definition": {}, "dependencies": ["asset"] }),
    ];
    if custom_page {
        components.push(json!({
            "key": "home", "kind": "CUSTOM_PAGE", "name": "首页", "definition": { "elements": [] },
            "requiredFeatures": ["CUSTOM_PAGES"]
        }));
    }
    json!({ "format": "appshelf.package/1", "name": "设备巡检", "version": "1.0.0", "components": components })
}

/// What waits for a person once [`package`] has arrived without its connector: who enables it so waives these.
pub const OPEN_ITEMS: [&str; 3] = ["ROLE_MEMBERS:keeper", "CONNECTOR_REPLACEMENT:erp", "AUTOMATION:sync"];

/// Everybody and everything of a usual test.
pub struct Scene {
    pub reviewer: Someone,
    /// PA, creator of the project.
    pub partner: Someone,
    /// Another PA of the same partner.
    pub colleague: Someone,
    /// PD of the same partner.
    pub developer: Someone,
    /// CA of the project's customer.
    pub customer: Someone,
    /// CE of the project's customer.
    pub employee: Someone,
    pub application: String,
    pub project: String,
}

impl Scene {
    /// Sets it up; `short` names the customer.
    pub async fn set(app: &TestApp, short: &str, edition: EditionName) -> Result<Self> {
        let reviewer = app.reviewer().await?;
        let partner = app.partner("acme").await?;
        let acme = partner.organization_id.clone().context("signed in")?;
        let colleague = app.person("pa2", "acme", &acme, &[Role::PartnerAdmin]).await?;
        let developer = app.person("pd", "acme", &acme, &[Role::PartnerDeveloper]).await?;
        let customer = app.customer(short, edition).await?;
        let at = customer.organization_id.clone().context("signed in")?;
        let employee = app.person("ce", short, &at, &[Role::CustomerEmployee]).await?;
        grant(&partner, &reviewer).await?;
        let application = import(&partner, &package(false), true).await?;
        let project = active_project(&partner, &reviewer, "设备数字化", &corp_id(short)).await?;
        Ok(Self {
            reviewer,
            partner,
            colleague,
            developer,
            customer,
            employee,
            application,
            project,
        })
    }

    /// A new link's token.
    pub async fn link(&self) -> Result<String> {
        let (_, token) = link(&self.partner, &self.project, &self.application).await?;
        Ok(token)
    }

    /// An order of the customer; its id.
    pub async fn order(&self) -> Result<String> {
        let token = self.link().await?;
        let bought = buy(&self.customer, &token, None).await?;
        text(&bought["id"]).with_context(|| format!("{bought}"))
    }

    /// An instance that arrived, with its sample data; its id.
    pub async fn instance(&self) -> Result<String> {
        let order = self.order().await?;
        let sent = send(
            &self.partner,
            &order,
            json!({ "includeSampleData": true }),
            Some(agreement()),
        )
        .await?;
        let delivery = text(&sent["id"]).with_context(|| format!("{sent}"))?;
        let ended = finished(&self.partner, &delivery).await?;
        let arrived = instance_of(&self.customer, &delivery).await?;
        arrived.with_context(|| format!("{ended}"))
    }
}

/// Applies for distribution permission and has it granted.
pub async fn grant(partner: &Someone, reviewer: &Someone) -> Result<()> {
    let applied = apply(partner, Some(agreement())).await?;
    let input = json!({ "id": applied["id"], "decision": "GRANT" });
    let on = "... on DistributionPermission { status }";
    let decided = reviewer
        .act(
            "decideDistributionPermission",
            "DecideDistributionPermissionInput",
            input,
            on,
            None,
        )
        .await?;
    anyhow::ensure!(decided["status"] == "GRANTED", "{decided}");
    Ok(())
}

/// Applies for distribution permission.
pub async fn apply(partner: &Someone, agreement: Option<&str>) -> Result<Value> {
    let input = json!({
        "scenario": "为制造业客户交付设备类应用，并长期维护。",
        "references": ["甲公司巡检项目", "乙公司巡检项目"],
        "contactName": "周启航",
        "contactMobile": "13800138000",
        "agreementVersion": agreement,
    });
    let on = "... on DistributionPermission { id status dueAt availableActions }";
    partner
        .act(
            "applyForDistributionPermission",
            "ApplyForDistributionPermissionInput",
            input,
            on,
            None,
        )
        .await
}

/// Imports a package as a new application and publishes it if wanted; its id.
pub async fn import(partner: &Someone, package: &Value, publish: bool) -> Result<String> {
    let version = imported(partner, package, None).await?;
    let application = text(&version["application"]["id"]).with_context(|| format!("{version}"))?;
    if publish {
        publish_version(partner, &text(&version["id"]).context("a version")?).await?;
    }
    Ok(application)
}

/// Imports a package as a further version of an application and publishes it; the version's id.
pub async fn import_version(partner: &Someone, application: &str, package: &Value) -> Result<String> {
    let version = import_unpublished(partner, application, package).await?;
    publish_version(partner, &version).await?;
    Ok(version)
}

/// Imports a package as a further version of an application; the version's id.
pub async fn import_unpublished(partner: &Someone, application: &str, package: &Value) -> Result<String> {
    let version = imported(partner, package, Some(application)).await?;
    text(&version["id"]).with_context(|| format!("{version}"))
}

async fn imported(partner: &Someone, package: &Value, application: Option<&str>) -> Result<Value> {
    let file = partner
        .upload(FilePurpose::Package, "package.json", package.to_string().into_bytes())
        .await?;
    let on = "... on PackageImport { id }";
    let input = json!({ "fileId": file, "applicationId": application });
    let started = partner
        .act("importPackage", "ImportPackageInput", input, on, None)
        .await?;
    let document = "query($id: ID!) { packageImport(id: $id) { status problems { place message } \
                    version { id application { id } } } }";
    let ended =
        |data: &Value| ["SUCCEEDED", "FAILED"].contains(&data["packageImport"]["status"].as_str().unwrap_or(""));
    let mut import = partner.wait(document, json!({ "id": started["id"] }), ended).await?;
    anyhow::ensure!(import["packageImport"]["status"] == "SUCCEEDED", "{import}");
    Ok(import["packageImport"]["version"].take())
}

/// Publishes a version.
pub async fn publish_version(partner: &Someone, version: &str) -> Result<()> {
    let input = json!({ "versionId": version });
    let on = "... on ApplicationVersion { status }";
    let published = partner
        .act("publishVersion", "PublishVersionInput", input, on, None)
        .await?;
    anyhow::ensure!(published["status"] == "PUBLISHED", "{published}");
    Ok(())
}

/// What sending the pages of an order would change, in Chinese.
pub async fn page_changes(partner: &Someone, order: &str) -> Result<Value> {
    let document = "query($id: ID!) { pageChanges(orderId: $id) { ... on PageChanges { versionNumber digest \
                    pages { componentKey kind name change changedByCustomer fields { field label change details } details } } \
                    ... on UserError { code message } } }";
    let mut data = partner.in_chinese().ask(document, json!({ "id": order })).await?;
    Ok(data["pageChanges"].take())
}

/// The fields of a project that lack nothing.
pub async fn project_fields(partner: &Someone, name: &str, customer_corp_id: &str) -> Result<Value> {
    let contract = partner.upload(FilePurpose::Contract, "合同.png", picture()).await?;
    Ok(json!({
        "name": name,
        "contractAmount": { "amount": "120000" },
        "contractFileId": contract,
        "contractFileKind": "CONTRACT",
        "description": "交付设备巡检应用。",
        "startOn": "2026-11-23",
        "endOn": "2026-12-31",
        "deliveryScope": "实施与培训",
        "ownerName": "周启航",
        "customerName": "蓝海制造",
        "customerCorpId": customer_corp_id,
        "customerIndustry": "制造业",
        "customerSize": "UP_TO_500",
        "customerContactName": "王海蓝",
        "customerContactMobile": "13900139000",
    }))
}

/// A project in review; its id.
pub async fn submitted_project(partner: &Someone, name: &str, customer_corp_id: &str) -> Result<String> {
    let fields = project_fields(partner, name, customer_corp_id).await?;
    let input = json!({ "fields": fields, "submit": true });
    let made = partner
        .act(
            "createProject",
            "CreateProjectInput",
            input,
            "... on Project { id status }",
            None,
        )
        .await?;
    text(&made["id"]).with_context(|| format!("{made}"))
}

/// A project that was approved; its id.
pub async fn active_project(partner: &Someone, reviewer: &Someone, name: &str, corp_id: &str) -> Result<String> {
    let id = submitted_project(partner, name, corp_id).await?;
    let input = json!({ "id": id, "decision": "APPROVE" });
    let reviewed = reviewer
        .act(
            "reviewProject",
            "ReviewProjectInput",
            input,
            "... on Project { status }",
            None,
        )
        .await?;
    anyhow::ensure!(reviewed["status"] == "ACTIVE", "{reviewed}");
    Ok(id)
}

/// A new link: its id and its token.
pub async fn link(partner: &Someone, project: &str, application: &str) -> Result<(String, String)> {
    let input = json!({ "projectId": project, "applicationId": application });
    let on = "... on DistributionLink { id url }";
    let made = partner
        .act("createDistributionLink", "CreateDistributionLinkInput", input, on, None)
        .await?;
    let url = made["url"].as_str().with_context(|| format!("{made}"))?;
    let path = url.split('?').next().unwrap_or(url);
    let token = path.rsplit('/').next().unwrap_or(path).to_owned();
    Ok((text(&made["id"]).context("an id")?, token))
}

/// Buys through a link.
pub async fn buy(buyer: &Someone, token: &str, key: Option<&str>) -> Result<Value> {
    let on = "... on Order { id number appStatus amount { amount } }";
    buyer
        .act(
            "purchaseApplication",
            "PurchaseApplicationInput",
            json!({ "token": token }),
            on,
            key,
        )
        .await
}

/// Sends an order's application.
pub async fn send(partner: &Someone, order: &str, options: Value, agreement: Option<&str>) -> Result<Value> {
    let input = json!({ "orderId": order, "options": options, "agreementVersion": agreement });
    partner
        .act(
            "sendApplication",
            "SendApplicationInput",
            input,
            "... on Delivery { id status }",
            None,
        )
        .await
}

/// A delivery at its end.
pub async fn finished(who: &Someone, delivery: &str) -> Result<Value> {
    let document = "query($id: ID!) { delivery(id: $id) { status total done skipped failed failures warnings \
                    items { componentKey kind status reason } } }";
    let ended = |data: &Value| {
        !["QUEUED", "PREFLIGHT", "SENDING"].contains(&data["delivery"]["status"].as_str().unwrap_or("QUEUED"))
    };
    let mut data = who.wait(document, json!({ "id": delivery }), ended).await?;
    Ok(data["delivery"].take())
}

/// The id of the instance that a delivery made arrive; only the customer's admins see it.
pub async fn instance_of(customer: &Someone, delivery: &str) -> Result<Option<String>> {
    let document = "query($id: ID!) { delivery(id: $id) { order { instance { id } } } }";
    let data = customer.ask(document, json!({ "id": delivery })).await?;
    Ok(text(&data["delivery"]["order"]["instance"]["id"]))
}

/// The order that brought an instance.
pub async fn order_of(customer: &Someone, instance: &str) -> Result<String> {
    let document = "query($id: ID!) { appInstance(id: $id) { order { id } } }";
    let data = customer.ask(document, json!({ "id": instance })).await?;
    text(&data["appInstance"]["order"]["id"]).with_context(|| format!("{data}"))
}

/// Asks for remote maintenance; its id.
pub async fn maintain(developer: &Someone, order: &str, hours: i32) -> Result<String> {
    let input = json!({ "orderId": order, "reason": "修复每日同步", "hours": hours });
    let on = "... on MaintenanceSession { id }";
    let asked = developer
        .act("requestMaintenance", "RequestMaintenanceInput", input, on, None)
        .await?;
    text(&asked["id"]).with_context(|| format!("{asked}"))
}

/// Asks the partner of an application about it; the request's id.
pub async fn ask_partner(customer: &Someone, instance: &str, title: &str) -> Result<String> {
    let input = json!({ "instanceId": instance, "kind": "FAULT", "title": title, "text": "每日同步没有数据。" });
    let on = "... on ServiceRequest { id }";
    let opened = customer
        .act("openServiceRequest", "OpenServiceRequestInput", input, on, None)
        .await?;
    text(&opened["id"]).with_context(|| format!("{opened}"))
}

/// The developer inside a remote maintenance that was granted.
pub async fn enter(developer: &Someone, maintenance: &Value) -> Result<Someone> {
    let on = "... on Session { accessToken }";
    let input = json!({ "id": maintenance });
    let entered = developer
        .act("enterMaintenance", "MaintenanceActionInput", input, on, None)
        .await?;
    let mut inside = developer.clone();
    inside.bearer = Some(text(&entered["accessToken"]).with_context(|| format!("{entered}"))?);
    inside.organization_id = None;
    Ok(inside)
}

/// A text member.
pub fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

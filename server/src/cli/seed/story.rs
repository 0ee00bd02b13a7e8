//! What happens in the demo, in order: permission, applications, projects in every state, purchases, deliveries, apps in
//! every state. Each step is somebody's, over the API.

use std::sync::Arc;

use anyhow::Context;
use chrono::{Datelike, Duration};
use serde_json::{Value, json};

use super::actor::Somebody;
use super::calendar::Calendar;
use super::contract;
use super::people::{self, BLUE, GREEN};
use super::stall::Stall;
use super::{buying, cool_app, market, product, promotion, rollout, running, self_test, service};
use crate::app::{App, Clock};
use crate::domain::agreement::{Agreement, AgreementKind};
use crate::domain::file::FilePurpose;
use crate::graphql;

const INSPECTION: &[u8] = include_bytes!("../../../demo/equipment-inspection.json");
const CUSTOMERS: &[u8] = include_bytes!("../../../demo/customer-management.json");
const PURCHASING: &[u8] = include_bytes!("../../../demo/purchase-approval.json");

/// Everybody who does something.
pub(super) struct Cast<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) admin: Somebody,
    pub(super) second_admin: Somebody,
    pub(super) developer: Somebody,
    pub(super) rival: Somebody,
    /// Admins of partners that are only on the marketplace.
    sellers: [Somebody; 2],
    pub(super) reviewer: Somebody,
    pub(super) superadmin: Somebody,
    operator: Somebody,
    other_operator: Somebody,
    open_platform: Somebody,
    pub(super) blue: Somebody,
    /// Employees of that customer.
    employee: Somebody,
    pub(super) buyer: Somebody,
    pub(super) green: Somebody,
    pub(super) practice: Somebody,
    /// Admin of the customer that buys on the marketplace.
    river: Somebody,
}

/// Tells the whole story; the clock ends at the present.
pub async fn tell(app: &Arc<App>, calendar: &Calendar) -> anyhow::Result<()> {
    people::create(app).await?;
    let schema = graphql::schema();
    let cast = Cast {
        calendar,
        admin: Somebody::find(app, &schema, "pa@partner.example").await?,
        second_admin: Somebody::find(app, &schema, "pa2@partner.example").await?,
        developer: Somebody::find(app, &schema, "pd@partner.example").await?,
        rival: Somebody::find(app, &schema, "pa@rival.example").await?,
        sellers: [
            Somebody::find(app, &schema, "pa@ivy.example").await?,
            Somebody::find(app, &schema, "pa@stack.example").await?,
        ],
        reviewer: Somebody::find(app, &schema, "ir@platform.example").await?,
        superadmin: Somebody::find(app, &schema, "sa@platform.example").await?,
        operator: Somebody::find(app, &schema, "co@platform.example").await?,
        other_operator: Somebody::find(app, &schema, "co2@platform.example").await?,
        open_platform: Somebody::find(app, &schema, "oo@platform.example").await?,
        employee: Somebody::find(app, &schema, "ce@customer.example").await?,
        blue: Somebody::find(app, &schema, "ca@customer.example").await?,
        buyer: Somebody::find(app, &schema, "ce2@customer.example").await?,
        green: Somebody::find(app, &schema, "ca@other.example").await?,
        practice: Somebody::find(app, &schema, "ca@practice.example").await?,
        river: Somebody::find(app, &schema, "ca@river.example").await?,
    };
    cast.permissions().await?;
    let sold = market::begin(&cast.admin).await?;
    let inspection = cast.import("设备巡检.json", INSPECTION, true).await?;
    let customers = cast.import("客户管理.json", CUSTOMERS, true).await?;
    let purchasing = cast.import("采购审批.json", PURCHASING, false).await?;
    cast.practice_whose_edition_becomes_a_lower_one(&inspection).await?;
    cast.pass(2).await?;
    let (developing, enabled) = cast.delivered_project(&inspection, &customers).await?;
    cast.project_that_meets_a_smaller_edition(&inspection).await?;
    cast.settled_project(&customers).await?;
    self_test::tell(&cast.second_admin, &inspection, &purchasing).await?;
    cast.pass(3).await?;
    cast.projects_in_every_other_state().await?;
    cast.products(&inspection, &customers, &purchasing).await?;
    cast.market(&sold).await?;
    let promoted = buying::found(&cast.river, "设备巡检").await?;
    let token = promotion::tell(&cast.admin, &promoted, calendar.now()).await?;
    promotion::visit(&cast.river, &token).await?;
    buying::tell(&cast.river, &cast.sellers[0], &token).await?;
    let stall = Stall {
        partner: &cast.sellers[0],
        operator: &cast.operator,
    };
    rollout::tell(&cast.river, &stall, calendar.now()).await?;
    cast.service_requests(&enabled).await?;
    calendar
        .pass(Clock::System.now().signed_duration_since(calendar.now()))
        .await?;
    running::maintenance(&cast.developer, &developing, &enabled).await
}

impl Cast<'_> {
    async fn pass(&self, days: i64) -> anyhow::Result<()> {
        self.calendar.pass(Duration::days(days)).await
    }

    async fn service_requests(&self, order: &str) -> anyhow::Result<()> {
        let stage = service::Stage {
            calendar: self.calendar,
            admin: &self.blue,
            employee: &self.buyer,
            partner: &self.admin,
            developer: &self.developer,
        };
        service::tell(&stage, order).await
    }

    async fn products(&self, inspection: &str, customers: &str, purchasing: &str) -> anyhow::Result<()> {
        let stage = product::Stage {
            superadmin: &self.superadmin,
            operator: &self.operator,
            other_operator: &self.other_operator,
            partner: &self.admin,
        };
        let applications = product::Applications {
            inspection,
            customers,
            purchasing,
        };
        product::tell(&stage, &applications).await?;
        let stage = cool_app::Stage {
            partner: &self.admin,
            operator: &self.open_platform,
            customer: &self.blue,
            employee: &self.employee,
        };
        cool_app::tell(&stage).await
    }

    async fn market(&self, sold: &Value) -> anyhow::Result<()> {
        let stage = market::Stage {
            partners: [&self.admin, &self.sellers[0], &self.sellers[1]],
            operator: &self.operator,
            other_operator: &self.other_operator,
        };
        market::tell(&stage, sold).await
    }

    async fn permissions(&self) -> anyhow::Result<()> {
        let application = |contact: &str| {
            json!({
                "scenario": "为制造与零售企业交付设备、客户与采购类应用，由本公司团队实施并长期维护。",
                "references": ["某重工集团设备巡检项目（2025）", "某连锁商超会员管理项目（2026）"],
                "contactName": contact,
                "contactMobile": "13800138000",
                "agreementVersion": Agreement::current(AgreementKind::Distribution).version,
            })
        };
        let apply = "ApplyForDistributionPermissionInput";
        let on = "... on DistributionPermission { id }";
        let own = self
            .admin
            .act("applyForDistributionPermission", apply, application("周启航"), on)
            .await?;
        self.rival
            .act("applyForDistributionPermission", apply, application("赵远景"), on)
            .await?;
        let grant = json!({ "id": own["id"], "decision": "GRANT", "tier": "ADVANCED" });
        let decide = "DecideDistributionPermissionInput";
        self.reviewer
            .act("decideDistributionPermission", decide, grant, on)
            .await?;
        Ok(())
    }

    /// Imports a package as an application; its id.
    async fn import(&self, name: &'static str, package: &[u8], publish: bool) -> anyhow::Result<String> {
        let file = self.admin.upload(FilePurpose::Package, name, package.to_vec()).await?;
        let input = json!({ "fileId": file });
        let started = self
            .admin
            .act(
                "importPackage",
                "ImportPackageInput",
                input,
                "... on PackageImport { id }",
            )
            .await?;
        let document = "query Import($id: ID!) { packageImport(id: $id) { status problems { place message } \
                        version { id application { id } } } }";
        let done =
            |data: &Value| ["SUCCEEDED", "FAILED"].contains(&data["packageImport"]["status"].as_str().unwrap_or(""));
        let ended = self.admin.wait(document, json!({ "id": started["id"] }), done).await?;
        let version = &ended["packageImport"]["version"];
        let application = text(&version["application"]["id"]).with_context(|| format!("{name}: {ended}"))?;
        if publish {
            let input = json!({ "versionId": version["id"] });
            self.admin
                .act(
                    "publishVersion",
                    "PublishVersionInput",
                    input,
                    "... on ApplicationVersion { id }",
                )
                .await?;
        }
        Ok(application)
    }

    async fn contract(&self, who: &Somebody, customer: &str, amounts: &str) -> anyhow::Result<String> {
        let lines = [
            "软件实施服务合同".to_owned(),
            format!("甲方：{customer}"),
            "乙方：星云软件".to_owned(),
            "一、乙方为甲方交付并实施业务应用，交付范围见附件。".to_owned(),
            format!("二、{amounts}"),
            "三、验收合格后 30 日内支付。".to_owned(),
        ];
        who.upload(FilePurpose::Contract, "项目合同.pdf", contract::pdf(&lines))
            .await
    }

    /// A project's fields; amounts in minor units.
    async fn fields(&self, who: &Somebody, new: &NewProject<'_>) -> anyhow::Result<Value> {
        let file = self.contract(who, new.customer, new.amounts).await?;
        let start = self.calendar.now().date_naive();
        Ok(json!({
            "name": new.name,
            "contractAmount": { "amount": new.minor, "currency": "CNY" },
            "contractFileId": file,
            "contractFileKind": "CONTRACT",
            "description": "为客户交付标准应用并完成培训。",
            "startOn": start.to_string(),
            "endOn": start.with_month(12).unwrap_or(start).with_day(31).unwrap_or(start).to_string(),
            "deliveryScope": "应用实施、数据导入、两次培训",
            "ownerName": "周启航",
            "customerName": new.customer,
            "customerCorpId": new.corp_id,
            "customerIndustry": new.industry,
            "customerSize": "UP_TO_500",
            "customerContactName": "王海蓝",
            "customerContactMobile": "13900139000",
        }))
    }

    /// A submitted project; its id.
    async fn submitted(&self, who: &Somebody, new: &NewProject<'_>) -> anyhow::Result<String> {
        let fields = self.fields(who, new).await?;
        let input = json!({ "fields": fields, "submit": true });
        let made = who
            .act("createProject", "CreateProjectInput", input, "... on Project { id }")
            .await?;
        text(&made["id"]).context("a project has an id")
    }

    async fn review(&self, project: &str, decision: &str, reason: Option<&str>) -> anyhow::Result<()> {
        let input = json!({ "id": project, "decision": decision, "reason": reason });
        self.reviewer
            .act("reviewProject", "ReviewProjectInput", input, "... on Project { id }")
            .await?;
        Ok(())
    }

    pub(super) async fn active(&self, who: &Somebody, new: &NewProject<'_>) -> anyhow::Result<String> {
        let project = self.submitted(who, new).await?;
        self.review(&project, "APPROVE", None).await?;
        Ok(project)
    }

    /// Makes a link and buys through it; the order's id.
    pub(super) async fn order(&self, project: &str, application: &str, buyer: &Somebody) -> anyhow::Result<String> {
        self.order_for(project, application, None, buyer).await
    }

    /// The same for so many users.
    pub(super) async fn order_for(
        &self,
        project: &str,
        application: &str,
        seats: Option<i32>,
        buyer: &Somebody,
    ) -> anyhow::Result<String> {
        let input = json!({ "projectId": project, "applicationId": application, "seats": seats });
        let on = "... on DistributionLink { id url }";
        let link = self
            .admin
            .act("createDistributionLink", "CreateDistributionLinkInput", input, on)
            .await?;
        let url = link["url"].as_str().context("a new link has a url")?;
        let path = url.split('?').next().unwrap_or(url);
        let token = path.rsplit('/').next().unwrap_or(path);
        let input = json!({ "token": token });
        let bought = buyer
            .act(
                "purchaseApplication",
                "PurchaseApplicationInput",
                input,
                "... on Order { id }",
            )
            .await?;
        text(&bought["id"]).context("an order has an id")
    }

    /// Sends an order's application and waits for the end; the instance's id where one arrived.
    pub(super) async fn send(&self, order: &str, buyer: &Somebody) -> anyhow::Result<Option<String>> {
        let input = json!({
            "orderId": order,
            "options": { "includeSampleData": true, "includeConnectors": true, "openEditPermission": false },
            "agreementVersion": Agreement::current(AgreementKind::Distribution).version,
        });
        let sent = self
            .admin
            .act(
                "sendApplication",
                "SendApplicationInput",
                input,
                "... on Delivery { id }",
            )
            .await?;
        let document = "query Sent($id: ID!) { delivery(id: $id) { status } }";
        let done = |data: &Value| {
            ["SUCCEEDED", "PARTIAL", "FAILED"].contains(&data["delivery"]["status"].as_str().unwrap_or(""))
        };
        self.admin.wait(document, json!({ "id": sent["id"] }), done).await?;
        let document = "query Arrived($id: ID!) { order(id: $id) { instance { id } } }";
        let order = buyer.ask(document, json!({ "id": order })).await?;
        Ok(text(&order["order"]["instance"]["id"]))
    }

    /// One customer, four apps: enabled, accepted, in maintenance, and one order that waits to be sent. The orders of the app in
    /// maintenance and of the enabled one.
    async fn delivered_project(&self, inspection: &str, customers: &str) -> anyhow::Result<(String, String)> {
        let new = NewProject {
            name: "蓝海制造设备数字化",
            minor: "12800000",
            amounts: "合同总金额：人民币 128,000.00 元（大写：壹拾贰万捌仟元整）。",
            ..BLUE_PROJECT
        };
        let project = self.active(&self.admin, &new).await?;
        self.pass(1).await?;
        self.application_with_one_seat(&project, customers).await?;
        let enabled_order = self.order(&project, inspection, &self.blue).await?;
        let ready = self.order(&project, customers, &self.blue).await?;
        let maintained = self.order(&project, inspection, &self.blue).await?;
        self.order(&project, customers, &self.blue).await?;
        let enabled = self
            .send(&enabled_order, &self.blue)
            .await?
            .context("the first app arrives")?;
        running::maintained_before(&self.developer, &enabled_order).await?;
        let ready = self.send(&ready, &self.blue).await?.context("the second app arrives")?;
        self.send(&maintained, &self.blue)
            .await?
            .context("the third app arrives")?;
        running::accept(&self.blue, &enabled, "各页面已逐一试用，巡检流程符合要求。").await?;
        running::accept(&self.blue, &ready, "验收通过。").await?;
        running::enable(&self.blue, &enabled, "设备管理").await?;
        let amended = self
            .amend(
                &self.admin,
                &project,
                "13800000",
                "补充协议总金额：人民币 138,000.00 元。",
                "客户增加了两个厂区，工期延长一个月。",
            )
            .await?;
        let input = json!({ "id": amended, "decision": "APPROVE", "amountMismatch": false });
        self.reviewer
            .act(
                "reviewAmendment",
                "ReviewAmendmentInput",
                input,
                "... on Amendment { id }",
            )
            .await?;
        Ok((maintained, enabled_order))
    }

    /// Proposes to change the amount and the end of an active project; the amendment's id.
    async fn amend(
        &self,
        who: &Somebody,
        project: &str,
        minor: &str,
        amounts: &str,
        reason: &str,
    ) -> anyhow::Result<String> {
        let file = self.contract(who, BLUE_PROJECT.customer, amounts).await?;
        let end = self.calendar.now().date_naive() + Duration::days(400);
        let input = json!({
            "projectId": project,
            "contractAmount": { "amount": minor, "currency": "CNY" },
            "endOn": end.to_string(),
            "description": "为客户交付标准应用并完成培训；新增厂区按补充协议实施。",
            "fileId": file,
            "fileKind": "CONTRACT",
            "reason": reason,
        });
        let on = "... on Amendment { id }";
        let made = who.act("proposeAmendment", "ProposeAmendmentInput", input, on).await?;
        text(&made["id"]).context("an amendment has an id")
    }

    /// The customer's edition lacks what the application needs: the delivery fails with every reason.
    async fn project_that_meets_a_smaller_edition(&self, application: &str) -> anyhow::Result<()> {
        let new = NewProject {
            name: "青禾零售门店巡检",
            customer: "青禾零售",
            corp_id: GREEN,
            industry: "零售",
            minor: "4600000",
            amounts: "合同总金额为 4.6 万元。",
        };
        let project = self.active(&self.admin, &new).await?;
        let order = self.order(&project, application, &self.green).await?;
        self.send(&order, &self.green).await?;
        Ok(())
    }

    async fn settled_project(&self, application: &str) -> anyhow::Result<()> {
        let new = NewProject {
            name: "蓝海制造客户管理一期",
            minor: "6500000",
            amounts: "合同总金额：￥65,000.00。",
            ..BLUE_PROJECT
        };
        let project = self.active(&self.admin, &new).await?;
        let order = self.order(&project, application, &self.blue).await?;
        let instance = self.send(&order, &self.blue).await?.context("the app arrives")?;
        let on = "... on AppInstance { id }";
        running::accept(&self.blue, &instance, "一期验收通过。").await?;
        running::enable(&self.blue, &instance, "销售").await?;
        self.blue
            .act("disableInstance", "InstanceActionInput", json!({ "id": instance }), on)
            .await?;
        let input = json!({
            "id": project,
            "actualEndOn": self.calendar.now().date_naive().to_string(),
            "customerAcceptor": "王海蓝",
            "satisfaction": 5,
            "remark": "客户已转入二期。",
            "acknowledgeWarnings": true,
        });
        self.admin
            .act("settleProject", "SettleProjectInput", input, "... on Project { id }")
            .await?;
        Ok(())
    }

    async fn projects_in_every_other_state(&self) -> anyhow::Result<()> {
        let project = |name, minor, amounts| NewProject {
            name,
            minor,
            amounts,
            ..BLUE_PROJECT
        };
        let agreed = "合同总金额：人民币 98,000.00 元。";
        let overdue = project("蓝海制造采购协同", "9800000", agreed);
        self.submitted(&self.admin, &overdue).await?;
        let differs = project("蓝海制造仓储盘点", "8900000", agreed);
        self.submitted(&self.second_admin, &differs).await?;
        let rejected = self
            .submitted(&self.admin, &project("蓝海制造能耗看板", "3000000", agreed))
            .await?;
        let input = json!({ "id": rejected, "decision": "REJECT", "amountMismatch": true });
        self.reviewer
            .act("reviewProject", "ReviewProjectInput", input, "... on Project { id }")
            .await?;
        let withdrawn = self
            .submitted(&self.admin, &project("蓝海制造班组管理", "5200000", agreed))
            .await?;
        let input = json!({ "id": withdrawn });
        self.admin
            .act("withdrawProject", "ProjectActionInput", input, "... on Project { id }")
            .await?;
        let training = self
            .active(&self.second_admin, &project("蓝海制造培训管理", "9800000", agreed))
            .await?;
        let amounts = "补充协议总金额：人民币 105,000.00 元。";
        self.amend(
            &self.second_admin,
            &training,
            "11000000",
            amounts,
            "客户追加一次现场培训。",
        )
        .await?;
        let draft = json!({ "fields": { "name": "蓝海制造安全生产", "customerName": "蓝海制造" } });
        self.admin
            .act("createProject", "CreateProjectInput", draft, "... on Project { id }")
            .await?;
        Ok(())
    }
}

/// What differs from project to project.
pub(super) struct NewProject<'a> {
    pub(super) name: &'a str,
    pub(super) customer: &'a str,
    pub(super) corp_id: &'a str,
    pub(super) industry: &'a str,
    /// Minor units.
    pub(super) minor: &'a str,
    /// The sentence of the contract that names the amount.
    pub(super) amounts: &'a str,
}

const BLUE_PROJECT: NewProject<'static> = NewProject {
    name: "",
    customer: "蓝海制造",
    corp_id: BLUE,
    industry: "制造业",
    minor: "0",
    amounts: "",
};

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

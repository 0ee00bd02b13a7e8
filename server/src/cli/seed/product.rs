//! Products of the demo: categories with their operators, tasks before the marketplace, a product on the marketplace whose revision
//! waits for its operator, one that waits for its first review, and a draft that is not finished.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;
use super::picture::{self, Colour};
use super::self_test;
use crate::domain::file::FilePurpose;

const GREEN: Colour = [24, 133, 104];
const BLUE: Colour = [37, 99, 205];

/// The categories in both languages; the first three are the operator's.
const CATEGORIES: [(&str, &str); 8] = [
    ("设备与生产", "Equipment and production"),
    ("客户管理", "Customer relations"),
    ("采购与供应链", "Procurement and supply chain"),
    ("人事行政", "People and administration"),
    ("财务", "Finance"),
    ("项目协同", "Projects and teamwork"),
    ("数据分析", "Data and reports"),
    ("其他", "Other"),
];
const HELD: usize = 3;

const TASKS: [(&str, &str); 4] = [
    ("安全审查", "Security review"),
    ("稳定性检查", "Stability check"),
    ("正向交易测试", "Forward transaction test"),
    ("逆向交易测试", "Reverse transaction test"),
];

const PRODUCT: &str = "... on Product { id openRevision { id version } }";

/// Who takes part.
pub struct Stage<'a> {
    pub superadmin: &'a Somebody,
    /// Holds the first categories.
    pub operator: &'a Somebody,
    /// Holds the others.
    pub other_operator: &'a Somebody,
    pub partner: &'a Somebody,
}

/// What is sold, and of which application.
pub struct Applications<'a> {
    pub inspection: &'a str,
    pub customers: &'a str,
    pub purchasing: &'a str,
}

/// Tells it.
pub async fn tell(stage: &Stage<'_>, applications: &Applications<'_>) -> anyhow::Result<()> {
    let categories = categories(stage).await?;
    let mut tasks = Vec::new();
    for (zh, en) in TASKS {
        let input = json!({ "nameZh": zh, "nameEn": en });
        let made = stage
            .superadmin
            .act("savePreTask", "SavePreTaskInput", input, "... on PreTask { id }")
            .await?;
        tasks.push(made["id"].clone());
    }
    let input = json!({ "holder": "星云软件有限公司", "bank": "招商银行杭州分行", "number": "6222 0212 3456 7890" });
    let on = "... on PayeeAccount { numberEnd }";
    stage
        .partner
        .act("setPayeeAccount", "SetPayeeAccountInput", input, on)
        .await?;
    inspection(stage, applications.inspection, &categories[0], &tasks).await?;
    customers(stage, applications.customers, &categories[1]).await?;
    let unfinished = json!({
        "name": "采购审批", "summary": "从申请到到货，一张单走完", "categoryId": categories[2], "chargeForm": "PAID",
        "chargingRule": "PER_SEAT", "tags": ["采购", "审批"],
        "plans": [{ "name": "20 用户版", "minSeats": 1, "maxSeats": 20, "periods": [{ "name": "一年", "months": 12 }] }],
    });
    draft(stage.partner, applications.purchasing, unfinished).await?;
    Ok(())
}

async fn categories(stage: &Stage<'_>) -> anyhow::Result<Vec<Value>> {
    let me = "{ viewer { user { id } } }";
    let own = stage.operator.ask(me, json!({})).await?["viewer"]["user"]["id"].take();
    let other = stage.other_operator.ask(me, json!({})).await?["viewer"]["user"]["id"].take();
    let mut made = Vec::new();
    for (at, (zh, en)) in CATEGORIES.into_iter().enumerate() {
        let input = json!({ "nameZh": zh, "nameEn": en, "fourEyes": zh == "财务" });
        let on = "... on Category { id }";
        let category = stage
            .superadmin
            .act("saveCategory", "SaveCategoryInput", input, on)
            .await?;
        let operator = if at < HELD { &own } else { &other };
        let input = json!({ "id": category["id"], "userIds": [operator] });
        stage
            .superadmin
            .act("setCategoryOperators", "SetCategoryOperatorsInput", input, on)
            .await?;
        made.push(category["id"].clone());
    }
    Ok(made)
}

/// On the marketplace; a revision of it waits for the operator.
async fn inspection(stage: &Stage<'_>, application: &str, category: &Value, tasks: &[Value]) -> anyhow::Result<()> {
    let mut content = content(stage.partner, "设备巡检", GREEN, category).await?;
    content["summary"] = json!("扫码巡检、缺陷上报、维修闭环，车间主任随时看进度");
    content["tags"] = json!(["巡检", "设备管理", "点检", "维修"]);
    content["description"] = json!(
        "## 解决什么问题\n\n纸质点检表容易漏检、代签，缺陷报上去没有下文。设备巡检让每台设备有自己的二维码，到场扫码才能填写。\n\n\
         ## 主要功能\n\n- 巡检计划：按班次、按设备自动生成任务\n- 扫码点检：拍照留痕，异常一键转维修\n- 缺陷闭环：派单、处理、验收全程可查\n- 统计看板：完好率、漏检率、平均修复时间\n\n\
         ## 适合谁\n\n| 角色 | 用它做什么 |\n|---|---|\n| 点检员 | 扫码填写、上报异常 |\n| 维修工 | 接单、填写处理结果 |\n| 车间主任 | 看完成率与遗留缺陷 |\n"
    );
    content["audience"] = json!({ "industries": ["MANUFACTURING", "LOGISTICS"], "dailyTrials": 50 });
    let handed_in = submitted(stage.partner, application, content.clone()).await?;
    decide(stage.operator, &handed_in).await?;
    for task in tasks {
        let input = json!({ "id": handed_in["id"], "taskId": task, "done": true, "note": "已完成，无异常" });
        stage
            .operator
            .act("answerProductTask", "AnswerProductTaskInput", input, PRODUCT)
            .await?;
    }
    let named = json!({ "id": handed_in["id"] });
    stage
        .partner
        .act("listProduct", "ProductActionInput", named.clone(), PRODUCT)
        .await?;
    let revision = stage
        .partner
        .act("reviseProduct", "ProductActionInput", named, PRODUCT)
        .await?;
    let document = "query($id: ID!) { product(id: $id) { openRevision { content { plans { itemCode } } } } }";
    let read = stage.partner.ask(document, json!({ "id": revision["id"] })).await?;
    let codes = &read["product"]["openRevision"]["content"]["plans"];
    for at in 0..2 {
        content["plans"][at]["itemCode"] = codes[at]["itemCode"].clone();
    }
    content["summary"] = json!("扫码巡检、缺陷上报、维修闭环，离线也能填写");
    content["plans"][1]["unitPrice"] = json!("780");
    let saved = save(stage.partner, &revision, content).await?;
    submit(stage.partner, &saved).await?;
    Ok(())
}

/// Waits for its first review.
async fn customers(stage: &Stage<'_>, application: &str, category: &Value) -> anyhow::Result<()> {
    self_test::pass(stage.partner, application).await?;
    let mut content = content(stage.partner, "客户管理", BLUE, category).await?;
    content["summary"] = json!("线索、客户、商机、合同一条线，销售每天打开就知道做什么");
    content["tags"] = json!(["CRM", "客户", "销售"]);
    content["description"] = json!("## 功能\n\n- 线索分配与跟进提醒\n- 商机漏斗\n- 合同与回款\n");
    submitted(stage.partner, application, content).await?;
    Ok(())
}

/// What the wizard holds when nothing is wrong with it.
async fn content(partner: &Somebody, name: &str, colour: Colour, category: &Value) -> anyhow::Result<Value> {
    let icon = partner
        .upload(FilePurpose::ProductIcon, "图标.png", picture::icon(colour)?)
        .await?;
    let mut screenshots = Vec::new();
    for rows in [12, 7, 4] {
        let bytes = picture::page(colour, rows)?;
        screenshots.push(
            partner
                .upload(FilePurpose::ProductScreenshot, "截图.png", bytes)
                .await?,
        );
    }
    let viewer = partner.ask("{ viewer { user { id } } }", json!({})).await?;
    Ok(json!({
        "name": name, "iconId": icon, "categoryId": category, "chargeForm": "PAID", "chargingRule": "PER_SEAT",
        "screenshotIds": screenshots,
        "cases": [{ "title": "某重工集团", "text": "**32 个班组**上线三个月，漏检率从 11% 降到 1% 以下。" }],
        "contactIds": [viewer["viewer"]["user"]["id"]],
        "privacyUrl": "https://partner.example.com/privacy", "termsUrl": "https://partner.example.com/terms",
        "trial": "FIFTEEN_DAYS", "openingOrder": "TRIAL_THEN_CHOOSE",
        "plans": [
            { "name": "10 用户版", "minSeats": 1, "maxSeats": 10, "unitPrice": "1010",
              "periods": [{ "name": "一年", "months": 12, "roundingOff": "20" }, { "name": "一个月", "months": 1 }] },
            { "name": "100 用户版", "minSeats": 11, "maxSeats": 100, "unitPrice": "880",
              "periods": [{ "name": "一年", "months": 12, "roundingOff": "60" }, { "name": "两年", "months": 24, "roundingOff": "1120" }] },
        ],
        "promotionMode": "MARKETPLACE",
    }))
}

async fn draft(partner: &Somebody, application: &str, content: Value) -> anyhow::Result<Value> {
    let input = json!({ "applicationId": application });
    let made = partner
        .act("createProduct", "CreateProductInput", input, PRODUCT)
        .await?;
    save(partner, &made, content).await
}

async fn save(partner: &Somebody, read: &Value, content: Value) -> anyhow::Result<Value> {
    let input = json!({ "id": read["id"], "version": read["openRevision"]["version"], "content": content });
    partner
        .act("saveProductDraft", "SaveProductDraftInput", input, PRODUCT)
        .await
}

async fn submit(partner: &Somebody, read: &Value) -> anyhow::Result<Value> {
    let input = json!({ "id": read["id"], "version": read["openRevision"]["version"] });
    partner.act("submitProduct", "SubmitProductInput", input, PRODUCT).await
}

async fn submitted(partner: &Somebody, application: &str, content: Value) -> anyhow::Result<Value> {
    let saved = draft(partner, application, content).await?;
    submit(partner, &saved).await
}

async fn decide(operator: &Somebody, read: &Value) -> anyhow::Result<()> {
    let id = read["openRevision"]["id"].as_str().context("it was handed in")?;
    let input = json!({ "revisionId": id, "decision": "APPROVE" });
    operator
        .act("reviewProduct", "ReviewProductInput", input, PRODUCT)
        .await?;
    Ok(())
}

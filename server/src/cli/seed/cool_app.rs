//! Cool apps of the demo: one on the market that a group of the customer's uses, and one that waits for its operator.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;
use super::picture::{self, Colour};
use crate::domain::file::FilePurpose;

const GREEN: Colour = [24, 133, 104];
const ORANGE: Colour = [196, 92, 20];

const APPLICATION: &str = "... on CoolAppApplication { id version }";

/// Who takes part.
pub struct Stage<'a> {
    pub partner: &'a Somebody,
    pub operator: &'a Somebody,
    pub customer: &'a Somebody,
    pub employee: &'a Somebody,
}

/// Tells it; the partner has a product on the marketplace.
pub async fn tell(stage: &Stage<'_>) -> anyhow::Result<()> {
    let all = stage
        .partner
        .ask("{ products { nodes { id status } } }", json!({}))
        .await?;
    let mut products = all["products"]["nodes"].as_array().into_iter().flatten();
    let listed = products.find(|product| product["status"] == "LISTED");
    let product = listed.context("a product on the marketplace")?["id"].clone();
    let checks = json!({
        "name": "群内巡检", "intro": "群里扫码，缺陷当场派单",
        "industries": ["MANUFACTURING", "LOGISTICS"], "roles": ["PRODUCTION", "MANAGEMENT"],
        "functionText": "在群里发起点检、上报缺陷、跟进维修，机器人每天早上提醒当班人员。",
        "inviteLine": "我们班组用它在群里点检，扫一下就好，一起来吧",
    });
    let entries = [
        ("扫码点检", "scan", "MOBILE_HALF_SHEET"),
        ("缺陷看板", "board", "PC_SIDEBAR"),
    ];
    let submitted = submitted(stage.partner, &product, checks, GREEN, &entries, Some("巡检助手")).await?;
    let input = json!({ "id": submitted["id"], "decision": "APPROVE" });
    let approved = stage
        .operator
        .act("reviewCoolApp", "ReviewCoolAppInput", input, APPLICATION)
        .await?;
    let handover = json!({
        "name": "交接班", "intro": "交接事项一条不漏", "industries": ["MANUFACTURING"], "roles": ["PRODUCTION"],
        "functionText": "交班人填写遗留事项，接班人在群里逐条确认。", "inviteLine": "交接班都在这儿确认，省得来回找人",
    });
    let entries = [("填写交接", "handover", "MOBILE_HALF_SHEET")];
    self::submitted(stage.partner, &product, handover, ORANGE, &entries, None).await?;
    groups(stage, &approved).await
}

/// What the form holds when nothing is wrong with it, handed in.
async fn submitted(
    partner: &Somebody,
    product: &Value,
    mut content: Value,
    colour: Colour,
    entries: &[(&str, &str, &str)],
    robot: Option<&str>,
) -> anyhow::Result<Value> {
    let upload = async |purpose, bytes| partner.upload(purpose, "图片.png", bytes).await;
    let icon = upload(FilePurpose::CoolAppIcon, picture::icon_of(colour, 240)?).await?;
    let entry_icon = upload(FilePurpose::CoolAppEntryIcon, picture::icon_of(colour, 48)?).await?;
    let mut thumbnails = Vec::new();
    for rows in [12, 8, 5] {
        thumbnails.push(upload(FilePurpose::CoolAppThumbnail, picture::page(colour, rows)?).await?);
    }
    content["caseIds"] = json!([upload(FilePurpose::CoolAppCase, picture::page(colour, 10)?).await?]);
    content["thumbnailIds"] = json!(thumbnails);
    content["iconId"] = json!(icon);
    content["entryIconId"] = json!(entry_icon);
    let entry = |(name, path, mode): &(&str, &str, &str)| {
        let url = format!("https://partner.example.com/{path}");
        json!({ "name": name, "url": url, "iconId": entry_icon, "openMode": mode })
    };
    content["entries"] = entries.iter().map(entry).collect();
    content["robot"] = robot.map_or(Value::Null, |name| json!({ "name": name, "iconId": icon }));
    let input = json!({ "productId": product });
    let made = partner
        .act(
            "createCoolAppApplication",
            "CreateCoolAppApplicationInput",
            input,
            APPLICATION,
        )
        .await?;
    let input = json!({ "id": made["id"], "version": made["version"], "content": content });
    let saved = partner
        .act("saveCoolAppDraft", "SaveCoolAppDraftInput", input, APPLICATION)
        .await?;
    let input = json!({ "id": saved["id"], "version": saved["version"] });
    partner
        .act("submitCoolAppApplication", "CoolAppVersionInput", input, APPLICATION)
        .await
}

/// A group of the whole organisation that uses the app, and an ordinary one that does not yet.
async fn groups(stage: &Stage<'_>, app: &Value) -> anyhow::Result<()> {
    let on = "... on Group { id }";
    let input = json!({ "name": "蓝海制造全员群", "kind": "WHOLE_ORGANIZATION" });
    let whole = stage.customer.act("createGroup", "CreateGroupInput", input, on).await?;
    let input = json!({ "coolAppId": app["id"], "groupId": whole["id"], "enable": true });
    let installed = "... on CoolAppInstallation { status }";
    stage
        .customer
        .act("installCoolApp", "InstallCoolAppInput", input, installed)
        .await?;
    let me = stage.customer.ask("{ viewer { user { id } } }", json!({})).await?;
    let id = me["viewer"]["user"]["id"].as_str().context("signed in")?;
    let input = json!({ "name": "设备部点检群", "kind": "ORDINARY", "memberIds": [id] });
    stage.employee.act("createGroup", "CreateGroupInput", input, on).await?;
    Ok(())
}

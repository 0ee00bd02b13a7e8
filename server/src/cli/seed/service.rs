//! Service requests of the demo in their three states: a fault with a picture that was seen to, a question that was answered, and a
//! change that waits for the partner.

use anyhow::Context;
use chrono::Duration;
use serde_json::{Value, json};

use super::actor::Somebody;
use super::calendar::Calendar;
use super::picture;
use crate::domain::file::FilePurpose;

/// Who asks about an application, and who answers.
pub struct Stage<'a> {
    pub calendar: &'a Calendar,
    pub admin: &'a Somebody,
    pub employee: &'a Somebody,
    pub partner: &'a Somebody,
    pub developer: &'a Somebody,
}

/// What passed within one working day, about the application of this order.
pub async fn tell(stage: &Stage<'_>, order: &str) -> anyhow::Result<()> {
    let instance = instance_of(stage.admin, order).await?;
    let picture = picture::page([22, 93, 255], 6)?;
    let file = stage
        .employee
        .upload(FilePurpose::ServiceAttachment, "巡检计划.png", picture)
        .await?;
    let fault = Request {
        kind: "FAULT",
        title: "巡检计划打开后没有数据",
        text: "今天早上 8 点起，“巡检计划”打开后列表是空的，昨天还有 12 条。\n其他页面正常，截图见附件。",
        files: json!([file]),
    };
    let fault = open(stage.employee, &instance, &fault).await?;
    stage.calendar.pass(Duration::minutes(25)).await?;
    let found = "您好，已收到。正在核对“每日巡检提醒”的运行记录，今天中午前给您结果。";
    write(stage.developer, "answerServiceRequest", &fault, found).await?;
    stage.calendar.pass(Duration::minutes(95)).await?;
    let note = "原因：“设备物联平台”的密钥昨晚到期，计划没有生成。已请贵方管理员更新密钥并补跑一次，12 条计划已恢复。";
    close(stage.developer, &fault, note).await?;
    let question = Request {
        kind: "QUESTION",
        title: "怎样把巡检记录导出成表格",
        text: "月底要交一份本月的巡检记录，能按设备筛选后导出吗？",
        files: json!([]),
    };
    let question = open(stage.admin, &instance, &question).await?;
    stage.calendar.pass(Duration::minutes(40)).await?;
    let how = "可以：在“巡检记录”中先按设备筛选，再点右上角“导出”，得到的 CSV 可以直接用表格软件打开。";
    write(stage.partner, "answerServiceRequest", &question, how).await?;
    stage.calendar.pass(Duration::minutes(20)).await?;
    let change = Request {
        kind: "CHANGE",
        title: "点检表希望增加“环境温度”一项",
        text: "新厂区的设备对温度敏感，希望点检表增加“环境温度（℃）”，必填，保留一位小数。",
        files: json!([]),
    };
    open(stage.admin, &instance, &change).await?;
    Ok(())
}

struct Request<'a> {
    kind: &'a str,
    title: &'a str,
    text: &'a str,
    files: Value,
}

async fn instance_of(admin: &Somebody, order: &str) -> anyhow::Result<String> {
    let document = "query Arrived($id: ID!) { order(id: $id) { instance { id } } }";
    let found = admin.ask(document, json!({ "id": order })).await?;
    let id = found["order"]["instance"]["id"].as_str();
    Ok(id.context("the application arrived")?.to_owned())
}

async fn open(who: &Somebody, instance: &str, new: &Request<'_>) -> anyhow::Result<Value> {
    let input = json!({
        "instanceId": instance, "kind": new.kind, "title": new.title, "text": new.text, "fileIds": new.files,
    });
    let on = "... on ServiceRequest { id }";
    let opened = who
        .act("openServiceRequest", "OpenServiceRequestInput", input, on)
        .await?;
    Ok(opened["id"].clone())
}

async fn write(who: &Somebody, name: &str, id: &Value, text: &str) -> anyhow::Result<()> {
    let input = json!({ "id": id, "text": text });
    who.act(name, "ServiceMessageInput", input, "... on ServiceRequest { id }")
        .await?;
    Ok(())
}

async fn close(who: &Somebody, id: &Value, note: &str) -> anyhow::Result<()> {
    let input = json!({ "id": id, "note": note });
    let on = "... on ServiceRequest { id }";
    who.act("closeServiceRequest", "CloseServiceRequestInput", input, on)
        .await?;
    Ok(())
}

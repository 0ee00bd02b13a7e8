//! A package of forms with every kind of field that an import makes: customers, and contracts that link to them. Tests of
//! records deliver it.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Someone;
use crate::scene::{Scene, agreement, buy, finished, import, instance_of, link, send, text};

/// Customers with a title, contracts with everything, a custom page and a portal.
pub fn forms() -> Value {
    json!({
        "format": "appshelf.package/1", "name": "合同管理", "version": "1.0.0",
        "components": [
            {
                "key": "customer", "kind": "FORM_PAGE", "name": "客户", "folder": "台账",
                "definition": {
                    "schema": { "type": "object", "required": ["name"], "properties": {
                        "name": { "type": "string", "maxLength": 50 }, "city": { "type": "string" }
                    } },
                    "ui": { "order": ["name", "city"], "titleField": "name", "fields": {
                        "name": { "widget": "text", "label": "名称" }, "city": { "widget": "text", "label": "城市" }
                    } }
                },
                "sampleRows": (0..3).map(|n| json!({ "name": format!("示例客户{n}") })).collect::<Vec<_>>()
            },
            {
                "key": "contract", "kind": "FORM_PAGE", "name": "合同", "folder": "台账",
                "definition": contract(),
                "sampleRows": [
                    { "title": "示例合同", "customers": [{ "position": 1, "title": "示例客户1" }], "total": "12" },
                    { "title": "缺行合同", "customers": [{ "position": 99, "title": "不在包里" }], "files": [{ "name": "旧.pdf" }] }
                ]
            },
            { "key": "home", "kind": "PORTAL", "name": "门户", "definition": { "groups": [{ "title": "台账", "pages": ["customer", "contract"] }] } }
        ]
    })
}

/// A form with a field of every kind.
fn contract() -> Value {
    let link_item =
        json!({ "type": "object", "properties": { "record": { "type": "string" }, "title": { "type": "string" } } });
    json!({
        "schema": { "type": "object", "required": ["title"], "properties": {
            "title": { "type": "string", "minLength": 1, "maxLength": 60 },
            "note": { "type": "string" },
            "amount": { "type": "number", "minimum": 0 },
            "stars": { "type": "integer", "minimum": 0, "maximum": 5 },
            "signed": { "type": "boolean" },
            "on": { "type": "string", "format": "date" },
            "at": { "type": "string", "format": "date-time" },
            "state": { "type": "string", "enum": ["草稿", "生效", "终止"] },
            "tags": { "type": "array", "items": { "type": "string", "enum": ["重要", "长期", "框架"] }, "uniqueItems": true },
            "customers": { "type": "array", "items": link_item },
            "files": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] } },
            "email": { "type": "string", "format": "email" },
            "site": { "type": "string" },
            "phone": { "type": "string" },
            "spent": { "type": "number" },
            "total": { "type": "string", "readOnly": true }
        } },
        "ui": {
            "order": ["title", "note", "amount", "stars", "signed", "on", "at", "state", "tags", "customers", "files", "email", "site", "phone", "spent", "total"],
            "titleField": "title",
            "fields": {
                "title": { "widget": "text", "label": "标题" }, "note": { "widget": "longText", "label": "说明" },
                "amount": { "widget": "number", "label": "金额", "unit": "元" }, "stars": { "widget": "rating", "label": "评级", "max": 5 },
                "signed": { "widget": "boolean", "label": "已签" }, "on": { "widget": "date", "label": "日期" },
                "at": { "widget": "dateTime", "label": "时间" }, "state": { "widget": "singleSelect", "label": "状态" },
                "tags": { "widget": "multiSelect", "label": "标签" },
                "customers": { "widget": "link", "label": "客户", "target": "customer" },
                "files": { "widget": "file", "label": "附件" }, "email": { "widget": "email", "label": "邮箱" },
                "site": { "widget": "url", "label": "网址" }, "phone": { "widget": "phone", "label": "电话" },
                "spent": { "widget": "duration", "label": "工时" },
                "total": { "widget": "computed", "label": "合计", "readOnly": true }
            }
        }
    })
}

/// What the tests of records select.
pub const RECORD: &str = "... on AppRecord { id version title data sample availableActions }";

impl Scene {
    /// An instance of a package, arrived with its sample data; its id. The customer's admin sees it in maintenance.
    pub async fn deliver(&self, package: &Value) -> Result<String> {
        let application = import(&self.partner, package, true).await?;
        let (_, token) = link(&self.partner, &self.project, &application).await?;
        let order = buy(&self.customer, &token, None).await?;
        let order = text(&order["id"]).with_context(|| format!("{order}"))?;
        let options = json!({ "includeSampleData": true });
        let sent = send(&self.partner, &order, options, Some(agreement())).await?;
        let delivery = text(&sent["id"]).with_context(|| format!("{sent}"))?;
        let ended = finished(&self.partner, &delivery).await?;
        let arrived = instance_of(&self.customer, &delivery).await?;
        arrived.with_context(|| format!("{ended}"))
    }

    /// The forms in use: accepted and enabled for the whole organisation.
    pub async fn forms_in_use(&self) -> Result<String> {
        let id = self.deliver(&forms()).await?;
        self.put_to_use(&id).await?;
        Ok(id)
    }

    /// Accepts an instance and enables it for everybody.
    pub async fn put_to_use(&self, id: &str) -> Result<()> {
        let on = "... on AppInstance { status }";
        let closed = self.customer.act(
            "closeMaintenance",
            "CloseMaintenanceInput",
            json!({ "id": id }),
            on,
            None,
        );
        closed.await?;
        let input = json!({ "id": id, "visibleRange": { "wholeOrganization": true } });
        let enabled = self
            .customer
            .act("enableInstance", "EnableInstanceInput", input, on, None)
            .await?;
        anyhow::ensure!(enabled["status"] == "ENABLED", "{enabled}");
        Ok(())
    }
}

/// Submits a record; the whole result.
pub async fn submit(who: &Someone, instance: &str, page: &str, data: Value) -> Result<Value> {
    let input = json!({ "instanceId": instance, "pageKey": page, "data": data });
    who.act("submitRecord", "SubmitRecordInput", input, RECORD, None).await
}

/// Submits a record that must be taken; its id.
pub async fn record(who: &Someone, instance: &str, page: &str, data: Value) -> Result<String> {
    let made = submit(who, instance, page, data).await?;
    text(&made["id"]).with_context(|| format!("{made}"))
}

/// Changes a record; the whole result.
pub async fn update(who: &Someone, id: &str, version: i64, data: Value) -> Result<Value> {
    let input = json!({ "id": id, "version": version, "data": data });
    who.act("updateRecord", "UpdateRecordInput", input, RECORD, None).await
}

/// A list of records; `arguments` as they stand in a document.
pub async fn list(who: &Someone, instance: &str, page: &str, arguments: &str) -> Result<Value> {
    let arguments = if arguments.is_empty() {
        String::new()
    } else {
        format!("({arguments})")
    };
    let document = format!(
        "query($id: ID!, $key: String!) {{ appInstance(id: $id) {{ page(key: $key) {{ records{arguments} {{ \
         nodes {{ id version title data sample availableActions }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} \
         totalCount }} }} }} }}"
    );
    let mut data = who.ask(&document, json!({ "id": instance, "key": page })).await?;
    Ok(data["appInstance"]["page"]["records"].take())
}

/// The titles of a list, in its order.
pub fn titles(list: &Value) -> Vec<String> {
    let nodes = list["nodes"].as_array();
    nodes
        .into_iter()
        .flatten()
        .filter_map(|node| text(&node["title"]))
        .collect()
}

/// The paths of a refusal's issues, dotted.
pub fn paths(refused: &Value) -> Vec<String> {
    let path = |issue: &Value| {
        let steps = issue["path"].as_array().into_iter().flatten().filter_map(Value::as_str);
        steps.collect::<Vec<_>>().join(".")
    };
    refused["issues"].as_array().into_iter().flatten().map(path).collect()
}

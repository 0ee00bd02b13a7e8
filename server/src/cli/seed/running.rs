//! What happens in the demo to applications that arrived: accepting, re-binding and enabling by the customer, remote maintenance by the
//! partner's developer.

use anyhow::Context;
use serde_json::{Value, json};

use super::actor::Somebody;

const SESSION: &str = "... on MaintenanceSession { id }";

/// Signs an application off.
pub async fn accept(customer: &Somebody, instance: &str, note: &str) -> anyhow::Result<()> {
    let input = json!({ "id": instance, "note": note });
    let on = "... on AppInstance { id }";
    customer
        .act("closeMaintenance", "CloseMaintenanceInput", input, on)
        .await?;
    Ok(())
}

/// Goes into an application that is bought by the seat.
pub async fn open(employee: &Somebody, instance: &str) -> anyhow::Result<()> {
    let input = json!({ "id": instance });
    let on = "... on AppInstance { id }";
    employee.act("openInstance", "OpenInstanceInput", input, on).await?;
    Ok(())
}

/// Enables an accepted application: roles and contacts get a member, what can be confirmed is, the rest is waived by name.
pub async fn enable(customer: &Somebody, instance: &str, group: &str) -> anyhow::Result<()> {
    let list = "query List($id: ID!) { appInstance(id: $id) { bindings { key componentKey way done editable } } }";
    let people = customer.ask("{ members { user { id } } }", json!({})).await?;
    let members: Vec<&Value> = people["members"]
        .as_array()
        .context("a list of members")?
        .iter()
        .map(|member| &member["user"]["id"])
        .collect();
    let found = customer.ask(list, json!({ "id": instance })).await?;
    let on = "... on AppInstance { id }";
    for item in found["appInstance"]["bindings"].as_array().into_iter().flatten() {
        match item["way"].as_str() {
            Some("CHOOSE_MEMBERS") => {
                let key = &item["componentKey"];
                let input = json!({ "instanceId": instance, "componentKey": key, "memberIds": members });
                customer
                    .act("setComponentMembers", "SetComponentMembersInput", input, on)
                    .await?;
            }
            Some("CONFIRM") if item["editable"] == true => {
                let input = json!({ "instanceId": instance, "item": item["key"] });
                customer.act("confirmBinding", "ConfirmBindingInput", input, on).await?;
            }
            _ => {}
        }
    }
    let left = customer.ask(list, json!({ "id": instance })).await?;
    let open = left["appInstance"]["bindings"].as_array().into_iter().flatten();
    let waived: Vec<&Value> = open
        .filter(|item| item["done"] == false)
        .map(|item| &item["key"])
        .collect();
    let input = json!({
        "id": instance, "workbenchGroup": group, "visibleRange": { "wholeOrganization": true }, "waivedItems": waived,
    });
    customer.act("enableInstance", "EnableInstanceInput", input, on).await?;
    Ok(())
}

/// Remote maintenance that came to its end while the application was still developed with the customer.
pub async fn maintained_before(developer: &Somebody, order: &str) -> anyhow::Result<()> {
    let reason = "按客户要求调整巡检表字段，并核对示例数据。";
    let id = request(developer, order, reason, 8).await?;
    let inside = developer.enter(id.as_str().context("an id")?).await?;
    let list = "{ appInstances(first: 1) { nodes { id bindings { componentKey slots { name } } } } }";
    let found = inside.ask(list, json!({})).await?;
    let app = &found["appInstances"]["nodes"][0];
    let items = app["bindings"].as_array().into_iter().flatten();
    for item in items.filter(|item| item["slots"][0].is_object()) {
        let input = json!({
            "instanceId": app["id"], "componentKey": item["componentKey"], "slot": item["slots"][0]["name"],
            "value": "demo-value",
        });
        let on = "... on AppInstance { id }";
        inside
            .act("setConnectorSecret", "SetConnectorSecretInput", input, on)
            .await?;
    }
    let input = json!({ "id": id });
    developer
        .act("endMaintenance", "MaintenanceActionInput", input, SESSION)
        .await?;
    Ok(())
}

/// Remote maintenance as it stands today: granted at once where the application is still in development maintenance, waiting
/// for the customer's admin where it is enabled.
pub async fn maintenance(developer: &Somebody, developing: &str, enabled: &str) -> anyhow::Result<()> {
    request(developer, developing, "完成验收前的最后一轮调整。", 72).await?;
    request(developer, enabled, "排查“每日同步”失败的原因。", 4).await?;
    Ok(())
}

async fn request(developer: &Somebody, order: &str, reason: &str, hours: i32) -> anyhow::Result<Value> {
    let input = json!({ "orderId": order, "reason": reason, "hours": hours });
    let asked = developer
        .act("requestMaintenance", "RequestMaintenanceInput", input, SESSION)
        .await?;
    Ok(asked["id"].clone())
}

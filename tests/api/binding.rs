//! Re-binding after a delivery (D23, D24): what the customer fills in and does by hand, and enabling with a waiver.

use anyhow::{Context, Result};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{
    OPEN_ITEMS, Scene, agreement, buy, enter, finished, import, instance_of, link, maintain, order_of, send, text,
};
use diesel::RunQueryDsl;
use serde_json::{Value, json};

const LIST: &str = "query($id: ID!) { appInstance(id: $id) { manualWork bindings { key way name text done waived editable waitsFor setAt \
                    setBy { name } slots { name setAt setBy { name } } members { name } } } }";
const BINDINGS: &str = "... on AppInstance { bindings { key done } }";
const STATUS: &str = "... on AppInstance { status }";

/// A package of everything that waits for a person after it arrived.
fn package() -> Value {
    json!({ "format": "appshelf.package/1", "name": "设备巡检", "version": "1.0.0", "components": [
        { "key": "asset", "kind": "FORM_PAGE", "name": "设备台账", "definition": {
            "schema": { "type": "object", "properties": { "name": { "type": "string" } } },
            "ui": { "order": ["name"], "fields": { "name": { "widget": "text", "label": "名称" } } } } },
        { "key": "erp", "kind": "CONNECTOR", "name": "ERP", "definition": { "type": "HTTP", "configuration": {
            "url": "https://erp.example.com", "headers": { "Authorization": "Bearer partner-secret" } } } },
        { "key": "sync", "kind": "AUTOMATION", "name": "每日同步", "definition": { "trigger": { "type": "TIMER" } }, "dependencies": ["asset", "erp"] },
        { "key": "keeper", "kind": "ROLE", "name": "设备管理员", "definition": {} },
        { "key": "service", "kind": "CONTACT", "name": "售后", "definition": {} },
        { "key": "bot", "kind": "AI_ASSISTANT", "name": "巡检助手", "definition": {} },
        { "key": "prep", "kind": "DATA_PREPARATION", "name": "日报", "definition": {} },
    ] })
}

/// The package as it arrived at the customer's, with its connectors or without.
async fn arrived(scene: &Scene, connectors: bool) -> Result<String> {
    let application = import(&scene.partner, &package(), true).await?;
    let (_, token) = link(&scene.partner, &scene.project, &application).await?;
    let bought = buy(&scene.customer, &token, None).await?;
    let order = text(&bought["id"]).with_context(|| format!("{bought}"))?;
    let sent = send(
        &scene.partner,
        &order,
        json!({ "includeConnectors": connectors }),
        Some(agreement()),
    )
    .await?;
    let delivery = text(&sent["id"]).with_context(|| format!("{sent}"))?;
    finished(&scene.partner, &delivery).await?;
    instance_of(&scene.customer, &delivery).await?.context("it arrived")
}

async fn list(who: &Someone, instance: &str) -> Result<Vec<Value>> {
    let data = who.ask(LIST, json!({ "id": instance })).await?;
    data["appInstance"]["bindings"].as_array().cloned().context("a list")
}

fn keys(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item["key"].as_str()).collect()
}

fn open(items: &[Value]) -> Vec<&str> {
    let open: Vec<&Value> = items.iter().filter(|item| item["done"] == false).collect();
    open.into_iter().filter_map(|item| item["key"].as_str()).collect()
}

async fn set_secret(who: &Someone, instance: &str, key: &str, slot: &str, value: Option<&str>) -> Result<Value> {
    let input = json!({ "instanceId": instance, "componentKey": key, "slot": slot, "value": value });
    who.act("setConnectorSecret", "SetConnectorSecretInput", input, BINDINGS, None)
        .await
}

async fn confirm(who: &Someone, instance: &str, item: &str, done: bool) -> Result<Value> {
    let input = json!({ "instanceId": instance, "item": item, "done": done });
    who.act("confirmBinding", "ConfirmBindingInput", input, BINDINGS, None)
        .await
}

async fn choose(who: &Someone, instance: &str, key: &str, members: &[Value]) -> Result<Value> {
    let input = json!({ "instanceId": instance, "componentKey": key, "memberIds": members });
    who.act("setComponentMembers", "SetComponentMembersInput", input, BINDINGS, None)
        .await
}

async fn member(customer: &Someone, name: &str) -> Result<Value> {
    let data = customer.ask("{ members { user { id name } } }", json!({})).await?;
    let found = data["members"]
        .as_array()
        .and_then(|all| all.iter().find(|it| it["user"]["name"] == name))
        .cloned();
    Ok(found.context("a member")?["user"]["id"].clone())
}

on_each_database! {
    async fn d24_after_a_delivery_everything_that_waits_for_a_person_is_listed(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = arrived(&scene, true).await?;
        let items = list(&scene.customer, &instance).await?;
        assert_eq!(keys(&items), ["CONNECTOR_SECRETS:erp", "ROLE_MEMBERS:keeper", "CONTACT_MEMBERS:service", "ASSISTANT:bot", "DATA_PREPARATION:prep"]);
        assert_eq!(open(&items), keys(&items));
        assert_eq!(items[0]["slots"], json!([{ "name": "Authorization", "setAt": null, "setBy": null }]));
        assert_eq!(list(&scene.employee, &instance).await.err().map(|_| ()), Some(()), "employees do not see it at all");
        for (item, name) in [("ASSISTANT:bot", "ca"), ("DATA_PREPARATION:prep", "ca")] {
            confirm(&scene.customer, &instance, item, true).await?;
            let items = list(&scene.customer, &instance).await?;
            let done = items.iter().find(|it| it["key"] == item).context("the item")?;
            assert_eq!((&done["done"], &done["setBy"]["name"]), (&json!(true), &json!(name)), "{done}");
            assert!(done["setAt"].is_string());
        }
        let reopened = confirm(&scene.customer, &instance, "ASSISTANT:bot", false).await?;
        assert!(reopened["bindings"].to_string().contains("{\"key\":\"ASSISTANT:bot\",\"done\":false}"), "{reopened}");
        let wrong = confirm(&scene.customer, &instance, "ROLE_MEMBERS:keeper", true).await?;
        assert_eq!(wrong["code"], "NOT_FOUND", "members are not confirmed: {wrong}");
        let data = scene.customer.ask(LIST, json!({ "id": instance })).await?;
        assert!(!data["appInstance"]["manualWork"].to_string().contains("日报"), "what is done is no work any more: {data}");
    }

    async fn d23_a_secret_goes_in_sealed_and_never_comes_out(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = arrived(&scene, true).await?;
        let secret = "customer-secret-7";
        let set = set_secret(&scene.customer, &instance, "erp", "Authorization", Some(secret)).await?;
        assert_eq!(set["bindings"][0], json!({ "key": "CONNECTOR_SECRETS:erp", "done": true }), "{set}");
        let items = list(&scene.customer, &instance).await?;
        assert_eq!(items[0]["slots"][0]["setBy"]["name"], "ca");
        let everything = format!(
            "{} {} {}",
            scene.customer.ask(LIST, json!({ "id": instance })).await?,
            scene.customer.ask("{ auditEntries(first: 100) { nodes { action objectLabel before after } } }", json!({})).await?,
            scene.customer.ask("query($id: ID!) { appInstance(id: $id) { otherComponents { key name note } } }", json!({ "id": instance })).await?,
        );
        assert!(everything.contains("binding.secret_set") && !everything.contains(secret), "{everything}");
        #[derive(diesel::QueryableByName)]
        struct Sealed {
            #[diesel(sql_type = diesel::sql_types::Text)]
            sealed: String,
        }
        let stored = app.app.store.read(|conn| Ok(diesel::sql_query("SELECT sealed FROM instance_bindings").load::<Sealed>(conn)?)).await?;
        assert!(stored.len() == 1 && !stored[0].sealed.contains(secret), "at rest it is sealed");
        for (value, code) in [(Some(""), "VALIDATION"), (Some(&*"x".repeat(10_001)), "VALIDATION")] {
            let refused = set_secret(&scene.customer, &instance, "erp", "Authorization", value).await?;
            assert_eq!(refused["code"], code, "{refused}");
        }
        let unknown = set_secret(&scene.customer, &instance, "erp", "other", Some("x")).await?;
        assert_eq!((&unknown["code"], &unknown["path"]), (&json!("NOT_FOUND"), &json!(["slot"])), "{unknown}");
        assert_eq!(set_secret(&scene.employee, &instance, "erp", "Authorization", Some("x")).await?["code"], "NO_PERMISSION");
        let cleared = set_secret(&scene.customer, &instance, "erp", "Authorization", None).await?;
        assert_eq!(cleared["bindings"][0]["done"], false, "{cleared}");
    }

    async fn d23_an_automation_is_enabled_once_its_connector_is_bound(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = arrived(&scene, false).await?;
        let items = list(&scene.customer, &instance).await?;
        assert_eq!(keys(&items)[..2], ["CONNECTOR_REPLACEMENT:erp", "AUTOMATION:sync"]);
        assert_eq!((&items[1]["waitsFor"], &items[1]["editable"]), (&json!(["ERP"]), &json!(false)));
        let early = confirm(&scene.customer, &instance, "AUTOMATION:sync", true).await?;
        assert_eq!((&early["code"], &early["details"]), (&json!("OPEN_ITEMS"), &json!(["ERP"])), "{early}");
        for (slot, value) in [("address", "https://erp.blue.example"), ("credential", "k")] {
            set_secret(&scene.customer, &instance, "erp", slot, Some(value)).await?;
        }
        let enabled = confirm(&scene.customer, &instance, "AUTOMATION:sync", true).await?;
        assert!(enabled["bindings"].to_string().contains("{\"key\":\"AUTOMATION:sync\",\"done\":true}"), "{enabled}");
        let cleared = set_secret(&scene.customer, &instance, "erp", "credential", None).await?;
        assert!(cleared["bindings"].to_string().contains("{\"key\":\"AUTOMATION:sync\",\"done\":false}"), "{cleared}");
    }

    async fn d24_roles_and_contacts_get_members_of_the_organisation_and_nobody_else(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = arrived(&scene, true).await?;
        let employee = member(&scene.customer, "ce").await?;
        let chosen = choose(&scene.customer, &instance, "keeper", &[employee.clone(), employee.clone()]).await?;
        assert!(chosen["bindings"].to_string().contains("{\"key\":\"ROLE_MEMBERS:keeper\",\"done\":true}"), "{chosen}");
        let items = list(&scene.customer, &instance).await?;
        assert_eq!(items[1]["members"], json!([{ "name": "ce" }]));
        let other = app.customer("green", EditionName::Free).await?;
        let foreign = member(&other, "ca").await?;
        for wrong in [foreign, json!("user_7ZZZZZZZZZZZZZZZZZZZZZZZZZ"), json!("x")] {
            let refused = choose(&scene.customer, &instance, "keeper", &[wrong]).await?;
            assert_eq!((&refused["code"], &refused["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["memberIds"])), "{refused}");
        }
        let none = choose(&scene.customer, &instance, "bot", &[employee]).await?;
        assert_eq!(none["code"], "NOT_FOUND", "an assistant has no members: {none}");
        let emptied = choose(&scene.customer, &instance, "keeper", &[]).await?;
        assert!(emptied["bindings"].to_string().contains("{\"key\":\"ROLE_MEMBERS:keeper\",\"done\":false}"), "{emptied}");
    }

    async fn d31_a_developer_inside_fills_in_secrets_and_chooses_nobody(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = arrived(&scene, true).await?;
        let employee = member(&scene.customer, "ce").await?;
        choose(&scene.customer, &instance, "keeper", std::slice::from_ref(&employee)).await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        let set = set_secret(&inside, &instance, "erp", "Authorization", Some("k")).await?;
        assert_eq!(set["bindings"][0]["done"], true, "{set}");
        confirm(&inside, &instance, "DATA_PREPARATION:prep", true).await?;
        assert_eq!(choose(&inside, &instance, "keeper", &[]).await?["code"], "NO_PERMISSION");
        let items = list(&inside, &instance).await?;
        assert_eq!((&items[1]["done"], &items[1]["members"], &items[1]["editable"]), (&json!(true), &json!([]), &json!(false)));
        let log = "query($id: String) { auditEntries(objectId: $id, first: 2) { nodes { action onBehalf { maintenanceSessionId } } } }";
        let entries = scene.customer.ask(log, json!({ "id": instance })).await?;
        for (entry, action) in [(0, "binding.confirmed"), (1, "binding.secret_set")] {
            let entry = &entries["auditEntries"]["nodes"][entry];
            assert_eq!((&entry["action"], &entry["onBehalf"]["maintenanceSessionId"]), (&json!(action), &json!(id)), "{entry}");
        }
    }

    async fn d28_what_is_open_is_waived_by_name_and_the_waiver_is_kept(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), STATUS, None).await?;
        let enable = |waived: Value| {
            let input = json!({ "id": instance, "visibleRange": { "wholeOrganization": true }, "waivedItems": waived });
            scene.customer.act("enableInstance", "EnableInstanceInput", input, STATUS, None)
        };
        let refused = enable(json!([])).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("OPEN_ITEMS"), &json!(["waivedItems"])), "{refused}");
        assert_eq!(refused["details"].as_array().map(Vec::len), Some(OPEN_ITEMS.len()), "{refused}");
        assert!(refused["message"].as_str().is_some_and(|text| text.contains("设备管理员") && text.contains("每日同步")), "{refused}");
        let some = enable(json!([OPEN_ITEMS[0]])).await?;
        assert_eq!(some["details"].as_array().map(Vec::len), Some(OPEN_ITEMS.len() - 1), "{some}");
        let enabled = enable(json!(OPEN_ITEMS)).await?;
        assert_eq!(enabled["status"], "ENABLED", "{enabled}");
        let kept = "query($id: ID!) { appInstance(id: $id) { waivers { waivedBy { name } items { key kind name } } bindings { waived done } } }";
        let kept = scene.customer.ask(kept, json!({ "id": instance })).await?;
        let waiver = &kept["appInstance"]["waivers"][0];
        assert_eq!((&waiver["waivedBy"]["name"], waiver["items"].as_array().map(Vec::len)), (&json!("ca"), Some(OPEN_ITEMS.len())), "{kept}");
        assert_eq!(kept["appInstance"]["bindings"][0], json!({ "waived": true, "done": false }));
        let log = "query($id: String) { auditEntries(objectId: $id) { nodes { action after } } }";
        let entries = scene.customer.ask(log, json!({ "id": instance })).await?.to_string();
        assert!(entries.contains("instance.items_waived") && entries.contains(OPEN_ITEMS[0]), "{entries}");
        scene.customer.act("disableInstance", "InstanceActionInput", json!({ "id": instance }), STATUS, None).await?;
        assert_eq!(enable(json!([])).await?["status"], "ENABLED", "what was waived stays waived");
    }
}

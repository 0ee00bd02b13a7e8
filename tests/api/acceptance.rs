//! Trying an application out and signing it off (D27): the checklist, its ticks, and the sign-offs that both sides read.

use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::forms::submit;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{enter, finished, import_version, maintain, order_of, package, page_changes, text};
use serde_json::{Value, json};

const CHECKLIST: &str = "query($id: ID!) { appInstance(id: $id) { acceptanceChecklist { \
    kind componentKey name work done tickedAt tickedBy { name } } } }";
const SIGNED: &str = "number note versionNumber at by { name } checklist { kind componentKey name done }";

async fn checklist(who: &Someone, id: &str) -> anyhow::Result<Vec<Value>> {
    let mut data = who.ask(CHECKLIST, json!({ "id": id })).await?;
    let items = data["appInstance"]["acceptanceChecklist"].take();
    Ok(items.as_array().cloned().unwrap_or_default())
}

/// The items that are done, `kind key` each.
fn done(items: &[Value]) -> Vec<String> {
    let done = items.iter().filter(|item| item["done"] == true);
    done.map(|item| {
        format!(
            "{} {}",
            item["kind"].as_str().unwrap_or_default(),
            item["componentKey"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

async fn tick(who: &Someone, id: &str, kind: &str, key: &str) -> anyhow::Result<Value> {
    let input = json!({ "id": id, "kind": kind, "componentKey": key });
    who.act(
        "tickAcceptanceItem",
        "TickAcceptanceItemInput",
        input,
        "... on AppInstance { id }",
        None,
    )
    .await
}

on_each_database! {
    async fn d27_every_page_is_on_the_checklist_and_what_was_tried_is_ticked(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let items = checklist(&scene.customer, &id).await?;
        let told: Vec<(&str, &str)> = items.iter().map(|it| (it["kind"].as_str().unwrap_or_default(), it["componentKey"].as_str().unwrap_or_default())).collect();
        assert_eq!(told, [("PAGE_OPENED", "asset"), ("RECORD_SUBMITTED", "asset"), ("WORK_SEEN", "keeper"), ("WORK_SEEN", "erp"), ("WORK_SEEN", "sync")]);
        assert_eq!(items[2]["work"], json!(["Add members to the role “设备管理员”"]), "{items:?}");
        assert_eq!(done(&items), Vec::<String>::new());
        let chinese = scene.customer.in_chinese().ask(CHECKLIST, json!({ "id": id })).await?;
        assert!(chinese.to_string().contains("为角色“设备管理员”添加成员"), "{chinese}");
        tick(&scene.customer, &id, "PAGE_OPENED", "asset").await?;
        let first = checklist(&scene.customer, &id).await?[0].clone();
        assert_eq!(first["tickedBy"]["name"], "ca");
        app.advance(chrono::Duration::hours(1));
        tick(&scene.customer, &id, "PAGE_OPENED", "asset").await?;
        assert_eq!(checklist(&scene.customer, &id).await?[0], first, "the first tick counts");
        for (kind, key) in [("PAGE_OPENED", "keeper"), ("RECORD_SUBMITTED", "nothing")] {
            let refused = tick(&scene.customer, &id, kind, key).await?;
            assert_eq!((&refused["code"], &refused["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["componentKey"])), "{refused}");
        }
        let refused = tick(&scene.employee, &id, "PAGE_OPENED", "asset").await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        // What the partner's own developer tries out is no test by the customer.
        let order = order_of(&scene.customer, &id).await?;
        let inside = enter(&scene.developer, &json!(maintain(&scene.developer, &order, 4).await?)).await?;
        submit(&inside, &id, "asset", json!({ "name": "开发者的泵" })).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), ["PAGE_OPENED asset"]);
        assert_eq!(checklist(&inside, &id).await?, Vec::<Value>::new());
        submit(&scene.customer, &id, "asset", json!({ "name": "测试泵" })).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), ["PAGE_OPENED asset", "RECORD_SUBMITTED asset"]);
        // Manual work that was done needs no look.
        let who = scene.customer.ask("{ viewer { user { id } } }", json!({})).await?;
        let input = json!({ "instanceId": id, "componentKey": "keeper", "memberIds": [who["viewer"]["user"]["id"]] });
        scene.customer.act("setComponentMembers", "SetComponentMembersInput", input, "... on AppInstance { id }", None).await?;
        let items = checklist(&scene.customer, &id).await?;
        assert_eq!(done(&items), ["PAGE_OPENED asset", "RECORD_SUBMITTED asset", "WORK_SEEN keeper"]);
        assert_eq!((&items[2]["work"], &items[2]["tickedAt"]), (&json!([]), &Value::Null));
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": id })).await?;
        assert_eq!(trail.to_string().matches("instance.acceptance_item_ticked").count(), 1, "{trail}");
    }

    async fn d27_a_sign_off_keeps_who_when_note_version_and_checklist_and_the_partner_reads_it_at_the_order(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let order = order_of(&scene.customer, &id).await?;
        tick(&scene.customer, &id, "PAGE_OPENED", "asset").await?;
        let on = "... on AppInstance { status }";
        let closing = json!({ "id": id, "note": "  可以上线 " });
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", closing, on, None).await?;
        let refused = tick(&scene.customer, &id, "WORK_SEEN", "sync").await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("READY")), "{refused}");
        let at_order = format!("query($id: ID!) {{ order(id: $id) {{ acceptances {{ {SIGNED} }} }} }}");
        for who in [&scene.partner, &scene.developer, &scene.customer] {
            let read = who.ask(&at_order, json!({ "id": order })).await?;
            let signed = &read["order"]["acceptances"];
            assert_eq!(signed.as_array().map(Vec::len), Some(1), "{read}");
            assert_eq!((&signed[0]["number"], &signed[0]["note"], &signed[0]["versionNumber"], &signed[0]["by"]["name"]),
                (&json!(1), &json!("可以上线"), &json!("1.0.0"), &json!("ca")), "{read}");
            let items = signed[0]["checklist"].as_array().cloned().unwrap_or_default();
            assert_eq!((items.len(), done(&items)), (5, vec!["PAGE_OPENED asset".to_owned()]), "{read}");
        }
        let rival = app.partner("rival").await?;
        let read = rival.ask(&at_order, json!({ "id": order })).await?;
        assert!(read["order"].is_null(), "{read}");
        // A new maintenance begins a new checklist; what was signed stays as it was.
        scene.customer.act("reopenMaintenance", "InstanceActionInput", json!({ "id": id }), on, None).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), Vec::<String>::new());
        app.advance(chrono::Duration::days(1));
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": id }), on, None).await?;
        let own = format!("query($id: ID!) {{ appInstance(id: $id) {{ acceptance {{ number }} acceptances {{ {SIGNED} }} }} }}");
        let read = scene.customer.ask(&own, json!({ "id": id })).await?;
        let signed = &read["appInstance"]["acceptances"];
        assert_eq!((&read["appInstance"]["acceptance"]["number"], &signed[0]["number"], &signed[1]["number"]), (&json!(2), &json!(2), &json!(1)), "{read}");
        assert_eq!((&signed[0]["note"], &signed[1]["note"]), (&json!(""), &json!("可以上线")), "{read}");
        assert!(signed[0]["at"].as_str() > signed[1]["at"].as_str(), "{read}");
    }

    async fn d27_a_page_that_is_replaced_is_tried_again_and_once_it_is_put_back_it_was_tried(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let order = order_of(&scene.customer, &id).await?;
        tick(&scene.customer, &id, "PAGE_OPENED", "asset").await?;
        tick(&scene.customer, &id, "WORK_SEEN", "sync").await?;
        submit(&scene.customer, &id, "asset", json!({ "name": "测试泵" })).await?;
        let tried = ["PAGE_OPENED asset", "RECORD_SUBMITTED asset", "WORK_SEEN sync"];
        assert_eq!(done(&checklist(&scene.customer, &id).await?), tried);
        let mut next = package(false);
        next["version"] = json!("1.1.0");
        next["components"][0]["definition"]["schema"]["properties"]["place"] = json!({ "type": "string" });
        next["components"][0]["definition"]["ui"]["fields"]["place"] = json!({ "widget": "text", "label": "位置" });
        import_version(&scene.partner, &scene.application, &next).await?;
        let digest = page_changes(&scene.partner, &order).await?["digest"].take();
        let input = json!({ "orderId": order, "acknowledgedDigest": digest });
        let on = "... on Delivery { id }";
        let sent = scene.partner.act("overwritePages", "OverwritePagesInput", input, on, None).await?;
        finished(&scene.partner, &text(&sent["id"]).unwrap_or_default()).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), ["WORK_SEEN sync"], "nobody tried the new form");
        submit(&scene.customer, &id, "asset", json!({ "name": "测试泵", "place": "仓库" })).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), ["RECORD_SUBMITTED asset", "WORK_SEEN sync"]);
        let back = scene.customer.act("rollbackDelivery", "RollbackDeliveryInput", json!({ "id": sent["id"] }), on, None).await?;
        finished(&scene.customer, &text(&back["id"]).unwrap_or_default()).await?;
        assert_eq!(done(&checklist(&scene.customer, &id).await?), tried, "the old form was tried");
        // What the partner's developer makes of it in a maintenance has to be tried as well.
        let inside = enter(&scene.developer, &json!(maintain(&scene.developer, &order, 4).await?)).await?;
        let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"asset\") { revision definition } } }";
        let mut page = inside.ask(document, json!({ "id": id })).await?["appInstance"]["page"].take();
        page["definition"]["ui"]["fields"]["count"]["label"] = json!("台数");
        let input = json!({ "instanceId": id, "pageKey": "asset", "revision": page["revision"], "definition": page["definition"] });
        let on = "... on InstancePage { key }";
        let edited = inside.act("updatePageDefinition", "UpdatePageDefinitionInput", input, on, None).await?;
        assert_eq!(edited["key"], "asset", "{edited}");
        assert_eq!(done(&checklist(&scene.customer, &id).await?), ["WORK_SEEN sync"]);
    }
}

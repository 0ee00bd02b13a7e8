//! Sending pages and components after the application, and taking an overwrite back (D15–D18).

use anyhow::{Context, Result};
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::forms::{forms, record, update};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{
    Scene, agreement, buy, finished, import, import_version, instance_of, link, package, page_changes, picture, send,
    text,
};
use serde_json::{Value, json};

use crate::served::Served;

/// An order whose application was sent with the full edit permission, and the instance.
async fn arrived(scene: &Scene) -> Result<(String, String)> {
    let order = scene.order().await?;
    let options = json!({ "includeSampleData": true, "openEditPermission": true });
    let sent = send(&scene.partner, &order, options, Some(agreement())).await?;
    let delivery = text(&sent["id"]).with_context(|| format!("{sent}"))?;
    finished(&scene.partner, &delivery).await?;
    let instance = instance_of(&scene.customer, &delivery).await?;
    Ok((order, instance.context("an instance")?))
}

/// The package of the scene with another number, a changed form, a new form and a custom component.
fn next(number: &str) -> Value {
    let mut next = package(false);
    next["version"] = json!(number);
    let asset = &mut next["components"][0];
    asset["definition"]["schema"]["properties"]["place"] = json!({ "type": "string" });
    asset["definition"]["ui"]["fields"]["place"] = json!({ "widget": "text", "label": "位置" });
    let mut new = asset.clone();
    new["key"] = json!("repair");
    new["name"] = json!("维修工单");
    let clock =
        json!({ "key": "clock", "kind": "CUSTOM_COMPONENT", "name": "时钟", "definition": { "version": "1.0" } });
    if let Some(all) = next["components"].as_array_mut() {
        all.extend([new, clock]);
    }
    next
}

const QUEUED: &str = "... on Delivery { id kind status total folder versionNumber }";

async fn ended(who: &Someone, made: &Value) -> Result<Value> {
    let id = text(&made["id"]).with_context(|| format!("{made}"))?;
    finished(who, &id).await
}

async fn actions(who: &Someone, order: &str) -> Result<Value> {
    let document = "query($id: ID!) { order(id: $id) { appStatus pageStatus availableActions \
                    deliveries { kind status availableActions rolledBackBy { kind } rollsBack { kind } createdByParty } } }";
    let mut data = who.ask(document, json!({ "id": order })).await?;
    Ok(data["order"].take())
}

const PAGE: &str = "query($id: ID!, $key: String!) { appInstance(id: $id) { page(key: $key) { name folder definition recordCount } \
                    removedPages { key name } otherComponents { key versionNumber } } }";

on_each_database! {
    async fn d15_pages_have_a_status_of_their_own_and_follow_the_application(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let early = scene.partner.act("sendNewPages", "SendNewPagesInput", json!({ "orderId": order }), QUEUED, None).await?;
        assert_eq!(early["code"], "INVALID_STATE", "{early}");
        assert_eq!(actions(&scene.partner, &order).await?["availableActions"], json!(["SEND_APPLICATION"]));
        let (order, _) = arrived(&scene).await?;
        let seen = actions(&scene.partner, &order).await?;
        assert_eq!((&seen["appStatus"], &seen["pageStatus"]), (&json!("SUCCEEDED"), &json!("NOT_SENT")));
        let open = seen["availableActions"].as_array().cloned().unwrap_or_default();
        assert_eq!(open[..2], [json!("SEND_PAGES"), json!("SEND_COMPONENTS")], "{seen}");
        import_version(&scene.partner, &scene.application, &next("1.1.0")).await?;
        let made = scene.developer.act("sendNewPages", "SendNewPagesInput", json!({ "orderId": order }), QUEUED, None).await?;
        assert_eq!((&made["kind"], &made["total"]), (&json!("NEW_PAGES"), &json!(1)), "{made}");
        assert_eq!(ended(&scene.partner, &made).await?["status"], "SUCCEEDED");
        let seen = actions(&scene.partner, &order).await?;
        assert_eq!((&seen["appStatus"], &seen["pageStatus"]), (&json!("SUCCEEDED"), &json!("SUCCEEDED")));
    }

    async fn d16_new_pages_come_into_a_folder_of_their_own(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, instance) = arrived(&scene).await?;
        import_version(&scene.partner, &scene.application, &next("1.1.0")).await?;
        let input = json!({ "orderId": order, "includeSampleData": true });
        let made = scene.partner.act("sendNewPages", "SendNewPagesInput", input.clone(), QUEUED, Some("k1")).await?;
        let same = scene.partner.act("sendNewPages", "SendNewPagesInput", input, QUEUED, Some("k1")).await?;
        assert_eq!(made["id"], same["id"]);
        assert!(made["folder"].as_str().is_some_and(|folder| folder.contains("1.1.0")), "{made}");
        ended(&scene.partner, &made).await?;
        let seen = scene.customer.ask(PAGE, json!({ "id": instance, "key": "repair" })).await?;
        let page = &seen["appInstance"]["page"];
        assert_eq!((&page["folder"], &page["recordCount"]), (&made["folder"], &json!(15)), "{seen}");
        let refused = scene.customer.act("sendNewPages", "SendNewPagesInput", json!({ "orderId": order }), QUEUED, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION");
    }

    async fn d16_an_overwrite_is_acknowledged_sent_and_taken_back(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, instance) = arrived(&scene).await?;
        let before = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        import_version(&scene.partner, &scene.application, &next("1.1.0")).await?;
        let changes = page_changes(&scene.partner, &order).await?;
        let asset = &changes["pages"][0];
        assert_eq!((&asset["componentKey"], &asset["change"], &asset["changedByCustomer"]), (&json!("asset"), &json!("CHANGED"), &json!(false)));
        let field = json!({ "field": "place", "label": "位置", "change": "ADDED", "details": ["文本"] });
        assert_eq!(asset["fields"], json!([field]), "{changes}");
        assert_eq!(changes["pages"][1]["change"], "NEW", "{changes}");
        let unread = scene.partner.in_chinese().act("overwritePages", "OverwritePagesInput", json!({ "orderId": order }), QUEUED, None).await?;
        assert_eq!((&unread["code"], &unread["message"]), (&json!("ACKNOWLEDGEMENT_REQUIRED"), &json!("请先查看并确认页面变更")));
        let promised = scene.partner.ask(
            "query($o: ID!) { deliveryPreflight(orderId: $o, options: {}, kind: OVERWRITE_PAGES) { ... on Preflight { ok items { componentKey outcome } } } }",
            json!({ "o": order }),
        ).await?;
        assert_eq!(promised["deliveryPreflight"], json!({ "ok": true, "items": [{ "componentKey": "asset", "outcome": "SEND" }] }));
        let input = json!({ "orderId": order, "acknowledgedDigest": changes["digest"] });
        let made = scene.partner.act("overwritePages", "OverwritePagesInput", input, QUEUED, None).await?;
        assert_eq!(ended(&scene.partner, &made).await?["status"], "SUCCEEDED", "{made}");
        let after = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        assert!(after["appInstance"]["page"]["definition"].to_string().contains("place"), "{after}");
        // The customer adds a record and takes the overwrite back.
        let record = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "新设备", "place": "仓库" } });
        scene.customer.act("submitRecord", "SubmitRecordInput", record, "... on AppRecord { id }", None).await?;
        let report = scene.customer.ask(
            "query($id: ID!) { rollbackReport(deliveryId: $id) { ... on RollbackReport { pages { componentKey restored changesSince newRecordCount } } } }",
            json!({ "id": made["id"] }),
        ).await?;
        assert_eq!(report["rollbackReport"]["pages"][0]["restored"], true, "{report}");
        let back = scene.customer.act("rollbackDelivery", "RollbackDeliveryInput", json!({ "id": made["id"] }), QUEUED, None).await?;
        assert_eq!(back["kind"], "ROLLBACK", "{back}");
        assert_eq!(ended(&scene.customer, &back).await?["status"], "SUCCEEDED");
        let restored = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        let content = |data: &Value| (data["appInstance"]["page"]["name"].clone(), data["appInstance"]["page"]["definition"].clone());
        assert_eq!(content(&restored), content(&before));
        assert_eq!(restored["appInstance"]["page"]["recordCount"], 16, "records stay");
        let twice = scene.partner.act("rollbackDelivery", "RollbackDeliveryInput", json!({ "id": made["id"] }), QUEUED, None).await?;
        assert_eq!(twice["code"], "INVALID_STATE", "{twice}");
        let seen = actions(&scene.partner, &order).await?;
        let kinds: Vec<&str> = seen["deliveries"].as_array().into_iter().flatten().filter_map(|it| it["kind"].as_str()).collect();
        assert_eq!(kinds, ["ROLLBACK", "OVERWRITE_PAGES", "APP"], "D20: everything that ever happened to the order");
        assert_eq!(seen["deliveries"][0]["createdByParty"], "CUSTOMER");
        assert_eq!(seen["deliveries"][0]["rollsBack"]["kind"], "OVERWRITE_PAGES");
        assert_eq!(seen["deliveries"][1]["rolledBackBy"]["kind"], "ROLLBACK");
        assert_eq!(seen["deliveries"][1]["availableActions"], json!([]));
    }

    async fn d16_a_page_that_the_customer_deleted_is_never_resurrected_silently(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, instance) = arrived(&scene).await?;
        let input = json!({ "instanceId": instance, "pageKey": "asset" });
        let removed = scene.customer.act("removeInstancePage", "RemoveInstancePageInput", input.clone(), "... on AppInstance { availableActions removedPages { key name } }", None).await?;
        assert_eq!(removed["removedPages"], json!([{ "key": "asset", "name": "设备台账" }]), "{removed}");
        assert!(removed["availableActions"].to_string().contains("REMOVE_PAGE"), "{removed}");
        import_version(&scene.partner, &scene.application, &next("1.1.0")).await?;
        let changes = page_changes(&scene.partner, &order).await?;
        assert_eq!(changes["pages"][0]["change"], "DELETED_BY_CUSTOMER", "{changes}");
        let input = json!({ "orderId": order, "acknowledgedDigest": changes["digest"] });
        let made = scene.partner.act("overwritePages", "OverwritePagesInput", input, QUEUED, None).await?;
        let failed = ended(&scene.partner.in_chinese(), &made).await?;
        assert_eq!(failed["status"], "FAILED", "{failed}");
        assert_eq!(failed["items"][0]["reason"], "客户已删除该页面，可作为新页面发送", "{failed}");
        let seen = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        assert_eq!(seen["appInstance"]["page"], Value::Null);
        let input = json!({ "orderId": order, "pageKeys": ["asset"] });
        let again = scene.partner.act("sendNewPages", "SendNewPagesInput", input, QUEUED, None).await?;
        assert_eq!(ended(&scene.partner, &again).await?["status"], "SUCCEEDED", "{again}");
        let seen = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        assert_eq!(seen["appInstance"]["page"]["recordCount"], 15, "its records are there again: {seen}");
        assert_eq!(seen["appInstance"]["removedPages"], json!([]));
    }

    async fn d17_components_come_with_their_version(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, instance) = arrived(&scene).await?;
        import_version(&scene.partner, &scene.application, &next("1.1.0")).await?;
        let input = json!({ "orderId": order, "componentKeys": ["clock", "asset"] });
        let refused = scene.partner.act("sendComponents", "SendComponentsInput", input, QUEUED, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let input = json!({ "orderId": order, "componentKeys": ["clock"] });
        let made = scene.partner.act("sendComponents", "SendComponentsInput", input, QUEUED, None).await?;
        assert_eq!(ended(&scene.partner, &made).await?["status"], "SUCCEEDED", "{made}");
        let seen = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        let others = seen["appInstance"]["otherComponents"].as_array().cloned().unwrap_or_default();
        assert!(others.contains(&json!({ "key": "clock", "versionNumber": "1.1.0" })), "{seen}");
        assert!(others.contains(&json!({ "key": "keeper", "versionNumber": "1.0.0" })), "{seen}");
        assert_eq!(actions(&scene.partner, &order).await?["pageStatus"], "NOT_SENT");
    }

    async fn d16_a_field_that_an_overwrite_takes_and_a_rollback_brings_back_still_has_its_file(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let application = import(&scene.partner, &forms(), true).await?;
        let (_, token) = link(&scene.partner, &scene.project, &application).await?;
        let order = text(&buy(&scene.customer, &token, None).await?["id"]).context("an order")?;
        let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        ended(&scene.partner, &sent).await?;
        let instance = instance_of(&scene.customer, &text(&sent["id"]).context("an id")?).await?.context("an instance")?;
        let served = Served::start(app)?;
        let place = format!("purpose=RECORD&name=plate.png&instance={instance}&page=contract");
        let file: Value = served.put(&scene.customer, &place, picture()).await?.json().await?;
        let with_file = json!({ "title": "有附件", "files": [{ "file": file["id"], "name": file["name"] }] });
        let id = record(&scene.customer, &instance, "contract", with_file).await?;
        let mut next = forms();
        next["version"] = json!("1.1.0");
        next["components"][1]["sampleRows"] = json!([]);
        let contract = &mut next["components"][1]["definition"];
        contract["schema"]["properties"].as_object_mut().context("fields")?.remove("files");
        contract["ui"]["fields"].as_object_mut().context("fields")?.remove("files");
        contract["ui"]["order"].as_array_mut().context("an order")?.retain(|key| key != "files");
        import_version(&scene.partner, &application, &next).await?;
        let digest = page_changes(&scene.partner, &order).await?["digest"].take();
        let input = json!({ "orderId": order, "acknowledgedDigest": digest });
        let made = scene.partner.act("overwritePages", "OverwritePagesInput", input, QUEUED, None).await?;
        assert_eq!(ended(&scene.partner, &made).await?["status"], "SUCCEEDED", "{made}");
        let saved = update(&scene.customer, &id, 1, json!({ "title": "改过" })).await?;
        assert_eq!(saved["version"], 2, "{saved}");
        let back = scene.customer.act("rollbackDelivery", "RollbackDeliveryInput", json!({ "id": made["id"] }), QUEUED, None).await?;
        ended(&scene.customer, &back).await?;
        let path = format!("/files/{}", file["id"].as_str().context("an id")?);
        assert_eq!(served.get(&scene.customer, &path).await?.status(), 200, "the file is there again with its field");
    }

    async fn d16_a_removed_page_that_comes_back_with_sample_data_has_each_row_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (order, instance) = arrived(&scene).await?;
        let record = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "自己的泵" } });
        scene.customer.act("submitRecord", "SubmitRecordInput", record, "... on AppRecord { id }", None).await?;
        let input = json!({ "instanceId": instance, "pageKey": "asset" });
        scene.customer.act("removeInstancePage", "RemoveInstancePageInput", input, "... on AppInstance { id }", None).await?;
        let input = json!({ "orderId": order, "pageKeys": ["asset"], "includeSampleData": true });
        let again = scene.partner.act("sendNewPages", "SendNewPagesInput", input, QUEUED, None).await?;
        assert_eq!(ended(&scene.partner, &again).await?["status"], "SUCCEEDED", "{again}");
        let seen = scene.customer.ask(PAGE, json!({ "id": instance, "key": "asset" })).await?;
        assert_eq!(seen["appInstance"]["page"]["recordCount"], 16, "fifteen rows of sample data and their own: {seen}");
    }
}

//! Sending (D13–D15, D18, D21–D25).

use anyhow::Context;
use appshelf::app::App;
use appshelf::cli::worker;
use appshelf::config::Config;
use appshelf::domain::organization::EditionName;
use appshelf::stop;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{agreement, buy, finished, import, instance_of, link, package, send, text};
use serde_json::{Value, json};

const PREFLIGHT: &str = "query($order: ID!, $options: DeliveryOptions!) { deliveryPreflight(orderId: $order, options: $options) { \
                         ... on Preflight { ok editionWarning entitlements { feature needed used limit ok } \
                         items { componentKey outcome reason } sampleRows warnings manualWork } ... on UserError { code } } }";

on_each_database! {
    async fn d13_without_the_tick_nothing_is_sent(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let refused = send(&scene.partner.in_chinese(), &order, json!({}), None).await?;
        assert_eq!(refused["code"], "AGREEMENT_REQUIRED", "{refused}");
        assert_eq!(refused["message"], "请先阅读并同意《服务商分发协议》");
        let refused = send(&scene.customer, &order, json!({}), Some(agreement())).await?;
        assert_eq!(refused["code"], "NO_PERMISSION");
    }

    async fn d14_the_dry_run_says_what_the_send_does(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let options = json!({ "includeSampleData": true });
        let asked = scene.partner.ask(PREFLIGHT, json!({ "order": order, "options": options })).await?;
        let promised = &asked["deliveryPreflight"];
        assert_eq!(promised["ok"], true, "{promised}");
        let sent = send(&scene.developer, &order, options, Some(agreement())).await?;
        let ended = finished(&scene.partner, sent["id"].as_str().expect("an id")).await?;
        assert_eq!(ended["status"], "SUCCEEDED", "{ended}");
        let outcome = |items: &Value, key: &str| items.as_array().and_then(|all| all.iter().find(|item| item["componentKey"] == key)).cloned().unwrap_or_default();
        for key in ["asset", "keeper", "erp", "sync", "board"] {
            let travels = outcome(&promised["items"], key)["outcome"] == "SEND";
            let arrived = outcome(&ended["items"], key)["status"] == "DONE";
            assert_eq!(travels, arrived, "{key}: {promised} {ended}");
            assert_eq!(travels, !["erp", "board"].contains(&key), "D21, D23: {key}");
        }
        assert_eq!(promised["sampleRows"], 15, "D22: {promised}");
        assert!(promised["warnings"].to_string().contains("每日同步"), "D23: the automation arrives disabled: {promised}");
    }

    async fn d21_every_kind_travels_and_a_dashboard_never_does(app) {
        let scene = app.scene("blue", EditionName::Exclusive).await?;
        let kinds = ["CUSTOM_PAGE", "PORTAL", "AI_ASSISTANT", "DATA_PREPARATION", "ROLE", "CONTACT", "AUTOMATION", "CUSTOM_COMPONENT",
            "COOL_APP", "CONNECTOR", "DASHBOARD"];
        let mut everything = package(false);
        everything["name"] = json!("全部组件");
        let form = everything["components"][0].take();
        let others = kinds.iter().map(|kind| json!({ "key": kind.to_lowercase(), "kind": kind, "name": kind, "definition": {} }));
        everything["components"] = std::iter::once(form).chain(others).collect();
        let application = import(&scene.partner, &everything, true).await?;
        let (_, token) = link(&scene.partner, &scene.project, &application).await?;
        let order = buy(&scene.customer, &token, None).await?;
        let order = text(&order["id"]).with_context(|| format!("{order}"))?;
        let sent = send(&scene.partner, &order, json!({ "includeConnectors": true }), Some(agreement())).await?;
        let ended = finished(&scene.partner, sent["id"].as_str().with_context(|| format!("{sent}"))?).await?;
        assert_eq!((&ended["status"], &ended["done"], &ended["skipped"]), (&json!("SUCCEEDED"), &json!(11), &json!(1)), "{ended}");
        for item in ended["items"].as_array().into_iter().flatten() {
            let expected = if item["kind"] == "DASHBOARD" { "SKIPPED" } else { "DONE" };
            assert_eq!(item["status"], expected, "{item}");
        }
    }

    async fn d14_a_missing_entitlement_fails_with_every_reason_and_writes_nothing(app) {
        let scene = app.scene("blue", EditionName::Free).await?;
        let mut pages = package(true);
        pages["name"] = json!("带首页的应用");
        let application = import(&scene.partner, &pages, true).await?;
        let (_, token) = link(&scene.partner, &scene.project, &application).await?;
        let bought = buy(&scene.customer, &token, None).await?;
        let order = text(&bought["id"]).expect("an order");
        let asked = scene.partner.ask(PREFLIGHT, json!({ "order": order, "options": {} })).await?;
        assert_eq!(asked["deliveryPreflight"]["ok"], false, "{asked}");
        assert!(asked["deliveryPreflight"]["editionWarning"].is_string(), "{asked}");
        let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        let ended = match text(&sent["id"]) {
            Some(id) => finished(&scene.partner.in_chinese(), &id).await?,
            None => panic!("{sent}"),
        };
        assert_eq!(ended["status"], "FAILED", "{ended}");
        assert!(ended["failures"].to_string().contains("客户组织权益不满足"), "{ended}");
        let delivery = text(&sent["id"]).expect("an id");
        assert_eq!(instance_of(&scene.customer, &delivery).await?, None, "{ended}");
        let apps = scene.customer.ask("{ appInstances { totalCount } }", json!({})).await?;
        assert_eq!(apps["appInstances"]["totalCount"], 0);
    }

    async fn d18_an_order_is_sent_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        let second = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        assert!(["DELIVERY_IN_PROGRESS", "INVALID_STATE"].contains(&second["code"].as_str().unwrap_or("")), "{second}");
        finished(&scene.partner, sent["id"].as_str().expect("an id")).await?;
        let third = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        assert_eq!(third["code"], "INVALID_STATE", "{third}");
        let apps = scene.customer.ask("{ appInstances { totalCount } }", json!({})).await?;
        assert_eq!(apps["appInstances"]["totalCount"], 1);
    }

    async fn d22_sample_data_is_marked_and_removed_alone(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let input = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "新设备", "count": 1 } });
        let added = scene.customer.act("submitRecord", "SubmitRecordInput", input, "... on AppRecord { sample }", None).await?;
        assert_eq!(added["sample"], false, "{added}");
        let document = "query($id: ID!) { appInstance(id: $id) { sampleRecordCount page(key: \"asset\") { recordCount } } }";
        let before = scene.customer.ask(document, json!({ "id": instance })).await?;
        assert_eq!(before["appInstance"], json!({ "sampleRecordCount": 15, "page": { "recordCount": 16 } }));
        scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": instance }), "... on AppInstance { id }", None).await?;
        let after = scene.customer.ask(document, json!({ "id": instance })).await?;
        assert_eq!(after["appInstance"], json!({ "sampleRecordCount": 0, "page": { "recordCount": 1 } }));
    }

    async fn d18_many_deliveries_at_once_all_arrive_and_none_is_given_up(app) {
        // Two more servers on the same database, each with as many jobs at once as it has connections. The clock stands still: a job
        // that failed even once, and waits to be tried again, would wait for ever.
        let scene = app.scene("blue", EditionName::Exclusive).await?;
        let mut forms = package(false);
        let all = forms["components"].as_array_mut().expect("components");
        all.extend((0..60).map(|n| json!({ "key": format!("form-{n}"), "kind": "FORM_PAGE", "name": format!("表单 {n}"), "definition": {
            "schema": { "type": "object", "properties": { "n": { "type": "integer" } } },
            "ui": { "order": ["n"], "fields": { "n": { "widget": "number", "label": "数量" } } } } })));
        forms["name"] = json!("多页应用");
        let application = import(&scene.partner, &forms, true).await?;
        let mut deliveries = Vec::new();
        for _ in 0..16 {
            let (_, token) = link(&scene.partner, &scene.project, &application).await?;
            let order = text(&buy(&scene.customer, &token, None).await?["id"]).expect("an order");
            deliveries.push((order, String::new()));
        }
        let (stopper, stop) = stop::pair();
        let config = Config { job_workers: 4, ..app.app.config.clone() };
        let servers = [App::open(config.clone(), app.clock.clone())?, App::open(config, app.clock.clone())?];
        let workers = servers.each_ref().map(|server| worker::start(server, stop.clone()));
        for (order, delivery) in &mut deliveries {
            let sent = send(&scene.partner, order, json!({ "includeSampleData": true }), Some(agreement())).await?;
            *delivery = text(&sent["id"]).unwrap_or_else(|| panic!("{sent}"));
        }
        for (_, delivery) in &deliveries {
            let ended = finished(&scene.partner, delivery).await?;
            assert_eq!((&ended["status"], &ended["failed"]), (&json!("SUCCEEDED"), &json!(0)), "{ended}");
        }
        stopper.stop();
        for worker in workers {
            worker.await?;
        }
    }
}

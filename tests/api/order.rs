//! The order centre, live progress, and the table of entitlements (D13, D15, D18, D25, P7).

use appshelf::domain::organization::{EditionName, OrganizationKind, Role};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{OPEN_ITEMS, agreement, send, text};
use futures_util::StreamExt;
use serde_json::{Value, json};

const ORDERS: &str = "query($first: Int, $after: String, $party: OrderParty! = PARTNER, $filter: OrderFilter, $sort: OrderSort! = CREATED_DESC) { \
                      orders(first: $first, after: $after, party: $party, filter: $filter, sort: $sort) { totalCount \
                      nodes { id number appStatus amount { amount } availableActions project { id } application { id } } \
                      pageInfo { hasNextPage endCursor } } }";

fn numbers(data: &Value) -> Vec<String> {
    let nodes = data["orders"]["nodes"].as_array().cloned().unwrap_or_default();
    nodes.iter().filter_map(|node| text(&node["number"])).collect()
}

on_each_database! {
    async fn p7_orders_are_searched_filtered_sorted_and_paged(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        for _ in 0..3 {
            scene.order().await?;
        }
        let all = scene.partner.ask(ORDERS, json!({})).await?;
        assert_eq!(all["orders"]["totalCount"], 3);
        let newest_first = numbers(&all);
        let first = scene.partner.ask(ORDERS, json!({ "first": 2 })).await?;
        assert_eq!(numbers(&first), newest_first[..2]);
        let after = &first["orders"]["pageInfo"]["endCursor"];
        let rest = scene.partner.ask(ORDERS, json!({ "first": 2, "after": after })).await?;
        assert_eq!((numbers(&rest), &rest["orders"]["pageInfo"]["hasNextPage"]), (newest_first[2..].to_vec(), &json!(false)));
        let oldest_first = scene.partner.ask(ORDERS, json!({ "sort": "CREATED_ASC" })).await?;
        assert_eq!(numbers(&oldest_first), newest_first.iter().rev().cloned().collect::<Vec<_>>());
        let one = scene.partner.ask(ORDERS, json!({ "filter": { "search": newest_first[1].to_lowercase() } })).await?;
        assert_eq!(numbers(&one), newest_first[1..2]);
        for (filter, count) in [
            (json!({ "search": "BLUE" }), 3),
            (json!({ "search": "蓝海" }), 3),
            (json!({ "search": "100%" }), 0),
            (json!({ "appStatus": "SUCCEEDED" }), 0),
            (json!({ "appStatus": "NOT_SENT", "projectId": scene.project }), 3),
            (json!({ "createdTo": "2020-01-01T00:00:00Z" }), 0),
        ] {
            let found = scene.partner.ask(ORDERS, json!({ "filter": filter })).await?;
            assert_eq!(found["orders"]["totalCount"], count, "{filter}");
        }
    }

    async fn d13_each_side_sees_its_orders_and_employees_none(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.order().await?;
        for who in [&scene.partner, &scene.developer, &scene.reviewer] {
            let found = who.ask(ORDERS, json!({})).await?;
            assert_eq!(found["orders"]["totalCount"], 1, "{found}");
        }
        let sold = scene.partner.ask(ORDERS, json!({})).await?;
        let sold = &sold["orders"]["nodes"][0];
        assert_eq!(sold["availableActions"], json!(["SEND_APPLICATION"]));
        assert_eq!((&sold["amount"]["amount"], &sold["project"]["id"]), (&json!("0"), &json!(scene.project)));
        let bought = scene.customer.ask(ORDERS, json!({ "party": "CUSTOMER" })).await?;
        let bought = &bought["orders"]["nodes"][0];
        assert_eq!((&bought["id"], &bought["availableActions"]), (&json!(id), &json!([])));
        assert_eq!((&bought["project"], &bought["application"]), (&json!(null), &json!(null)), "the partner's own matter");
        for party in ["PARTNER", "CUSTOMER"] {
            let refused = scene.employee.send(ORDERS, json!({ "party": party })).await?;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{refused}");
        }
    }

    async fn d15_progress_is_live_until_the_end_for_both_sides(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let sent = send(&scene.developer, &order, json!({}), Some(agreement())).await?;
        let document = "subscription($id: ID!) { deliveryProgress(deliveryId: $id) { status total done skipped order { appStatus } } }";
        for who in [&scene.partner, &scene.customer] {
            let seen: Vec<Value> = who.subscribe(document, json!({ "id": sent["id"] })).await?.collect().await;
            let last = &seen.last().expect("at least the state now")["data"]["deliveryProgress"];
            assert_eq!((&last["status"], &last["order"]["appStatus"]), (&json!("SUCCEEDED"), &json!("SUCCEEDED")), "{seen:?}");
            let done: Vec<i64> = seen.iter().filter_map(|it| it["data"]["deliveryProgress"]["done"].as_i64()).collect();
            assert!(done.is_sorted(), "{done:?}");
        }
        let refused: Vec<Value> = scene.employee.subscribe(document, json!({ "id": sent["id"] })).await?.collect().await;
        assert!(refused[0]["errors"][0].is_object(), "{refused:?}");
    }

    async fn d19_the_edit_permission_is_switched_at_once_and_logged_for_both(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let on = "... on Order { fullEditPermission availableActions }";
        let input = |order: &str, open: bool| json!({ "orderId": order, "fullEditPermission": open });
        let unsent = scene.order().await?;
        let refused = scene.partner.act("setEditPermission", "SetEditPermissionInput", input(&unsent, true), on, None).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("NOT_SENT")), "{refused}");
        let instance = scene.instance().await?;
        let sold = scene.partner.ask(ORDERS, json!({ "filter": { "appStatus": "SUCCEEDED" } })).await?;
        let sold = &sold["orders"]["nodes"][0];
        assert_eq!(sold["availableActions"], json!(["SEND_PAGES", "SEND_COMPONENTS", "TOGGLE_EDIT_PERMISSION", "REQUEST_MAINTENANCE"]));
        let order = text(&sold["id"]).expect("an id");
        for who in [&scene.developer, &scene.customer, &scene.employee, &scene.reviewer] {
            let refused = who.act("setEditPermission", "SetEditPermissionInput", input(&order, true), on, None).await?;
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
        let document = "query($id: ID!) { appInstance(id: $id) { fullEditPermission } }";
        for (who, open) in [(&scene.partner, true), (&scene.colleague, true), (&scene.colleague, false)] {
            let done = who.act("setEditPermission", "SetEditPermissionInput", input(&order, open), on, None).await?;
            assert_eq!(done["fullEditPermission"], open, "{done}");
            let seen = scene.customer.ask(document, json!({ "id": instance })).await?;
            assert_eq!(seen["appInstance"]["fullEditPermission"], open);
        }
        let logged = "query($id: ID!) { auditEntries(objectId: $id) { nodes { action } } }";
        for who in [&scene.partner, &scene.customer] {
            let entries = who.ask(logged, json!({ "id": order })).await?;
            let actions: Vec<&str> = entries["auditEntries"]["nodes"].as_array().expect("a list").iter().filter_map(|it| it["action"].as_str()).collect();
            assert_eq!(actions, ["order.edit_permission_closed", "order.edit_permission_opened", "order.created"], "what is so already is not logged again");
        }
        let steps = "query($id: ID!) { order(id: $id) { timeline(first: 2) { nodes { kind } } } }";
        let steps = scene.customer.ask(steps, json!({ "id": order })).await?;
        assert_eq!(steps["order"]["timeline"]["nodes"], json!([{ "kind": "EDIT_PERMISSION_CLOSED" }, { "kind": "EDIT_PERMISSION_OPENED" }]));
        let removed = json!({ "id": instance, "name": "设备巡检" });
        scene.customer.act("removeInstance", "RemoveInstanceInput", removed, "... on AppInstance { id }", None).await?;
        let refused = scene.partner.act("setEditPermission", "SetEditPermissionInput", input(&order, true), on, None).await?;
        assert_eq!(refused["code"], "INVALID_STATE", "{refused}");
    }

    async fn d20_the_timeline_tells_everything_to_both_sides(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let id = json!({ "id": instance });
        for (name, input_type, input) in [
            ("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance, "note": "验收通过" })),
            ("enableInstance", "EnableInstanceInput", json!({ "id": instance, "waivedItems": OPEN_ITEMS })),
            ("disableInstance", "InstanceActionInput", id.clone()),
            ("reopenMaintenance", "InstanceActionInput", id.clone()),
            ("removeInstance", "RemoveInstanceInput", json!({ "id": instance, "name": "设备巡检" })),
        ] {
            let done = scene.customer.act(name, input_type, input, "... on AppInstance { id }", None).await?;
            assert_eq!(done["id"], json!(instance), "{name}: {done}");
            app.advance(chrono::Duration::minutes(1));
        }
        let document = "query($first: Int, $after: String, $party: OrderParty!) { orders(party: $party) { nodes { \
                        timeline(first: $first, after: $after) { totalCount nodes { kind at by { name } organization { name } \
                        delivery { versionNumber } details } pageInfo { hasNextPage endCursor } } } } }";
        let expected = ["REMOVED", "DEV_MAINTENANCE_REOPENED", "DISABLED", "ENABLED", "ACCEPTED", "DELIVERY_SUCCEEDED", "DELIVERY_QUEUED", "ORDERED"];
        for (who, party) in [(&scene.partner, "PARTNER"), (&scene.customer, "CUSTOMER"), (&scene.reviewer, "PARTNER")] {
            let (mut told, mut after) = (Vec::new(), json!(null));
            loop {
                let page = who.in_chinese().ask(document, json!({ "first": 3, "after": after, "party": party })).await?;
                let page = page["orders"]["nodes"][0]["timeline"].clone();
                assert_eq!(page["totalCount"], expected.len(), "{page}");
                told.extend(page["nodes"].as_array().cloned().unwrap_or_default());
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] != json!(true) {
                    break;
                }
            }
            let kinds: Vec<&str> = told.iter().filter_map(|step| step["kind"].as_str()).collect();
            assert_eq!(kinds, expected);
            assert_eq!(told[4]["details"], json!(["验收通过"]));
            assert_eq!((&told[4]["by"]["name"], &told[4]["organization"]["name"]), (&json!("ca"), &json!("blue Ltd")));
            let sent = told[6]["details"].to_string();
            assert!(sent.contains("携带表单示例数据：是") && sent.contains(agreement()), "{sent}");
            assert_eq!(told[6]["delivery"]["versionNumber"], "1.0.0");
            assert!(told[5]["details"].to_string().contains("到达 3 项，不发送 2 项"), "{}", told[5]);
        }
    }

    async fn d18_what_has_ended_is_neither_stopped_nor_tried_again(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let sent = send(&scene.partner, &order, json!({}), Some(agreement())).await?;
        let id = text(&sent["id"]).expect("an id");
        appshelf_tests::scene::finished(&scene.partner, &id).await?;
        for name in ["cancelDelivery", "retryDelivery"] {
            let refused = scene.partner.act(name, "DeliveryActionInput", json!({ "id": id }), "... on Delivery { id }", None).await?;
            assert_eq!(refused["code"], "INVALID_STATE", "{refused}");
            let refused = scene.customer.act(name, "DeliveryActionInput", json!({ "id": id }), "... on Delivery { id }", None).await?;
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
    }

    async fn d25_a_superadmin_edits_the_table_and_the_preflight_follows(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let platform = app.organization("heights", &[OrganizationKind::Platform], EditionName::Exclusive).await?;
        let admin = app.person("sa", "heights", &platform, &[Role::Superadmin]).await?;
        let on = "... on Edition { name entitlements { feature limit } }";
        let input = json!({ "edition": "PROFESSIONAL", "feature": "PAGES_PER_APP", "limit": 0 });
        let refused = scene.partner.act("setEntitlement", "SetEntitlementInput", input.clone(), on, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let wrong = json!({ "edition": "PROFESSIONAL", "feature": "PAGES_PER_APP", "limit": -1 });
        let refused = admin.act("setEntitlement", "SetEntitlementInput", wrong, on, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["limit"]), "{refused}");
        let set = admin.act("setEntitlement", "SetEntitlementInput", input, on, None).await?;
        assert_eq!(set["name"], "PROFESSIONAL", "{set}");
        let document = "query($order: ID!) { deliveryPreflight(orderId: $order, options: {}) { ... on Preflight { ok \
                        entitlements { feature limit ok message } } } }";
        let asked = scene.partner.in_chinese().ask(document, json!({ "order": order })).await?;
        assert_eq!(asked["deliveryPreflight"]["ok"], false, "{asked}");
    }
}

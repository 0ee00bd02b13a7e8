//! Remote maintenance (D31): asked for by a developer, granted and revoked by the customer, confined to one instance.

use anyhow::{Context, Result};
use appshelf::domain::organization::EditionName;
use appshelf::jobs::upkeep;
use appshelf::store::{Actor, audit};
use appshelf_tests::api::Someone;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, enter, maintain, order_of, text};
use chrono::Duration;
use diesel::RunQueryDsl;
use futures_util::StreamExt;
use serde_json::{Value, json};

const SESSION: &str = "... on MaintenanceSession { id status reason hours automatic endsAt note availableActions \
                       requestedBy { name } decidedBy { name } }";
const READ: &str = "query($id: ID!) { maintenanceSession(id: $id) { id status note availableActions \
                    closedBy { name } partner { name } customer { name } applicationName } }";
const APPS: &str = "{ appInstances { nodes { id availableActions } totalCount } }";
const WHO: &str = "{ viewer { organization { name } roles memberships { organization { id } } \
                   maintenance { id instanceId reason endsAt partner { name } } } }";

async fn request(who: &Someone, order: &str, hours: i32) -> Result<Value> {
    let input = json!({ "orderId": order, "reason": "修复每日同步", "hours": hours });
    who.act("requestMaintenance", "RequestMaintenanceInput", input, SESSION, None)
        .await
}

async fn act(who: &Someone, name: &str, id: &Value) -> Result<Value> {
    who.act(name, "MaintenanceActionInput", json!({ "id": id }), SESSION, None)
        .await
}

async fn decide(who: &Someone, id: &Value, decision: &str, note: Option<&str>) -> Result<Value> {
    let input = json!({ "id": id, "decision": decision, "note": note });
    who.act("decideMaintenance", "DecideMaintenanceInput", input, SESSION, None)
        .await
}

async fn revoke(who: &Someone, id: &str) -> Result<Value> {
    let input = json!({ "id": id, "note": "今天到此为止" });
    who.act("revokeMaintenance", "RevokeMaintenanceInput", input, SESSION, None)
        .await
}

async fn ask_first(scene: &Scene, instance: &str) -> Result<()> {
    let input = json!({ "instanceId": instance, "automatic": false });
    let on = "... on AppInstance { automaticMaintenance }";
    let set = scene
        .customer
        .act(
            "setAutomaticMaintenance",
            "SetAutomaticMaintenanceInput",
            input,
            on,
            None,
        )
        .await?;
    anyhow::ensure!(set["automaticMaintenance"] == false, "{set}");
    Ok(())
}

/// The refusal of a request whose session lets nobody in any more.
fn turned_away(answer: &Value) -> &str {
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    answer["errors"][0]["message"].as_str().unwrap_or_default()
}

on_each_database! {
    async fn d31_in_development_maintenance_a_request_is_granted_at_once(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let asked = request(&scene.developer, &order, 4).await?;
        assert_eq!((&asked["status"], &asked["automatic"]), (&json!("GRANTED"), &json!(true)), "{asked}");
        assert_eq!(asked["availableActions"], json!(["ENTER", "END"]));
        let ends = (app.clock.now() + Duration::hours(4)).to_rfc3339();
        assert_eq!(asked["endsAt"].as_str().map(|at| at.replace('Z', "+00:00")), Some(ends), "hours count from the grant");
        assert!(asked["decidedBy"].is_null(), "nobody decided: {asked}");
        let seen = scene.customer.ask(READ, json!({ "id": asked["id"] })).await?;
        assert_eq!(seen["maintenanceSession"]["availableActions"], json!(["REVOKE"]), "{seen}");
        assert_eq!(seen["maintenanceSession"]["partner"]["name"], "acme Ltd");
        for (who, sees) in [(&scene.partner, json!(["END"])), (&scene.colleague, json!(["END"]))] {
            let seen = who.ask(READ, json!({ "id": asked["id"] })).await?;
            assert_eq!(seen["maintenanceSession"]["availableActions"], sees, "{seen}");
        }
        let order = scene.partner.ask("query($id: ID!) { order(id: $id) { latestMaintenance { id } availableActions } }", json!({ "id": order })).await?;
        assert_eq!(order["order"]["latestMaintenance"]["id"], asked["id"]);
        assert!(order["order"]["availableActions"].to_string().contains("REQUEST_MAINTENANCE"), "{order}");
    }

    async fn d31_what_was_granted_to_development_ends_with_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let granted = request(&scene.developer, &order, 72).await?;
        let inside = enter(&scene.developer, &granted["id"]).await?;
        let timeline = "query($id: ID!) { order(id: $id) { timeline(first: 10) { nodes { kind by { name } } } } }";
        let told = scene.partner.ask(timeline, json!({ "id": order })).await?;
        let steps = told["order"]["timeline"]["nodes"].as_array().cloned().unwrap_or_default();
        let grant = steps.iter().find(|step| step["kind"] == "MAINTENANCE_GRANTED");
        assert_eq!(grant.map(|step| &step["by"]), Some(&Value::Null), "nobody granted it: {told}");
        let on = "... on AppInstance { status }";
        let closed = scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), on, None).await?;
        assert_eq!(closed["status"], "READY", "{closed}");
        turned_away(&inside.send(APPS, json!({})).await?);
        let seen = scene.customer.ask(READ, json!({ "id": granted["id"] })).await?;
        assert_eq!(seen["maintenanceSession"]["status"], "REVOKED", "{seen}");
        // What an admin granted goes on.
        let asked = request(&scene.developer, &order, 4).await?;
        decide(&scene.customer, &asked["id"], "GRANT", None).await?;
        let inside = enter(&scene.developer, &asked["id"]).await?;
        scene.customer.act("reopenMaintenance", "InstanceActionInput", json!({ "id": instance }), on, None).await?;
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), on, None).await?;
        assert_eq!(inside.ask(APPS, json!({})).await?["appInstances"]["totalCount"], 1);
    }

    async fn d31_an_admin_who_wants_to_be_asked_grants_or_declines(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        ask_first(&scene, &instance).await?;
        let asked = request(&scene.developer, &order, 72).await?;
        assert_eq!((&asked["status"], &asked["availableActions"]), (&json!("REQUESTED"), &json!(["WITHDRAW"])), "{asked}");
        let early = enter(&scene.developer, &asked["id"]).await;
        assert!(early.is_err_and(|e| e.to_string().contains("INVALID_STATE")), "not before the grant");
        let refused = decide(&scene.employee, &asked["id"], "GRANT", None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let refused = decide(&scene.partner, &asked["id"], "GRANT", None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let waiting = "query($id: ID!) { appInstance(id: $id) { openMaintenance { id availableActions } } }";
        let seen = scene.customer.ask(waiting, json!({ "id": instance })).await?;
        assert_eq!(seen["appInstance"]["openMaintenance"], json!([{ "id": asked["id"], "availableActions": ["GRANT", "DECLINE"] }]));
        let declined = decide(&scene.customer, &asked["id"], "DECLINE", Some("请先说明原因")).await?;
        assert_eq!((&declined["status"], &declined["note"]), (&json!("DECLINED"), &json!("请先说明原因")), "{declined}");
        let again = request(&scene.developer, &order, 1).await?;
        let granted = decide(&scene.customer, &again["id"], "GRANT", None).await?;
        assert_eq!((&granted["status"], &granted["automatic"], &granted["decidedBy"]["name"]), (&json!("GRANTED"), &json!(false), &json!("ca")), "{granted}");
        let twice = decide(&scene.customer, &again["id"], "GRANT", None).await?;
        assert_eq!((&twice["code"], &twice["fromStatus"]), (&json!("INVALID_STATE"), &json!("GRANTED")), "{twice}");
    }

    async fn d29_what_the_customer_closed_takes_no_secrets_from_a_maintenance(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.forms_in_use().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let asked = request(&scene.developer, &order, 1).await?;
        decide(&scene.customer, &asked["id"], "GRANT", None).await?;
        let inside = enter(&scene.developer, &asked["id"]).await?;
        let secret = async |who: &Someone| {
            let input = json!({ "instanceId": instance, "componentKey": "erp", "slot": "key", "value": "s" });
            who.act("setConnectorSecret", "SetConnectorSecretInput", input, "... on AppInstance { id }", None).await
        };
        assert_eq!(secret(&inside).await?["code"], "NOT_FOUND", "it has no connector");
        scene.customer.act("disableInstance", "InstanceActionInput", json!({ "id": instance }), "... on AppInstance { status }", None).await?;
        let refused = secret(&inside).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("DISABLED")), "{refused}");
        assert_eq!(secret(&scene.customer).await?["code"], "NOT_FOUND", "the admin makes it ready again");
    }

    async fn d31_once_accepted_every_request_waits_for_the_admin(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": instance }), "... on AppInstance { status }", None).await?;
        let asked = request(&scene.developer, &order, 8).await?;
        assert_eq!(asked["status"], "REQUESTED", "{asked}");
        let withdrawn = act(&scene.developer, "withdrawMaintenance", &asked["id"]).await?;
        assert_eq!(withdrawn["status"], "WITHDRAWN", "{withdrawn}");
    }

    async fn d31_a_request_says_why_and_for_how_long_and_stands_on_a_sent_application(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let order = scene.order().await?;
        let early = request(&scene.developer, &order, 4).await?;
        assert_eq!((&early["code"], &early["fromStatus"], &early["action"]), (&json!("INVALID_STATE"), &json!("NOT_SENT"), &json!("REQUEST_MAINTENANCE")), "{early}");
        let bad = json!({ "orderId": order, "reason": " ", "hours": 73 });
        let refused = scene.developer.act("requestMaintenance", "RequestMaintenanceInput", bad, SESSION, None).await?;
        let paths: Vec<&Value> = refused["issues"].as_array().context("issues")?.iter().map(|issue| &issue["path"][0]).collect();
        assert_eq!(paths, ["reason", "hours"], "{refused}");
        for who in [&scene.customer, &scene.reviewer] {
            assert_eq!(request(who, &order, 4).await?["code"], "NO_PERMISSION");
        }
        let rival = app.partner("rival").await?;
        assert_eq!(request(&rival, &order, 4).await?["code"], "NOT_FOUND");
    }

    async fn d31_one_open_request_of_a_person_and_an_idempotency_key(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let input = json!({ "orderId": order, "reason": "升级", "hours": 2 });
        let ask = |key| scene.developer.act("requestMaintenance", "RequestMaintenanceInput", input.clone(), SESSION, key);
        let first = ask(Some("k1")).await?;
        assert_eq!(ask(Some("k1")).await?["id"], first["id"]);
        let second = ask(Some("k2")).await?;
        assert_eq!((&second["code"], &second["fromStatus"]), (&json!("INVALID_STATE"), &json!("GRANTED")), "{second}");
        assert_eq!(request(&scene.colleague, &order, 2).await?["status"], "GRANTED", "another person has their own");
        app.advance(Duration::hours(2));
        assert_eq!(ask(Some("k3")).await?["status"], "GRANTED", "what is over stands in nobody's way");
    }

    async fn d31_whoever_asked_enters_and_nobody_else(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        for who in [&scene.partner, &scene.colleague, &scene.customer] {
            let refused = enter(who, &json!(id)).await;
            assert!(refused.is_err_and(|e| e.to_string().contains("NO_PERMISSION")));
        }
        let inside = enter(&scene.developer, &json!(id)).await?;
        let who = inside.ask(WHO, json!({})).await?;
        let viewer = &who["viewer"];
        assert_eq!((&viewer["organization"]["name"], &viewer["roles"], &viewer["memberships"]), (&json!("blue Ltd"), &json!([]), &json!([])), "{who}");
        assert_eq!((&viewer["maintenance"]["id"], &viewer["maintenance"]["instanceId"]), (&json!(id), &json!(instance)));
        assert_eq!((&viewer["maintenance"]["reason"], &viewer["maintenance"]["partner"]["name"]), (&json!("修复每日同步"), &json!("acme Ltd")));
        let ended = act(&scene.colleague, "endMaintenance", &json!(id)).await?;
        assert_eq!(ended["status"], "ENDED", "an admin of theirs may end it: {ended}");
        assert!(turned_away(&inside.send(APPS, json!({})).await?).contains("ended"));
    }

    async fn d31_inside_there_is_one_instance_and_nothing_about_it_to_decide(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let (instance, other) = (scene.instance().await?, scene.instance().await?);
        let order = order_of(&scene.customer, &instance).await?;
        let inside = enter(&scene.developer, &json!(maintain(&scene.developer, &order, 4).await?)).await?;
        let apps = inside.ask(APPS, json!({})).await?;
        assert_eq!(apps["appInstances"], json!({ "nodes": [{ "id": instance, "availableActions": ["OPEN", "VIEW_DATA"] }], "totalCount": 1 }));
        let read = inside.ask("query($id: ID!) { appInstance(id: $id) { id } }", json!({ "id": other })).await?;
        assert!(read["appInstance"].is_null(), "{read}");
        let record = |instance: &str| json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "阀" } });
        let added = inside.act("submitRecord", "SubmitRecordInput", record(&instance), "... on AppRecord { id createdBy { name } }", None).await?;
        assert_eq!(added["createdBy"]["name"], "pd", "{added}");
        let refused = inside.act("submitRecord", "SubmitRecordInput", record(&other), "... on AppRecord { id }", None).await?;
        assert_eq!(refused["code"], "NOT_FOUND", "{refused}");
        let hidden = "query($id: ID!) { appInstance(id: $id) { order { id } automaticMaintenance openMaintenance { id } \
                      visibleRange { departments { id } members { id } } } }";
        let seen = inside.ask(hidden, json!({ "id": instance })).await?;
        let nothing = json!({ "order": null, "automaticMaintenance": null, "openMaintenance": [], "visibleRange": { "departments": [], "members": [] } });
        assert_eq!(seen["appInstance"], nothing);
    }

    async fn d31_every_write_inside_stands_in_the_customers_log_with_person_session_and_reason(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        let input = json!({ "instanceId": instance, "pageKey": "asset", "data": { "name": "阀" } });
        let added = inside.act("submitRecord", "SubmitRecordInput", input, "... on AppRecord { id }", None).await?;
        let log = "query($id: String) { auditEntries(objectId: $id) { nodes { action actorLabel actingOrganization { name } \
                   onBehalf { maintenanceSessionId reason } } } }";
        let entries = scene.customer.ask(log, json!({ "id": added["id"] })).await?;
        let expected = json!({
            "action": "record.created", "actorLabel": "pd", "actingOrganization": { "name": "acme Ltd" },
            "onBehalf": { "maintenanceSessionId": id, "reason": "修复每日同步" },
        });
        assert_eq!(entries["auditEntries"]["nodes"], json!([expected]));
        let within = "query($id: ID) { auditEntries(maintenanceSessionId: $id) { nodes { action } totalCount } }";
        let listed = scene.customer.ask(within, json!({ "id": id })).await?;
        assert_eq!(listed["auditEntries"], json!({ "nodes": [{ "action": "record.created" }], "totalCount": 1 }));
        let listed = scene.partner.ask(within, json!({ "id": id })).await?;
        assert_eq!(listed["auditEntries"]["totalCount"], 0, "it is the customer's matter");
        let theirs = scene.partner.ask(log, json!({ "id": added["id"] })).await?;
        assert_eq!(theirs["auditEntries"]["nodes"], json!([]), "it is the customer's matter");
        for who in [&scene.customer, &scene.partner] {
            let entries = who.ask(log, json!({ "id": id })).await?;
            let actions: Vec<&Value> = entries["auditEntries"]["nodes"].as_array().context("entries")?.iter().map(|entry| &entry["action"]).collect();
            assert_eq!(actions, ["maintenance.entered", "maintenance.granted", "maintenance.requested"]);
        }
        enter(&scene.developer, &json!(id)).await?;
        let timeline = "query($id: ID!) { order(id: $id) { timeline(first: 4) { nodes { kind details } } } }";
        let steps = scene.customer.ask(timeline, json!({ "id": order })).await?;
        let steps = steps["order"]["timeline"]["nodes"].clone();
        let kinds: Vec<&Value> = steps.as_array().context("steps")?.iter().map(|step| &step["kind"]).collect();
        assert_eq!(kinds[..3], ["MAINTENANCE_ENTERED", "MAINTENANCE_GRANTED", "MAINTENANCE_REQUESTED"], "{steps}");
        assert_eq!(steps[2]["details"], json!(["4 h", "修复每日同步"]));
        upkeep::seal_all(&app.app.store).await?;
        let verified = app.app.store.read(audit::verify).await?;
        assert!(verified.broken.is_empty() && verified.unsealed == 0, "{verified:?}");
        // Whoever takes the session out of the log is found out.
        let meddle = "UPDATE audit_entries SET maintenance_session_id = NULL, maintenance_reason = NULL";
        app.app.store.write(Actor::default(), move |tx| Ok(diesel::sql_query(meddle).execute(tx.conn)?)).await?;
        let verified = app.app.store.read(audit::verify).await?;
        assert_eq!(verified.broken.len(), 1, "{verified:?}");
    }

    async fn d31_a_revocation_bites_on_the_next_request(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        inside.ask(APPS, json!({})).await?;
        let revoked = revoke(&scene.customer, &id).await?;
        assert_eq!((&revoked["status"], &revoked["note"]), (&json!("REVOKED"), &json!("今天到此为止")), "{revoked}");
        assert!(turned_away(&inside.send(APPS, json!({})).await?).contains("revoked"));
        assert!(turned_away(&inside.in_chinese().send(APPS, json!({})).await?).contains("收回"));
        let refused = enter(&scene.developer, &json!(id)).await;
        assert!(refused.is_err_and(|e| e.to_string().contains("REVOKED")));
        assert!(scene.developer.ask("{ viewer { user { name } } }", json!({})).await.is_ok(), "their own session goes on");
    }

    async fn d31_hours_that_ran_out_end_it_by_the_clock_and_are_noted(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 1).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        app.advance(Duration::minutes(59));
        inside.ask(APPS, json!({})).await?;
        app.advance(Duration::minutes(1));
        assert!(turned_away(&inside.send(APPS, json!({})).await?).contains("run out"));
        let seen = scene.developer.ask(READ, json!({ "id": id })).await?;
        assert_eq!((&seen["maintenanceSession"]["status"], &seen["maintenanceSession"]["availableActions"]), (&json!("EXPIRED"), &json!([])), "{seen}");
        let log = "query($id: String) { auditEntries(objectId: $id) { nodes { action actor { name } } } }";
        let noted = |data: &Value| data["auditEntries"]["nodes"][0] == json!({ "action": "maintenance.expired", "actor": null });
        scene.customer.wait(log, json!({ "id": id }), noted).await?;
    }

    async fn d31_a_partner_that_may_no_longer_distribute_is_let_in_no_longer(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let inside = enter(&scene.developer, &json!(maintain(&scene.developer, &order, 4).await?)).await?;
        let permission = scene.partner.ask("{ viewer { distributionPermission { id } } }", json!({})).await?;
        let input = json!({ "id": permission["viewer"]["distributionPermission"]["id"], "decision": "REVOKE", "reason": "违规" });
        let on = "... on DistributionPermission { status }";
        scene.reviewer.act("decideDistributionPermission", "DecideDistributionPermissionInput", input, on, None).await?;
        turned_away(&inside.send(APPS, json!({})).await?);
        assert_eq!(request(&scene.colleague, &order, 4).await?["code"], "PERMISSION_REQUIRED");
    }

    async fn d31_a_removed_application_ends_its_maintenance(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let inside = enter(&scene.developer, &json!(id)).await?;
        let input = json!({ "id": instance, "name": "设备巡检" });
        scene.customer.act("removeInstance", "RemoveInstanceInput", input, "... on AppInstance { status }", None).await?;
        turned_away(&inside.send(APPS, json!({})).await?);
        let seen = scene.developer.ask(READ, json!({ "id": id })).await?;
        assert_eq!((&seen["maintenanceSession"]["status"], &seen["maintenanceSession"]["applicationName"]), (&json!("REVOKED"), &json!("设备巡检")), "{seen}");
        let refused = request(&scene.developer, &order, 4).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("SUCCEEDED")), "{refused}");
    }

    async fn d31_both_sides_see_it_move(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let changes = |party: &str| format!("subscription {{ maintenanceChanged(party: {party}) {{ session {{ status }} }} }}");
        let mut partner = scene.partner.subscribe(&changes("PARTNER"), json!({})).await?;
        let mut customer = scene.customer.subscribe(&changes("CUSTOMER"), json!({})).await?;
        for stream in [&mut partner, &mut customer] {
            let first = stream.next().await.context("a first reading")?;
            assert!(first["data"]["maintenanceChanged"]["session"].is_null(), "{first}");
        }
        let id = maintain(&scene.developer, &order, 4).await?;
        for stream in [&mut partner, &mut customer] {
            let next = stream.next().await.context("a change")?;
            assert_eq!(next["data"]["maintenanceChanged"]["session"]["status"], "GRANTED", "{next}");
        }
        revoke(&scene.customer, &id).await?;
        for stream in [&mut partner, &mut customer] {
            let next = stream.next().await.context("a change")?;
            assert_eq!(next["data"]["maintenanceChanged"]["session"]["status"], "REVOKED", "{next}");
        }
        let refused = scene.employee.subscribe(&changes("CUSTOMER"), json!({})).await?.next().await.context("an answer")?;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{refused}");
    }

    async fn d31_lists_are_each_sides_own(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let id = maintain(&scene.developer, &order, 4).await?;
        let list = |party: &str| format!("query($f: MaintenanceFilter) {{ maintenanceSessions(party: {party}, filter: $f) {{ nodes {{ id }} totalCount }} }}");
        let one = json!({ "nodes": [{ "id": id }], "totalCount": 1 });
        for (who, party) in [(&scene.developer, "PARTNER"), (&scene.partner, "PARTNER"), (&scene.customer, "CUSTOMER")] {
            for filter in [json!(null), json!({ "instanceId": instance }), json!({ "orderId": order }), json!({ "statuses": ["GRANTED", "ACTIVE"] })] {
                let seen = who.ask(&list(party), json!({ "f": filter })).await?;
                assert_eq!(seen["maintenanceSessions"], one, "{filter}");
            }
            let none = who.ask(&list(party), json!({ "f": { "statuses": ["REVOKED"] } })).await?;
            assert_eq!(none["maintenanceSessions"]["totalCount"], 0);
        }
        let denied = scene.employee.send(&list("CUSTOMER"), json!({})).await?;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        assert!(text(&one["nodes"][0]["id"]).is_some());
    }

    async fn p9_both_sides_are_told_of_remote_maintenance(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.instance().await?;
        let order = order_of(&scene.customer, &instance).await?;
        let told = "{ notifications { nodes { kind objectId readAt } } }";
        let told = async |who: &Someone| -> Result<Vec<(Value, Value, bool)>> {
            let data = who.ask(told, json!({})).await?;
            let nodes = data["notifications"]["nodes"].as_array().cloned().unwrap_or_default();
            let ours = nodes.into_iter().filter(|node| node["kind"].as_str().is_some_and(|kind| kind.starts_with("MAINTENANCE")));
            Ok(ours.map(|node| (node["kind"].clone(), node["objectId"].clone(), node["readAt"].is_null())).collect())
        };
        ask_first(&scene, &instance).await?;
        let asked = request(&scene.developer, &order, 1).await?;
        assert_eq!(told(&scene.customer).await?, [(json!("MAINTENANCE_REQUESTED"), json!(instance), true)]);
        decide(&scene.customer, &asked["id"], "GRANT", None).await?;
        assert_eq!(told(&scene.customer).await?, [(json!("MAINTENANCE_REQUESTED"), json!(instance), false)], "it is answered");
        assert_eq!(told(&scene.developer).await?, [(json!("MAINTENANCE_GRANTED"), json!(order), true)]);
        revoke(&scene.customer, &text(&asked["id"]).context("an id")?).await?;
        assert_eq!(told(&scene.developer).await?[0], (json!("MAINTENANCE_REVOKED"), json!(order), true));
        let again = request(&scene.developer, &order, 1).await?;
        act(&scene.developer, "withdrawMaintenance", &again["id"]).await?;
        assert_eq!(told(&scene.customer).await?[0], (json!("MAINTENANCE_REQUESTED"), json!(instance), false), "nothing is left to answer");
    }
}

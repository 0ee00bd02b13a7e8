//! My apps (D27–D30).

use appshelf::domain::organization::EditionName;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::OPEN_ITEMS;
use serde_json::json;

const STATUS: &str = "... on AppInstance { status acceptance { note versionNumber } }";
const APPS: &str = "{ appInstances { nodes { id status availableActions } } }";

on_each_database! {
    async fn p5_who_sees_an_application_stands_in_the_log(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let me = scene.employee.ask("{ viewer { user { id } } }", json!({})).await?;
        let member = &me["viewer"]["user"]["id"];
        let input = json!({ "id": id, "workbenchGroup": "", "visibleRange": { "wholeOrganization": false, "memberIds": [member] } });
        let set = scene.customer.act("updatePublishSettings", "UpdatePublishSettingsInput", input, "... on AppInstance { id }", None).await?;
        assert_eq!(set["id"], json!(id), "{set}");
        let log = "query($id: String!) { auditEntries(objectId: $id, first: 1) { nodes { action before after } } }";
        let entry = scene.customer.ask(log, json!({ "id": id })).await?["auditEntries"]["nodes"][0].clone();
        assert_eq!((&entry["action"], &entry["after"]["seenBy"]), (&json!("instance.published"), &json!([member])), "{entry}");
        assert_eq!(entry["before"]["seenBy"], json!([]), "{entry}");
        // A reviewer reads everybody's log, nobody else another's.
        let read = scene.reviewer.ask(log, json!({ "id": id })).await?;
        assert_eq!(read["auditEntries"]["nodes"][0]["action"], "instance.published", "{read}");
        let foreign = scene.partner.ask(log, json!({ "id": id })).await?;
        assert_eq!(foreign["auditEntries"]["nodes"], json!([]), "{foreign}");
    }

    async fn d27_an_app_arrives_in_maintenance_and_employees_do_not_see_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let own = scene.customer.ask(APPS, json!({})).await?;
        assert_eq!(own["appInstances"]["nodes"][0]["status"], "DEV_MAINTENANCE", "{own}");
        let employee = scene.employee.ask(APPS, json!({})).await?;
        assert_eq!(employee["appInstances"]["nodes"], json!([]));
        let read = scene.employee.ask("query($id: ID!) { appInstance(id: $id) { id } }", json!({ "id": id })).await?;
        assert!(read["appInstance"].is_null());
        let bad = json!({ "instanceId": id, "pageKey": "asset", "data": { "name": "", "count": -1 } });
        let refused = scene.customer.act("submitRecord", "SubmitRecordInput", bad, "... on AppRecord { id }", None).await?;
        let paths: Vec<String> = refused["issues"].as_array().expect("issues").iter().map(|i| i["path"].to_string()).collect();
        assert!(paths.iter().any(|p| p.contains("name")) && paths.iter().any(|p| p.contains("count")), "{refused}");
    }

    async fn d28_enabling_in_maintenance_says_what_to_do_first(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let input = json!({ "id": id, "visibleRange": { "wholeOrganization": true }, "waivedItems": OPEN_ITEMS });
        let refused = scene.customer.in_chinese().act("enableInstance", "EnableInstanceInput", input.clone(), STATUS, None).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("DEV_MAINTENANCE")), "{refused}");
        assert!(refused["nextStep"].as_str().is_some_and(|text| text.contains("关闭-开发维护")), "{refused}");
        let closing = json!({ "id": id, "note": "可以" });
        let refused = scene.employee.act("closeMaintenance", "CloseMaintenanceInput", closing.clone(), STATUS, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        let closed = scene.customer.act("closeMaintenance", "CloseMaintenanceInput", closing, STATUS, None).await?;
        assert_eq!(closed, json!({ "__typename": "AppInstance", "status": "READY", "acceptance": { "note": "可以", "versionNumber": "1.0.0" } }));
        let enabled = scene.customer.act("enableInstance", "EnableInstanceInput", input, STATUS, None).await?;
        assert_eq!(enabled["status"], "ENABLED", "{enabled}");
        let seen = scene.employee.ask(APPS, json!({})).await?;
        assert_eq!(seen["appInstances"]["nodes"][0]["availableActions"], json!(["OPEN"]));
        assert_eq!(seen["appInstances"]["nodes"].as_array().map(Vec::len), Some(1), "{seen}");
    }

    async fn d28_the_note_and_the_group_on_the_workbench_are_measured_as_people_count(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        // One family is one character, of seven code points.
        let families = |count: usize| "👨‍👩‍👧‍👦".repeat(count);
        let closing = |note: String| json!({ "id": id, "note": note });
        let refused = scene.customer.act("closeMaintenance", "CloseMaintenanceInput", closing(families(2001)), STATUS, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["note"]), "{refused}");
        let closed = scene.customer.act("closeMaintenance", "CloseMaintenanceInput", closing(families(2000)), STATUS, None).await?;
        assert_eq!(closed["acceptance"]["note"], families(2000), "{closed}");
        let whole = json!({ "wholeOrganization": true });
        let enabling = |group: String| json!({ "id": id, "workbenchGroup": group, "visibleRange": whole, "waivedItems": OPEN_ITEMS });
        let refused = scene.customer.act("enableInstance", "EnableInstanceInput", enabling(families(41)), STATUS, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["workbenchGroup"]), "{refused}");
        let group = "... on AppInstance { workbenchGroup }";
        let enabled = scene.customer.act("enableInstance", "EnableInstanceInput", enabling(families(40)), group, None).await?;
        assert_eq!(enabled["workbenchGroup"], families(40), "{enabled}");
    }

    async fn d28_who_is_outside_the_visible_range_does_not_see_the_app(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", json!({ "id": id }), STATUS, None).await?;
        let nobody = json!({ "id": id, "visibleRange": { "wholeOrganization": false }, "waivedItems": OPEN_ITEMS });
        let refused = scene.customer.act("enableInstance", "EnableInstanceInput", nobody, STATUS, None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        let members = scene.customer.ask("{ members { user { id name } } }", json!({})).await?;
        let of = |name: &str| members["members"].as_array().and_then(|all| all.iter().find(|m| m["user"]["name"] == name)).map(|m| m["user"]["id"].clone());
        for (member, sees) in [("ca", 0), ("ce", 1)] {
            let range = json!({ "wholeOrganization": false, "memberIds": [of(member)] });
            let mut input = json!({ "id": id, "workbenchGroup": "设备", "visibleRange": range });
            if member == "ca" {
                input["waivedItems"] = json!(OPEN_ITEMS);
            }
            let act = if member == "ca" { ("enableInstance", "EnableInstanceInput") } else { ("updatePublishSettings", "UpdatePublishSettingsInput") };
            let done = scene.customer.act(act.0, act.1, input, STATUS, None).await?;
            assert_eq!(done["status"], "ENABLED", "{done}");
            let seen = scene.employee.ask(APPS, json!({})).await?;
            assert_eq!(seen["appInstances"]["nodes"].as_array().map(Vec::len), Some(sees), "{seen}");
        }
    }

    async fn d29_a_disabled_app_keeps_its_data_and_a_removal_asks_for_the_name(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.instance().await?;
        let just = json!({ "id": id });
        scene.customer.act("closeMaintenance", "CloseMaintenanceInput", just.clone(), STATUS, None).await?;
        let all = json!({ "id": id, "visibleRange": { "wholeOrganization": true }, "waivedItems": OPEN_ITEMS });
        scene.customer.act("enableInstance", "EnableInstanceInput", all.clone(), STATUS, None).await?;
        let disabled = scene.customer.act("disableInstance", "InstanceActionInput", just.clone(), STATUS, None).await?;
        assert_eq!(disabled["status"], "DISABLED");
        let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"asset\") { recordCount } } }";
        let data = scene.customer.ask(document, just.clone()).await?;
        assert_eq!(data["appInstance"]["page"]["recordCount"], 15, "{data}");
        let again = scene.customer.act("enableInstance", "EnableInstanceInput", all, STATUS, None).await?;
        assert_eq!(again["status"], "ENABLED");
        let reopened = scene.customer.act("reopenMaintenance", "InstanceActionInput", just, STATUS, None).await?;
        assert_eq!(reopened["status"], "DEV_MAINTENANCE");
        let wrong = json!({ "id": id, "name": "别的应用" });
        let refused = scene.customer.act("removeInstance", "RemoveInstanceInput", wrong, STATUS, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["name"]), "{refused}");
        let right = json!({ "id": id, "name": "设备巡检" });
        let removed = scene.customer.act("removeInstance", "RemoveInstanceInput", right, STATUS, None).await?;
        assert_eq!(removed["status"], "REMOVED", "{removed}");
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": id })).await?;
        assert!(trail.to_string().contains("instance.removed"), "{trail}");
    }
}

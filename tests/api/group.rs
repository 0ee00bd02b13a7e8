//! Group chats and the cool apps that are installed into them (L23).

use anyhow::Result;
use appshelf_tests::api::Someone;
use appshelf_tests::cool_app::{CoolApps, change, content, delist, group, install, own_id, read, review, save, submit};
use appshelf_tests::on_each_database;
use serde_json::{Value, json};

/// A group as somebody sees it; null where it does not exist for them.
async fn seen(by: &Someone, group: &Value) -> Result<Value> {
    let document = "query($id: ID!) { group(id: $id) { name availableActions installations { id status availableActions \
                    entries { name } robot { name } } } }";
    Ok(by.ask(document, json!({ "id": group["id"] })).await?["group"].take())
}

async fn names(by: &Someone, arguments: &str) -> Result<Value> {
    let found = by
        .ask(
            &format!("{{ groups{arguments} {{ nodes {{ name }} totalCount }} }}"),
            json!({}),
        )
        .await?;
    let nodes = found["groups"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes.map(|node| node["name"].clone()).collect())
}

on_each_database! {
    async fn l23_admins_make_whole_organisation_groups_and_anybody_ordinary_ones(app) {
        let scene = CoolApps::set(app).await?;
        let colleague = own_id(&scene.colleague).await?;
        assert_eq!(group(&scene.employee, "全员群", "WHOLE_ORGANIZATION", &[]).await?["code"], "NO_PERMISSION");
        assert_eq!(group(scene.partner(), "群", "ORDINARY", &[]).await?["code"], "NO_PERMISSION", "groups are a customer's");
        let whole = group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[]).await?;
        assert_eq!((&whole["members"], &whole["availableActions"]), (&json!(null), &json!(["INSTALL", "DELETE"])), "{whole}");
        let crowd = group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[&colleague]).await?;
        assert_eq!(crowd["issues"][0]["path"], json!(["memberIds"]), "everybody belongs to it already");
        let own = group(&scene.employee, " 设备 群 ", "ORDINARY", &[&colleague, &colleague]).await?;
        assert_eq!((&own["name"], own["members"].as_array().map(Vec::len)), (&json!("设备 群"), Some(2)), "{own}");
        assert_eq!(own["availableActions"], json!(["INSTALL", "SET_MEMBERS", "DELETE"]));
        for (name, path) in [("", "name"), (&*"群".repeat(31), "name")] {
            assert_eq!(group(&scene.employee, name, "ORDINARY", &[]).await?["issues"][0]["path"], json!([path]));
        }
        let stranger = own_id(scene.partner()).await?;
        assert_eq!(group(&scene.employee, "群", "ORDINARY", &[&stranger]).await?["issues"][0]["path"], json!(["memberIds"]));
        let found = scene.employee.ask("{ groupCandidates(search: \"ce2\") { name } }", json!({})).await?;
        assert_eq!(found["groupCandidates"].as_array().map(Vec::len), Some(1), "{found}");
    }

    async fn l23_an_ordinary_group_exists_for_its_members_and_the_admins_alone(app) {
        let scene = CoolApps::set(app).await?;
        let whole = group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[]).await?;
        let own = group(&scene.employee, "设备群", "ORDINARY", &[]).await?;
        assert_eq!(names(&scene.employee, "").await?, json!(["设备群", "全员群"]));
        assert_eq!(names(&scene.colleague, "").await?, json!(["全员群"]));
        assert_eq!(names(&scene.customer, "").await?, json!(["设备群", "全员群"]));
        assert_eq!(names(&scene.employee, "(installable: true)").await?, json!(["设备群"]));
        assert_eq!(names(&scene.customer, "(installable: true)").await?, json!(["全员群"]));
        assert_eq!(seen(&scene.colleague, &own).await?, json!(null));
        assert_eq!(seen(&scene.colleague, &whole).await?["availableActions"], json!([]));
        let set = |by: &Someone, members: Value| {
            let (by, id) = (by.clone(), own["id"].clone());
            async move { by.act("setGroupMembers", "SetGroupMembersInput", json!({ "id": id, "memberIds": members }), "... on Group { members { id } }", None).await }
        };
        let (employee, colleague) = (own_id(&scene.employee).await?, own_id(&scene.colleague).await?);
        assert_eq!(set(&scene.colleague, json!([colleague])).await?["code"], "NOT_FOUND");
        assert_eq!(set(&scene.employee, json!([])).await?["issues"][0]["path"], json!(["memberIds"]));
        assert_eq!(set(&scene.employee, json!([employee, colleague])).await?["members"].as_array().map(Vec::len), Some(2));
        assert_eq!(set(&scene.colleague, json!([colleague])).await?["code"], "NO_PERMISSION", "a member is not its creator");
        let input = json!({ "userId": colleague });
        scene.customer.act("removeMember", "RemoveMemberInput", input, "... on RemovedMember { name }", None).await?;
        let left = scene.employee.ask("query($id: ID!) { group(id: $id) { members { id } } }", json!({ "id": own["id"] })).await?;
        assert_eq!(left["group"]["members"], json!([{ "id": employee }]), "who leaves the organisation leaves its groups");
    }

    async fn l23_whole_organisation_groups_by_admins_only_ordinary_ones_by_any_member(app) {
        let scene = CoolApps::set(app).await?;
        let cool = scene.approved().await?;
        let whole = group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[]).await?;
        let colleague = own_id(&scene.colleague).await?;
        let own = group(&scene.employee, "设备群", "ORDINARY", &[&colleague]).await?;
        assert_eq!(install(&scene.employee, &cool, &whole, true).await?["code"], "NO_PERMISSION");
        assert_eq!(install(&scene.employee.in_chinese(), &cool, &whole, true).await?["message"], "没有权限");
        assert_eq!(install(&scene.customer, &cool, &own, true).await?["code"], "NO_PERMISSION", "an admin who is no member");
        let everywhere = install(&scene.customer, &cool, &whole, true).await?;
        assert_eq!(everywhere["status"], "ENABLED", "{everywhere}");
        for mutation in ["enableCoolApp", "uninstallCoolApp"] {
            assert_eq!(change(&scene.employee, mutation, &everywhere).await?["code"], "NO_PERMISSION");
        }
        assert_eq!(seen(&scene.employee, &whole).await?["installations"][0]["entries"][0]["name"], "扫码巡检", "everybody uses it");
        assert_eq!(install(&scene.colleague, &cool, &own, false).await?["status"], "NOT_ENABLED", "any member, not its creator alone");
        let stranger = app.customer("green", appshelf::domain::organization::EditionName::Free).await?;
        assert_eq!(install(&stranger, &cool, &own, true).await?["code"], "NOT_FOUND");
        assert_eq!(change(&stranger, "uninstallCoolApp", &everywhere).await?["code"], "NOT_FOUND");
    }

    async fn l23_uninstalling_removes_entries_and_robot(app) {
        let scene = CoolApps::set(app).await?;
        let cool = scene.approved().await?;
        let own = group(&scene.employee, "设备群", "ORDINARY", &[]).await?;
        let installed = install(&scene.employee, &cool, &own, false).await?;
        assert_eq!((&installed["status"], &installed["entries"], &installed["robot"]), (&json!("NOT_ENABLED"), &json!([]), &json!(null)), "{installed}");
        assert_eq!(installed["availableActions"], json!(["ENABLE", "UNINSTALL"]));
        let twice = install(&scene.employee, &cool, &own, true).await?;
        assert_eq!(twice["issues"][0]["path"], json!(["groupId"]), "{twice}");
        let enabled = change(&scene.employee, "enableCoolApp", &installed).await?;
        assert_eq!((&enabled["status"], &enabled["robot"]), (&json!("ENABLED"), &json!({ "name": "巡检助手" })), "{enabled}");
        let modes: Vec<_> = enabled["entries"].as_array().into_iter().flatten().map(|entry| entry["openMode"].clone()).collect();
        assert_eq!(modes, ["PC_SIDEBAR", "MOBILE_HALF_SHEET"]);
        assert_eq!(change(&scene.employee, "enableCoolApp", &installed).await?["code"], "INVALID_STATE");
        let gone = change(&scene.employee, "uninstallCoolApp", &installed).await?;
        assert_eq!((&gone["status"], &gone["entries"], &gone["robot"]), (&json!("UNINSTALLED"), &json!([]), &json!(null)), "{gone}");
        assert_eq!(seen(&scene.employee, &own).await?["installations"], json!([]));
        for mutation in ["enableCoolApp", "uninstallCoolApp"] {
            assert_eq!(change(&scene.employee, mutation, &installed).await?["code"], "INVALID_STATE", "uninstalled is the end");
        }
        let anew = install(&scene.employee, &cool, &own, true).await?;
        assert_ne!(anew["id"], installed["id"], "installing again begins anew");
        let log = scene.customer.ask("query($id: ID!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": own["id"] })).await?;
        let actions: Vec<_> = log["auditEntries"]["nodes"].as_array().into_iter().flatten().map(|entry| entry["action"].clone()).collect();
        assert_eq!(actions, ["cool_app.enabled", "cool_app.installed", "cool_app.uninstalled", "cool_app.enabled", "cool_app.installed", "group.created"]);
        let deleted = scene.employee.act("deleteGroup", "DeleteGroupInput", json!({ "id": own["id"] }), "... on DeletedGroup { name }", None).await?;
        assert_eq!(deleted["name"], "设备群");
        assert_eq!(seen(&scene.employee, &own).await?, json!(null));
    }

    async fn l23_an_approved_update_reaches_the_groups_and_a_delisted_app_stays_there(app) {
        let scene = CoolApps::set(app).await?;
        let cool = scene.approved().await?;
        let own = group(&scene.employee, "设备群", "ORDINARY", &[]).await?;
        let other = group(&scene.colleague, "采购群", "ORDINARY", &[]).await?;
        install(&scene.employee, &cool, &own, true).await?;
        let waiting = install(&scene.colleague, &cool, &other, false).await?;
        let mut changed = content(scene.partner()).await?;
        changed["entries"] = json!([{ "name": "新入口", "url": "https://acme.example.com/new", "iconId": changed["entryIconId"], "openMode": "PC_SIDEBAR" }]);
        changed["robot"] = json!(null);
        let saved = save(scene.partner(), &read(scene.partner(), &cool["id"]).await?, changed).await?;
        let handed_in = submit(scene.partner(), &saved).await?;
        assert_eq!(seen(&scene.employee, &own).await?["installations"][0]["entries"][0]["name"], "扫码巡检", "not before it is approved");
        review(&scene.operator, &handed_in, "APPROVE", None).await?;
        let now = seen(&scene.employee, &own).await?["installations"][0].take();
        assert_eq!((&now["entries"], &now["robot"]), (&json!([{ "name": "新入口" }]), &json!(null)), "{now}");
        assert_eq!(seen(&scene.colleague, &other).await?["installations"][0]["entries"], json!([]), "what is not enabled shows nothing");
        delist(scene.partner(), &cool, None).await?;
        let stays = seen(&scene.employee, &own).await?["installations"][0].take();
        assert_eq!((&stays["status"], &stays["availableActions"]), (&json!("ENABLED"), &json!(["UNINSTALL"])), "{stays}");
        let refused = change(&scene.colleague, "enableCoolApp", &waiting).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("DELISTED")), "{refused}");
        assert_eq!(install(&scene.customer, &cool, &group(&scene.customer, "全员群", "WHOLE_ORGANIZATION", &[]).await?, true).await?["code"], "NOT_FOUND");
    }
}

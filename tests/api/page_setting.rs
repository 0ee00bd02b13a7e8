//! Permissions of applications and pages, process designs, and pages that the customer edits (D19, D30).

use appshelf::domain::organization::{EditionName, Role};
use appshelf::services::installation;
use appshelf::store::Actor;
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::forms::{list, paths, record, submit, titles, update};
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, enter, maintain, order_of};
use serde_json::{Value, json};

const SETTINGS: &str = "... on PageSettings { version permissionDecided processDesign updatedBy { name } \
    grants { everyone members { name } departments { name } add read edit delete } }";
const PAGE: &str = "... on InstancePage { key name folder revision changedBy { name } availableActions }";

async fn permit(who: &Someone, id: &str, page: Option<&str>, version: i64, grants: Value) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": page, "version": version, "grants": grants });
    who.act("setPagePermission", "SetPagePermissionInput", input, SETTINGS, None)
        .await
}

async fn design(who: &Someone, id: &str, version: i64, design: Value) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": "contract", "version": version, "design": design });
    who.act("setProcessDesign", "SetProcessDesignInput", input, SETTINGS, None)
        .await
}

async fn rename(who: &Someone, id: &str, name: &str) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": "contract", "name": name });
    who.act("renamePage", "RenamePageInput", input, PAGE, None).await
}

async fn move_to(who: &Someone, id: &str, folder: Option<&str>, before: Option<&str>) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": "contract", "folder": folder, "before": before });
    who.act("movePage", "MovePageInput", input, PAGE, None).await
}

async fn edit(who: &Someone, id: &str, revision: &Value, definition: &Value) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": "contract", "revision": revision, "definition": definition });
    who.act("updatePageDefinition", "UpdatePageDefinitionInput", input, PAGE, None)
        .await
}

async fn edit_without(
    who: &Someone,
    id: &str,
    revision: &Value,
    definition: &Value,
    gone: &[&str],
) -> anyhow::Result<Value> {
    let input = json!({ "instanceId": id, "pageKey": "contract", "revision": revision, "definition": definition, "removedFields": gone });
    who.act("updatePageDefinition", "UpdatePageDefinitionInput", input, PAGE, None)
        .await
}

/// A page as somebody sees it; null where they do not.
async fn page(who: &Someone, id: &str, key: &str) -> anyhow::Result<Value> {
    let document = "query($id: ID!, $key: String!) { appInstance(id: $id) { page(key: $key) { name folder revision definition \
                    availableActions changedAt settings { version permissionDecided processDesign grants { everyone } } } } }";
    let mut data = who.ask(document, json!({ "id": id, "key": key })).await?;
    Ok(data["appInstance"]["page"].take())
}

/// The keys of the pages that somebody sees, in their order.
async fn keys(who: &Someone, id: &str) -> anyhow::Result<Vec<String>> {
    let document = "query($id: ID!) { appInstance(id: $id) { pages { key recordCount } } }";
    let data = who.ask(document, json!({ "id": id })).await?;
    let pages = data["appInstance"]["pages"].as_array().cloned().unwrap_or_default();
    Ok(pages
        .iter()
        .filter_map(|page| page["key"].as_str().map(str::to_owned))
        .collect())
}

async fn id_of(who: &Someone) -> anyhow::Result<Value> {
    let mut data = who.ask("{ viewer { user { id } } }", json!({})).await?;
    Ok(data["viewer"]["user"]["id"].take())
}

async fn open_edit_permission(scene: &Scene, id: &str, open: bool) -> anyhow::Result<()> {
    let order = order_of(&scene.customer, id).await?;
    let input = json!({ "orderId": order, "fullEditPermission": open });
    let on = "... on Order { fullEditPermission }";
    let set = scene
        .partner
        .act("setEditPermission", "SetEditPermissionInput", input, on, None)
        .await?;
    anyhow::ensure!(set["fullEditPermission"] == open, "{set}");
    Ok(())
}

/// Another employee of the customer.
async fn colleague(app: &TestApp, scene: &Scene, name: &str) -> anyhow::Result<Someone> {
    let at = scene.customer.organization_id.clone().expect("signed in");
    app.person(name, "blue", &at, &[Role::CustomerEmployee]).await
}

/// A department of the customer with one member; its id.
async fn department(app: &TestApp, scene: &Scene, member: &Someone) -> anyhow::Result<String> {
    let at = scene.customer.organization_id.clone().expect("signed in");
    let user = id_of(member).await?.as_str().unwrap_or_default().parse()?;
    let made = app.app.store.write(Actor::default(), move |tx| {
        let department = installation::create_department(tx, &at, "销售部")?;
        installation::add_to_department(tx, &department, &user)?;
        Ok(department)
    });
    Ok(made.await?.to_string())
}

fn grant(members: &[&Value], add: bool, read: &str, edit: &str, delete: &str) -> Value {
    json!({ "everyone": false, "memberIds": members, "add": add, "read": read, "edit": edit, "delete": delete })
}

on_each_database! {
    async fn d19_with_edit_permission_off_the_customer_changes_permissions_and_nothing_else(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let before = page(&scene.customer, &id, "contract").await?;
        assert_eq!(before["availableActions"], json!(["ADD_RECORD", "IMPORT_RECORDS", "EXPORT_RECORDS", "SET_PERMISSION"]), "{before}");
        let everyone = json!([{ "everyone": true, "add": true, "read": "ALL", "edit": "NONE", "delete": "NONE" }]);
        for key in [Some("contract"), None] {
            let set = permit(&scene.customer, &id, key, 0, everyone.clone()).await?;
            assert_eq!((&set["version"], &set["grants"][0]["edit"]), (&json!(1), &json!("NONE")), "{set}");
        }
        let definition = &before["definition"];
        let tried = [
            design(&scene.customer.in_chinese(), &id, 1, json!({ "nodes": [] })).await?,
            rename(&scene.customer.in_chinese(), &id, "订单").await?,
            move_to(&scene.customer.in_chinese(), &id, None, None).await?,
            edit(&scene.customer.in_chinese(), &id, &before["revision"], definition).await?,
        ];
        for refused in tried {
            assert_eq!((&refused["code"], &refused["message"]),
                (&json!("EDIT_PERMISSION_OFF"), &json!("服务商未开放全部编辑权限，只能修改应用权限和页面权限")), "{refused}");
        }
        open_edit_permission(&scene, &id, true).await?;
        let opened = page(&scene.customer, &id, "contract").await?;
        assert_eq!(opened["availableActions"].as_array().map(Vec::len), Some(8), "{opened}");
        let drawn = design(&scene.customer, &id, 1, json!({ "nodes": ["审批"] })).await?;
        assert_eq!((&drawn["version"], &drawn["processDesign"]["nodes"][0], &drawn["permissionDecided"]), (&json!(2), &json!("审批"), &json!(true)), "{drawn}");
        let same = rename(&scene.customer, &id, "合同").await?;
        let there = move_to(&scene.customer, &id, Some("台账"), Some("home")).await?;
        assert_eq!((&same["changedBy"], &there["changedBy"]), (&Value::Null, &Value::Null), "what stays as it was is not changed: {same} {there}");
        let renamed = rename(&scene.customer, &id, " 订单 ").await?;
        assert_eq!((&renamed["name"], &renamed["changedBy"]["name"]), (&json!("订单"), &json!("ca")), "{renamed}");
        assert_eq!(keys(&scene.customer, &id).await?, ["customer", "contract", "home"]);
        let moved = move_to(&scene.customer, &id, Some("销售"), Some("customer")).await?;
        assert_eq!(moved["folder"], "销售", "{moved}");
        assert_eq!(keys(&scene.customer, &id).await?, ["contract", "customer", "home"]);
        for (name, place) in [("", "name"), (&"长".repeat(101), "name")] {
            assert_eq!(paths(&rename(&scene.customer, &id, name).await?), [place]);
        }
        assert_eq!(paths(&move_to(&scene.customer, &id, None, Some("nothing")).await?), ["before"]);
        // It bites at once.
        open_edit_permission(&scene, &id, false).await?;
        assert_eq!(rename(&scene.customer, &id, "合同").await?["code"], "EDIT_PERMISSION_OFF");
        assert_eq!(permit(&scene.customer, &id, Some("contract"), 2, everyone).await?["version"], 3);
        for refused in [permit(&scene.employee, &id, None, 0, json!([])).await?, rename(&scene.employee, &id, "x").await?, design(&scene.employee, &id, 3, Value::Null).await?] {
            assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        }
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id, first: 100) { nodes { action } } }", json!({ "id": id })).await?;
        for action in ["page.permission_set", "page.process_design_set", "page.renamed", "page.moved"] {
            assert!(trail.to_string().contains(action), "{trail}");
        }
    }

    async fn d30_who_is_granted_a_page_sees_it_and_does_what_the_grant_allows(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let (other, third) = (colleague(app, &scene, "ce2").await?, colleague(app, &scene, "ce3").await?);
        let own = record(&scene.employee, &id, "contract", json!({ "title": "甲的合同" })).await?;
        let foreign = record(&other, &id, "contract", json!({ "title": "乙的合同" })).await?;
        let (first, second) = (id_of(&scene.employee).await?, id_of(&other).await?);
        let grants = json!([grant(&[&first], true, "OWN", "OWN", "NONE"), grant(&[&second], false, "ALL", "ALL", "ALL")]);
        let set = permit(&scene.customer, &id, Some("contract"), 0, grants).await?;
        assert_eq!((&set["grants"][0]["members"][0]["name"], &set["permissionDecided"]), (&json!("ce"), &json!(true)), "{set}");
        // The first reads and changes what is their own, and deletes nothing.
        let read = list(&scene.employee, &id, "contract", "").await?;
        assert_eq!((titles(&read), &read["totalCount"], &read["nodes"][0]["availableActions"]), (vec!["甲的合同".to_owned()], &json!(1), &json!(["READ", "EDIT"])), "{read}");
        let sorted = list(&scene.employee, &id, "contract", "sort: { field: \"title\", direction: ASCENDING }").await?;
        assert_eq!(titles(&sorted), ["甲的合同"]);
        let searched = list(&scene.employee, &id, "contract", "search: \"乙\"").await?;
        assert_eq!(titles(&searched), Vec::<String>::new());
        assert_eq!(update(&scene.employee, &own, 1, json!({ "title": "甲的新合同" })).await?["version"], 2);
        assert_eq!(update(&scene.employee, &foreign, 1, json!({ "title": "x" })).await?["code"], "NOT_FOUND");
        let on = "... on DeletedRecord { id }";
        let refused = scene.employee.act("deleteRecord", "DeleteRecordInput", json!({ "id": own }), on, None).await?;
        assert_eq!(refused["code"], "NO_PERMISSION", "{refused}");
        // The second reads, changes and deletes everything, and adds nothing.
        assert_eq!(submit(&other, &id, "contract", json!({ "title": "x" })).await?["code"], "NO_PERMISSION");
        let seen = page(&other, &id, "contract").await?;
        assert_eq!((&seen["availableActions"], &seen["settings"]), (&json!(["EXPORT_RECORDS"]), &Value::Null), "{seen}");
        assert_eq!(update(&other, &own, 2, json!({ "title": "乙改过" })).await?["version"], 3);
        // Who is in no grant does not see the page, nor anything on it.
        assert!(page(&third, &id, "contract").await?.is_null());
        assert_eq!(keys(&third, &id).await?, ["customer", "home"]);
        assert_eq!(submit(&third, &id, "contract", json!({ "title": "x" })).await?["code"], "NOT_FOUND");
        let node = third.send("query($id: ID!) { node(id: $id) { id } }", json!({ "id": own })).await?;
        assert!(node["data"]["node"].is_null(), "{node}");
        let gone = other.act("deleteRecord", "DeleteRecordInput", json!({ "id": own }), on, None).await?;
        assert_eq!(gone["id"], json!(own), "{gone}");
        // An admin may do everything.
        assert_eq!(titles(&list(&scene.customer, &id, "contract", "first: 1").await?), ["乙的合同"]);
    }

    async fn d30_the_permission_of_the_application_holds_where_a_page_has_none(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let other = colleague(app, &scene, "ce2").await?;
        let sales = department(app, &scene, &other).await?;
        let by_department = json!([{ "everyone": false, "departmentIds": [sales], "add": true, "read": "ALL", "edit": "OWN", "delete": "OWN" }]);
        let set = permit(&scene.customer, &id, None, 0, by_department).await?;
        assert_eq!(set["grants"][0]["departments"][0]["name"], "销售部", "{set}");
        assert_eq!(keys(&scene.employee, &id).await?, Vec::<String>::new());
        assert_eq!(keys(&other, &id).await?, ["customer", "contract", "home"]);
        let everyone = json!([{ "everyone": true, "add": false, "read": "ALL", "edit": "NONE", "delete": "NONE" }]);
        permit(&scene.customer, &id, Some("customer"), 0, everyone.clone()).await?;
        assert_eq!(keys(&scene.employee, &id).await?, ["customer"]);
        assert_eq!(submit(&other, &id, "customer", json!({ "name": "x" })).await?["code"], "NO_PERMISSION", "the page's own counts alone");
        let settings = page(&scene.customer, &id, "contract").await?;
        assert_eq!((&settings["settings"]["permissionDecided"], &settings["settings"]["grants"]), (&json!(false), &json!([{ "everyone": false }])), "{settings}");
        let stale = permit(&scene.customer, &id, Some("customer"), 0, everyone).await?;
        assert_eq!((&stale["__typename"], &stale["code"]), (&json!("Stale"), &json!("CONFLICT")), "{stale}");
        let back = permit(&scene.customer, &id, Some("customer"), 1, Value::Null).await?;
        assert_eq!((&back["permissionDecided"], &back["version"]), (&json!(false), &json!(2)), "{back}");
        assert_eq!(keys(&scene.employee, &id).await?, Vec::<String>::new());
        permit(&scene.customer, &id, None, 1, Value::Null).await?;
        assert_eq!(keys(&scene.employee, &id).await?, ["customer", "contract", "home"]);
        // Nobody from outside, nobody without anybody, nothing beyond reading, no page that is none.
        let stranger = id_of(&scene.partner).await?;
        let refused = permit(&scene.customer, &id, Some("contract"), 0, json!([grant(&[&stranger], true, "ALL", "ALL", "ALL")])).await?;
        assert_eq!(paths(&refused), ["grants.0.audience"], "{refused}");
        let refused = permit(&scene.customer, &id, Some("contract"), 0, json!([grant(&[], true, "OWN", "ALL", "NONE")])).await?;
        assert_eq!(paths(&refused), ["grants.0.audience", "grants.0.edit"], "{refused}");
        let refused = permit(&scene.customer, &id, Some("nothing"), 0, json!([])).await?;
        assert_eq!((&refused["code"], &refused["path"]), (&json!("NOT_FOUND"), &json!(["pageKey"])), "{refused}");
    }

    async fn d19_a_form_that_is_edited_keeps_its_records_and_lists_follow(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        open_edit_permission(&scene, &id, true).await?;
        scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        for (title, amount) in [("甲", 3), ("乙", 1), ("丙", 2)] {
            record(&scene.employee, &id, "contract", json!({ "title": title, "amount": amount, "note": format!("说明{amount}") })).await?;
        }
        let before = page(&scene.customer, &id, "contract").await?;
        let mut definition = before["definition"].clone();
        definition["ui"]["titleField"] = json!("note");
        definition["schema"]["properties"]["area"] = json!({ "type": "string", "maxLength": 5 });
        definition["ui"]["fields"]["area"] = json!({ "widget": "text", "label": "区域" });
        definition["ui"]["order"].as_array_mut().expect("a list").push(json!("area"));
        let edited = edit(&scene.customer, &id, &before["revision"], &definition).await?;
        assert!(edited["revision"].is_string() && edited["revision"] != before["revision"], "{edited}");
        let late = edit(&scene.customer, &id, &before["revision"], &definition).await?;
        assert_eq!((&late["__typename"], &late["code"]), (&json!("Stale"), &json!("CONFLICT")), "{late}");
        record(&scene.employee, &id, "contract", json!({ "title": "丁", "area": "华东" })).await?;
        let document = "query($id: ID!) { appInstance(id: $id) { page(key: \"contract\") { \
                        records(sort: { field: \"area\", direction: DESCENDING }) { nodes { title } totalCount } } } }";
        let indexed = |data: &Value| {
            let records = &data["appInstance"]["page"]["records"];
            records["totalCount"] == 4 && records["nodes"].as_array().is_some_and(|nodes| nodes.len() == 4 && nodes.iter().any(|node| node["title"] == "说明3"))
        };
        let read = scene.employee.wait(document, json!({ "id": id }), indexed).await?;
        let nodes = &read["appInstance"]["page"]["records"]["nodes"];
        assert_eq!(nodes[0]["title"], "丁", "the one with an area has no note and is called by its first field: {read}");
        // What a package may not say an edit may not either, and each problem names its place.
        let now = page(&scene.customer, &id, "contract").await?;
        let mut wrong = now["definition"].clone();
        wrong["schema"]["properties"]["amount"]["type"] = json!("money");
        wrong["ui"]["fields"]["customers"]["target"] = json!("nothing");
        let refused = edit(&scene.customer, &id, &now["revision"], &wrong).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.contains("schema")), "{refused}");
        let home = json!({ "instanceId": id, "pageKey": "home", "revision": "x", "definition": {} });
        let refused = scene.customer.act("updatePageDefinition", "UpdatePageDefinitionInput", home, PAGE, None).await?;
        assert_eq!(refused["code"], "NOT_FOUND", "{refused}");
    }

    async fn d19_an_edited_form_takes_no_values_away_unsaid_and_can_be_submitted(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        open_edit_permission(&scene, &id, true).await?;
        scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        for (title, amount) in [("甲", 3), ("乙", 1)] {
            record(&scene.employee, &id, "contract", json!({ "title": title, "amount": amount })).await?;
        }
        let before = page(&scene.customer, &id, "contract").await?;
        let without = |key: &str| {
            let mut definition = before["definition"].clone();
            for place in ["/schema/properties", "/ui/fields"] {
                definition.pointer_mut(place).and_then(Value::as_object_mut).expect("an object").remove(key);
            }
            definition["ui"]["order"].as_array_mut().expect("a list").retain(|field| field != key);
            definition["schema"]["required"] = json!(["title"]);
            definition
        };
        // Values that are there go only where somebody says so.
        let refused = edit(&scene.customer.in_chinese(), &id, &before["revision"], &without("amount")).await?;
        assert_eq!((paths(&refused), &refused["code"]), (vec!["removedFields".to_owned()], &json!("VALIDATION")), "{refused}");
        assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.starts_with("有 2 条数据填写了字段")), "{refused}");
        // Another kind of value is another field.
        let mut retyped = before["definition"].clone();
        retyped["schema"]["properties"]["amount"] = json!({ "type": "string" });
        retyped["ui"]["fields"]["amount"] = json!({ "widget": "text", "label": "金额" });
        let refused = edit_without(&scene.customer, &id, &before["revision"], &retyped, &["amount"]).await?;
        assert_eq!(paths(&refused), ["definition"], "{refused}");
        // A form that asks for what it does not have, or offers nothing, could never be submitted.
        let mut ghost = before["definition"].clone();
        ghost["schema"]["required"] = json!(["title", "nothing"]);
        ghost["schema"]["properties"]["title"] = json!({ "type": "string", "enum": [] });
        let refused = edit(&scene.customer, &id, &before["revision"], &ghost).await?;
        assert_eq!(paths(&refused), ["definition", "definition"], "{refused}");
        // A field that nobody filled in goes without a word; one that was goes where it is named, and records keep what they hold.
        let edited = edit_without(&scene.customer, &id, &before["revision"], &without("amount"), &["amount"]).await?;
        assert!(edited["revision"].is_string(), "{edited}");
        let data = list(&scene.employee, &id, "contract", "search: \"甲\"").await?;
        assert_eq!(data["nodes"][0]["data"]["amount"], 3, "{data}");
        assert_eq!(submit(&scene.employee, &id, "contract", json!({ "title": "丙", "amount": 1 })).await?["code"], "VALIDATION");
        let back = page(&scene.customer, &id, "contract").await?;
        let restored = edit(&scene.customer, &id, &back["revision"], &before["definition"]).await?;
        assert_eq!(restored["revision"], before["revision"], "{restored}");
    }

    async fn d19_a_field_that_comes_back_keeps_the_kind_of_what_records_hold_of_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        open_edit_permission(&scene, &id, true).await?;
        record(&scene.employee, &id, "contract", json!({ "title": "甲", "note": "文本值" })).await?;
        let before = page(&scene.customer, &id, "contract").await?;
        let mut without = before["definition"].clone();
        for place in ["/schema/properties", "/ui/fields"] {
            without.pointer_mut(place).and_then(Value::as_object_mut).expect("an object").remove("note");
        }
        without["ui"]["order"].as_array_mut().expect("a list").retain(|field| field != "note");
        let gone = edit_without(&scene.customer, &id, &before["revision"], &without, &["note"]).await?;
        let mut back = without.clone();
        back["schema"]["properties"]["note"] = json!({ "type": "number" });
        back["ui"]["fields"]["note"] = json!({ "widget": "number", "label": "备注" });
        let refused = edit(&scene.customer.in_chinese(), &id, &gone["revision"], &back).await?;
        assert_eq!(paths(&refused), ["definition"], "{refused}");
        assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.contains("备注")), "{refused}");
        back["schema"]["properties"]["note"] = json!({ "type": "string" });
        back["ui"]["fields"]["note"] = json!({ "widget": "text", "label": "备注" });
        let taken = edit(&scene.customer, &id, &gone["revision"], &back).await?;
        // Its index may not be written yet, and holds all the same.
        back["schema"]["properties"]["note"] = json!({ "type": "number" });
        back["ui"]["fields"]["note"] = json!({ "widget": "number", "label": "备注" });
        let refused = edit(&scene.customer, &id, &taken["revision"], &back).await?;
        assert_eq!(paths(&refused), ["definition"], "{refused}");
    }

    async fn d19_a_form_that_nobody_can_meet_or_that_names_records_by_links_is_refused(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        open_edit_permission(&scene, &id, true).await?;
        let before = page(&scene.customer, &id, "contract").await?;
        for (place, keyword, value) in [
            ("/schema", "not", json!({})), ("/schema", "maxProperties", json!(0)), ("/schema/properties/title", "minLength", json!(61)),
            ("/schema/properties/stars", "minimum", json!(6)), ("/schema/properties/tags/items", "enum", json!([])), ("/ui", "titleField", json!("customers")),
        ] {
            let mut closed = before["definition"].clone();
            closed.pointer_mut(place).expect("a place")[keyword] = value;
            let refused = edit(&scene.customer, &id, &before["revision"], &closed).await?;
            assert_eq!(paths(&refused), ["definition"], "{place} {keyword}: {refused}");
        }
        // What only the whole schema knows is said in the reader's language.
        let mut narrow = before["definition"].clone();
        narrow["schema"]["maxProperties"] = json!(1);
        let edited = edit(&scene.customer, &id, &before["revision"], &narrow).await?;
        assert!(edited["revision"].is_string(), "{edited}");
        let refused = submit(&scene.employee.in_chinese(), &id, "contract", json!({ "title": "甲", "note": "乙" })).await?;
        assert_eq!(refused["issues"][0]["message"], "内容不符合表单要求：最多填写 1 个字段", "{refused}");
    }

    async fn d19_a_folder_is_renamed_with_all_its_pages_and_never_into_another(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let rename = async |who: &Someone, folder: &str, name: &str| {
            let input = json!({ "instanceId": id, "folder": folder, "name": name });
            who.act("renameFolder", "RenameFolderInput", input, "... on AppInstance { id pages { key folder changedBy { name } } }", None).await
        };
        assert_eq!(rename(&scene.customer, "台账", "资料").await?["code"], "EDIT_PERMISSION_OFF");
        open_edit_permission(&scene, &id, true).await?;
        assert_eq!(rename(&scene.employee, "台账", "资料").await?["code"], "NO_PERMISSION");
        let renamed = rename(&scene.customer, "台账", " 资料 ").await?;
        let folders = |answer: &Value| answer["pages"].as_array().into_iter().flatten().map(|page| page["folder"].clone()).collect::<Vec<_>>();
        assert_eq!(folders(&renamed), [json!("资料"), json!("资料"), Value::Null], "{renamed}");
        assert!(renamed["pages"][0]["changedBy"].is_object() && renamed["pages"][2]["changedBy"].is_null(), "{renamed}");
        let gone = rename(&scene.customer, "台账", "别的").await?;
        assert_eq!((&gone["code"], &gone["path"]), (&json!("NOT_FOUND"), &json!(["folder"])), "{gone}");
        move_to(&scene.customer, &id, Some("合同"), None).await?;
        let taken = rename(&scene.customer.in_chinese(), "合同", "资料").await?;
        assert_eq!((paths(&taken), &taken["issues"][0]["message"]),
            (vec!["name".to_owned()], &json!("已有同名的文件夹，请换一个名称，或将页面逐个移动到该文件夹")), "{taken}");
        for (name, problem) in [("", "name"), (&*"长".repeat(101), "name")] {
            assert_eq!(paths(&rename(&scene.customer, "合同", name).await?), [problem]);
        }
        let document = "query($id: String!) { auditEntries(objectId: $id, first: 100) { nodes { action objectLabel } } }";
        let trail = scene.customer.ask(document, json!({ "id": id })).await?;
        let told: Vec<&Value> = trail["auditEntries"]["nodes"].as_array().into_iter().flatten()
            .filter(|entry| entry["action"] == "page.folder_renamed").map(|entry| &entry["objectLabel"]).collect();
        assert_eq!(told, [&json!("资料")], "one entry for the folder: {trail}");
    }

    async fn d31_a_developer_in_maintenance_edits_pages_and_learns_nothing_of_people(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.deliver(&appshelf_tests::forms::forms()).await?;
        let who = id_of(&scene.employee).await?;
        permit(&scene.customer, &id, Some("contract"), 0, json!([grant(&[&who], true, "ALL", "OWN", "NONE")])).await?;
        let order = order_of(&scene.customer, &id).await?;
        let inside = enter(&scene.developer, &json!(maintain(&scene.developer, &order, 4).await?)).await?;
        let seen = page(&inside, &id, "contract").await?;
        assert_eq!((&seen["settings"]["version"], &seen["settings"]["grants"]), (&json!(1), &Value::Null), "{seen}");
        assert!(!seen["availableActions"].to_string().contains("SET_PERMISSION") && seen["availableActions"].to_string().contains("EDIT_DEFINITION"), "{seen}");
        assert_eq!(rename(&inside, &id, "维护后的合同").await?["name"], "维护后的合同", "what the partner opened binds the customer");
        let drawn = design(&inside, &id, 1, json!({ "nodes": [] })).await?;
        assert_eq!((&drawn["version"], &drawn["grants"]), (&json!(2), &Value::Null), "{drawn}");
        assert_eq!(permit(&inside, &id, Some("contract"), 2, Value::Null).await?["code"], "NO_PERMISSION");
        let kept = page(&scene.customer, &id, "contract").await?;
        assert_eq!((&kept["settings"]["permissionDecided"], &kept["name"]), (&json!(true), &json!("维护后的合同")), "{kept}");
        let document = "query($id: String!) { auditEntries(objectId: $id, first: 100) { nodes { action onBehalf { reason } } } }";
        let trail = scene.customer.ask(document, json!({ "id": id })).await?;
        let renamed = trail["auditEntries"]["nodes"].as_array().into_iter().flatten().find(|entry| entry["action"] == "page.renamed");
        assert_eq!(renamed.map(|entry| &entry["onBehalf"]["reason"]), Some(&json!("修复每日同步")), "{trail}");
    }
}

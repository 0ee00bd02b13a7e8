//! Records in use (D22, D27, D30): every kind of field, changes with their history, drafts, lists.

use appshelf::domain::organization::EditionName;
use appshelf_tests::forms::{forms, list, paths, record, submit, titles, update};
use appshelf_tests::on_each_database;
use serde_json::{Value, json};

fn full(customer: &str) -> Value {
    json!({
        "title": "采购框架", "note": "两行\n说明", "amount": 1200.5, "stars": 4, "signed": true, "on": "2026-09-01",
        "at": "2026-09-01T09:00:00+08:00", "state": "生效", "tags": ["重要", "长期"], "customers": [{ "record": customer }],
        "email": "a@example.com", "site": "https://example.com", "phone": "+86 139-0013-9000"
    })
}

const CHANGES: &str = "query($id: ID!, $record: ID!) { appInstance(id: $id) { page(key: \"contract\") { \
    recordChanges(recordId: $record) { totalCount nodes { version by { name } fields { field label before after } } } } } }";

const DRAFT: &str = "query($id: ID!, $record: ID) { appInstance(id: $id) { page(key: \"contract\") { draft(recordId: $record) { data version } } } }";

on_each_database! {
    async fn d30_a_record_holds_every_kind_of_field(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let customer = record(&scene.employee, &id, "customer", json!({ "name": "蓝海" })).await?;
        let made = submit(&scene.employee, &id, "contract", full(&customer)).await?;
        assert_eq!((&made["title"], &made["version"]), (&json!("采购框架"), &json!(1)), "{made}");
        assert_eq!(made["data"]["customers"], json!([{ "record": customer, "title": "蓝海" }]));
        assert_eq!(made["availableActions"], json!(["READ", "EDIT", "DELETE"]));
        let mut wrong = full("record_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        for (field, value) in [("amount", json!(-1)), ("stars", json!(6)), ("on", json!("2026-02-30")), ("state", json!("别的")),
            ("email", json!("a@b")), ("site", json!("example.com")), ("phone", json!("call")), ("total", json!("5")), ("extra", json!(1))] {
            wrong[field] = value;
        }
        wrong["title"] = Value::Null;
        let refused = submit(&scene.employee, &id, "contract", wrong).await?;
        let mut found = paths(&refused);
        found.sort();
        let expected = ["amount", "email", "extra", "on", "phone", "site", "stars", "state", "title", "total"].map(|key| format!("data.{key}"));
        assert_eq!(found, expected, "{refused}");
        for (field, value) in [("customers", json!([{ "record": "record_7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }])), ("customers", json!([{ "title": "x" }])),
            ("files", json!([{ "file": "file_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "name": "a.pdf" }])), ("files", json!([{ "name": "a.pdf" }]))] {
            let refused = submit(&scene.employee, &id, "contract", json!({ "title": "x", field: value })).await?;
            assert_eq!(paths(&refused), [format!("data.{field}.0")], "{refused}");
        }
    }

    async fn d30_a_record_is_called_by_words_that_people_read(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let form = |key: &str, widget: &str, schema: Value, sample: Value| json!({
            "key": key, "kind": "FORM_PAGE", "name": key, "sampleRows": [{ "f": sample }],
            "definition": { "schema": { "type": "object", "properties": { "f": schema } }, "ui": { "titleField": "f", "fields": { "f": { "widget": widget } } } }
        });
        let visits = json!({
            "format": "appshelf.package/1", "name": "拜访", "version": "1.0.0", "components": [
                form("visit", "dateTime", json!({ "type": "string", "format": "date-time" }), json!("2026-09-01T08:00:00+08:00")),
                form("shift", "duration", json!({ "type": "number" }), json!(5400)),
            ]
        });
        let id = scene.deliver(&visits).await?;
        scene.put_to_use(&id).await?;
        record(&scene.employee, &id, "visit", json!({ "f": "2026-08-31T16:30:00Z" })).await?;
        assert_eq!(titles(&list(&scene.employee, &id, "visit", "").await?), ["2026-09-01 00:30", "2026-09-01 08:00"]);
        record(&scene.employee, &id, "shift", json!({ "f": 95 })).await?;
        assert_eq!(titles(&list(&scene.employee, &id, "shift", "").await?), ["0:01:35", "1:30"]);
    }

    async fn d22_sample_rows_are_linked_and_all_of_them_go_with_everything_that_hangs_on_them(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.deliver(&forms()).await?;
        let own = record(&scene.customer, &id, "customer", json!({ "name": "自己的" })).await?;
        let samples = list(&scene.customer, &id, "contract", "sort: { field: \"title\", direction: ASCENDING }").await?;
        assert_eq!(titles(&samples), ["示例合同", "缺行合同"], "{samples}");
        let linked = &samples["nodes"][0]["data"]["customers"][0];
        let customers = list(&scene.customer, &id, "customer", "search: \"示例客户1\"").await?;
        assert_eq!((&linked["record"], &linked["title"]), (&customers["nodes"][0]["id"], &json!("示例客户1")), "{samples}");
        assert_eq!(samples["nodes"][1]["data"]["customers"], json!([{ "title": "不在包里" }]), "{samples}");
        let (sample, data) = (samples["nodes"][0]["id"].as_str().expect("an id").to_owned(), samples["nodes"][0]["data"].clone());
        let mut changed = data.clone();
        changed["note"] = json!("改过");
        let saved = update(&scene.customer, &sample, 1, changed).await?;
        assert_eq!((&saved["version"], &saved["sample"], &saved["data"]["total"]), (&json!(2), &json!(false), &json!("12")), "{saved}");
        let input = json!({ "instanceId": id, "pageKey": "contract", "recordId": sample, "version": 2, "data": data });
        scene.customer.act("saveRecordDraft", "SaveRecordDraftInput", input, "... on RecordDraft { version }", None).await?;
        let kept = record(&scene.customer, &id, "contract", json!({ "title": "真实合同", "customers": [{ "record": linked["record"] }] })).await?;
        let removed = scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { sampleRecordCount }", None).await?;
        assert_eq!(removed["sampleRecordCount"], 0, "{removed}");
        let left = list(&scene.customer, &id, "contract", "").await?;
        assert_eq!((&left["nodes"][0]["id"], &left["totalCount"]), (&json!(kept), &json!(2)), "{left}");
        assert_eq!((&left["nodes"][1]["id"], &left["nodes"][1]["data"]["note"]), (&json!(sample), &json!("改过")), "who changes a sample row keeps it: {left}");
        assert_eq!(left["nodes"][0]["data"]["customers"], json!([{ "title": "示例客户1" }]), "a link to what is gone keeps its text");
        let left = list(&scene.customer, &id, "customer", "sort: { field: \"name\", direction: DESCENDING }").await?;
        assert_eq!((left["nodes"][0]["id"].clone(), &left["totalCount"]), (json!(own), &json!(1)), "{left}");
    }

    async fn d30_a_change_is_made_to_the_version_that_was_read_and_stands_in_the_history(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let customer = record(&scene.customer, &id, "customer", json!({ "name": "蓝海" })).await?;
        let contract = record(&scene.employee, &id, "contract", full(&customer)).await?;
        let mut data = full(&customer);
        data["amount"] = json!(1300);
        data["note"] = Value::Null;
        let saved = update(&scene.employee, &contract, 1, data.clone()).await?;
        assert_eq!((&saved["version"], &saved["data"]["amount"], saved["data"].get("note")), (&json!(2), &json!(1300), None), "{saved}");
        let late = update(&scene.customer, &contract, 1, full(&customer)).await?;
        assert_eq!((&late["__typename"], &late["code"]), (&json!("Stale"), &json!("CONFLICT")), "{late}");
        let same = update(&scene.customer, &contract, 2, data).await?;
        assert_eq!(same["version"], 2, "nothing was changed: {same}");
        let changes = scene.customer.ask(CHANGES, json!({ "id": id, "record": contract })).await?;
        let told = &changes["appInstance"]["page"]["recordChanges"];
        assert_eq!(told["nodes"], json!([{ "version": 2, "by": { "name": "ce" }, "fields": [
            { "field": "amount", "label": "金额", "before": 1200.5, "after": 1300 },
            { "field": "note", "label": "说明", "before": "两行\n说明", "after": null }
        ] }]), "{changes}");
        // A new name of the linked record is no change of this one.
        update(&scene.customer, &customer, 1, json!({ "name": "蓝海制造" })).await?;
        let read = list(&scene.employee, &id, "contract", "search: \"采购\"").await?;
        assert_eq!(read["nodes"][0]["data"]["customers"][0]["title"], "蓝海制造", "{read}");
        let on = "... on DeletedRecord { id }";
        let gone = scene.employee.act("deleteRecord", "DeleteRecordInput", json!({ "id": contract }), on, None).await?;
        assert_eq!(gone["id"], json!(contract), "{gone}");
        let again = scene.employee.act("deleteRecord", "DeleteRecordInput", json!({ "id": contract }), on, None).await?;
        assert_eq!(again["code"], "NOT_FOUND", "{again}");
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id) { nodes { action } } }", json!({ "id": contract })).await?;
        for action in ["record.created", "record.updated", "record.deleted"] {
            assert!(trail.to_string().contains(action), "{trail}");
        }
    }

    async fn d30_the_history_tells_no_name_that_its_reader_may_not_read(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let secret = record(&scene.customer, &id, "customer", json!({ "name": "绝密客户" })).await?;
        let contract = record(&scene.employee, &id, "contract", json!({ "title": "合同" })).await?;
        let none = json!([{ "everyone": true, "add": false, "read": "NONE", "edit": "NONE", "delete": "NONE" }]);
        let input = json!({ "instanceId": id, "pageKey": "customer", "version": 0, "grants": none });
        scene.customer.act("setPagePermission", "SetPagePermissionInput", input, "... on PageSettings { version }", None).await?;
        let linked = json!({ "title": "合同", "customers": [{ "record": secret }] });
        update(&scene.customer, &contract, 1, linked).await?;
        for (who, reads) in [(&scene.customer, true), (&scene.employee, false)] {
            let told = who.ask(CHANGES, json!({ "id": id, "record": contract })).await?;
            assert_eq!(told.to_string().contains("绝密客户"), reads, "{told}");
            assert!(told.to_string().contains(&secret), "{told}");
        }
        // What is gone is named for those alone who might have read it.
        let on = "... on DeletedRecord { id }";
        scene.customer.act("deleteRecord", "DeleteRecordInput", json!({ "id": secret }), on, None).await?;
        for (who, reads) in [(&scene.customer, true), (&scene.employee, false)] {
            let told = who.ask(CHANGES, json!({ "id": id, "record": contract })).await?;
            let read = list(who, &id, "contract", "").await?;
            assert_eq!(told.to_string().contains("绝密客户"), reads, "{told}");
            assert_eq!(read.to_string().contains("绝密客户"), reads, "{read}");
        }
    }

    async fn d30_what_was_typed_survives_until_it_is_submitted_and_is_its_typists_alone(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let keep = async |who: &appshelf_tests::api::Someone, record: Option<&str>, data: Value| {
            let input = json!({ "instanceId": id, "pageKey": "contract", "recordId": record, "version": 1, "data": data });
            who.act("saveRecordDraft", "SaveRecordDraftInput", input, "... on RecordDraft { data version }", None).await
        };
        let read = async |who: &appshelf_tests::api::Someone, record: Option<&str>| -> anyhow::Result<Value> {
            Ok(who.ask(DRAFT, json!({ "id": id, "record": record })).await?["appInstance"]["page"]["draft"].take())
        };
        keep(&scene.employee, None, json!({ "title": "半" })).await?;
        let kept = keep(&scene.employee, None, json!({ "title": "半句", "amount": "not yet a number" })).await?;
        assert_eq!((&kept["version"], &kept["data"]["title"]), (&json!(0), &json!("半句")), "{kept}");
        assert_eq!(read(&scene.employee, None).await?["data"]["amount"], "not yet a number");
        assert!(read(&scene.customer, None).await?.is_null());
        let contract = record(&scene.employee, &id, "contract", json!({ "title": "半句话" })).await?;
        assert!(read(&scene.employee, None).await?.is_null(), "submitting ends the draft");
        keep(&scene.employee, Some(&contract), json!({ "title": "整句" })).await?;
        assert_eq!(read(&scene.employee, Some(&contract)).await?["version"], 1);
        let input = json!({ "instanceId": id, "pageKey": "contract", "recordId": contract });
        scene.employee.act("discardRecordDraft", "DiscardRecordDraftInput", input, "... on DiscardedDraft { pageKey }", None).await?;
        assert!(read(&scene.employee, Some(&contract)).await?.is_null());
        let refused = keep(&scene.employee, None, json!("no object")).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
    }

    async fn p7_lists_of_records_are_sorted_filtered_and_paged_without_repeating_or_leaving_out(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let on = |arguments: &str| { let arguments = arguments.to_owned(); let (who, id) = (&scene.employee, &id); async move { list(who, id, "contract", &arguments).await } };
        scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        let customer = record(&scene.customer, &id, "customer", json!({ "name": "蓝海" })).await?;
        for n in 0..12_i64 {
            let (state, tags) = (if n % 2 == 0 { "草稿" } else { "生效" }, ["重要", "长期"].iter().take((n % 3) as usize).collect::<Vec<_>>());
            let mut data = json!({ "title": format!("合同{n:02}"), "amount": n % 3 * 100, "on": format!("2026-09-{:02}", n + 1),
                "at": format!("2026-09-{:02}T15:59:59Z", n + 1), "state": state, "tags": tags });
            if n == 5 { data["note"] = json!("审批流程 Alpha"); data["customers"] = json!([{ "record": customer }]); }
            if n == 6 { data.as_object_mut().expect("an object").remove("amount"); }
            record(&scene.employee, &id, "contract", data).await?;
        }
        let newest = on("first: 3").await?;
        assert_eq!((titles(&newest), &newest["totalCount"]), (vec!["合同11".to_owned(), "合同10".to_owned(), "合同09".to_owned()], &json!(12)));
        // Many records have the same amount: pages go on by id.
        for direction in ["ASCENDING", "DESCENDING"] {
            let sort = format!("sort: {{ field: \"amount\", direction: {direction} }}");
            let whole = titles(&on(&format!("first: 100, {sort}")).await?);
            assert_eq!(whole.len(), 12);
            let (mut walked, mut after) = (Vec::new(), String::new());
            loop {
                let page = on(&format!("first: 5, {sort} {after}")).await?;
                walked.extend(titles(&page));
                if page["pageInfo"]["hasNextPage"] == false { break }
                after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            }
            assert_eq!(walked, whole, "{direction}");
            let last = on(&format!("last: 4, {sort}")).await?;
            assert_eq!(titles(&last), whole[8..], "{direction}");
            let before = on(&format!("last: 4, {sort}, before: {}", last["pageInfo"]["startCursor"])).await?;
            assert_eq!(titles(&before), whole[4..8], "{direction}");
        }
        let empty_first = on("first: 1, sort: { field: \"amount\", direction: ASCENDING }").await?;
        assert_eq!(titles(&empty_first), ["合同06"]);
        let filter = |field: &str, test: &str, values: &[&str]| format!("filters: [{{ field: \"{field}\", test: {test}, values: {values:?} }}], first: 100");
        for (arguments, expected) in [
            (filter("title", "EQUALS", &["合同03"]), vec!["合同03"]),
            (filter("title", "CONTAINS", &["同1"]), vec!["合同11", "合同10"]),
            (filter("note", "CONTAINS", &["alpha"]), vec!["合同05"]),
            ("search: \"审批\"".to_owned(), vec!["合同05"]),
            ("search: \"蓝海\"".to_owned(), vec!["合同05"]),
            (filter("note", "FILLED", &[]), vec!["合同05"]),
            (filter("amount", "EMPTY", &[]), vec!["合同06"]),
            (filter("amount", "LESS", &["100"]), vec!["合同09", "合同03", "合同00"]),
            (filter("on", "BEFORE", &["2026-09-03"]), vec!["合同01", "合同00"]),
            (filter("on", "AFTER", &["2026-09-10"]), vec!["合同11", "合同10"]),
            (filter("at", "EQUALS", &["2026-09-04"]), vec!["合同03"]),
            (filter("at", "AFTER", &["2026-09-11"]), vec!["合同11"]),
            (filter("title", "ANY_OF", &["合同02", "合同07"]), vec!["合同07", "合同02"]),
            (filter("tags", "ANY_OF", &["长期"]), vec!["合同11", "合同08", "合同05", "合同02"]),
            (filter("customers", "EQUALS", &[customer.as_str()]), vec!["合同05"]),
            ("filters: [{ field: \"tags\", test: EQUALS, values: [\"重要\"] }, { field: \"tags\", test: EQUALS, values: [\"长期\"] }, { field: \"state\", test: DIFFERS, values: [\"草稿\"] }]".to_owned(), vec!["合同11", "合同05"]),
            ("filters: [{ field: \"amount\", test: GREATER, values: [\"100\"] }], sort: { field: \"amount\", direction: ASCENDING }".to_owned(), vec!["合同02", "合同05", "合同08", "合同11"]),
        ] {
            let found = on(&arguments).await?;
            assert_eq!(titles(&found), expected, "{arguments}");
            assert_eq!(found["totalCount"], json!(expected.len()), "{arguments}");
        }
        let (first, rest) = (on(&format!("{} first: 2", "filters: [{ field: \"state\", test: EQUALS, values: [\"生效\"] }],")).await?, 4);
        assert_eq!(titles(&first), ["合同11", "合同09"]);
        let next = on(&format!("filters: [{{ field: \"state\", test: EQUALS, values: [\"生效\"] }}], first: 10, after: {}", first["pageInfo"]["endCursor"])).await?;
        assert_eq!(titles(&next).len(), rest, "{next}");
        for arguments in ["sort: { field: \"tags\", direction: ASCENDING }", "filters: [{ field: \"title\", test: LESS, values: [\"1\"] }]", "first: 1, sort: { field: \"amount\", direction: ASCENDING }, after: \"eA\""] {
            let document = format!("query($id: ID!) {{ appInstance(id: $id) {{ page(key: \"contract\") {{ records({arguments}) {{ totalCount nodes {{ id }} }} }} }} }}");
            let refused = scene.employee.send(&document, json!({ "id": id })).await?;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "VALIDATION", "{refused}");
        }
    }

    async fn d29_a_disabled_app_stays_readable_and_nothing_in_it_changes(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let id = scene.forms_in_use().await?;
        let contract = record(&scene.employee, &id, "contract", json!({ "title": "x" })).await?;
        scene.customer.act("disableInstance", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        let read = list(&scene.customer, &id, "contract", "first: 1").await?;
        assert_eq!((titles(&read), &read["nodes"][0]["availableActions"]), (vec!["x".to_owned()], &json!(["READ"])), "{read}");
        let refused = update(&scene.customer, &contract, 1, json!({ "title": "y" })).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("DISABLED")), "{refused}");
        let gone = scene.employee.send("query($id: ID!) { node(id: $id) { id } }", json!({ "id": contract })).await?;
        assert!(gone["data"]["node"].is_null(), "{gone}");
    }
}

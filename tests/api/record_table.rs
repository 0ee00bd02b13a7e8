//! Records as tables (D30): exported while they are read, imported all or none, and every bad cell named by line and column.

use appshelf::domain::organization::EditionName;
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::forms::{forms, list, record, titles};
use appshelf_tests::on_each_database;
use serde_json::{Value, json};

use crate::served::Served;

const REPORT: &str = "... on RecordImportReport { lines imported badLineCount badLines { line cells { column field message } } \
    unknownColumns unknownColumnCount leftOutColumns }";

/// Uploads a table for the contracts of an instance; its id.
async fn table(served: &Served, by: &Someone, id: &str, bytes: impl Into<reqwest::Body>) -> anyhow::Result<String> {
    let query = format!("purpose=RECORD_IMPORT&name=a.csv&instance={id}&page=contract");
    let answer = served.put(by, &query, bytes).await?;
    let status = answer.status();
    let body: Value = answer.json().await?;
    anyhow::ensure!(status == 201, "{body}");
    Ok(body["id"].as_str().unwrap_or_default().to_owned())
}

async fn import(by: &Someone, id: &str, file: &str, how: Value, key: Option<&str>) -> anyhow::Result<Value> {
    let mut input = json!({ "instanceId": id, "pageKey": "contract", "fileId": file });
    for (name, value) in how.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    by.act("importRecords", "ImportRecordsInput", input, REPORT, key).await
}

/// What is written of the contracts of an instance: head and lines.
async fn export(served: &Served, by: &Someone, id: &str, more: &str) -> anyhow::Result<Vec<String>> {
    let got = served
        .get(by, &format!("/exports/records.csv?instance={id}&page=contract{more}"))
        .await?;
    anyhow::ensure!(got.status() == 200, "{}", got.text().await?);
    let text = String::from_utf8(got.bytes().await?.to_vec())?;
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    Ok(text.trim_end().split("\r\n").map(str::to_owned).collect())
}

async fn count(by: &Someone, id: &str) -> anyhow::Result<Value> {
    Ok(list(by, id, "contract", "").await?["totalCount"].take())
}

/// The forms in use without sample data, and a server of them.
async fn begin(app: &TestApp) -> anyhow::Result<(appshelf_tests::scene::Scene, String, Served)> {
    let scene = app.scene("blue", EditionName::Professional).await?;
    let id = scene.forms_in_use().await?;
    let on = "... on AppInstance { id }";
    scene
        .customer
        .act("removeSampleData", "InstanceActionInput", json!({ "id": id }), on, None)
        .await?;
    let served = Served::start(app)?;
    Ok((scene, id, served))
}

on_each_database! {
    async fn d30_an_exported_table_is_imported_again_as_it_was(app) {
        let (scene, id, served) = begin(app).await?;
        let customer = record(&scene.employee, &id, "customer", json!({ "name": "蓝海; 制造" })).await?;
        let full = json!({
            "title": "采购, \"框架\"", "note": "=1+1\n第二行", "amount": 1200.5, "stars": 4, "signed": true, "on": "2026-09-01",
            "at": "2026-09-01T09:00:00+08:00", "state": "生效", "tags": ["重要", "长期"], "customers": [{ "record": customer }],
            "email": "a@example.com", "site": "https://example.com", "phone": "+86 139-0013-9000", "spent": 5400
        });
        let first = record(&scene.employee, &id, "contract", full).await?;
        record(&scene.employee, &id, "contract", json!({ "title": "只有标题" })).await?;
        let whole = served.get(&scene.employee.in_chinese(), &format!("/exports/records.csv?instance={id}&page=contract&utcOffset=480")).await?;
        let header = |name: &str| whole.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header("content-length"), "", "it is sent while it is read");
        assert!(header("content-disposition").ends_with("filename*=UTF-8''%E5%90%88%E5%90%8C.csv"), "{}", header("content-disposition"));
        let bytes = whole.bytes().await?;
        let text = String::from_utf8(bytes.to_vec())?;
        assert!(text.starts_with("\u{feff}标题,说明,金额,评级,已签,日期,时间,状态,标签,客户,附件,邮箱,网址,电话,工时,合计,编号,创建时间,创建人,更新时间\r\n"), "{text}");
        assert!(text.contains("\"'=1+1\n第二行\"") && text.contains(",是,2026-09-01,2026-09-01 09:00:00,") && text.contains(",1:30,") && text.contains(&first), "{text}");
        let file = table(&served, &scene.employee, &id, bytes).await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!((&report["lines"], &report["imported"], &report["badLineCount"], &report["unknownColumns"], &report["leftOutColumns"]),
            (&json!(2), &json!(2), &json!(0), &json!([]), &json!(["附件", "合计"])), "{report}");
        let all = list(&scene.employee, &id, "contract", "search: \"框架\"").await?;
        assert_eq!(all["totalCount"], 2, "{all}");
        assert_eq!(all["nodes"][0]["data"], all["nodes"][1]["data"], "{all}");
        assert_eq!((&all["nodes"][0]["sample"], &all["nodes"][0]["data"]["note"]), (&json!(false), &json!("=1+1\n第二行")), "{all}");
        // The table is used up.
        let again = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!((&again["code"], &again["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["fileId"])), "{again}");
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id, first: 100) { nodes { action } } }", json!({ "id": id })).await?;
        assert!(trail.to_string().contains("record.exported") && trail.to_string().contains("record.imported"), "{trail}");
    }

    async fn d30_an_export_is_as_long_as_the_list_and_as_the_list_is_narrowed_and_read(app) {
        let (scene, id, served) = begin(app).await?;
        let mut text = "标题,金额\n".to_owned();
        (0..1203).for_each(|n| text.push_str(&format!("合同{n:04},{}\n", n % 7)));
        let file = table(&served, &scene.customer, &id, text).await?;
        let report = import(&scene.customer, &id, &file, json!({}), None).await?;
        assert_eq!(report["imported"], 1203, "{report}");
        record(&scene.employee, &id, "contract", json!({ "title": "自己的", "amount": 3 })).await?;
        let lines = export(&served, &scene.customer, &id, "").await?;
        assert_eq!(lines.len(), 1205);
        assert!(lines[1].starts_with("自己的,"), "newest first: {}", lines[1]);
        for direction in ["ASCENDING", "DESCENDING"] {
            let sorted = export(&served, &scene.customer, &id, &format!("&sort=amount&direction={direction}")).await?;
            let mut told: Vec<&str> = sorted[1..].iter().filter_map(|line| line.split(',').next()).collect();
            assert_eq!(told.len(), 1204);
            told.sort_unstable();
            told.dedup();
            assert_eq!(told.len(), 1204, "none twice, none left out");
        }
        let filters = "&filters=%5B%7B%22field%22%3A%22amount%22%2C%22test%22%3A%22EQUALS%22%2C%22values%22%3A%5B%223%22%5D%7D%5D";
        assert_eq!(export(&served, &scene.customer, &id, filters).await?.len(), 174);
        assert_eq!(export(&served, &scene.customer, &id, "&search=0042").await?.len(), 2);
        let own = json!({ "instanceId": id, "pageKey": "contract", "version": 0,
            "grants": [{ "everyone": true, "add": false, "read": "OWN", "edit": "OWN", "delete": "OWN" }] });
        scene.customer.act("setPagePermission", "SetPagePermissionInput", own, "... on PageSettings { version }", None).await?;
        assert_eq!(export(&served, &scene.employee, &id, "").await?.len(), 2, "their own alone");
        let status = async |by: &Someone, query: &str| anyhow::Ok(served.get(by, &format!("/exports/records.csv?{query}")).await?.status().as_u16());
        assert_eq!(status(&app.nobody(), &format!("instance={id}&page=contract")).await?, 401);
        for (by, query, expected) in [
            (&scene.partner, format!("instance={id}&page=contract"), 403),
            (&scene.customer, "page=contract".to_owned(), 404),
            (&scene.customer, format!("instance={id}&page=home"), 404),
            (&scene.customer, format!("instance={id}&page=contract&sort=tags"), 400),
            (&scene.customer, format!("instance={id}&page=contract&filters=x"), 400),
            (&scene.customer, format!("instance={id}&page=contract&sort=amount&direction=UP"), 400),
        ] {
            assert_eq!(status(by, &query).await?, expected, "{query}");
        }
        let stranger = app.customer("green", EditionName::Free).await?;
        assert_eq!(status(&stranger, &format!("instance={id}&page=contract")).await?, 404);
        // Who may not add may not import.
        let query = format!("purpose=RECORD_IMPORT&name=a.csv&instance={id}&page=contract");
        assert_eq!(served.put(&scene.employee, &query, "标题\nx\n").await?.status(), 403);
    }

    async fn d30_a_bad_table_is_told_by_line_and_column_and_nothing_of_it_is_written(app) {
        let (scene, id, served) = begin(app).await?;
        for name in ["蓝海", "重名", "重名"] {
            record(&scene.customer, &id, "customer", json!({ "name": name })).await?;
        }
        let text = "标题,金额,状态,客户,备注列,合计\n好的,1,生效,蓝海,x,9\n,abc,生效,,,\n第三行,2,别的,没有的,,\n第四行,-1,,重名,,\n";
        let file = table(&served, &scene.employee, &id, text).await?;
        let checked = import(&scene.employee, &id, &file, json!({ "checkOnly": true }), None).await?;
        assert_eq!((&checked["lines"], &checked["imported"], &checked["badLineCount"]), (&json!(4), &json!(0), &json!(3)), "{checked}");
        assert_eq!((&checked["unknownColumns"], &checked["leftOutColumns"]), (&json!(["备注列"]), &json!(["合计"])), "{checked}");
        let told = |line: &Value| -> Vec<(Value, Value)> {
            let mut cells: Vec<(Value, Value)> = line["cells"].as_array().into_iter().flatten().map(|cell| (cell["column"].clone(), cell["field"].clone())).collect();
            cells.sort_by_key(|(column, _)| column.as_i64());
            cells
        };
        let bad = &checked["badLines"];
        assert_eq!((&bad[0]["line"], &bad[1]["line"], &bad[2]["line"]), (&json!(3), &json!(4), &json!(5)), "{checked}");
        assert_eq!(told(&bad[0]), [(json!(1), json!("标题")), (json!(2), json!("金额"))], "{checked}");
        assert_eq!(told(&bad[1]), [(json!(3), json!("状态")), (json!(4), json!("客户"))], "{checked}");
        assert_eq!(told(&bad[2]), [(json!(2), json!("金额")), (json!(4), json!("客户"))], "{checked}");
        let chinese = import(&scene.employee.in_chinese(), &id, &file, json!({ "checkOnly": true }), None).await?;
        assert!(chinese.to_string().contains("有多条同名记录，请改填记录编号"), "{chinese}");
        // One bad line keeps all of them out, and says the same.
        let refused = import(&scene.employee, &id, &file, json!({}), Some("one")).await?;
        assert_eq!((&refused["imported"], &refused["badLines"]), (&json!(0), bad), "{refused}");
        assert_eq!(count(&scene.employee, &id).await?, json!(0));
        let again = import(&scene.employee, &id, &file, json!({}), Some("one")).await?;
        assert_eq!(again, refused, "the same key answers the same");
        let good = import(&scene.employee, &id, &file, json!({ "skipBadLines": true }), Some("two")).await?;
        assert_eq!((&good["imported"], &good["badLineCount"]), (&json!(1), &json!(3)), "{good}");
        let repeated = import(&scene.employee, &id, &file, json!({ "skipBadLines": true }), Some("two")).await?;
        assert_eq!(repeated, good, "nothing is written twice");
        let other = import(&scene.employee, &id, &file, json!({}), Some("two")).await?;
        assert_eq!(other["code"], "IDEMPOTENCY_KEY_REUSED", "{other}");
        let all = list(&scene.employee, &id, "contract", "").await?;
        assert_eq!((titles(&all), &all["nodes"][0]["data"]["customers"][0]["title"]), (vec!["好的".to_owned()], &json!("蓝海")), "{all}");
        for (text, says) in [("a,b\n1,2\n", "No column of the first line"), ("标题\n\"x\n", "line 2 is never closed"), ("", "")] {
            let query = format!("purpose=RECORD_IMPORT&name=a.csv&instance={id}&page=contract");
            let answer = served.put(&scene.employee, &query, text).await?;
            if text.is_empty() {
                assert_eq!(answer.status(), 400, "an empty file is refused at once");
                continue;
            }
            let uploaded: Value = answer.json().await?;
            let file = uploaded["id"].as_str().unwrap_or_default();
            let refused = import(&scene.employee, &id, file, json!({}), None).await?;
            assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.contains(says)), "{refused}");
        }
        let mut long = "标题\n".to_owned();
        (0..5001).for_each(|n| long.push_str(&format!("{n}\n")));
        let file = table(&served, &scene.employee, &id, long).await?;
        let refused = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!(refused["code"], "VALIDATION", "{refused}");
        assert!(refused["issues"][0]["message"].as_str().is_some_and(|text| text.contains("at most 5000 lines")), "{refused}");
        assert_eq!(count(&scene.employee, &id).await?, json!(1));
        // A table may have as many columns as it has bytes, and a cell that is too long is told by its place.
        let many: Vec<String> = (0..60).map(|n| format!("列{n}{}", "长".repeat(200))).collect();
        let text = format!("标题,说明,{}\n甲,{}\n", many.join(","), "x".repeat(300_000));
        let file = table(&served, &scene.employee, &id, text).await?;
        let told_long = import(&scene.employee, &id, &file, json!({ "checkOnly": true }), None).await?;
        assert_eq!(told(&told_long["badLines"][0]), [(json!(2), json!("说明"))], "{}", told_long["badLines"]);
        let names: Vec<&str> = told_long["unknownColumns"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!((names.len(), &told_long["unknownColumnCount"]), (50, &json!(60)));
        assert!(names.iter().all(|name| name.chars().count() == 100));
    }

    async fn d30_a_cell_is_taken_as_it_was_meant_or_refused_with_its_place(app) {
        let (scene, id, served) = begin(app).await?;
        let text = "标题;金额\na;1,5\nb;1,234.5\nc;1.234,5\nd;12,34\n";
        let file = table(&served, &scene.employee, &id, text).await?;
        let report = import(&scene.employee, &id, &file, json!({ "skipBadLines": true }), None).await?;
        assert_eq!((&report["imported"], &report["badLineCount"]), (&json!(1), &json!(3)), "{report}");
        let wrong = json!([{ "column": 2, "field": "金额", "message": "Give a number" }]);
        assert_eq!((&report["badLines"][0], &report["badLines"][1]["line"]), (&json!({ "line": 2, "cells": wrong }), &json!(4)), "{report}");
        let all = list(&scene.employee, &id, "contract", "").await?;
        assert_eq!((&all["totalCount"], &all["nodes"][0]["data"]["amount"]), (&json!(1), &json!(1234.5)), "{all}");
        // A number that was not put into quotation marks is not cut.
        let file = table(&served, &scene.employee, &id, "标题,金额\nthou,1,234.5\n").await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        let cell = &report["badLines"][0]["cells"][0];
        assert_eq!((&report["imported"], &cell["column"], &cell["field"]), (&json!(0), &json!(3), &Value::Null), "{report}");
        // A time without a zone is meant in that of whoever imports it, and in China's where they say nothing.
        for (how, at) in [(json!({ "utcOffset": -300 }), "2026-09-01T08:00:00-05:00"), (json!({}), "2026-09-01T08:00:00+08:00")] {
            let file = table(&served, &scene.employee, &id, "标题,时间\n到,2026/9/1 8:00\n").await?;
            let report = import(&scene.employee, &id, &file, how, None).await?;
            assert_eq!(report["imported"], 1, "{report}");
            let all = list(&scene.employee, &id, "contract", "").await?;
            assert_eq!(all["nodes"][0]["data"]["at"], at, "{all}");
        }
        let file = table(&served, &scene.employee, &id, "标题,时间\n到,soon\n").await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!(report["badLines"][0]["cells"][0]["message"], "Give a day and a time such as 2026-09-01 09:00", "{report}");
        assert!(export(&served, &scene.employee, &id, "&utcOffset=0").await?[1].contains("2026-09-01 00:00:00"), "in the reader's zone");
    }

    async fn d30_what_a_link_leads_to_names_a_record_only_to_those_who_may_read_it(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let mut package = forms();
        package["components"][1]["definition"]["ui"]["titleField"] = json!("customers");
        let id = scene.deliver(&package).await?;
        scene.customer.act("removeSampleData", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        scene.put_to_use(&id).await?;
        let served = Served::start(app)?;
        let hidden = json!({ "instanceId": id, "pageKey": "customer", "version": 0,
            "grants": [{ "everyone": true, "add": false, "read": "NONE", "edit": "NONE", "delete": "NONE" }] });
        let set = scene.customer.act("setPagePermission", "SetPagePermissionInput", hidden, "... on PageSettings { version }", None).await?;
        assert_eq!(set["version"], 1, "{set}");
        let customer = record(&scene.customer, &id, "customer", json!({ "name": "绝密客户Y" })).await?;
        let both = json!([{ "record": customer }, { "record": customer }]);
        let contract = record(&scene.customer, &id, "contract", json!({ "title": "合同一", "customers": both })).await?;
        let found = async |by: &Someone, test: &str, value: &str| {
            let filter = format!("filters: [{{ field: \"customers\", test: {test}, values: [\"{value}\"] }}]");
            let listed = list(by, &id, "contract", &filter).await?;
            anyhow::ensure!(listed["totalCount"] == json!(titles(&listed).len()), "{listed}");
            anyhow::Ok(titles(&listed))
        };
        let mine = list(&scene.customer, &id, "contract", "").await?;
        assert_eq!((titles(&mine), mine["nodes"][0]["data"]["customers"].as_array().map(Vec::len)), (vec!["绝密客户Y".to_owned()], Some(1)), "{mine}");
        for (test, value) in [("CONTAINS", "密客户y"), ("EQUALS", "绝密客户Y"), ("ANY_OF", "绝密客户y"), ("EQUALS", &customer), ("DIFFERS", "别的")] {
            assert_eq!(found(&scene.customer, test, value).await?, ["绝密客户Y"], "{test} {value}");
        }
        for (test, value) in [("CONTAINS", "别的"), ("EQUALS", "绝密"), ("DIFFERS", "绝密客户Y")] {
            assert_eq!(found(&scene.customer, test, value).await?, Vec::<String>::new(), "{test} {value}");
        }
        // Who may not read customers learns nothing of them: not by a title, a filter, a node or a table.
        let theirs = list(&scene.employee, &id, "contract", "").await?;
        assert_eq!(titles(&theirs), ["合同一"], "{theirs}");
        assert_eq!(found(&scene.employee, "CONTAINS", "绝密").await?, Vec::<String>::new());
        assert_eq!(found(&scene.employee, "DIFFERS", "绝密客户Y").await?, ["合同一"]);
        let node = scene.employee.ask("query($id: ID!) { node(id: $id) { ... on AppRecord { title data } } }", json!({ "id": contract })).await?;
        assert_eq!(node["node"]["title"], "合同一", "{node}");
        let lines = export(&served, &scene.employee, &id, "").await?;
        assert!(!lines[1].contains("绝密") && !lines[1].contains(&customer), "{lines:?}");
        let trail = scene.customer.ask("query($id: String!) { auditEntries(objectId: $id) { nodes { before after } } }", json!({ "id": contract })).await?;
        assert!(!trail.to_string().contains("绝密"), "{trail}");
    }

    async fn d30_durations_of_a_table_are_hours_and_minutes_and_stay_seconds(app) {
        let (scene, id, served) = begin(app).await?;
        let lines = "标题,工时\n一,1:30\n二,0:00:01.5\n三,\n四,90\n五,1:75\n";
        let file = table(&served, &scene.employee, &id, lines).await?;
        let report = import(&scene.employee, &id, &file, json!({ "skipBadLines": true }), None).await?;
        assert_eq!((&report["imported"], &report["badLineCount"]), (&json!(3), &json!(2)), "{report}");
        let wrong = json!([{ "column": 2, "field": "工时", "message": "Give hours and minutes such as 1:30, or with seconds such as 1:30:00" }]);
        assert_eq!(report["badLines"], json!([{ "line": 5, "cells": wrong }, { "line": 6, "cells": wrong }]));
        for value in ["5400", "1:30"] {
            let asked = format!("filters: [{{ field: \"spent\", test: EQUALS, values: [\"{value}\"] }}]");
            let found = list(&scene.employee, &id, "contract", &asked).await?;
            assert_eq!((&found["totalCount"], &found["nodes"][0]["data"]["spent"]), (&json!(1), &json!(5400)), "{found}");
        }
        let longer = list(&scene.employee, &id, "contract", "filters: [{ field: \"spent\", test: GREATER, values: [\"0:01\"] }]").await?;
        assert_eq!(titles(&longer), ["一"]);
        assert_eq!(list(&scene.employee, &id, "contract", "search: \"1:30\"").await?["totalCount"], 1, "as it is read");
    }

    async fn d30_a_table_is_its_uploaders_and_its_pages_alone_and_old_encodings_are_read(app) {
        let (scene, id, served) = begin(app).await?;
        let file = table(&served, &scene.employee, &id, "标题\n甲\n").await?;
        let foreign = import(&scene.customer, &id, &file, json!({}), None).await?;
        assert_eq!((&foreign["code"], &foreign["issues"][0]["path"]), (&json!("VALIDATION"), &json!(["fileId"])), "{foreign}");
        let elsewhere = json!({ "instanceId": id, "pageKey": "customer", "fileId": file });
        let refused = scene.employee.act("importRecords", "ImportRecordsInput", elsewhere, REPORT, None).await?;
        assert_eq!(refused["issues"][0]["path"], json!(["fileId"]), "{refused}");
        let stranger = app.customer("green", EditionName::Free).await?;
        assert_eq!(import(&stranger, &id, &file, json!({}), None).await?["code"], "NOT_FOUND");
        // GB 18030, as spreadsheet programs write it under Chinese Windows: 标题;金额
        let gb = b"\xb1\xea\xcc\xe2;\xbd\xf0\xb6\xee\r\n\xbb\xaa\xb6\xab;12\r\n".to_vec();
        let file = table(&served, &scene.employee, &id, gb).await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!(report["imported"], 1, "{report}");
        let utf16: Vec<u8> = "\u{feff}标题\t金额\n华北\t3\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = table(&served, &scene.employee, &id, utf16).await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!(report["imported"], 1, "{report}");
        let all = list(&scene.employee, &id, "contract", "").await?;
        assert_eq!(titles(&all), ["华北", "华东"], "{all}");
        // D29: a closed application takes nothing and gives everything.
        let file = table(&served, &scene.customer, &id, "标题\n乙\n").await?;
        scene.customer.act("disableInstance", "InstanceActionInput", json!({ "id": id }), "... on AppInstance { id }", None).await?;
        let refused = import(&scene.customer, &id, &file, json!({}), None).await?;
        assert_eq!((&refused["code"], &refused["fromStatus"]), (&json!("INVALID_STATE"), &json!("DISABLED")), "{refused}");
        assert_eq!(export(&served, &scene.customer, &id, "").await?.len(), 3);
    }

    async fn d30_a_linked_record_is_found_by_the_title_that_people_see(app) {
        let scene = app.scene("blue", EditionName::Professional).await?;
        // Customers are called by a computed field, which is empty for those that are added here: then by their first text.
        let mut package = forms();
        let customer = &mut package["components"][0]["definition"];
        customer["schema"]["properties"]["number"] = json!({ "type": "string", "readOnly": true });
        customer["ui"]["fields"]["number"] = json!({ "widget": "computed", "label": "编号", "readOnly": true });
        customer["ui"]["titleField"] = json!("number");
        let id = scene.deliver(&package).await?;
        scene.put_to_use(&id).await?;
        let served = Served::start(app)?;
        record(&scene.customer, &id, "customer", json!({ "name": "蓝海", "city": "青岛" })).await?;
        let file = table(&served, &scene.employee, &id, "标题,客户\n合同一,蓝海\n").await?;
        let report = import(&scene.employee, &id, &file, json!({}), None).await?;
        assert_eq!((&report["imported"], &report["badLineCount"]), (&json!(1), &json!(0)), "{report}");
    }
}

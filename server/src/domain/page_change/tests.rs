//! What became of a page, and what is said about it.

use serde_json::json;

use super::*;
use crate::domain::locale::Locale;

/// The whole grid of what is known of a page.
#[test]
fn d16_what_becomes_of_a_page() {
    let mut grid = String::new();
    for (in_version, in_instance, removed) in [
        (true, false, false),
        (true, false, true),
        (true, true, false),
        (false, true, false),
        (false, false, true),
    ] {
        for (differs, developed, customized) in [
            (false, false, false),
            (true, true, false),
            (true, false, true),
            (true, true, true),
            (false, true, true),
        ] {
            let facts = PageFacts {
                in_version,
                in_instance,
                removed,
                differs,
                developed,
                customized,
            };
            let yes = |name: &'static str, is: bool| if is { name } else { "-" };
            let change = facts.change().map_or("nothing", PageChangeKind::as_str);
            grid.push_str(&format!(
                "{} {} {} {} {} {}: {change}\n",
                yes("version", in_version),
                yes("instance", in_instance),
                yes("removed", removed),
                yes("differs", differs),
                yes("developed", developed),
                yes("customized", customized),
            ));
        }
    }
    assert_eq!(grid, GRID);
}

const GRID: &str = "\
version - - - - -: NEW
version - - differs developed -: NEW
version - - differs - customized: NEW
version - - differs developed customized: NEW
version - - - developed customized: NEW
version - removed - - -: DELETED_BY_CUSTOMER
version - removed differs developed -: DELETED_BY_CUSTOMER
version - removed differs - customized: DELETED_BY_CUSTOMER
version - removed differs developed customized: DELETED_BY_CUSTOMER
version - removed - developed customized: DELETED_BY_CUSTOMER
version instance - - - -: UNCHANGED
version instance - differs developed -: CHANGED
version instance - differs - customized: CHANGED_BY_CUSTOMER
version instance - differs developed customized: CHANGED
version instance - - developed customized: UNCHANGED
- instance - - - -: NOT_IN_VERSION
- instance - differs developed -: NOT_IN_VERSION
- instance - differs - customized: NOT_IN_VERSION
- instance - differs developed customized: NOT_IN_VERSION
- instance - - developed customized: NOT_IN_VERSION
- - removed - - -: nothing
- - removed differs developed -: nothing
- - removed differs - customized: nothing
- - removed differs developed customized: nothing
- - removed - developed customized: nothing
";

fn form(definition: &Value) -> PageContent<'_> {
    PageContent {
        kind: ComponentKind::FormPage,
        name: "设备台账",
        definition,
    }
}

fn said(diff: &PageDiff, locale: Locale) -> Vec<String> {
    diff.sentences().iter().map(|it| it.get(locale).to_owned()).collect()
}

#[test]
fn d16_fields_that_were_added_removed_and_changed_are_named() {
    let before = json!({
        "schema": {
            "properties": {
                "name": { "type": "string", "maxLength": 50 },
                "state": { "type": "string", "enum": ["运行", "停机"] },
                "old": { "type": "string", "title": "旧字段" },
                "same": { "type": "number" }
            },
            "required": ["name"]
        },
        "ui": { "order": ["name", "state", "old", "same"], "titleField": "name", "fields": {
            "name": { "widget": "text", "label": "名称" },
            "state": { "widget": "singleSelect", "label": "状态" },
            "old": { "widget": "text" },
            "same": { "widget": "number", "label": "不变", "source": { "formula": 1 } }
        } }
    });
    let mut after = before.clone();
    after["schema"]["properties"]["price"] = json!({ "type": "number" });
    after["schema"]["properties"].as_object_mut().unwrap().remove("old");
    after["schema"]["properties"]["name"]["maxLength"] = json!(100);
    after["schema"]["properties"]["state"]["enum"] = json!(["运行", "维修中"]);
    after["schema"]["required"] = json!(["state", "price"]);
    after["ui"]["fields"]["price"] = json!({ "widget": "number", "label": "价格" });
    after["ui"]["fields"]["name"]["widget"] = json!("longText");
    after["ui"]["fields"]["same"]["source"] = json!({ "formula": 2 });
    after["ui"]["order"] = json!(["state", "name", "same", "price"]);
    let found = diff(Some(form(&before)), form(&after));
    let of = |key: &str| found.fields.iter().find(|it| it.key == key);
    assert_eq!(of("price").map(|it| it.change), Some(FieldChangeKind::Added));
    assert_eq!(
        of("old").map(|it| (it.change, it.label.as_str())),
        Some((FieldChangeKind::Removed, "旧字段"))
    );
    assert_eq!(of("same"), None);
    let zh = said(&found, Locale::ZhCn);
    for expected in [
        "修改字段“名称”（类型：文本 → 多行文本，不再必填，最多字数：50 → 100）",
        "修改字段“状态”（改为必填，选项：新增 维修中；移除 停机）",
        "新增字段“价格”（数字，必填）",
        "移除字段“旧字段”",
        "字段顺序已调整",
    ] {
        assert!(zh.iter().any(|it| it == expected), "{expected} in {zh:?}");
    }
    assert!(
        said(&found, Locale::En)
            .iter()
            .any(|it| it == "Field added: 价格 (number, required)")
    );
    assert_eq!(diff(Some(form(&before)), form(&before)), PageDiff::default());
}

#[test]
fn d16_other_pages_are_compared_part_by_part() {
    let before = json!({ "path": "/a", "elements": [
        { "id": 1, "type": "heading", "value": "首页" },
        { "id": 2, "type": "text", "value": "旧" },
        { "id": 3, "type": "image" }
    ] });
    let after = json!({ "path": "/b", "elements": [
        { "id": 2, "type": "text", "value": "新" },
        { "id": 1, "type": "heading", "value": "首页" },
        { "id": 4, "type": "table" }
    ] });
    let page = |name: &'static str, definition| PageContent {
        kind: ComponentKind::CustomPage,
        name,
        definition,
    };
    let found = diff(Some(page("看板", &before)), page("首页", &after));
    let en = said(&found, Locale::En);
    for expected in [
        "Name: 看板 → 首页",
        "Path: /a → /b",
        "Elements › 新 › Text: 旧 → 新",
        "Added Elements › table 4",
        "Removed Elements › image 3",
        "Elements: order changed",
    ] {
        assert!(en.iter().any(|it| it == expected), "{expected} in {en:?}");
    }
}

#[test]
fn what_is_told_has_an_end() {
    let many =
        |value: i32| json!({ "elements": (0..300).map(|id| json!({ "id": id, "size": value })).collect::<Vec<_>>() });
    let (before, after) = (many(1), many(2));
    let page = |definition| PageContent {
        kind: ComponentKind::CustomPage,
        name: "看板",
        definition,
    };
    let found = diff(Some(page(&before)), page(&after));
    assert_eq!(found.details.len(), 101);
    assert_eq!(found.details[100].en, "200 more changes");
}

#[test]
fn d16_the_digest_tells_every_state_apart() {
    let one = |change, print| digest("appversion_1", [("a", change, print)].into_iter());
    let all = [
        one(PageChangeKind::Changed, Some("1")),
        one(PageChangeKind::Changed, Some("2")),
        one(PageChangeKind::Unchanged, None),
        digest("appversion_2", [("a", PageChangeKind::Changed, Some("1"))].into_iter()),
    ];
    let distinct: std::collections::HashSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_ne!(
        fingerprint(ComponentKind::FormPage, "ab", "c"),
        fingerprint(ComponentKind::FormPage, "a", "bc")
    );
}

//! Exports that nobody has seen yet: members gone, null, of other types, twice, under unknown names, anywhere in the file. As long as
//! there is a list of applications none is refused, and everything that was in it is a component or is named in the report.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{exports, foreign, read};
use crate::package::{Import, KeptAs, ReadOptions, read_package, write_package};

/// What happens to one place of the file.
#[derive(Clone, Debug)]
enum Change {
    Gone,
    Becomes(Value),
    Twice,
    Renamed,
}

fn change() -> impl Strategy<Value = Change> {
    let becomes = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(-1.5)),
        Just(json!(u64::MAX)),
        Just(json!("")),
        Just(json!("unheard_of")),
        Just(json!([])),
        Just(json!([null, 3, "x", [], {}])),
        Just(json!({})),
        Just(json!({"id": 1, "type": "unheard_of", "name": {"deep": [1]}})),
        Just(json!("长".repeat(70_000))),
    ];
    prop_oneof![
        2 => Just(Change::Gone),
        4 => becomes.prop_map(Change::Becomes),
        1 => Just(Change::Twice),
        1 => Just(Change::Renamed),
    ]
}

/// Places and what happens there; a place is a share of all places that the file has then.
fn changes() -> impl Strategy<Value = Vec<(f64, Change)>> {
    prop::collection::vec((0.0..1.0_f64, change()), 1..8)
}

/// The way to every value below a value, parents first.
fn places(value: &Value, way: &str, all: &mut Vec<String>) {
    let mut below = |name: String, inner: &Value| {
        let way = format!("{way}/{}", name.replace('~', "~0").replace('/', "~1"));
        all.push(way.clone());
        places(inner, &way, all);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| below(name.clone(), inner)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, inner)| below(index.to_string(), inner)),
        _ => {}
    }
}

fn mutate(file: &mut Value, changes: &[(f64, Change)]) {
    for (share, change) in changes {
        let mut all = Vec::new();
        places(&file["export"], "/export", &mut all);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place of the list"
        )]
        let Some(way) = all.get((share * all.len() as f64) as usize) else {
            return;
        };
        apply(file, way, change);
    }
}

fn apply(file: &mut Value, way: &str, change: &Change) {
    let (parent, name) = way.rsplit_once('/').expect("a way has steps");
    let name = name.replace("~1", "/").replace("~0", "~");
    match (file.pointer_mut(parent).expect("a parent"), change) {
        (Value::Object(members), Change::Gone) => drop(members.remove(&name)),
        (Value::Array(items), Change::Gone) => drop(items.remove(name.parse().expect("an index"))),
        (Value::Object(members), Change::Renamed | Change::Twice) => {
            let value = members.get(&name).cloned().unwrap_or_default();
            if matches!(change, Change::Renamed) {
                members.remove(&name);
            }
            members.insert(format!("{name}_2"), value);
        }
        (Value::Array(items), Change::Renamed | Change::Twice) => {
            let twin = items[name.parse::<usize>().expect("an index")].clone();
            items.push(twin);
        }
        (parent, Change::Becomes(value)) => match parent {
            Value::Object(members) => drop(members.insert(name, value.clone())),
            Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value.clone(),
            _ => unreachable!("only objects and lists have something below"),
        },
        _ => unreachable!("only objects and lists have something below"),
    }
}

/// Lists of an application, the prefix of the keys of what their items become, and the type of application that reads them (any if empty).
const LISTS: [(&str, &str, &str); 5] = [
    ("tables", "table-", ""),
    ("integrations", "integration-", ""),
    ("user_sources", "user-source-", ""),
    ("pages", "page-", "builder"),
    ("workflows", "workflow-", "automation"),
];

/// What an application is, or seems to be where it does not say.
fn type_of(app: &Value) -> &str {
    let guess = || {
        let members = [
            ("tables", "database"),
            ("pages", "builder"),
            ("workflows", "automation"),
            ("widgets", "dashboard"),
        ];
        members
            .into_iter()
            .find(|(member, _)| app.get(member).is_some())
            .map_or("unknown", |(_, kind)| kind)
    };
    app["type"].as_str().unwrap_or_else(guess)
}

/// Every application, table, field, row, page, integration, user source and workflow is a component, a part of one, or named.
fn accounted(file: &Value, import: &Import) {
    let named = |place: &str| import.report.unmapped.iter().any(|entry| entry.place == place);
    let with_prefix = |prefix: &str| {
        import
            .package
            .components
            .iter()
            .filter(|it| it.key.starts_with(prefix))
            .count()
    };
    let mut expected = [0_usize; LISTS.len()];
    let (mut fields, mut rows) = (0, 0);
    for (index, app) in file["export"].as_array().expect("applications").iter().enumerate() {
        let at = format!("$.export[{index}]");
        if !app.is_object() {
            assert!(named(&at), "{at} {app}");
            continue;
        }
        let kind = type_of(app);
        for ((list, _, only), expected) in LISTS.iter().zip(&mut expected) {
            let place = format!("{at}.{list}");
            match (&app[*list], only.is_empty() || kind == *only) {
                (Value::Null, _) => {}
                (Value::Array(items), true) => {
                    let lost = |item: &usize| {
                        named(&format!("{place}[{item}]")) && *list == "tables" && !items[*item].is_object()
                    };
                    *expected += items.len() - (0..items.len()).filter(lost).count();
                }
                (Value::Array(items), false) if items.is_empty() => {}
                (_, true) => assert!(named(&place), "{place}"),
                // An application of another type keeps it as data, or names itself or the member.
                (_, false) => assert!(
                    named(&place)
                        || named(&at)
                        || import
                            .package
                            .components
                            .iter()
                            .any(|it| it.definition.to_value()["source"].get(list).is_some()),
                    "{place}"
                ),
            }
        }
        for (index, table) in app["tables"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(_, table)| table.is_object())
        {
            for (list, count) in [("fields", &mut fields), ("rows", &mut rows)] {
                match &table[list] {
                    Value::Null => {}
                    Value::Array(items) => *count += items.len(),
                    _ => assert!(named(&format!("{at}.tables[{index}].{list}"))),
                }
            }
        }
    }
    for ((list, prefix, only), expected) in LISTS.iter().zip(expected) {
        let found = with_prefix(prefix);
        // The sign-in page of a builder may be a page more.
        assert!(
            found == expected || (*only == "builder" && found > expected),
            "{list}: {found} of {expected}"
        );
    }
    let lost = |of: &str| {
        import
            .report
            .unmapped
            .iter()
            .filter(|entry| entry.kept_as == KeptAs::NotKept && entry.what.contains(of))
            .count()
    };
    let shown: usize = import
        .package
        .components
        .iter()
        .filter_map(|it| Some(it.definition.to_value()["schema"]["properties"].as_object()?.len()))
        .sum();
    let unshown = [
        "field that is not an object",
        "second field with the id",
        "field for which the form's definition",
    ];
    assert_eq!(shown + unshown.map(lost).iter().sum::<usize>(), fields);
    let strangers: usize = import
        .report
        .unmapped
        .iter()
        .filter_map(|entry| {
            entry
                .what
                .strip_suffix(" rows that are not objects")?
                .parse::<usize>()
                .ok()
        })
        .sum();
    assert_eq!(import.report.sample_rows + strangers, rows);
}

/// Imports it, accounts for all of it, and holds the outcome against the strict reader of our own format.
fn holds(file: &Value) {
    let import = read(file).unwrap_or_else(|error| panic!("{error}\n{file}"));
    accounted(file, &import);
    let written = write_package(&import.package);
    let again = read_package(written.as_bytes(), &ReadOptions::default(), &mut |_| {});
    assert_eq!(
        again.unwrap_or_else(|error| panic!("{error}\n{file}")).package,
        import.package
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_shape_of_an_export_is_refused_and_nothing_of_it_is_dropped_in_silence(changes in changes()) {
        let mut file = foreign::everything();
        mutate(&mut file, &changes);
        holds(&file);
    }
}

#[test]
fn everything_at_hand_is_accounted_for() {
    holds(&foreign::everything());
    for (name, bytes) in exports::files() {
        let file: Value = serde_json::from_slice(&bytes).expect("an export is JSON");
        println!("{name}");
        accounted(&file, &read(&file).unwrap_or_else(|error| panic!("{name}: {error}")));
    }
}

#[test]
fn what_is_too_large_for_a_package_is_named_and_the_rest_arrives() {
    let long = "x".repeat(1_100_000);
    let field = |id: u32| json!({"id": id, "type": "text", "name": "F"});
    let option = |id: u32| json!({"id": id, "value": format!("choice {id:0>40}"), "color": "red", "order": id});
    let huge = json!({"id": 3, "type": "single_select", "name": "S", "select_options": (0..8000).map(option).collect::<Vec<_>>()});
    let file = json!({"export": [
        {"id": 1, "type": "database", "name": "D", "tables": [{"id": 1, "name": "T", "fields": [field(1), field(2), huge], "views": [],
            "rows": [{"id": 1, "field_1": "a", "field_3": 5}, {"id": 2, "field_1": long}, {"id": 3, "field_1": "b"}]}]},
        {"id": 2, "type": "builder", "name": "B", "integrations": [{"id": 9, "type": "smtp", "name": "M", "host": long}],
            "pages": [{"id": 5, "name": "P", "path": "/", "elements": [{"id": 1, "type": "text", "value": long}, {"id": 2, "type": "text", "value": "'x'"}],
                "data_sources": [], "workflow_actions": [{"id": 1, "type": "smtp_email", "service": {"id": 1, "type": "smtp_email", "integration_id": 9}}]}]}
    ]});
    let import = read(&file).unwrap();
    let places: Vec<_> = import
        .report
        .unmapped
        .iter()
        .filter(|entry| entry.kept_as == KeptAs::NotKept)
        .map(|entry| entry.place.as_str())
        .collect();
    for place in [
        "$.export[0].tables[0].fields[2]",
        "$.export[0].tables[0].rows[1]",
        "$.export[1].integrations[0]",
        "$.export[1].pages[0].elements[0]",
    ] {
        assert!(places.contains(&place), "{place} in {places:?}");
    }
    assert_eq!(import.report.sample_rows, 2);
    assert_eq!(
        import.package.component("page-5").unwrap().dependencies,
        ["integration-9"]
    );
    let written = write_package(&import.package);
    assert_eq!(
        read_package(written.as_bytes(), &ReadOptions::default(), &mut |_| {})
            .unwrap()
            .package,
        import.package
    );
}

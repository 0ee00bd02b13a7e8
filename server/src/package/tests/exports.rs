//! Real exports of Baserow, where they are at hand: every one imports, and what comes out is itself a good package.

use std::path::PathBuf;

use serde_json::Value;

use crate::domain::component::ComponentKind;
use crate::package::{Format, Import, ReadOptions, read_package, write_package};

/// The exports by their names; none where the folder is absent.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/baserow");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there are no exports in {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn import(bytes: &[u8]) -> Import {
    let options = ReadOptions {
        format: Format::Baserow,
        ..ReadOptions::default()
    };
    read_package(bytes, &options, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"))
}

/// Items of all lists of one name in all applications of a type.
fn count(export: &Value, application: &str, list: &str) -> usize {
    let of_type = |app: &&Value| application.is_empty() || app["type"] == application;
    export["export"]
        .as_array()
        .unwrap()
        .iter()
        .filter(of_type)
        .filter_map(|app| app[list].as_array())
        .map(Vec::len)
        .sum()
}

#[test]
fn every_table_row_page_integration_and_user_source_arrives() {
    for (name, bytes) in files() {
        let export: Value = serde_json::from_slice(&bytes).unwrap();
        let Import { package, report, .. } = import(&bytes);
        let of = |kind| report.components.get(&kind).copied().unwrap_or(0);
        assert_eq!(
            of(ComponentKind::FormPage),
            count(&export, "database", "tables"),
            "{name}"
        );
        assert_eq!(
            of(ComponentKind::CustomPage),
            count(&export, "builder", "pages"),
            "{name}"
        );
        assert_eq!(
            of(ComponentKind::Connector),
            count(&export, "", "integrations"),
            "{name}"
        );
        assert_eq!(of(ComponentKind::Role), count(&export, "", "user_sources"), "{name}");
        for table in export["export"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|app| app["tables"].as_array())
            .flatten()
        {
            let page = package.component(&format!("table-{}", table["id"])).unwrap();
            assert_eq!(
                page.sample_rows.len(),
                table["rows"].as_array().unwrap().len(),
                "{name}"
            );
            let fields = page.definition.to_value()["schema"]["properties"]
                .as_object()
                .unwrap()
                .len();
            assert_eq!(fields, table["fields"].as_array().unwrap().len(), "{name}");
        }
        assert_eq!(
            (report.application.as_str(), report.version.as_str()),
            (export["name"].as_str().unwrap(), "1.0.0")
        );
    }
}

#[test]
fn what_an_import_makes_satisfies_the_strict_native_reader() {
    for (name, bytes) in files() {
        let package = import(&bytes).package;
        let again = read_package(write_package(&package).as_bytes(), &ReadOptions::default(), &mut |_| {});
        assert_eq!(
            again.unwrap_or_else(|error| panic!("{name}: {error}")).package,
            package,
            "{name}"
        );
    }
}

#[test]
fn no_value_of_a_row_is_lost_without_being_named() {
    // Types whose values are always empty in exports, or that are left out on purpose and reported.
    let silent = [
        "formula",
        "lookup",
        "rollup",
        "count",
        "created_on",
        "last_modified",
        "created_by",
        "password",
    ];
    for (name, bytes) in files() {
        let export: Value = serde_json::from_slice(&bytes).unwrap();
        let Import { package, report, .. } = import(&bytes);
        let warned = report
            .warnings
            .iter()
            .any(|warning| warning.code == "REFERENCES_NOT_FOUND");
        for table in export["export"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|app| app["tables"].as_array())
            .flatten()
        {
            let page = package.component(&format!("table-{}", table["id"])).unwrap();
            for (row, ours) in table["rows"].as_array().unwrap().iter().zip(&page.sample_rows) {
                let ours = ours.data.to_value();
                for field in table["fields"].as_array().unwrap() {
                    let key = format!("field_{}", field["id"]);
                    let says_something =
                        !matches!(&row[&key], Value::Null) && row[&key] != "" && row[&key] != Value::Array(vec![]);
                    if says_something && !silent.contains(&field["type"].as_str().unwrap()) {
                        assert!(warned || !ours[&key].is_null(), "{name} {key} {}", row[&key]);
                    }
                }
            }
        }
    }
}

#[test]
fn no_password_hash_is_carried() {
    for (name, bytes) in files() {
        let text = write_package(&import(&bytes).package);
        assert!(!text.contains("pbkdf2_sha256"), "{name}");
    }
}

#[test]
fn the_same_export_gives_the_same_package_and_a_later_one_the_same_keys() {
    let files = files();
    let Some((_, bytes)) = files.iter().find(|(name, _)| name == "project-tracker.json") else {
        return;
    };
    let first = import(bytes).package;
    assert_eq!(import(bytes).package, first);
    let mut later: Value = serde_json::from_slice(bytes).unwrap();
    let tables = later["export"][0]["tables"].as_array_mut().unwrap();
    tables.rotate_left(1);
    tables[0]["name"] = "Renamed".into();
    let later = import(later.to_string().as_bytes()).package;
    for component in &first.components {
        assert!(later.component(&component.key).is_some(), "{}", component.key);
    }
}

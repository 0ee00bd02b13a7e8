//! The native format: what is read, and what is refused with which code at which place.

use serde_json::{Value, json};

use super::{read, refusal, sample};
use crate::domain::component::{ComponentKind, Feature};
use crate::package::{Format, Limits, Progress, ReadOptions, read_package, write_package};

fn with(pointer: &str, value: Value) -> Value {
    let mut package = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match package.pointer_mut(parent).unwrap() {
        Value::Object(members) => {
            members.insert(name.to_owned(), value);
        }
        Value::Array(items) if name == "-" => items.push(value),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => panic!("{other} has no members"),
    }
    package
}

fn without(pointer: &str) -> Value {
    let mut package = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    package
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(name)
        .unwrap();
    package
}

#[test]
fn a_good_package_is_read_whole() {
    let import = read(&sample()).unwrap();
    let package = &import.package;
    assert_eq!((package.name.as_str(), package.version.as_str()), ("设备巡检", "1.2.0"));
    assert_eq!(package.description.as_deref(), Some("第一行\n第二行"));
    let device = package.component("device").unwrap();
    assert_eq!(device.folder.as_deref(), Some("基础数据"));
    assert_eq!(device.sample_rows[1].position, 1);
    assert_eq!(device.sample_rows[1].data.as_str(), r#"{"name":"水泵二号"}"#);
    assert_eq!(package.component("board").unwrap().dependencies, ["device"]);
    assert_eq!(import.report.components[&ComponentKind::FormPage], 1);
    assert_eq!(import.report.sample_rows, 2);
    assert!(import.report.unmapped.is_empty() && import.report.warnings.is_empty());
}

#[test]
fn what_is_written_is_read_back_as_the_same_package() {
    let package = read(&sample()).unwrap().package;
    let again = read_package(write_package(&package).as_bytes(), &ReadOptions::default(), &mut |_| {}).unwrap();
    assert_eq!(again.package, package);
}

#[test]
fn d25_a_kind_implies_its_feature_whether_declared_or_not() {
    let package = read(&sample()).unwrap().package;
    assert_eq!(
        package.component("board").unwrap().required_features,
        [Feature::CustomPages]
    );
    let weather = package.component("weather").unwrap();
    assert_eq!(
        weather.required_features,
        [Feature::HttpConnectors, Feature::PublicDomain]
    );
}

#[test]
fn the_report_is_the_documented_json() {
    let report = serde_json::to_value(read(&sample()).unwrap().report).unwrap();
    let expected = json!({
        "application": "设备巡检", "version": "1.2.0",
        "components": {"FORM_PAGE": 1, "CUSTOM_PAGE": 1, "CONNECTOR": 1},
        "sample_rows": 2, "unmapped": [], "warnings": []
    });
    assert_eq!(report, expected);
}

#[test]
fn the_caller_may_give_the_version_and_a_wrong_one_is_refused() {
    let text = sample().to_string();
    let read_as = |version: &str| {
        let options = ReadOptions {
            version: Some(version.to_owned()),
            ..ReadOptions::default()
        };
        read_package(text.as_bytes(), &options, &mut |_| {})
    };
    assert_eq!(read_as("2.0.0").unwrap().report.version, "2.0.0");
    assert_eq!(read_as("two").unwrap_err().first().code.as_str(), "INVALID_VERSION");
}

#[test]
fn progress_never_goes_back_and_ends_at_the_end() {
    let text = sample().to_string();
    let mut seen: Vec<Progress> = Vec::new();
    read_package(text.as_bytes(), &ReadOptions::default(), &mut |progress| {
        seen.push(progress)
    })
    .unwrap();
    assert!(seen.len() >= 4 && seen.is_sorted_by_key(|progress| progress.done));
    assert_eq!(
        seen.last(),
        Some(&Progress {
            done: text.len(),
            total: text.len()
        })
    );
}

#[test]
fn mistakes_are_refused_with_their_code_and_place() {
    let long = "长".repeat(256);
    let cases = [
        (without("/format"), "UNKNOWN_FORMAT", "$"),
        (
            with("/format", json!("appshelf.package/2")),
            "UNKNOWN_FORMAT",
            "$.format",
        ),
        (without("/name"), "MISSING_MEMBER", "$"),
        (with("/name", json!("")), "INVALID_NAME", "$.name"),
        (with("/name", json!("a\u{7}b")), "INVALID_NAME", "$.name"),
        (with("/name", json!("长".repeat(101))), "TEXT_TOO_LONG", "$.name"),
        (with("/name", json!(7)), "WRONG_TYPE", "$.name"),
        (with("/description", json!("a\u{1b}b")), "INVALID_TEXT", "$.description"),
        (with("/version", json!("1.0")), "INVALID_VERSION", "$.version"),
        (with("/componets", json!([])), "UNKNOWN_MEMBER", "$.componets"),
        (without("/components"), "MISSING_MEMBER", "$"),
        (with("/components", json!({})), "WRONG_TYPE", "$.components"),
        (with("/components/1", json!("page")), "WRONG_TYPE", "$.components[1]"),
        (without("/components/1/key"), "MISSING_MEMBER", "$.components[1]"),
        (
            with("/components/1/key", json!("a b")),
            "INVALID_KEY",
            "$.components[1].key",
        ),
        (
            with("/components/1/key", json!("device")),
            "DUPLICATE_KEY",
            "$.components[1].key",
        ),
        (
            with("/components/1/kind", json!("PAGE")),
            "UNKNOWN_KIND",
            "$.components[1].kind",
        ),
        (
            with("/components/1/name", json!("\t")),
            "INVALID_NAME",
            "$.components[1].name",
        ),
        (
            with("/components/1/name", json!(long)),
            "TEXT_TOO_LONG",
            "$.components[1].name",
        ),
        (
            with("/components/1/folder", json!(null)),
            "WRONG_TYPE",
            "$.components[1].folder",
        ),
        (
            with("/components/1/definition", json!([])),
            "WRONG_TYPE",
            "$.components[1].definition",
        ),
        (
            with("/components/1/dependencies/0", json!("ghost")),
            "DANGLING_DEPENDENCY",
            "$.components[1].dependencies[0]",
        ),
        (
            with("/components/1/dependencies/0", json!("board")),
            "CYCLIC_DEPENDENCY",
            "$.components[1].dependencies",
        ),
        (
            with("/components/1/requiredFeatures", json!(["FLY"])),
            "UNKNOWN_FEATURE",
            "$.components[1].requiredFeatures[0]",
        ),
        (
            with("/components/1/requiredFeatures", json!(["PAGES_PER_APP"])),
            "UNKNOWN_FEATURE",
            "$.components[1].requiredFeatures[0]",
        ),
        (
            with("/components/1/sampleRows", json!([{}])),
            "MISPLACED_SAMPLE_ROWS",
            "$.components[1].sampleRows",
        ),
        (
            with("/components/0/sampleRows/-", json!([])),
            "WRONG_TYPE",
            "$.components[0].sampleRows[2]",
        ),
        (
            with("/components/0/sampleRows/-", json!({"state": "正常"})),
            "INVALID_SAMPLE_ROW",
            "$.components[0].sampleRows[2]",
        ),
        (
            with("/components/0/sampleRows/1/state", json!("坏")),
            "INVALID_SAMPLE_ROW",
            "$.components[0].sampleRows[1].state",
        ),
        (
            with("/components/0/sampleRows/1/x", json!(1)),
            "INVALID_SAMPLE_ROW",
            "$.components[0].sampleRows[1].x",
        ),
        (
            without("/components/0/definition/schema"),
            "MISSING_MEMBER",
            "$.components[0].definition",
        ),
        (
            without("/components/0/definition/ui"),
            "MISSING_MEMBER",
            "$.components[0].definition",
        ),
    ];
    for (package, code, place) in cases {
        assert_eq!(
            refusal(&package).first().unwrap(),
            &(code, place.to_owned()),
            "{package}"
        );
    }
}

#[test]
fn a_form_needs_a_schema_that_can_be_checked_and_shown() {
    let schema = "/components/0/definition/schema";
    let field = "/components/0/definition/ui/fields/name";
    let ui = "/components/0/definition/ui";
    let bad_schemas = [
        (with(&format!("{schema}/type"), json!("array")), ".type"),
        (
            with(
                &format!("{schema}/$schema"),
                json!("http://json-schema.org/draft-07/schema#"),
            ),
            "[\"$schema\"]",
        ),
        (with(&format!("{schema}/properties"), json!([])), ".properties"),
        (
            with(&format!("{schema}/properties/name"), json!({"type": "text"})),
            ".properties.name.type",
        ),
        (
            with(&format!("{schema}/properties/name"), json!({"minLength": -1})),
            ".properties.name.minLength",
        ),
        (
            with(
                &format!("{schema}/properties/name"),
                json!({"$ref": "https://example.com/x"}),
            ),
            "",
        ),
        (with(&format!("{schema}/properties/name"), json!({"$ref": "#"})), ""),
        (
            with(&format!("{schema}/$defs"), json!({"a": {"$ref": "#/$defs/a"}})),
            "[\"$defs\"].a",
        ),
    ];
    for (package, place) in bad_schemas {
        let place = format!(
            "$.components[0].definition.schema{}",
            place
                .replace("[\"$schema\"]", ".$schema")
                .replace("[\"$defs\"]", ".$defs")
        );
        assert_eq!(
            refusal(&package).first().unwrap(),
            &("INVALID_SCHEMA", place),
            "{package}"
        );
    }
    let bad_uis = [
        (
            with(&format!("{field}/widget"), json!("slider")),
            "INVALID_UI",
            ".fields.name.widget",
        ),
        (
            with(&format!("{field}/colour"), json!("red")),
            "UNKNOWN_MEMBER",
            ".fields.name.colour",
        ),
        (
            with(&format!("{field}/readOnly"), json!("yes")),
            "WRONG_TYPE",
            ".fields.name.readOnly",
        ),
        (
            with(&format!("{field}/widget"), json!("link")),
            "MISSING_MEMBER",
            ".fields.name",
        ),
        (
            with(&format!("{field}/options"), json!([{"label": "x"}])),
            "MISSING_MEMBER",
            ".fields.name.options[0]",
        ),
        (
            with(&format!("{ui}/fields/ghost"), json!({"widget": "text"})),
            "INVALID_UI",
            ".fields.ghost",
        ),
        (
            with(&format!("{ui}/order"), json!(["name", "ghost"])),
            "INVALID_UI",
            ".order[1]",
        ),
        (
            with(&format!("{ui}/order"), json!(["name", "name"])),
            "INVALID_UI",
            ".order[1]",
        ),
        (
            with(&format!("{ui}/titleField"), json!("ghost")),
            "INVALID_UI",
            ".titleField",
        ),
        (
            with(&format!("{ui}/fields/parts/target"), json!("ghost")),
            "DANGLING_DEPENDENCY",
            ".fields.parts.target",
        ),
        (
            with(&format!("{ui}/fields/parts/target"), json!("board")),
            "DANGLING_DEPENDENCY",
            ".fields.parts.target",
        ),
    ];
    for (package, code, place) in bad_uis {
        let place = format!("$.components[0].definition.ui{place}");
        assert_eq!(refusal(&package).first().unwrap(), &(code, place), "{package}");
    }
}

#[test]
fn forms_may_link_to_each_other_in_a_circle_because_links_are_not_dependencies() {
    // The sample's form links to itself.
    let package = read(&sample()).unwrap().package;
    let targets = crate::package::form::link_targets(&package.component("device").unwrap().definition.to_value());
    assert_eq!(targets, [("parts".to_owned(), "device".to_owned())]);
}

#[test]
fn a_member_that_stands_twice_is_refused_wherever_the_structure_is_ours() {
    let text = sample().to_string();
    let cases = [
        (
            r#""version":"1.2.0""#,
            r#""version":"1.2.0","version":"1.2.1""#,
            "$.version",
        ),
        (
            r#""kind":"CUSTOM_PAGE""#,
            r#""kind":"CUSTOM_PAGE","kind":"PORTAL""#,
            "$.components[1].kind",
        ),
        (
            r#"{"name":"水泵二号"}"#,
            r#"{"name":"水泵二号","name":"x"}"#,
            "$.components[0].sampleRows[1].name",
        ),
        (
            r#""titleField":"name""#,
            r#""titleField":"name","titleField":"state""#,
            "$.components[0].definition.ui.titleField",
        ),
    ];
    for (from, to, place) in cases {
        assert!(text.contains(from), "{from}");
        let error = read_package(
            text.replacen(from, to, 1).as_bytes(),
            &ReadOptions::default(),
            &mut |_| {},
        )
        .unwrap_err();
        assert_eq!(
            (error.first().code.as_str(), error.first().place.path.as_str()),
            ("DUPLICATE_MEMBER", place)
        );
    }
}

#[test]
fn many_problems_are_told_at_once_with_line_and_column() {
    let mut package = sample();
    package["version"] = json!("x");
    package["components"][0]["kind"] = json!("x");
    package["components"][1]["name"] = json!("");
    let text = serde_json::to_string_pretty(&package).unwrap();
    let error = read_package(text.as_bytes(), &ReadOptions::default(), &mut |_| {}).unwrap_err();
    assert_eq!(error.problems.len(), 3);
    for problem in &error.problems {
        let (line, column) = problem.place.position.unwrap();
        let at: String = text
            .lines()
            .nth(line as usize - 1)
            .unwrap()
            .chars()
            .skip(column as usize - 1)
            .collect();
        assert!(at.starts_with('"'), "{problem}: {at}");
    }
    let json = serde_json::to_value(&error).unwrap();
    assert_eq!(json["problems"][0]["code"], "INVALID_VERSION");
    assert!(json["problems"][0]["next_zh"].as_str().unwrap().contains("语义化"));
}

#[test]
fn problems_are_collected_up_to_a_limit() {
    let mut package = sample();
    package["components"] = (0..200).map(|_| json!({"key": 1})).collect();
    let error = read(&package).unwrap_err();
    assert_eq!((error.problems.len(), error.more), (50, true));
}

#[test]
fn more_than_the_limits_is_refused_where_it_begins() {
    let limits = Limits {
        components: 2,
        ..Limits::default()
    };
    let read = |limits: Limits| {
        let options = ReadOptions {
            limits,
            ..ReadOptions::default()
        };
        let error = read_package(sample().to_string().as_bytes(), &options, &mut |_| {}).unwrap_err();
        (
            error.first().code.as_str(),
            error.first().place.path.clone(),
            error.more,
        )
    };
    assert_eq!(read(limits), ("TOO_MANY_COMPONENTS", "$.components[2]".into(), true));
    let limits = Limits {
        sample_rows: 1,
        ..Limits::default()
    };
    assert_eq!(
        read(limits),
        ("TOO_MANY_SAMPLE_ROWS", "$.components[0].sampleRows[1]".into(), true)
    );
    let limits = Limits {
        piece_bytes: 100,
        ..Limits::default()
    };
    assert_eq!(
        read(limits),
        ("PIECE_TOO_LARGE", "$.components[0].definition".into(), false)
    );
    let limits = Limits {
        depth: 3,
        ..Limits::default()
    };
    assert_eq!(read(limits), ("TOO_DEEP", "$.components[0].definition".into(), false));
}

#[test]
fn a_circle_is_told_by_its_keys() {
    let mut package = sample();
    package["components"][0]["dependencies"] = json!(["weather"]);
    package["components"][2]["dependencies"] = json!(["board"]);
    let error = read(&package).unwrap_err();
    assert!(
        error.first().en().contains("device → weather → board → device"),
        "{error}"
    );
}

#[test]
fn the_asked_format_must_be_the_files_format() {
    let read = |value: &Value, format| {
        let options = ReadOptions {
            format,
            ..ReadOptions::default()
        };
        read_package(value.to_string().as_bytes(), &options, &mut |_| {}).map_err(|error| error.first().code.as_str())
    };
    let export = json!({"export": []});
    assert!(read(&sample(), Format::Native).is_ok() && read(&export, Format::Baserow).is_ok());
    assert_eq!(read(&sample(), Format::Baserow).unwrap_err(), "UNKNOWN_FORMAT");
    assert_eq!(read(&export, Format::Native).unwrap_err(), "UNKNOWN_FORMAT");
    for nothing in [json!({}), json!("x"), json!(null), json!([1]), json!({"export": "x"})] {
        assert_eq!(read(&nothing, Format::Auto).unwrap_err(), "UNKNOWN_FORMAT", "{nothing}");
    }
}

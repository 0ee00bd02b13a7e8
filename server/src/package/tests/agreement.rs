//! The published JSON Schema and the reader say the same about everything that a JSON Schema can say.

use serde_json::{Value, json};

use super::{read, sample};
use crate::package::schema::PACKAGE_SCHEMA;

fn published() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(PACKAGE_SCHEMA).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

fn set(pointer: &str, value: Value) -> Value {
    let mut package = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match package.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        parent => parent[name] = value,
    }
    package
}

#[test]
fn our_own_examples_satisfy_the_published_schema() {
    let schema = published();
    for (name, text) in super::demo::PACKAGES {
        let package: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<_> = schema.iter_errors(&package).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
    assert!(schema.is_valid(&sample()));
}

#[test]
fn schema_and_reader_accept_and_refuse_the_same() {
    let schema = published();
    let ui = "/components/0/definition/ui";
    let versions = [
        "1.0.0",
        "1.0.0-rc.1",
        "1.0.0-0a+01",
        "1.0",
        "01.0.0",
        "1.0.0-01",
        "v1.0.0",
        "1.0.0-",
        "",
    ];
    let names = ["名称", " a ", "", " ", "a\u{0}", "a\nb", "a\u{85}b"];
    let mut packages = vec![
        sample(),
        set("/icon", json!("x".repeat(64))),
        set("/icon", json!("x".repeat(65))),
        set("/summary", json!("字".repeat(255))),
        set("/summary", json!("字".repeat(256))),
        set("/description", json!("a\r\n\tb")),
        set("/description", json!("a\u{c}b")),
        set("/$schema", json!("./package-1.schema.json")),
        set("/extra", json!(1)),
        set("/components", json!([])),
        set("/components", json!(null)),
        set("/components/0", json!({})),
        set("/components/1/key", json!("-a")),
        set("/components/1/key", json!("k".repeat(129))),
        set("/components/1/kind", json!("form_page")),
        set("/components/1/definition", json!(null)),
        set("/components/1/dependencies", json!("device")),
        set("/components/1/dependencies", json!(["no key"])),
        set(
            "/components/1/requiredFeatures",
            json!(["CUSTOM_PAGES", "CUSTOM_PAGES"]),
        ),
        set("/components/1/requiredFeatures", json!(["PAGES_PER_APP"])),
        set("/components/1/sampleRows", json!([])),
        set("/components/1/sampleRows", json!([{}])),
        set("/components/0/sampleRows", json!([1])),
        set("/components/0/definition/schema/type", json!("string")),
        set("/components/0/definition/schema/type", json!(["object"])),
        set("/components/0/definition/schema/properties", json!(null)),
        set(
            "/components/0/definition/schema/$schema",
            json!("http://json-schema.org/draft-07/schema#"),
        ),
        set("/components/0/definition/schema/properties/name/type", json!("words")),
        set("/components/0/definition/schema/properties/name/maxLength", json!("50")),
        set("/components/0/definition/source", json!({"any": [1]})),
        set("/components/0/definition/more", json!(1)),
        set(&format!("{ui}/views"), json!([{"name": "全部"}])),
        set(&format!("{ui}/views"), json!([1])),
        set(&format!("{ui}/more"), json!(1)),
        set(&format!("{ui}/fields/name/max"), json!("5")),
        set(&format!("{ui}/fields/name/help"), json!("提示")),
        set(
            &format!("{ui}/fields/name/options"),
            json!([{"value": 1, "label": "一"}]),
        ),
        set(&format!("{ui}/fields/name/options"), json!([{}])),
        set(&format!("{ui}/fields/name"), json!({})),
        set(&format!("{ui}/fields/name"), json!({"widget": "link"})),
        set(&format!("{ui}/fields"), json!(null)),
    ];
    packages.extend(versions.map(|version| set("/version", json!(version))));
    packages.extend(names.map(|name| set("/name", json!(name))));
    packages.extend(names.map(|name| set("/components/1/name", json!(name))));
    for widget in crate::package::form::WIDGETS.into_iter().chain(["slider"]) {
        packages.push(set(&format!("{ui}/fields/parts/widget"), json!(widget)));
    }
    let mut accepted = 0;
    for package in &packages {
        // A NUL cannot even be part of the text; both sides refuse it, for different reasons.
        let reader = read(package).map(|_| ()).map_err(|error| error.to_string());
        let errors: Vec<_> = schema.iter_errors(package).map(|error| error.to_string()).collect();
        assert_eq!(
            errors.is_empty(),
            reader.is_ok(),
            "schema: {errors:?}\nreader: {reader:?}\n{package}"
        );
        accepted += usize::from(reader.is_ok());
    }
    assert!(
        (20..packages.len() - 20).contains(&accepted),
        "{accepted} of {}",
        packages.len()
    );
}

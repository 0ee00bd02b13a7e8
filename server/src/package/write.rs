//! Writes a package in the native format. What it writes, `native` reads back as the same package.

use serde_json::json;

use super::model::{Component, Package};
use super::native;

/// The text of `appshelf.package/1`. Definitions and rows are copied as they are.
pub fn write_package(package: &Package) -> String {
    let mut out = String::from("{");
    member(&mut out, "format", &json!(native::FORMAT).to_string());
    member(&mut out, "name", &json!(package.name).to_string());
    member(&mut out, "version", &json!(package.version).to_string());
    for (name, text) in [
        ("summary", &package.summary),
        ("description", &package.description),
        ("icon", &package.icon),
    ] {
        if let Some(text) = text {
            member(&mut out, name, &json!(text).to_string());
        }
    }
    member(&mut out, "components", "[");
    for (index, component) in package.components.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_component(&mut out, component);
    }
    out.push_str("]}");
    out
}

fn write_component(out: &mut String, component: &Component) {
    out.push('{');
    member(out, "key", &json!(component.key).to_string());
    member(out, "kind", &json!(component.kind).to_string());
    member(out, "name", &json!(component.name).to_string());
    if let Some(folder) = &component.folder {
        member(out, "folder", &json!(folder).to_string());
    }
    member(out, "definition", component.definition.as_str());
    if !component.dependencies.is_empty() {
        member(out, "dependencies", &json!(component.dependencies).to_string());
    }
    if !component.required_features.is_empty() {
        member(out, "requiredFeatures", &json!(component.required_features).to_string());
    }
    if !component.sample_rows.is_empty() {
        member(out, "sampleRows", "[");
        for (index, row) in component.sample_rows.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(row.data.as_str());
        }
        out.push(']');
    }
    out.push('}');
}

fn member(out: &mut String, name: &str, value: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    out.push_str(&json!(name).to_string());
    out.push(':');
    out.push_str(value);
}

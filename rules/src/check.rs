//! Whether a record fits its form: the keywords of JSON Schema that forms are made of, and the forms of text that widgets
//! stand for. What it finds wrong is wrong on both sides; what only the whole of JSON Schema can tell, the server tells.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::format;

/// One thing that is wrong with a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// Where: the field's key, then members and positions inside its value.
    pub path: Vec<String>,
    pub kind: FlawKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FlawKind {
    Required,
    /// The form has no such field.
    UnknownField,
    /// Calculated, or otherwise not for people to fill in.
    ReadOnly,
    /// Not of the type that the schema names.
    WrongType(&'static str),
    NotANumber,
    NotWhole,
    TooSmall(f64),
    TooLarge(f64),
    /// Not a multiple of this.
    NotAMultiple(f64),
    TooShort(u64),
    TooLong(u64),
    TooFew(u64),
    TooMany(u64),
    Repeated,
    /// None of the values to choose from.
    NotOffered,
    /// `date`, `date-time`, `email`, `uri`, `phone`.
    BadFormat(&'static str),
}

/// Everything that is wrong with the record, in the order of the form. `kept` is the record as it stands where one is being
/// changed: values that are not touched are not held against whoever changes others, and read-only ones stay.
pub fn check(definition: &Value, data: &Map<String, Value>, kept: Option<&Map<String, Value>>) -> Vec<Flaw> {
    let empty = Map::new();
    let schema = &definition["schema"];
    let properties = schema["properties"].as_object().unwrap_or(&empty);
    let shown = definition["ui"]["fields"].as_object().unwrap_or(&empty);
    let ui = |key: &str| shown.get(key).unwrap_or(&Value::Null);
    let mut flaws = Vec::new();
    let mut note = |path: Vec<String>, kind: FlawKind| flaws.push(Flaw { path, kind });
    let unchanged = |key: &String, value: &Value| kept.is_some_and(|kept| kept.get(key) == Some(value));
    for (key, value) in data {
        if unchanged(key, value) {
            continue;
        }
        match properties.get(key) {
            None => note(vec![key.clone()], FlawKind::UnknownField),
            Some(property) if is_locked(property, ui(key)) => note(vec![key.clone()], FlawKind::ReadOnly),
            Some(property) => {
                let mut path = vec![key.clone()];
                check_widget(ui(key)["widget"].as_str().unwrap_or_default(), value, &path, &mut note);
                check_value(property, value, &mut path, &mut note);
            }
        }
    }
    for key in required(schema) {
        let locked = properties.get(key).is_some_and(|property| is_locked(property, ui(key)));
        if !locked && data.get(key).is_none_or(Value::is_null) {
            note(vec![key.to_owned()], FlawKind::Required);
        }
    }
    // A widget and its schema may say the same; one reason a place is enough.
    let mut places = HashSet::new();
    flaws.retain(|flaw| places.insert(flaw.path.clone()));
    flaws
}

/// Whether people cannot fill a field in.
pub fn is_locked(property: &Value, ui: &Value) -> bool {
    let says = |from: &Value| from["readOnly"] == Value::Bool(true);
    says(property) || says(ui) || matches!(ui["widget"].as_str(), Some("computed" | "readOnly"))
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

type Note<'a> = &'a mut dyn FnMut(Vec<String>, FlawKind);

/// What a widget asks beyond the schema.
fn check_widget(widget: &str, value: &Value, path: &[String], note: Note<'_>) {
    let Some(text) = value.as_str() else { return };
    let (fits, name): (fn(&str) -> bool, _) = match widget {
        "email" => (format::is_email, "email"),
        "url" => (format::is_url, "uri"),
        "phone" => (format::is_phone, "phone"),
        "date" => (format::is_day, "date"),
        "dateTime" => (format::is_instant, "date-time"),
        _ => return,
    };
    if !fits(text) {
        note(path.to_vec(), FlawKind::BadFormat(name));
    }
}

fn check_value(schema: &Value, value: &Value, path: &mut Vec<String>, note: Note<'_>) {
    if let Some(expected) = wrong_type(&schema["type"], value) {
        let kind = match (expected, value) {
            ("integer", Value::Number(_)) => FlawKind::NotWhole,
            ("integer" | "number", _) => FlawKind::NotANumber,
            _ => FlawKind::WrongType(expected),
        };
        return note(path.clone(), kind);
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.iter().any(|one| same(one, value))
    {
        return note(path.clone(), FlawKind::NotOffered);
    }
    if schema.get("const").is_some_and(|one| !same(one, value)) {
        return note(path.clone(), FlawKind::NotOffered);
    }
    match value {
        Value::String(text) => check_text(schema, text, path, note),
        Value::Number(number) => check_number(schema, number.as_f64().unwrap_or_default(), path, note),
        Value::Array(items) => check_items(schema, items, path, note),
        Value::Object(members) => {
            for key in required(schema).filter(|key| !members.contains_key(*key)) {
                let mut inner = path.clone();
                inner.push(key.to_owned());
                note(inner, FlawKind::Required);
            }
            for (key, member) in members {
                if let Some(inner) = schema["properties"].get(key) {
                    path.push(key.clone());
                    check_value(inner, member, path, note);
                    path.pop();
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The type that was wanted, where the value has none of those named.
fn wrong_type(types: &Value, value: &Value) -> Option<&'static str> {
    let named: Vec<&str> = match types {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is = |name: &&str| match *name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value
            .as_f64()
            .is_some_and(|number| value.is_number() && number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        // A word that is no type is the schema's fault, not the value's.
        _ => true,
    };
    if named.iter().any(is) {
        return None;
    }
    const NAMES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];
    NAMES.into_iter().find(|name| named.first() == Some(name))
}

fn check_text(schema: &Value, text: &str, path: &[String], note: Note<'_>) {
    let length = text.chars().count() as u64;
    if let Some(least) = schema["minLength"].as_u64().filter(|least| length < *least) {
        note(path.to_vec(), FlawKind::TooShort(least));
    }
    if let Some(most) = schema["maxLength"].as_u64().filter(|most| length > *most) {
        note(path.to_vec(), FlawKind::TooLong(most));
    }
    let (fits, name): (fn(&str) -> bool, _) = match schema["format"].as_str() {
        Some("date") => (format::is_day, "date"),
        Some("date-time") => (format::is_instant, "date-time"),
        Some("email") => (format::is_email, "email"),
        Some("uri") => (format::is_url, "uri"),
        _ => return,
    };
    if !fits(text) {
        note(path.to_vec(), FlawKind::BadFormat(name));
    }
}

fn check_number(schema: &Value, number: f64, path: &[String], note: Note<'_>) {
    let bound = |name: &str| schema[name].as_f64();
    if let Some(least) = bound("minimum").filter(|least| number < *least) {
        note(path.to_vec(), FlawKind::TooSmall(least));
    }
    if let Some(least) = bound("exclusiveMinimum").filter(|least| number <= *least) {
        note(path.to_vec(), FlawKind::TooSmall(least));
    }
    if let Some(most) = bound("maximum").filter(|most| number > *most) {
        note(path.to_vec(), FlawKind::TooLarge(most));
    }
    if let Some(most) = bound("exclusiveMaximum").filter(|most| number >= *most) {
        note(path.to_vec(), FlawKind::TooLarge(most));
    }
    if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
        // Money has no exact binary form: 0.3 is a multiple of 0.1 to people.
        let steps = number / step;
        if (steps - steps.round()).abs() > 1e-9 * steps.abs().max(1.0) {
            note(path.to_vec(), FlawKind::NotAMultiple(step));
        }
    }
}

fn check_items(schema: &Value, items: &[Value], path: &mut Vec<String>, note: Note<'_>) {
    let count = items.len() as u64;
    if let Some(least) = schema["minItems"].as_u64().filter(|least| count < *least) {
        note(path.clone(), FlawKind::TooFew(least));
    }
    if let Some(most) = schema["maxItems"].as_u64().filter(|most| count > *most) {
        note(path.clone(), FlawKind::TooMany(most));
    }
    if schema["uniqueItems"] == Value::Bool(true) {
        let mut seen = HashSet::new();
        if !items.iter().all(|item| seen.insert(item.to_string())) {
            note(path.clone(), FlawKind::Repeated);
        }
    }
    if schema["items"].is_object() {
        for (index, item) in items.iter().enumerate() {
            path.push(index.to_string());
            check_value(&schema["items"], item, path, note);
            path.pop();
        }
    }
}

/// 1 and 1.0 are one number to JSON Schema.
fn same(a: &Value, b: &Value) -> bool {
    a == b || (a.is_number() && b.is_number() && a.as_f64() == b.as_f64())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_case_of_the_table_is_judged_as_it_says() {
        let table: Value = serde_json::from_str(include_str!("../cases.json")).expect("the table is JSON");
        for case in table["cases"].as_array().expect("a list of cases") {
            let definition = json!({
                "schema": { "properties": { "f": case["schema"] } }, "ui": { "fields": { "f": case["ui"] } }
            });
            let flaws = |value: &Value| check(&definition, json!({ "f": value }).as_object().expect("an object"), None);
            for value in case["fits"].as_array().into_iter().flatten() {
                assert_eq!(flaws(value), [], "{value} in {case}");
            }
            for value in case["differs"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|_| case["server_alone"] != true)
            {
                assert_ne!(flaws(value), [], "{value} in {case}");
            }
        }
    }

    #[test]
    fn what_is_missing_is_asked_for_unless_nobody_can_fill_it_in() {
        let definition = json!({
            "schema": { "properties": { "a": { "type": "string" }, "b": { "readOnly": true } }, "required": ["a", "b"] }
        });
        let flaws = check(&definition, &Map::new(), None);
        assert_eq!(
            flaws,
            [Flaw {
                path: vec!["a".to_owned()],
                kind: FlawKind::Required
            }]
        );
    }
}

//! What keeps a JSON Schema from ever being met. Not all that could: what people write by mistake, or to close a form.

use serde_json::{Map, Value};

use super::locale::Text;

/// A keyword that must not be above another.
const RANGES: [(&str, &str); 4] = [
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
];
/// Keywords between which no number lies where they meet.
const OPEN_RANGES: [(&str, &str); 3] = [
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
];

/// Why no value meets the schema; nothing where one may.
pub fn of(schema: &Value) -> Option<Text> {
    match schema {
        Value::Bool(false) => Some(nothing_fits()),
        Value::Object(members) => of_members(members),
        _ => None,
    }
}

fn of_members(members: &Map<String, Value>) -> Option<Text> {
    let refuses_all = |schema: &Value| *schema == true || schema.as_object().is_some_and(Map::is_empty);
    if members.get("not").is_some_and(refuses_all) {
        return Some(nothing_fits());
    }
    let is_empty = |name: &str| members.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty);
    if is_empty("enum") {
        return Some(Text::new("没有可选择的选项", "it offers nothing to choose from"));
    }
    let number = |name: &str| members.get(name).and_then(Value::as_f64);
    let both = |(low, high): &(&'static str, &'static str)| Some((number(low)?, number(high)?));
    let crossed = RANGES
        .iter()
        .find(|range| both(range).is_some_and(|(low, high)| low > high));
    let met = OPEN_RANGES
        .iter()
        .find(|range| both(range).is_some_and(|(low, high)| low >= high));
    if let Some((low, high)) = crossed.or(met) {
        return Some(Text::new(
            format!("{low} 与 {high} 互相矛盾"),
            format!("{low} and {high} contradict each other"),
        ));
    }
    let parts = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice)
    };
    if let Some(why) = parts("allOf").iter().find_map(of) {
        return Some(why);
    }
    for name in ["anyOf", "oneOf"] {
        let why: Option<Vec<Text>> = parts(name).iter().map(of).collect();
        if let Some(first) = why.and_then(|all| all.into_iter().next()) {
            return Some(first);
        }
    }
    if let Some(why) = members.get("items").and_then(of) {
        return Some(why);
    }
    let asked = parts("required").iter().filter_map(Value::as_str);
    let properties = members.get("properties")?;
    asked.filter_map(|key| properties.get(key)).find_map(of)
}

fn nothing_fits() -> Text {
    Text::new("不允许任何内容", "it allows nothing at all")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn d19_what_nothing_can_meet_is_known() {
        for schema in [
            json!(false),
            json!({ "not": {} }),
            json!({ "not": true }),
            json!({ "enum": [] }),
            json!({ "minLength": 10, "maxLength": 2 }),
            json!({ "minimum": 3, "maximum": 2.5 }),
            json!({ "exclusiveMinimum": 3, "maximum": 3 }),
            json!({ "exclusiveMinimum": 3, "exclusiveMaximum": 3 }),
            json!({ "minItems": 2, "maxItems": 1 }),
            json!({ "minProperties": 2, "maxProperties": 1 }),
            json!({ "allOf": [{}, { "not": {} }] }),
            json!({ "anyOf": [{ "enum": [] }, false] }),
            json!({ "items": { "enum": [] } }),
            json!({ "required": ["a"], "properties": { "a": { "not": {} } } }),
        ] {
            assert!(of(&schema).is_some(), "{schema}");
        }
    }

    #[test]
    fn d19_what_something_meets_is_left_alone() {
        for schema in [
            json!(true),
            json!({}),
            json!({ "not": { "type": "string" } }),
            json!({ "minLength": 2, "maxLength": 2, "minimum": 1, "maximum": 1, "minItems": 0, "maxItems": 0 }),
            json!({ "minimum": 1, "exclusiveMaximum": 2 }),
            json!({ "anyOf": [{ "enum": [] }, { "type": "string" }] }),
            json!({ "anyOf": [] }),
            json!({ "properties": { "a": { "not": {} } } }),
        ] {
            assert_eq!(of(&schema), None, "{schema}");
        }
    }
}

//! What may become of a form while records fill it (D19): whoever edits it where it is used takes no values away without
//! saying so, keeps the kind of the values that are there, and leaves a form that people can still fill in. Where a definition
//! is no form at all, the package format says so.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::locale::Text;
use super::problem::Problem;
use super::refusal::{Issue, Refusal};

/// Fields of the form before that an edit puts the values of records at stake of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormEdit {
    /// Keys and labels of fields that the form no longer has.
    pub removed: Vec<(String, String)>,
    /// Keys and labels of fields that take another kind of value.
    pub retyped: Vec<(String, String)>,
}

impl FormEdit {
    pub fn between(before: &Value, after: &Value) -> Self {
        let empty = Map::new();
        let now = after["schema"]["properties"].as_object().unwrap_or(&empty);
        let mut edit = Self::default();
        for (key, property) in before["schema"]["properties"].as_object().unwrap_or(&empty) {
            let named = (key.clone(), label(before, key));
            match now.get(key) {
                None => edit.removed.push(named),
                Some(other) if kind(other) != kind(property) => edit.retyped.push(named),
                Some(_) => {}
            }
        }
        edit
    }

    /// Every field at stake, to count the records that hold values of it.
    pub fn keys(&self) -> Vec<&str> {
        let both = self.removed.iter().chain(&self.retyped);
        both.map(|(key, _)| key.as_str()).collect()
    }

    /// Refuses an edit that loses values silently. `held` counts records by field; `named` are the fields whose values the
    /// person said they take away.
    pub fn check(&self, held: &HashMap<String, i64>, named: &[String]) -> Result<(), Refusal> {
        let count = |key: &str| held.get(key).copied().unwrap_or_default();
        let mut issues = Vec::new();
        for (key, label) in &self.removed {
            let records = count(key);
            if records > 0 && !named.contains(key) {
                issues.push(Issue::new("removedFields", Problem::Definition(kept(label, records))));
            }
        }
        for (key, label) in &self.retyped {
            let records = count(key);
            if records > 0 {
                issues.push(Issue::new(
                    "definition",
                    Problem::Definition(other_kind(label, records)),
                ));
            }
        }
        Refusal::unless_valid(issues)
    }
}

/// What keeps people from ever submitting the form: it asks for a field that it does not have, or offers nothing to choose.
pub fn unusable(definition: &Value) -> Vec<Text> {
    let empty = Map::new();
    let properties = definition["schema"]["properties"].as_object().unwrap_or(&empty);
    if properties.is_empty() {
        return vec![Text::new("表单至少需要一个字段", "A form has at least one field")];
    }
    let required = definition["schema"]["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .filter(|key| !properties.contains_key(*key))
        .map(|key| {
            Text::new(
                format!("必填字段“{key}”不在表单中"),
                format!("\"{key}\" is required and is no field of the form"),
            )
        });
    let nothing = properties.iter().filter(|(_, property)| offers_nothing(property));
    let nothing = nothing.map(|(key, _)| {
        let label = label(definition, key);
        Text::new(
            format!("字段“{label}”没有可选择的选项"),
            format!("\"{label}\" offers nothing to choose from"),
        )
    });
    missing.chain(nothing).collect()
}

fn offers_nothing(property: &Value) -> bool {
    let allowed = property.get("enum").or_else(|| property.pointer("/items/enum"));
    allowed.and_then(Value::as_array).is_some_and(Vec::is_empty)
}

/// The kind of a field's values: a text may become a longer text or an address, but no number and no day. A whole number may
/// get decimals.
fn kind(property: &Value) -> (Option<&Value>, &Value, Option<&str>) {
    let number = property["type"] == "integer" || property["type"] == "number";
    let format = property["format"]
        .as_str()
        .filter(|format| matches!(*format, "date" | "date-time"));
    (
        Some(&property["type"]).filter(|_| !number),
        &property["items"]["type"],
        format,
    )
}

fn label(definition: &Value, key: &str) -> String {
    let ui = definition["ui"]["fields"][key]["label"].as_str();
    let title = definition["schema"]["properties"][key]["title"].as_str();
    ui.or(title).unwrap_or(key).to_owned()
}

fn kept(label: &str, records: i64) -> Text {
    Text::new(
        format!("有 {records} 条数据填写了字段“{label}”；确认移除后，这些内容会保留但不再显示"),
        format!(
            "{records} {} a value of \"{label}\"; confirm that it is removed: the values stay stored and are shown no more",
            held(records)
        ),
    )
}

fn other_kind(label: &str, records: i64) -> Text {
    Text::new(
        format!("有 {records} 条数据填写了字段“{label}”，不能改为其他类型；请新增一个字段"),
        format!(
            "{records} {} a value of \"{label}\", so it cannot become another type; add a field instead",
            held(records)
        ),
    )
}

fn held(records: i64) -> &'static str {
    if records == 1 { "record holds" } else { "records hold" }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(properties: Value) -> Value {
        json!({ "schema": { "type": "object", "properties": properties },
                "ui": { "fields": { "name": { "widget": "text", "label": "名称" } } } })
    }

    fn paths(refused: Result<(), Refusal>) -> Vec<String> {
        let refusal = refused.expect_err("it loses values");
        refusal.issues().iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn d19_values_are_taken_away_only_where_somebody_says_so() {
        let before = form(json!({ "name": { "type": "string" }, "sum": { "type": "number" } }));
        let edit = FormEdit::between(&before, &form(json!({ "sum": { "type": "number" } })));
        assert_eq!(edit.keys(), ["name"]);
        let held = HashMap::from([("name".to_owned(), 3)]);
        assert_eq!(paths(edit.check(&held, &[])), ["removedFields"]);
        assert_eq!(edit.check(&held, &["name".to_owned()]), Ok(()));
        assert_eq!(edit.check(&HashMap::new(), &[]), Ok(()), "nobody filled it in");
    }

    #[test]
    fn d19_a_field_that_was_filled_in_keeps_its_kind() {
        let before = form(json!({
            "name": { "type": "string" }, "sum": { "type": "integer" }, "on": { "type": "string", "format": "date" }
        }));
        let after = form(json!({
            "name": { "type": "string", "format": "email" }, "sum": { "type": "number" }, "on": { "type": "string" }
        }));
        let edit = FormEdit::between(&before, &after);
        assert_eq!(edit.retyped, [("on".to_owned(), "on".to_owned())]);
        assert_eq!(
            paths(edit.check(&HashMap::from([("on".to_owned(), 1)]), &[])),
            ["definition"]
        );
        assert_eq!(edit.check(&HashMap::new(), &[]), Ok(()));
    }

    #[test]
    fn d19_a_form_that_nobody_could_submit_is_named() {
        assert_eq!(unusable(&form(json!({}))).len(), 1);
        let mut asks = form(json!({ "name": { "type": "string" }, "state": { "type": "string", "enum": [] } }));
        asks["schema"]["required"] = json!(["name", "gone"]);
        assert_eq!(unusable(&asks).len(), 2);
        assert_eq!(
            unusable(&form(json!({ "name": { "type": "string", "enum": ["a"] } }))),
            []
        );
    }
}

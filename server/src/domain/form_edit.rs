//! What may become of a form while records fill it (D19): whoever edits it where it is used takes no values away without
//! saying so, and keeps the kind of the values that are there. Whether people can fill the form in is `usable_form`; where a
//! definition is no form at all, the package format says so.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

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
    /// Fields that the form did not have: records may hold values of them since it had them once.
    pub added: Vec<Added>,
}

/// A field that the form did not have before an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    pub key: String,
    pub label: String,
    pub property: Value,
    pub widget: String,
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
        let had = |key: &str| before["schema"]["properties"].get(key).is_some();
        for (key, property) in now.iter().filter(|(key, _)| !had(key)) {
            let widget = after["ui"]["fields"][key]["widget"].as_str();
            edit.added.push(Added {
                key: key.clone(),
                label: label(after, key),
                property: property.clone(),
                widget: widget.unwrap_or_default().to_owned(),
            });
        }
        edit
    }

    /// Every field whose values the form shows no more, to count the records that hold values of it.
    pub fn removed_keys(&self) -> Vec<&str> {
        self.removed.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// Every field whose stored values have to be looked at.
    pub fn kept_keys(&self) -> Vec<&str> {
        let retyped = self.retyped.iter().map(|(key, _)| key.as_str());
        retyped
            .chain(self.added.iter().map(|added| added.key.as_str()))
            .collect()
    }

    /// Counts a record in `held`, field by field, whose stored values are none of what the form would take.
    pub fn count_kept(&self, data: &Map<String, Value>, held: &mut HashMap<String, i64>) {
        let filled = |key: &str| data.get(key).filter(|value| holds_something(value));
        let retyped = self
            .retyped
            .iter()
            .map(|(key, _)| key)
            .filter(|key| filled(key).is_some());
        let strange = |added: &&Added| filled(&added.key).is_some_and(|value| !added.takes(value));
        let added = self.added.iter().filter(strange).map(|added| &added.key);
        for key in retyped.chain(added) {
            *held.entry(key.clone()).or_default() += 1;
        }
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
        let added = self.added.iter().map(|added| (&added.key, &added.label));
        for (key, label) in self.retyped.iter().map(|(key, label)| (key, label)).chain(added) {
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

/// Whether a stored value says anything.
fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

impl Added {
    /// Whether a stored value is of the kind that the field takes; whether it fits besides is asked when somebody changes it.
    fn takes(&self, value: &Value) -> bool {
        let (other, items, format) = kind(&self.property);
        let mut kind = json!({ "type": other.map_or_else(|| json!("number"), Clone::clone) });
        if !items.is_null() {
            kind["items"] = json!({ "type": items });
        }
        if let Some(format) = format {
            kind["format"] = json!(format);
        }
        let definition = json!({ "schema": { "properties": { "f": kind } } });
        let data = Map::from_iter([("f".to_owned(), value.clone())]);
        // Links and files are lists of objects both.
        let foreign = match self.widget.as_str() {
            "link" => "file",
            "file" => "record",
            _ => "",
        };
        let mut items = value.as_array().into_iter().flatten();
        appshelf_rules::check(&definition, &data, None).is_empty() && !items.any(|item| item.get(foreign).is_some())
    }
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

pub(super) fn label(definition: &Value, key: &str) -> String {
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
        assert_eq!((edit.removed_keys(), edit.kept_keys().len()), (vec!["name"], 0));
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
    fn d19_a_field_that_comes_back_takes_what_records_still_hold_of_it() {
        let before = form(json!({ "name": { "type": "string" } }));
        let counted = |property: Value, value: Value| {
            let edit = FormEdit::between(&before, &form(json!({ "name": { "type": "string" }, "h": property })));
            assert_eq!(edit.kept_keys(), ["h"]);
            let mut held = HashMap::new();
            edit.count_kept(
                json!({ "name": "x", "h": value }).as_object().expect("an object"),
                &mut held,
            );
            edit.check(&held, &[]).is_ok()
        };
        let (text, number) = (
            json!({ "type": "string", "maxLength": 1 }),
            json!({ "type": "integer" }),
        );
        let day = json!({ "type": "string", "format": "date" });
        let list = |of: &str| json!({ "type": "array", "items": { "type": of, "enum": ["z"] } });
        assert!(counted(text.clone(), json!("文本值")) && !counted(number.clone(), json!("文本值")));
        assert!(counted(number.clone(), json!(3)) && !counted(text, json!(3)));
        assert!(
            counted(number.clone(), json!("")) && counted(number, json!([])),
            "nothing is lost"
        );
        assert!(counted(day.clone(), json!("2026-09-01")) && !counted(day, json!("soon")));
        assert!(counted(list("string"), json!(["a"])) && !counted(list("object"), json!(["a"])));
        let mut files = form(json!({ "h": { "type": "array", "items": { "type": "object" } } }));
        files["ui"]["fields"]["h"] = json!({ "widget": "file" });
        let edit = FormEdit::between(&before, &files);
        assert!(edit.added[0].takes(&json!([{ "file": "file_1", "name": "a" }])));
        assert!(!edit.added[0].takes(&json!([{ "record": "record_1", "title": "a" }])));
    }
}

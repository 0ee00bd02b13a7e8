//! How a record is found: its title, the text that a search looks through, and the keys by which lists are sorted and
//! filtered. Pure; the rows are `store::record_value`.

use appshelf_rules::value::{plain_text, shown_text};
use appshelf_rules::{Field, Form, Widget};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde_json::Value;

/// Characters of a text that its key holds; a longer one is kept whole beside it.
const KEY_CHARACTERS: usize = 100;
/// Characters of one record that a search looks through, and of one value that a condition looks through.
const SEARCHED: usize = 4000;
/// Characters of a title.
pub const TITLE: usize = 200;
/// Values of one field that are indexed.
const VALUES: usize = 200;

/// One value of a field as lists find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueKey {
    pub field: String,
    pub ordinal: i32,
    /// Empty where the field has no value.
    pub sort_key: String,
    /// The whole text where the key holds only its beginning.
    pub whole_text: Option<String>,
}

/// Everything by which a record is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordIndex {
    pub title: String,
    /// Lower case; without what linked records are called.
    pub search_text: String,
    /// Lower case titles of linked records.
    pub link_text: String,
    pub values: Vec<ValueKey>,
}

impl RecordIndex {
    /// Of a record under its form.
    pub fn of(form: &Form, data: &Value) -> Self {
        let (mut search_text, mut link_text) = (String::new(), String::new());
        let mut values = Vec::with_capacity(form.fields.len());
        for field in &form.fields {
            let value = data.get(&field.key).filter(|value| !value.is_null());
            values.extend(keys_of(field, value));
            let Some(value) = value else { continue };
            let into = match field.widget {
                Widget::Link => &mut link_text,
                _ => &mut search_text,
            };
            collect(value, into);
            // People search for what they see: a time as it reads, the words of a choice.
            if matches!(field.looks, Widget::Instant | Widget::Duration) {
                into.push_str(&shown_text(field, value));
                into.push('\n');
            }
            for choice in field.choices.iter().filter(|choice| holds(value, &choice.value)) {
                if plain_text(&choice.value) != choice.label {
                    into.push_str(&choice.label);
                    into.push('\n');
                }
            }
        }
        Self {
            title: form.title_of(data).chars().take(TITLE).collect(),
            search_text: lowered(&search_text),
            link_text: lowered(&link_text),
            values,
        }
    }
}

fn holds(value: &Value, choice: &Value) -> bool {
    value == choice || value.as_array().is_some_and(|values| values.contains(choice))
}

fn lowered(text: &str) -> String {
    text.chars().take(SEARCHED).collect::<String>().to_lowercase()
}

fn collect(value: &Value, into: &mut String) {
    match value {
        Value::Object(members) if members.contains_key("name") || members.contains_key("title") => {
            let names = ["name", "title"].into_iter().filter_map(|name| members.get(name));
            names.for_each(|name| collect(name, into));
        }
        Value::Object(members) => members.values().for_each(|value| collect(value, into)),
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        Value::String(_) | Value::Number(_) => {
            into.push_str(&plain_text(value));
            into.push('\n');
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The keys of one field; one that says so where it has no value.
fn keys_of(field: &Field, value: Option<&Value>) -> Vec<ValueKey> {
    let mut keys: Vec<(String, Option<String>)> = Vec::new();
    match value {
        None => {}
        Some(Value::Array(values)) if !field.is_sortable() => {
            for value in values.iter().take(VALUES) {
                let key = key_of(field, value);
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        Some(value) => keys.push(key_of(field, value)),
    }
    keys.retain(|(key, _)| !key.is_empty());
    if keys.is_empty() {
        keys.push((String::new(), None));
    }
    let key = |(ordinal, (sort_key, whole_text))| ValueKey {
        field: field.key.clone(),
        ordinal,
        sort_key,
        whole_text,
    };
    (0..).zip(keys).map(key).collect()
}

/// The key of one value, and its whole text where the key is shorter.
pub fn key_of(field: &Field, value: &Value) -> (String, Option<String>) {
    match (field.widget, value) {
        (_, Value::Bool(on)) => (if *on { "1" } else { "0" }.to_owned(), None),
        (Widget::Link, Value::Object(members)) if members.contains_key("record") => {
            (plain_text(&members["record"]), None)
        }
        (_, Value::Number(number)) => (number_key(number.as_f64().unwrap_or_default()), None),
        (Widget::Number | Widget::Duration | Widget::Rating, Value::String(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => (number_key(number), None),
            _ => text_key(text),
        },
        (Widget::Instant, Value::String(text)) => match instant(text) {
            Some(at) => (instant_key(at), None),
            None => text_key(text),
        },
        _ => text_key(&plain_text(value)),
    }
}

/// A text without regard to case, cut where it is long.
pub fn text_key(text: &str) -> (String, Option<String>) {
    let plain: String = text
        .chars()
        .take(SEARCHED)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let whole = plain.trim().to_lowercase();
    match whole.char_indices().nth(KEY_CHARACTERS) {
        Some((end, _)) => (whole[..end].to_owned(), Some(whole)),
        None => (whole, None),
    }
}

/// Sixteen hexadecimal digits that sort as numbers do.
pub fn number_key(number: f64) -> String {
    // Zero has two signs and is one number.
    let bits = (number + 0.0).to_bits();
    let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    format!("{ordered:016x}")
}

/// An instant in UTC, to the microsecond, so that texts sort as times do.
pub fn instant_key(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// An instant with its zone.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.to_utc())
}

/// The first instant of a day in the zone in which days are meant (P4).
pub fn start_of_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?;
    chrono_tz::Asia::Shanghai
        .from_local_datetime(&midnight)
        .earliest()
        .map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        Form::read(&json!({
            "schema": { "properties": {
                "name": { "type": "string" }, "amount": { "type": "number" }, "at": { "type": "string" },
                "tags": { "type": "array", "items": { "enum": ["a", "b"] } },
                "of": { "type": "array" }, "done": { "type": "boolean" }
            } },
            "ui": { "titleField": "name", "order": ["name", "amount", "at", "tags", "of", "done"], "fields": {
                "name": { "widget": "text" }, "amount": { "widget": "number" }, "at": { "widget": "dateTime" },
                "tags": { "widget": "multiSelect", "options": [{ "value": "a", "label": "甲类" }] },
                "of": { "widget": "link", "target": "x" }, "done": { "widget": "boolean" }
            } }
        }))
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let numbers = [-1e300, -2.5, -1.0, -0.0, 1e-9, 1.0, 2.0, 10.0, 1e300];
        let keys: Vec<String> = numbers.map(number_key).to_vec();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
        assert_eq!(number_key(0.0), number_key(-0.0));
    }

    #[test]
    fn instants_of_different_zones_sort_by_time() {
        let form = form();
        let field = form.field("at").expect("a field");
        let early = key_of(field, &json!("2026-09-01T09:00:00+08:00")).0;
        let late = key_of(field, &json!("2026-09-01T02:00:00Z")).0;
        assert!(early < late, "{early} {late}");
    }

    #[test]
    fn every_field_has_a_key_and_several_values_have_several() {
        let data = json!({ "name": "Ä\tb", "tags": ["b", "a"], "of": [{ "record": "record_1", "title": "Ü" }] });
        let index = RecordIndex::of(&form(), &data);
        let found: Vec<(&str, i32, &str)> = index
            .values
            .iter()
            .map(|key| (key.field.as_str(), key.ordinal, key.sort_key.as_str()))
            .collect();
        let expected = [
            ("name", 0, "ä b"),
            ("amount", 0, ""),
            ("at", 0, ""),
            ("tags", 0, "b"),
            ("tags", 1, "a"),
            ("of", 0, "record_1"),
            ("done", 0, ""),
        ];
        assert_eq!(found, expected);
        assert_eq!(index.title, "Ä\tb");
        assert_eq!(
            (index.search_text.as_str(), index.link_text.as_str()),
            ("ä\tb\nb\na\n甲类\n", "ü\n")
        );
    }

    #[test]
    fn a_record_is_found_by_the_time_that_people_read() {
        let index = RecordIndex::of(&form(), &json!({ "at": "2026-09-01T00:30:00Z" }));
        assert_eq!(index.title, "2026-09-01 08:30");
        assert_eq!(index.search_text, "2026-09-01t00:30:00z\n2026-09-01 08:30\n");
    }

    #[test]
    fn a_long_text_is_kept_whole_beside_its_key() {
        let (key, whole) = text_key(&"长".repeat(300));
        assert_eq!(
            (key.chars().count(), whole.map(|text| text.chars().count())),
            (100, Some(300))
        );
        assert_eq!(text_key("Short"), ("short".to_owned(), None));
    }
}

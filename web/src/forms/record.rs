//! A form page's definition as fields that a screen can draw, and what was filled in as the record that the server takes.
//! The definition is a JSON Schema with a UI schema; checks here are those that need no round trip, the server's decide.

use serde_json::{Map, Number, Value};

use crate::i18n::{Text, texts::customer};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    Line,
    Email,
    Url,
    Phone,
    Long,
    Number,
    /// Seconds.
    Duration,
    Rating,
    Boolean,
    Day,
    Instant,
    Single,
    Many,
    Link,
    File,
    /// Shown, never filled in: computed and read-only fields.
    Locked,
}

/// One of the values to choose from, as JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: Value,
    pub label: String,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub key: String,
    pub label: String,
    pub help: String,
    pub placeholder: String,
    pub unit: String,
    /// Heading under which the field stands; empty for none.
    pub group: String,
    pub widget: Widget,
    pub required: bool,
    pub choices: Vec<Choice>,
    /// The form page that a link points to.
    pub target: String,
    pub max_length: Option<u32>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    /// Only one link or file.
    pub single: bool,
    /// The schema takes whole numbers only.
    whole: bool,
    /// The schema takes text where the widget is one of numbers.
    textual: bool,
}

/// A form page, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    pub fields: Vec<Field>,
    /// The field by which people recognise a record.
    pub title: Option<String>,
}

impl Form {
    /// Reads a definition; what it does not say is left at its plainest.
    pub fn read(definition: &Value) -> Self {
        let empty = Map::new();
        let object = |pointer: &str| definition.pointer(pointer).and_then(Value::as_object).unwrap_or(&empty);
        let (properties, shown) = (object("/schema/properties"), object("/ui/fields"));
        let strings = |pointer: &str| -> Vec<&str> {
            let items = definition.pointer(pointer).and_then(Value::as_array);
            items.into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let required = strings("/schema/required");
        let mut keys: Vec<&str> = strings("/ui/order");
        keys.retain(|key| properties.contains_key(*key));
        for key in properties.keys() {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        let fields = keys
            .into_iter()
            .map(|key| {
                let schema = properties.get(key).unwrap_or(&Value::Null);
                let ui = shown.get(key).unwrap_or(&Value::Null);
                Field::read(key, schema, ui, required.contains(&key))
            })
            .collect();
        let title = definition
            .pointer("/ui/titleField")
            .and_then(Value::as_str)
            .map(str::to_owned);
        Self { fields, title }
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// How people recognise a record: its title field, else its first text.
    pub fn title_of(&self, data: &Value) -> String {
        let by_key = |key: &str| data.get(key).map(plain_text).filter(|text| !text.is_empty());
        self.title
            .as_deref()
            .and_then(by_key)
            .or_else(|| self.fields.iter().find_map(|field| by_key(&field.key)))
            .unwrap_or_default()
    }
}

impl Field {
    fn read(key: &str, schema: &Value, ui: &Value, required: bool) -> Self {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let label = [text(ui, "label"), text(schema, "title"), key.to_owned()];
        let number = |name: &str| schema.get(name).and_then(Value::as_f64);
        let locked = [schema, ui]
            .iter()
            .any(|from| from.get("readOnly") == Some(&Value::Bool(true)));
        let kind = text(schema, "type");
        let widget = if locked {
            Widget::Locked
        } else {
            widget(&text(ui, "widget"), schema)
        };
        Self {
            key: key.to_owned(),
            label: label.into_iter().find(|label| !label.is_empty()).unwrap_or_default(),
            help: text(ui, "help"),
            placeholder: text(ui, "placeholder"),
            unit: text(ui, "unit"),
            group: text(ui, "group"),
            widget,
            required: required && widget != Widget::Locked,
            choices: choices(schema, ui),
            target: text(ui, "target"),
            max_length: number("maxLength").map(|most| most as u32),
            minimum: number("minimum"),
            maximum: ui.get("max").and_then(Value::as_f64).or_else(|| number("maximum")),
            single: number("maxItems") == Some(1.0),
            whole: kind == "integer",
            textual: kind == "string",
        }
    }

    /// The best rating.
    pub fn best(&self) -> u32 {
        self.maximum.map_or(5, |most| most as u32).clamp(1, 10)
    }
}

fn widget(name: &str, schema: &Value) -> Widget {
    match name {
        "longText" => Widget::Long,
        "number" => Widget::Number,
        "duration" => Widget::Duration,
        "rating" => Widget::Rating,
        "boolean" => Widget::Boolean,
        "date" => Widget::Day,
        "dateTime" => Widget::Instant,
        "singleSelect" => Widget::Single,
        "multiSelect" => Widget::Many,
        "link" => Widget::Link,
        "file" => Widget::File,
        "email" => Widget::Email,
        "url" => Widget::Url,
        "phone" => Widget::Phone,
        "computed" | "readOnly" => Widget::Locked,
        _ => match schema.get("type").and_then(Value::as_str) {
            Some("number" | "integer") => Widget::Number,
            Some("boolean") => Widget::Boolean,
            Some("array" | "object") => Widget::Locked,
            _ => Widget::Line,
        },
    }
}

/// The values that the schema allows, with the words of the UI schema.
fn choices(schema: &Value, ui: &Value) -> Vec<Choice> {
    let allowed = schema
        .get("enum")
        .or_else(|| schema.pointer("/items/enum"))
        .and_then(Value::as_array);
    let options = ui.get("options").and_then(Value::as_array);
    let values: Vec<Value> = match (allowed, options) {
        (Some(allowed), _) => allowed.clone(),
        (None, Some(options)) => options
            .iter()
            .filter_map(|option| option.get("value").cloned())
            .collect(),
        (None, None) => Vec::new(),
    };
    values
        .into_iter()
        .map(|value| {
            let option = options
                .into_iter()
                .flatten()
                .find(|option| option.get("value") == Some(&value));
            let label = option.and_then(|option| option.get("label")).and_then(Value::as_str);
            let label = label.map_or_else(|| plain_text(&value), str::to_owned);
            Choice { value, label }
        })
        .collect()
}

/// A value as plain text: what a cell without a widget shows, and what stands for a record.
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(plain_text).filter(|part| !part.is_empty()).collect();
            crate::format::list(&parts)
        }
        Value::Object(members) => ["title", "name", "record"]
            .iter()
            .find_map(|name| members.get(*name)?.as_str())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// What a person filled into one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    Text(String),
    Tick(bool),
    Values(Vec<Value>),
}

/// The field's value for the server; nothing where it was left empty. What is wrong comes with words of the form.
pub fn value_of(field: &Field, filled: &Filled) -> Result<Option<Value>, Text> {
    let value = match filled {
        // An untouched tick says nothing; the schema may still want a yes or no.
        Filled::Tick(on) => Some(Value::Bool(*on)).filter(|_| *on || field.required),
        Filled::Values(values) => (!values.is_empty()).then(|| Value::Array(values.clone())),
        Filled::Text(text) if text.trim().is_empty() => None,
        Filled::Text(text) => Some(typed(field, text.trim())?),
    };
    match value {
        None if field.required => Err(crate::i18n::texts::common::REQUIRED.into()),
        value => Ok(value),
    }
}

fn typed(field: &Field, text: &str) -> Result<Value, Text> {
    match field.widget {
        Widget::Number | Widget::Duration | Widget::Rating => number(field, text),
        Widget::Single => serde_json::from_str(text).map_err(|_| customer::CHOOSE_FROM_LIST.into()),
        Widget::Email if !looks_like_email(text) => Err(customer::EMAIL_FORM.into()),
        Widget::Url if !(text.starts_with("https://") || text.starts_with("http://")) => Err(customer::URL_FORM.into()),
        Widget::Instant => Ok(Value::String(crate::format::instant_of(text).0)),
        _ => within_length(field, text),
    }
}

fn within_length(field: &Field, text: &str) -> Result<Value, Text> {
    match field.max_length {
        Some(most) if text.chars().count() > most as usize => Err(Text::from(move || customer::too_long(&most))),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}

fn number(field: &Field, text: &str) -> Result<Value, Text> {
    if field.textual {
        return Ok(Value::String(text.to_owned()));
    }
    let plain = text.replace([',', '，'], "");
    let read: f64 = plain.parse().map_err(|_| Text::from(customer::NUMBER_FORM))?;
    if !read.is_finite() {
        return Err(customer::NUMBER_FORM.into());
    }
    if field.whole && read.fract() != 0.0 {
        return Err(customer::WHOLE_NUMBER.into());
    }
    if let Some(least) = field.minimum.filter(|least| read < *least) {
        return Err(Text::from(move || customer::at_least(&least)));
    }
    if let Some(most) = field.maximum.filter(|most| read > *most) {
        return Err(Text::from(move || customer::at_most(&most)));
    }
    // Whole numbers travel as such, others as they were typed.
    let number = match plain.parse::<i64>() {
        Ok(whole) => Number::from(whole),
        Err(_) => Number::from_f64(read).ok_or_else(|| Text::from(customer::NUMBER_FORM))?,
    };
    Ok(Value::Number(number))
}

/// The field that an issue of the server is about: the part of its path after `data`.
pub fn field_of_issue(form: &Form, path: &[String]) -> Option<String> {
    let joined = path.join(".");
    let rest = joined.split_once("data.").map_or(joined.as_str(), |(_, rest)| rest);
    form.fields
        .iter()
        .map(|field| field.key.as_str())
        .filter(|key| rest == *key || rest.strip_prefix(*key).is_some_and(|more| more.starts_with('.')))
        .max_by_key(|key| key.len())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        Form::read(&json!({
            "schema": {
                "type": "object",
                "required": ["name", "number"],
                "properties": {
                    "count": {"type": "integer", "minimum": 1, "maximum": 9},
                    "name": {"type": "string", "maxLength": 3, "title": "Name"},
                    "number": {"type": "string", "readOnly": true},
                    "state": {"type": "string", "enum": ["a", "b"]},
                },
            },
            "ui": {
                "order": ["name", "state"],
                "titleField": "name",
                "fields": {
                    "count": {"widget": "number"},
                    "name": {"widget": "text"},
                    "state": {"widget": "singleSelect", "options": [{"value": "a", "label": "A!"}]},
                },
            },
        }))
    }

    #[test]
    fn fields_stand_in_the_order_of_the_ui_and_the_rest_follow() {
        let form = form();
        let keys: Vec<&str> = form.fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!(keys, ["name", "state", "count", "number"]);
        assert_eq!(form.field("state").unwrap().choices[0].label, "A!");
        assert_eq!(form.field("state").unwrap().choices[1].label, "b");
    }

    #[test]
    fn what_nobody_can_fill_in_is_not_required() {
        let form = form();
        assert!(form.field("name").unwrap().required);
        assert!(!form.field("number").unwrap().required);
    }

    #[test]
    fn numbers_are_checked_against_the_schema() {
        let form = form();
        let count = form.field("count").unwrap();
        let read = |text: &str| value_of(count, &Filled::Text(text.to_owned())).ok().flatten();
        assert_eq!(read("7"), Some(json!(7)));
        for wrong in ["0", "10", "1.5", "seven"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn issues_of_the_server_find_their_field() {
        let form = form();
        let path = |text: &str| -> Vec<String> { text.split('/').map(str::to_owned).collect() };
        assert_eq!(field_of_issue(&form, &path("input/data/name")).as_deref(), Some("name"));
        assert_eq!(field_of_issue(&form, &path("data.state.0")).as_deref(), Some("state"));
        assert_eq!(field_of_issue(&form, &path("input/data")), None);
    }
}

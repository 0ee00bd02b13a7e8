//! A form page's definition as fields: a JSON Schema with a UI schema, understood. What a field looks like on a screen is
//! the front end's, how its values are kept is the server's.

use serde_json::{Map, Value};

use crate::value::{plain_text, shown_text};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    Line,
    Email,
    Url,
    Phone,
    Long,
    Number,
    /// Kept in seconds, read and typed as hours and minutes.
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
    /// How its values read: like the widget, and like what they are where nobody fills them in.
    pub looks: Widget,
    /// A long text is Markdown and shown as what it means.
    pub rich: bool,
    /// Must be filled in by people.
    pub required: bool,
    pub choices: Vec<Choice>,
    /// The form page that a link points to.
    pub target: String,
    pub max_length: Option<u32>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    /// Only one link or file.
    pub single: bool,
    /// What a new record begins with.
    pub default: Option<Value>,
    /// The schema takes whole numbers only.
    pub whole: bool,
    /// A duration is written with its seconds, whether it has some or not.
    pub seconds: bool,
    /// The schema takes text where the widget is one of numbers.
    pub textual: bool,
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

    /// How people recognise a record, whoever reads it: its title field, else its first value, in words that no language
    /// changes. Never by what it links to, which not everybody may read.
    pub fn title_of(&self, data: &Value) -> String {
        self.called(data, |field| field.looks != Widget::Link)
    }

    /// How a reader recognises a record whose data is as they see it: by what it links to where the form says so, and where
    /// nothing else names it.
    pub fn seen_title_of(&self, data: &Value) -> String {
        let own = self.title_of(data);
        let named = self.title.as_deref().and_then(|key| self.field(key));
        match own.is_empty() || named.is_some_and(|field| field.looks == Widget::Link) {
            true => self.called(data, |_| true),
            false => own,
        }
    }

    fn called(&self, data: &Value, admits: impl Fn(&Field) -> bool) -> String {
        let shown = |field: &Field| {
            if !admits(field) {
                return None;
            }
            let text = shown_text(field, data.get(&field.key)?);
            // Of a text of several lines the first that says something.
            let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
            Some(line.to_owned())
        };
        let named = self.title.as_deref().and_then(|key| self.field(key));
        named
            .and_then(shown)
            .or_else(|| self.fields.iter().find_map(shown))
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
        let looks = looks(&text(ui, "widget"), schema);
        let widget = match widget(&text(ui, "widget"), schema) {
            widget if !locked => widget,
            _ => Widget::Locked,
        };
        Self {
            key: key.to_owned(),
            label: label.into_iter().find(|label| !label.is_empty()).unwrap_or_default(),
            help: text(ui, "help"),
            placeholder: text(ui, "placeholder"),
            unit: text(ui, "unit"),
            group: text(ui, "group"),
            widget,
            looks,
            rich: ui.get("richText") == Some(&Value::Bool(true)),
            required: required && widget != Widget::Locked,
            choices: choices(schema, ui),
            target: text(ui, "target"),
            max_length: number("maxLength").map(|most| most as u32),
            minimum: number("minimum"),
            maximum: ui.get("max").and_then(Value::as_f64).or_else(|| number("maximum")),
            single: number("maxItems") == Some(1.0),
            default: schema.get("default").cloned(),
            whole: kind == "integer",
            seconds: text(ui, "format") == DURATION_WITH_SECONDS,
            textual: kind == "string",
        }
    }

    /// The best rating.
    pub fn best(&self) -> u32 {
        self.maximum.map_or(5, |most| most as u32).clamp(1, 10)
    }

    /// Whether a record holds at most one value of it, so that a list can be sorted by it.
    pub fn is_sortable(&self) -> bool {
        !matches!(self.widget, Widget::Many | Widget::Link | Widget::File)
    }
}

/// How a duration may be written, as a definition says it.
pub const DURATION: &str = "h:mm";
pub const DURATION_WITH_SECONDS: &str = "h:mm:ss";

/// What values read like, whoever fills them in: of those that are calculated only the schema knows.
fn looks(name: &str, schema: &Value) -> Widget {
    match widget(name, schema) {
        Widget::Locked => {
            let word = |name: &str| schema.get(name).and_then(Value::as_str);
            match (word("type"), word("format")) {
                (_, Some("date")) => Widget::Day,
                (_, Some("date-time")) => Widget::Instant,
                (Some("number" | "integer"), _) => Widget::Number,
                (Some("boolean"), _) => Widget::Boolean,
                _ => Widget::Locked,
            }
        }
        known => known,
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn title(widget: &str, ui: Value, value: Value) -> String {
        let mut shown = ui;
        shown["widget"] = json!(widget);
        let form = Form::read(&json!({
            "schema": { "properties": { "f": {}, "note": { "type": "string" } } },
            "ui": { "titleField": "f", "fields": { "f": shown } }
        }));
        form.title_of(&json!({ "f": value, "note": "else" }))
    }

    #[test]
    fn a_record_is_called_by_words_and_not_by_how_its_value_is_kept() {
        let none = || json!({});
        let options = json!({ "options": [{ "value": "run", "label": "运行" }, { "value": "stop" }] });
        for (widget, ui, value, called) in [
            (
                "dateTime",
                none(),
                json!("2026-09-01T08:00:00+08:00"),
                "2026-09-01 08:00",
            ),
            ("dateTime", none(), json!("2026-09-01T00:00:00Z"), "2026-09-01 08:00"),
            ("dateTime", none(), json!("soon"), "soon"),
            ("date", none(), json!("2026-09-01"), "2026-09-01"),
            ("duration", none(), json!(5400), "1:30"),
            ("duration", json!({ "format": "h:mm:ss" }), json!(5400), "1:30:00"),
            ("boolean", none(), json!(true), "✓"),
            ("rating", json!({ "max": 5 }), json!(4), "4/5"),
            ("number", json!({ "unit": "kg" }), json!(12.5), "12.5"),
            ("singleSelect", options.clone(), json!("run"), "运行"),
            ("multiSelect", options, json!(["stop", "run"]), "stop, 运行"),
            ("longText", none(), json!("\n first \nsecond"), "first"),
            ("longText", none(), json!("# raw"), "# raw"),
            (
                "longText",
                json!({ "richText": true }),
                json!("### **Water** use\n- less"),
                "Water use",
            ),
            ("text", none(), json!("  "), "else"),
            ("text", none(), json!(null), "else"),
        ] {
            assert_eq!(title(widget, ui, value.clone()), called, "{widget} {value}");
        }
    }

    #[test]
    fn d30_a_record_is_not_called_by_what_it_links_to_unless_its_reader_sees_that() {
        let form = |title: &str| {
            Form::read(&json!({
                "schema": { "properties": { "of": { "type": "array" }, "at": { "type": "array" }, "note": { "type": "string" } } },
                "ui": { "titleField": title, "order": ["of", "at", "note"], "fields": {
                    "of": { "widget": "link", "target": "x", "readOnly": true }, "at": { "widget": "link", "target": "y" }
                } }
            }))
        };
        let secret = json!([{ "record": "record_1", "title": "Secret" }]);
        let masked = json!([{ "record": "record_1" }]);
        let all = json!({ "of": secret, "note": "plain" });
        assert_eq!(form("of").title_of(&all), "plain");
        assert_eq!(form("note").title_of(&json!({ "of": secret })), "");
        assert_eq!(form("of").seen_title_of(&all), "Secret");
        assert_eq!(form("note").seen_title_of(&all), "plain");
        assert_eq!(form("note").seen_title_of(&json!({ "of": secret })), "Secret");
        assert_eq!(
            form("of").seen_title_of(&json!({ "of": masked, "at": [{ "title": "Y" }] })),
            "Y"
        );
        assert_eq!(
            form("of").seen_title_of(&json!({ "of": masked })),
            "",
            "an id is no name"
        );
    }

    #[test]
    fn what_nobody_fills_in_reads_like_what_it_is() {
        let form = Form::read(&json!({
            "schema": { "properties": {
                "made": { "type": "string", "format": "date-time", "readOnly": true },
                "number": { "type": "integer", "readOnly": true },
                "total": { "type": "string" }
            } },
            "ui": { "order": ["made", "number", "total"], "fields": {
                "made": { "widget": "dateTime" }, "number": { "widget": "readOnly" }, "total": { "widget": "computed" }
            } }
        }));
        let read: Vec<(Widget, Widget)> = form.fields.iter().map(|field| (field.widget, field.looks)).collect();
        let locked = |looks| (Widget::Locked, looks);
        assert_eq!(read, [Widget::Instant, Widget::Number, Widget::Locked].map(locked));
    }
}

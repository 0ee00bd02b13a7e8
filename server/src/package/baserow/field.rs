//! How a field of a table becomes a field of a form: its type here, its schema and its widget. Values are `cell`'s.

use std::collections::HashSet;

use appshelf_rules::form::DURATION_WITH_SECONDS;
use serde_json::{Map, Value, json};

use super::text;

/// What a field of an export is here.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FieldKind {
    Text,
    LongText {
        rich: bool,
    },
    Number {
        decimals: bool,
        unit: String,
    },
    Rating {
        max: u64,
    },
    Boolean,
    Date,
    DateTime,
    Duration,
    Select,
    MultiSelect,
    /// The id of the table whose rows are referred to.
    Link {
        table: i64,
        many: bool,
    },
    File,
    Email,
    Url,
    Phone,
    Uuid,
    Autonumber,
    /// Filled from what the export says about the row itself.
    RowDate {
        member: &'static str,
    },
    RowPerson {
        member: &'static str,
    },
    /// Calculated by the other system; the export carries no values.
    Computed,
    /// A password hash, never taken over.
    Secret,
    /// Has no counterpart: kept as text that cannot be changed.
    Foreign,
}

/// A choice of a select field.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub id: i64,
    pub value: String,
    pub color: Option<String>,
}

/// A field of a table, understood.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its key in the form and in the rows, `field_` and its id.
    pub key: String,
    pub id: Option<i64>,
    /// The type's name in the export.
    pub type_name: String,
    pub label: String,
    pub kind: FieldKind,
    pub primary: bool,
    pub order: f64,
    pub choices: Vec<Choice>,
    /// Members that nothing here speaks for; kept beside the field.
    pub source: Map<String, Value>,
    default: Option<Value>,
    help: Option<String>,
    /// What the rows turned out to hold, so that the schema admits them.
    pub seen: Seen,
}

/// What values occurred against the letter of the field's definition.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub negative: bool,
    pub fraction: bool,
    pub above_max: bool,
    pub many: bool,
}

impl Field {
    /// Understands one field. Anything may be missing or of another type.
    pub fn read(mut source: Map<String, Value>, index: usize, known_tables: &HashSet<i64>, longest: usize) -> Self {
        let id = text::id_of(source.get("id"));
        let type_name = text::text_of(&source, "type").unwrap_or("unknown").to_owned();
        let fallback = format!("Field {}", index + 1);
        let label = text::clean_name(text::text_of(&source, "name"), &fallback, longest);
        let (choices, all_read) = read_choices(source.get("select_options"));
        let kind = kind_of(&type_name, &source, &choices, known_tables);
        let default = default_of(&kind, &source, &choices);
        let help = text::text_of(&source, "description").map(str::to_owned);
        let primary = source.get("primary").and_then(Value::as_bool).unwrap_or(false);
        let order = text::order(source.get("order"));
        // What has just been mapped need not be said twice; the rest stays as it was.
        for mapped in ["id", "name", "order", "primary", "description"] {
            source.remove(mapped);
        }
        if all_read {
            source.remove("select_options");
        }
        source.retain(|_, value| !text::is_empty(value));
        let key = id.map_or_else(|| format!("field_x{index}"), |id| format!("field_{id}"));
        Self {
            key,
            id,
            type_name,
            label,
            kind,
            primary,
            order,
            choices,
            source,
            default,
            help,
            seen: Seen::default(),
        }
    }

    /// Bytes that it takes of the form's definition.
    pub fn size(&self) -> usize {
        let target = "x".repeat(32);
        self.schema().to_string().len() + self.ui(Some(&target)).to_string().len() + 4 * self.key.len() + 16
    }

    /// Whether people may type into it.
    pub fn is_read_only(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Uuid
                | FieldKind::Autonumber
                | FieldKind::RowDate { .. }
                | FieldKind::RowPerson { .. }
                | FieldKind::Computed
                | FieldKind::Secret
                | FieldKind::Foreign
        ) || self.source.get("read_only").and_then(Value::as_bool).unwrap_or(false)
    }

    /// The JSON Schema of its values.
    pub fn schema(&self) -> Value {
        let mut schema = match &self.kind {
            FieldKind::Number { decimals, .. } => {
                let kind = if *decimals || self.seen.fraction {
                    "number"
                } else {
                    "integer"
                };
                let bounded = self.source.get("number_negative") == Some(&Value::Bool(false)) && !self.seen.negative;
                if bounded {
                    json!({"type": kind, "minimum": 0})
                } else {
                    json!({"type": kind})
                }
            }
            FieldKind::Rating { max } if !self.seen.above_max => {
                json!({"type": "integer", "minimum": 0, "maximum": max})
            }
            FieldKind::Rating { .. } => json!({"type": "integer", "minimum": 0}),
            FieldKind::Autonumber => json!({"type": "integer"}),
            FieldKind::Duration => json!({"type": "number"}),
            FieldKind::Boolean => json!({"type": "boolean"}),
            FieldKind::Date => json!({"type": "string", "format": "date"}),
            FieldKind::DateTime | FieldKind::RowDate { .. } => json!({"type": "string", "format": "date-time"}),
            FieldKind::Email => json!({"type": "string", "format": "email"}),
            FieldKind::Uuid => json!({"type": "string", "format": "uuid"}),
            FieldKind::Select if !self.choices.is_empty() => json!({"type": "string", "enum": self.distinct_choices()}),
            FieldKind::MultiSelect if !self.choices.is_empty() => {
                let items = json!({"type": "string", "enum": self.distinct_choices()});
                json!({"type": "array", "items": items, "uniqueItems": true})
            }
            FieldKind::MultiSelect => json!({"type": "array", "items": {"type": "string"}}),
            FieldKind::Link { many, .. } => link_schema(*many || self.seen.many),
            FieldKind::File => file_schema(),
            FieldKind::Text
            | FieldKind::LongText { .. }
            | FieldKind::Select
            | FieldKind::Url
            | FieldKind::Phone
            | FieldKind::RowPerson { .. }
            | FieldKind::Computed
            | FieldKind::Secret
            | FieldKind::Foreign => json!({"type": "string"}),
        };
        schema["title"] = json!(self.label);
        if self.is_read_only() {
            schema["readOnly"] = json!(true);
        }
        if let Some(default) = &self.default {
            schema["default"] = default.clone();
        }
        schema
    }

    /// How to show it. `target` is the page that a link points to.
    pub fn ui(&self, target: Option<&str>) -> Value {
        let mut ui = json!({"widget": self.widget(), "label": self.label});
        if self.is_read_only() {
            ui["readOnly"] = json!(true);
        }
        if let Some(help) = &self.help {
            ui["help"] = json!(help);
        }
        match &self.kind {
            FieldKind::LongText { rich: true } => ui["richText"] = json!(true),
            FieldKind::Rating { max } => ui["max"] = json!(max),
            FieldKind::Duration if self.shows_seconds() => ui["format"] = json!(DURATION_WITH_SECONDS),
            FieldKind::Number { unit, .. } if !unit.is_empty() => ui["unit"] = json!(unit),
            FieldKind::Link { .. } => ui["target"] = json!(target),
            _ => {}
        }
        if !self.choices.is_empty() {
            ui["options"] = self
                .choices
                .iter()
                .map(|choice| {
                    let mut option = json!({"value": choice.value, "source": {"id": choice.id}});
                    if let Some(color) = &choice.color {
                        option["color"] = json!(color);
                    }
                    option
                })
                .collect();
        }
        ui["source"] = Value::Object(self.source.clone());
        ui
    }

    /// Whether durations are written with their seconds there: `h:mm:ss`, `d h:mm:ss`.
    fn shows_seconds(&self) -> bool {
        text::text_of(&self.source, "duration_format").is_some_and(|format| format.contains("ss"))
    }

    /// The text of a choice.
    pub fn choice(&self, id: i64) -> Option<&str> {
        self.choices
            .iter()
            .find(|choice| choice.id == id)
            .map(|choice| choice.value.as_str())
    }

    fn distinct_choices(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.choices
            .iter()
            .map(|choice| choice.value.as_str())
            .filter(|value| seen.insert(*value))
            .collect()
    }

    const fn widget(&self) -> &'static str {
        match self.kind {
            FieldKind::Text => "text",
            FieldKind::LongText { .. } => "longText",
            FieldKind::Number { .. } => "number",
            FieldKind::Rating { .. } => "rating",
            FieldKind::Boolean => "boolean",
            FieldKind::Date => "date",
            FieldKind::DateTime | FieldKind::RowDate { .. } => "dateTime",
            FieldKind::Duration => "duration",
            FieldKind::Select => "singleSelect",
            FieldKind::MultiSelect => "multiSelect",
            FieldKind::Link { .. } => "link",
            FieldKind::File => "file",
            FieldKind::Email => "email",
            FieldKind::Url => "url",
            FieldKind::Phone => "phone",
            FieldKind::Computed => "computed",
            FieldKind::Uuid
            | FieldKind::Autonumber
            | FieldKind::RowPerson { .. }
            | FieldKind::Secret
            | FieldKind::Foreign => "readOnly",
        }
    }
}

fn kind_of(type_name: &str, source: &Map<String, Value>, choices: &[Choice], known_tables: &HashSet<i64>) -> FieldKind {
    let flag = |name: &str| source.get(name).and_then(Value::as_bool).unwrap_or(false);
    match type_name {
        "text" => FieldKind::Text,
        "long_text" => FieldKind::LongText {
            rich: flag("long_text_enable_rich_text"),
        },
        "number" => FieldKind::Number {
            decimals: has_decimals(source),
            unit: unit_of(source),
        },
        "rating" => FieldKind::Rating {
            max: source.get("max_value").and_then(Value::as_u64).unwrap_or(5).max(1),
        },
        "boolean" => FieldKind::Boolean,
        "date" if flag("date_include_time") => FieldKind::DateTime,
        "date" => FieldKind::Date,
        "duration" => FieldKind::Duration,
        "single_select" => FieldKind::Select,
        "multiple_select" => FieldKind::MultiSelect,
        "link_row" => match text::id_of(source.get("link_row_table_id")) {
            Some(table) if known_tables.contains(&table) => {
                let many = source
                    .get("link_row_multiple_relationships")
                    .and_then(Value::as_bool)
                    .unwrap_or(true);
                FieldKind::Link { table, many }
            }
            _ => FieldKind::Foreign,
        },
        "file" => FieldKind::File,
        "email" => FieldKind::Email,
        "url" => FieldKind::Url,
        "phone_number" => FieldKind::Phone,
        "uuid" => FieldKind::Uuid,
        "autonumber" => FieldKind::Autonumber,
        "created_on" => FieldKind::RowDate { member: "created_on" },
        "last_modified" => FieldKind::RowDate { member: "updated_on" },
        "created_by" => FieldKind::RowPerson { member: "created_by" },
        "last_modified_by" => FieldKind::RowPerson {
            member: "last_modified_by",
        },
        name if is_computed(name) => FieldKind::Computed,
        "password" => FieldKind::Secret,
        // What a model wrote is data like any other; only the writing itself has no counterpart.
        "ai" if !choices.is_empty() => FieldKind::Select,
        "ai" => FieldKind::LongText { rich: false },
        _ => FieldKind::Foreign,
    }
}

/// Whether the other system calculates such a field, so that an export holds no value of it.
pub(super) fn is_computed(type_name: &str) -> bool {
    matches!(type_name, "formula" | "lookup" | "rollup" | "count")
}

/// Older exports say `number_type`, newer ones count the decimal places.
fn has_decimals(source: &Map<String, Value>) -> bool {
    match text::text_of(source, "number_type") {
        Some("INTEGER") => false,
        Some(_) => true,
        None => source.get("number_decimal_places").and_then(Value::as_u64).unwrap_or(0) > 0,
    }
}

fn unit_of(source: &Map<String, Value>) -> String {
    let part = |name| text::text_of(source, name).unwrap_or("").trim();
    format!("{} {}", part("number_prefix"), part("number_suffix"))
        .trim()
        .to_owned()
}

/// The options of a select field in their order, and whether there is nothing else in the list.
fn read_choices(options: Option<&Value>) -> (Vec<Choice>, bool) {
    let mut choices: Vec<(f64, Choice)> = options
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|option| {
            let color = option.get("color").and_then(Value::as_str).map(str::to_owned);
            let value = option.get("value").and_then(Value::as_str)?.to_owned();
            let id = text::id_of(option.get("id"))?;
            Some((text::order(option.get("order")), Choice { id, value, color }))
        })
        .collect();
    let listed = match options {
        Some(Value::Array(items)) => Some(items.len()),
        Some(Value::Null) | None => Some(0),
        Some(_) => None,
    };
    let all_read = listed == Some(choices.len());
    choices.sort_by(|a, b| a.0.total_cmp(&b.0));
    (choices.into_iter().map(|(_, choice)| choice).collect(), all_read)
}

fn default_of(kind: &FieldKind, source: &Map<String, Value>, choices: &[Choice]) -> Option<Value> {
    let choice = |id: i64| {
        choices
            .iter()
            .find(|choice| choice.id == id)
            .map(|choice| json!(choice.value))
    };
    match kind {
        FieldKind::Text => text::text_of(source, "text_default").map(|text| json!(text)),
        FieldKind::Boolean => source
            .get("boolean_default")
            .and_then(Value::as_bool)
            .filter(|on| *on)
            .map(Value::Bool),
        FieldKind::Number { decimals, .. } => {
            let number = super::cell::number(source.get("number_default")?)?;
            (*decimals || number.is_i64() || number.is_u64()).then_some(Value::Number(number))
        }
        FieldKind::Select => text::id_of(source.get("single_select_default")).and_then(choice),
        FieldKind::MultiSelect => {
            let ids = source.get("multiple_select_default").and_then(Value::as_array)?;
            let values: Vec<Value> = ids.iter().filter_map(|id| choice(text::id_of(Some(id))?)).collect();
            (!values.is_empty()).then_some(Value::Array(values))
        }
        _ => None,
    }
}

fn link_schema(many: bool) -> Value {
    let item = json!({
        "type": "object",
        "properties": {
            "position": {"type": "integer", "minimum": 0},
            "record": {"type": "string"},
            "title": {"type": "string"}
        }
    });
    if many {
        json!({"type": "array", "items": item})
    } else {
        json!({"type": "array", "items": item, "maxItems": 1})
    }
}

fn file_schema() -> Value {
    let item = json!({
        "type": "object",
        "properties": {"name": {"type": "string"}, "title": {"type": "string"}},
        "required": ["name"]
    });
    json!({"type": "array", "items": item})
}

//! What is filled in for one field: the signals of its control, the value with which it began, and the way between both and
//! the record's JSON.

use appshelf_rules::value::{duration_text, label};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    components::check_list::Tick,
    format,
    forms::record::{Field, FlawKind, Widget, plain_text},
    i18n::texts::customer,
};

/// A field with what is filled in; one of the signals is in use, by its widget. Copies share them.
#[derive(Clone)]
pub struct Entry {
    pub field: Field,
    pub text: RwSignal<String>,
    pub tick: RwSignal<bool>,
    pub ticks: RwSignal<Vec<Tick>>,
    /// Files on their way.
    pub uploads: RwSignal<u32>,
    /// The value of the record, and what the control made of it: equal ones were not touched.
    base: StoredValue<(Option<Value>, Option<Value>)>,
}

impl Entry {
    pub fn new(field: Field) -> Self {
        Self {
            field,
            text: RwSignal::new(String::new()),
            tick: RwSignal::new(false),
            ticks: RwSignal::new(Vec::new()),
            uploads: RwSignal::new(0),
            base: StoredValue::new((None, None)),
        }
    }

    /// Begins with the value of a record, or with nothing.
    pub fn begin(&self, value: Option<&Value>) {
        self.base.set_value((value.cloned(), None));
        self.put(value);
        let shown = self.filled().unwrap_or_default();
        self.base.update_value(|base| base.1 = shown);
    }

    /// Puts a value into the control.
    pub fn put(&self, value: Option<&Value>) {
        let value = value.filter(|value| !value.is_null());
        match self.field.widget {
            Widget::Boolean => self.tick.set(value == Some(&Value::Bool(true))),
            Widget::Many | Widget::Link | Widget::File => {
                let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                self.ticks
                    .set(items.iter().map(|item| tick_of(&self.field, item)).collect());
            }
            Widget::Single => self.text.set(value.map(Value::to_string).unwrap_or_default()),
            Widget::Instant => self.text.set(value.map(local_time).unwrap_or_default()),
            Widget::Duration => {
                let shown = value.map(|value| duration_text(&self.field, value));
                self.text.set(shown.unwrap_or_default());
            }
            _ => self.text.set(value.map(plain_text).unwrap_or_default()),
        }
    }

    /// The field's value for the server, nothing where it is empty; a value that nobody touched as it was.
    pub fn read(&self) -> Result<Option<Value>, FlawKind> {
        let filled = self.filled()?;
        Ok(self
            .base
            .with_value(|(raw, shown)| if filled == *shown { raw.clone() } else { filled }))
    }

    /// What a draft keeps of it: nothing where it was not touched, null where it was emptied, else the value, or the text
    /// that is none yet.
    pub fn draft(&self) -> Option<Value> {
        let filled = self.filled();
        if self.base.with_value(|(_, shown)| filled.as_ref() == Ok(shown)) {
            return None;
        }
        Some(match filled {
            Ok(value) => value.unwrap_or(Value::Null),
            Err(_) => Value::String(self.text.get_untracked()),
        })
    }

    pub fn is_touched(&self) -> bool {
        self.draft().is_some()
    }

    /// Takes over what somebody else saved meanwhile. True where both changed the field: then what was typed stays.
    pub fn rebase(&self, theirs: Option<&Value>) -> bool {
        let same = self.base.with_value(|(raw, _)| raw.as_ref() == theirs);
        if same {
            return false;
        }
        if !self.is_touched() {
            self.begin(theirs);
            return false;
        }
        let mine = self.filled();
        // Their value becomes the one to compare with, without being shown.
        let kept = (
            self.text.get_untracked(),
            self.tick.get_untracked(),
            self.ticks.get_untracked(),
        );
        self.begin(theirs);
        let agrees = self.filled() == mine;
        self.text.set(kept.0);
        self.tick.set(kept.1);
        self.ticks.set(kept.2);
        !agrees
    }

    /// The value of the record with which it is compared.
    pub fn base(&self) -> Option<Value> {
        self.base.with_value(|(raw, _)| raw.clone())
    }

    /// Follows whatever is filled in.
    pub fn track(&self) {
        self.text.track();
        self.tick.track();
        self.ticks.track();
    }

    fn filled(&self) -> Result<Option<Value>, FlawKind> {
        let text = self.text.get_untracked();
        Ok(match self.field.widget {
            Widget::Locked => None,
            // An untouched tick says nothing; the form or the record may still want a yes or no.
            Widget::Boolean => {
                let on = self.tick.get_untracked();
                let said = on || self.field.required || self.base.with_value(|(raw, _)| raw.is_some());
                said.then_some(Value::Bool(on))
            }
            Widget::Many | Widget::Link | Widget::File => {
                let is_link = self.field.widget == Widget::Link;
                let values: Vec<Value> = self
                    .ticks
                    .with_untracked(|ticks| ticks.iter().map(|tick| value_of(tick, is_link)).collect());
                (!values.is_empty()).then_some(Value::Array(values))
            }
            Widget::Single => serde_json::from_str(&text).ok(),
            Widget::Instant if text.is_empty() => None,
            Widget::Instant => Some(Value::String(format::zoned(&text))),
            _ => appshelf_rules::value::parse(&self.field, &text)?,
        })
    }
}

/// An item of a list as something that can be ticked: its value is JSON, so that it comes back as it was.
fn tick_of(field: &Field, item: &Value) -> Tick {
    let label = match field.widget {
        Widget::Many => label(field, item),
        Widget::Link => link_label(item),
        _ => file_label(item),
    };
    let value = match (field.widget, item.get("record")) {
        (Widget::Link, Some(record)) => json!({ "record": record }).to_string(),
        _ => item.to_string(),
    };
    Tick { value, label }
}

fn value_of(tick: &Tick, is_link: bool) -> Value {
    let mut value: Value = serde_json::from_str(&tick.value).unwrap_or_default();
    if is_link && value.get("record").is_some() {
        value["title"] = Value::String(tick.label.clone());
    }
    value
}

/// How a linked record is called: by its title, or as one that the person may not see.
pub fn link_label(item: &Value) -> String {
    match item.get("title").and_then(Value::as_str) {
        Some(title) if !title.is_empty() => title.to_owned(),
        _ => customer::HIDDEN_RECORD.get().to_owned(),
    }
}

/// How a file is called.
pub fn file_label(item: &Value) -> String {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
    let title = if item.get("file").is_some() { "" } else { text("title") };
    if title.is_empty() { text("name") } else { title }.to_owned()
}

fn local_time(value: &Value) -> String {
    format::local_of(&plain_text(value))
}

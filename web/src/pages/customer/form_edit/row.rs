//! One field while it is edited: the signals of its controls, and the way between them and the draft of a definition.

use std::cell::Cell;

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    forms::{
        FieldError,
        definition::{self, FieldDraft, Limits, OptionDraft},
    },
    i18n::{Key, Text, texts::pages},
};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// One of the values to choose from. Copies share what is typed; the number tells one from another.
#[derive(Clone, PartialEq)]
pub struct OptionRow {
    pub number: u32,
    value: Option<Value>,
    pub label: RwSignal<String>,
}

impl OptionRow {
    pub fn new(option: OptionDraft) -> Self {
        let number = NEXT.get();
        NEXT.set(number + 1);
        Self {
            number,
            value: option.value,
            label: RwSignal::new(option.label),
        }
    }
}

/// A field with what is typed. Copies share it.
#[derive(Clone, PartialEq)]
pub struct FieldRow {
    pub key: String,
    pub is_new: bool,
    pub locked: bool,
    /// Its values are chosen from a list of its own.
    pub lists: bool,
    pub kind: RwSignal<String>,
    pub label: RwSignal<String>,
    pub help: RwSignal<String>,
    pub placeholder: RwSignal<String>,
    pub unit: RwSignal<String>,
    pub group: RwSignal<String>,
    pub least: RwSignal<String>,
    pub most: RwSignal<String>,
    pub pattern: RwSignal<String>,
    /// Records are called by it.
    pub names: RwSignal<bool>,
    pub required: RwSignal<bool>,
    pub target: RwSignal<String>,
    pub options: RwSignal<Vec<OptionRow>>,
}

impl FieldRow {
    pub fn of(field: FieldDraft) -> Self {
        Self {
            key: field.key,
            is_new: field.is_new,
            locked: field.locked,
            lists: field.is_new || !field.options.is_empty(),
            kind: RwSignal::new(field.kind),
            label: RwSignal::new(field.label),
            help: RwSignal::new(field.help),
            placeholder: RwSignal::new(field.placeholder),
            unit: RwSignal::new(field.unit),
            group: RwSignal::new(field.group),
            least: RwSignal::new(field.limits.least),
            most: RwSignal::new(field.limits.most),
            pattern: RwSignal::new(field.limits.pattern),
            names: RwSignal::new(field.names_records),
            required: RwSignal::new(field.required),
            target: RwSignal::new(field.target),
            options: RwSignal::new(field.options.into_iter().map(OptionRow::new).collect()),
        }
    }

    /// What is typed now; views and effects that ask follow every part of it.
    pub fn draft(&self) -> FieldDraft {
        let options = self.options.get().into_iter().map(|option| OptionDraft {
            label: option.label.get().trim().to_owned(),
            value: option.value,
        });
        let typed = |text: RwSignal<String>| text.with(|text| text.trim().to_owned());
        FieldDraft {
            key: self.key.clone(),
            kind: self.kind.get(),
            label: typed(self.label),
            help: typed(self.help),
            placeholder: typed(self.placeholder),
            unit: typed(self.unit),
            group: typed(self.group),
            limits: Limits {
                least: typed(self.least),
                most: typed(self.most),
                pattern: typed(self.pattern),
            },
            names_records: self.names.get(),
            required: self.required.get(),
            locked: self.locked,
            options: options.collect(),
            target: self.target.get(),
            is_new: self.is_new,
        }
    }

    /// What people call it.
    pub fn name(&self) -> Text {
        let label = self.label;
        Text::from(move || {
            let label = label.get();
            match label.trim() {
                "" => pages::UNTITLED_FIELD.get().to_owned(),
                label => label.to_owned(),
            }
        })
    }
}

/// What keeps a field from being saved, as a person fixes it.
pub fn flaw(row: &FieldRow) -> Option<FieldError> {
    let found = untrack(|| wrong(&row.draft(), row.lists));
    found.map(|message| FieldError {
        name: row.key.clone(),
        message,
    })
}

fn wrong(field: &FieldDraft, lists: bool) -> Option<Text> {
    if field.label.is_empty() {
        return Some(pages::FIELD_NAMELESS.into());
    }
    if field.kind == "link" && field.target.is_empty() {
        return Some(pages::FIELD_NO_TARGET.into());
    }
    if let Some(wrong) = wrong_limits(field) {
        return Some(wrong.into());
    }
    if !field.offers() || !lists {
        return None;
    }
    if field.options.is_empty() {
        return Some(pages::FIELD_NO_OPTIONS.into());
    }
    if field.options.iter().any(|option| option.label.is_empty()) {
        return Some(pages::FIELD_OPTION_EMPTY.into());
    }
    let mut labels: Vec<&str> = field.options.iter().map(|option| option.label.as_str()).collect();
    labels.sort_unstable();
    let twice = labels.windows(2).find(|pair| pair[0] == pair[1])?[0].to_owned();
    Some(Text::from(move || pages::field_option_twice(&twice)))
}

/// What is wrong with the least and the most: numbers, whole where they count letters, and in their order.
fn wrong_limits(field: &FieldDraft) -> Option<Key> {
    let [_, most] = definition::bounds(&field.kind)?;
    let whole = most == "maxLength";
    let ends = [&field.limits.least, &field.limits.most].map(|typed| {
        let read = definition::number(typed);
        let fits = read.as_ref().is_none_or(|number| !whole || number.is_u64());
        (typed.is_empty() || (read.is_some() && fits), read)
    });
    if ends.iter().any(|(fits, _)| !fits) {
        return Some(if whole {
            pages::LIMIT_NOT_WHOLE
        } else {
            pages::LIMIT_NOT_A_NUMBER
        });
    }
    let number = |place: usize| ends[place].1.as_ref().and_then(Value::as_f64);
    match (number(0), number(1)) {
        (Some(least), Some(most)) if least > most => Some(pages::LIMITS_CROSSED),
        _ => None,
    }
}

/// What a type is called.
pub fn type_words(kind: &str) -> Key {
    match kind {
        "longText" => pages::TYPE_LONG_TEXT,
        "number" => pages::TYPE_NUMBER,
        "singleSelect" => pages::TYPE_SINGLE,
        "multiSelect" => pages::TYPE_MANY,
        "date" => pages::TYPE_DATE,
        "dateTime" => pages::TYPE_DATE_TIME,
        "boolean" => pages::TYPE_BOOLEAN,
        "rating" => pages::TYPE_RATING,
        "link" => pages::TYPE_LINK,
        "file" => pages::TYPE_FILE,
        "email" => pages::TYPE_EMAIL,
        "phone" => pages::TYPE_PHONE,
        "url" => pages::TYPE_URL,
        "duration" => pages::TYPE_DURATION,
        "member" => pages::TYPE_MEMBER,
        "department" => pages::TYPE_DEPARTMENT,
        "computed" | "readOnly" => pages::TYPE_LOCKED,
        _ => pages::TYPE_TEXT,
    }
}

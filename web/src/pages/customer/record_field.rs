//! One field of a record to fill in, as its widget asks. Fields of the form are data, so their names are interned.

use std::{cell::RefCell, collections::HashSet};

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    api::record::{self, AppFrame, PageVariables},
    components::{
        check_list::{Tick, check_list, chosen_labels, quiet_search},
        field::{Checkbox, Field as Labelled, Kind, RadioGroup, Select, TextArea, TextInput, choice},
        layout::{Stack, muted, subheading},
        skeleton::Skeleton,
    },
    forms::{
        Errors,
        record::{Field, Filled, Form, Widget},
    },
    i18n::{Text, texts::customer},
    load::{load, show},
};

/// A field with what is filled in; one of the three signals is in use, by its widget.
#[derive(Clone)]
pub struct Bound {
    pub field: Field,
    text: RwSignal<String>,
    tick: RwSignal<bool>,
    values: RwSignal<Vec<Tick>>,
}

impl Bound {
    pub fn new(field: Field) -> Self {
        Self {
            field,
            text: RwSignal::new(String::new()),
            tick: RwSignal::new(false),
            values: RwSignal::new(Vec::new()),
        }
    }

    pub fn clear(&self) {
        let _ = self.text.try_set(String::new());
        let _ = self.tick.try_set(false);
        let _ = self.values.try_set(Vec::new());
    }

    pub fn filled(&self) -> Filled {
        match self.field.widget {
            Widget::Boolean => Filled::Tick(self.tick.get_untracked()),
            Widget::Many => Filled::Values(self.ticks(|tick| serde_json::from_str(&tick.value).unwrap_or_default())),
            Widget::Link => Filled::Values(self.ticks(|tick| json!({"record": tick.value, "title": tick.label}))),
            Widget::File => {
                let text = self.text.get_untracked();
                let names = text.lines().map(str::trim).filter(|name| !name.is_empty());
                Filled::Values(names.map(|name| json!({"name": name})).collect())
            }
            _ => Filled::Text(self.text.get_untracked()),
        }
    }

    fn ticks(&self, read: impl Fn(&Tick) -> Value) -> Vec<Value> {
        self.values.with_untracked(|ticks| ticks.iter().map(read).collect())
    }
}

thread_local! {
    static NAMES: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
}

/// A field's key for as long as the application runs. Bounded by the forms that somebody opens.
pub fn interned(key: &str) -> &'static str {
    NAMES.with_borrow_mut(|names| {
        if let Some(known) = names.get(key).copied() {
            return known;
        }
        let kept: &'static str = Box::leak(key.to_owned().into_boxed_str());
        names.insert(kept);
        kept
    })
}

pub fn field_view(name: &'static str, bound: Bound, errors: Errors, app: StoredValue<AppFrame>) -> AnyView {
    let Bound {
        field,
        text,
        tick,
        values,
    } = bound;
    let label = labelled(&field);
    let help = (!field.help.is_empty()).then(|| Text::from(field.help.clone()));
    let required = field.required;
    match field.widget {
        Widget::Long => {
            let hint = help.unwrap_or_default();
            view! { <TextArea name=name label=label value=text errors=errors hint=hint required=required /> }.into_any()
        }
        Widget::Boolean => {
            let hint = help.unwrap_or_default();
            view! { <Checkbox name=name value=tick errors=errors hint=hint>{label}</Checkbox> }.into_any()
        }
        Widget::Rating => {
            let choices = (1..=field.best()).map(|mark| choice(mark.to_string(), mark.to_string())).collect();
            let hint = help.unwrap_or_else(|| best_hint(field.best()));
            view! { <RadioGroup name=name label=label value=text errors=errors choices=choices hint=hint required=required /> }.into_any()
        }
        Widget::Single => {
            let choices = field.choices.iter().map(|one| choice(one.value.to_string(), one.label.clone())).collect();
            let hint = help.unwrap_or_default();
            view! { <Select name=name label=label value=text errors=errors choices=choices hint=hint required=required /> }.into_any()
        }
        Widget::Many => {
            let ticks = field
                .choices
                .iter()
                .map(|one| Tick {
                    value: one.value.to_string(),
                    label: one.label.clone(),
                })
                .collect();
            let list = check_list(field.label.clone(), ticks, values);
            view! { <Labelled name=name label=label errors=errors hint=help required=required group=true>{list}</Labelled> }.into_any()
        }
        Widget::Link => {
            let picker = link_picker(&field, values, app);
            view! { <Labelled name=name label=label errors=errors hint=help required=required group=true>{picker}</Labelled> }.into_any()
        }
        Widget::File => view! {
            <TextArea name=name label=label value=text errors=errors hint=customer::FILE_HINT required=required rows=2 />
        }
        .into_any(),
        Widget::Locked => {
            let words = help.unwrap_or_else(|| customer::FILLED_BY_APP.into());
            view! { <div>{subheading(field.label)}{muted(words)}</div> }.into_any()
        }
        _ => {
            let hint = help.unwrap_or_default();
            let limit = field.max_length.filter(|most| *most < 10_000).unwrap_or(10_000);
            let placeholder = field.placeholder.clone();
            view! { <TextInput name=name label=label value=text errors=errors kind=kind(field.widget) hint=hint placeholder=placeholder required=required limit=limit /> }.into_any()
        }
    }
}

fn best_hint(best: u32) -> Text {
    Text::from(move || customer::best_is(&best))
}

/// The label with the unit in which one fills in.
fn labelled(field: &Field) -> Text {
    let (label, unit) = (field.label.clone(), field.unit.clone());
    let seconds = field.widget == Widget::Duration && unit.is_empty();
    Text::from(move || match (seconds, unit.is_empty()) {
        (true, _) => customer::in_brackets(&label, &customer::SECONDS.get()),
        (false, true) => label.clone(),
        (false, false) => customer::in_brackets(&label, &unit),
    })
}

fn kind(widget: Widget) -> Kind {
    match widget {
        Widget::Email => Kind::Email,
        Widget::Url => Kind::Url,
        Widget::Phone => Kind::Phone,
        Widget::Number | Widget::Duration => Kind::Number,
        Widget::Day => Kind::Day,
        Widget::Instant => Kind::Instant,
        _ => Kind::Line,
    }
}

/// Records of the form that a link points to, found by typing.
fn link_picker(field: &Field, values: RwSignal<Vec<Tick>>, app: StoredValue<AppFrame>) -> AnyView {
    let target = field.target.clone();
    let known = app.with_value(|app| app.pages.iter().any(|page| page.key == target));
    if !known {
        return muted(customer::LINK_TARGET_MISSING);
    }
    let typed = RwSignal::new(String::new());
    let id = app.with_value(|app| app.id.clone());
    let found = load(move || {
        record::open_page(PageVariables {
            id: id.clone(),
            key: target.clone(),
            first: Some(20),
            after: None,
            search: Some(typed.get()).filter(|words| !words.trim().is_empty()),
        })
    });
    view! {
        <Stack tight=true>
            {chosen_labels(values)}
            {quiet_search(customer::SEARCH_RECORDS, typed)}
            {show(found, Skeleton::Lines, move |page| {
                let Some(page) = page else { return muted(customer::LINK_TARGET_MISSING) };
                let form = Form::read(&page.definition.0);
                let ticks: Vec<Tick> = page
                    .records
                    .nodes
                    .into_iter()
                    .map(|record| Tick { label: form.title_of(&record.data.0), value: record.id.into_inner() })
                    .collect();
                if ticks.is_empty() {
                    return muted(customer::NO_RECORDS);
                }
                check_list(customer::RECORD, ticks, values)
            })}
        </Stack>
    }
    .into_any()
}

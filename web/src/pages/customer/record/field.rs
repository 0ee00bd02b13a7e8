//! One field of a record to fill in, as its widget asks. Fields of the form are data, so their names are interned.

use leptos::prelude::*;

use super::{entry::Entry, files, link, value};
use crate::{
    api::record::AppFrame,
    components::{
        check_list::{Tick, check_list},
        field::{Checkbox, Field as Labelled, Kind, Select, TextArea, TextInput, choice},
        layout::{labelled_value, muted},
        rating::rating_input,
    },
    forms::{
        Errors, interned,
        record::{Field, Widget, flaw_text},
    },
    i18n::{Text, texts::customer},
};

/// Where a field stands.
#[derive(Clone, Copy)]
pub struct Around {
    pub app: StoredValue<AppFrame>,
    /// The page of the form.
    pub page: StoredValue<String>,
    pub errors: Errors,
}

pub fn field_view(entry: Entry, around: Around) -> AnyView {
    let Entry {
        field,
        text,
        tick,
        ticks,
        ..
    } = entry.clone();
    let errors = around.errors;
    let name = interned(&field.key);
    let label = labelled(&field);
    let help = (!field.help.is_empty()).then(|| Text::from(field.help.clone()));
    let required = field.required;
    match field.widget {
        Widget::Long => {
            let marks = || field.rich.then(|| customer::RICH_TEXT_HINT.into());
            let hint = help.or_else(marks).unwrap_or_default();
            let limit = field.max_length.filter(|most| *most <= 10_000);
            let placeholder = field.placeholder.clone();
            match limit {
                Some(limit) => view! { <TextArea name=name label=label value=text errors=errors hint=hint placeholder=placeholder required=required limit=limit /> }.into_any(),
                None => view! { <TextArea name=name label=label value=text errors=errors hint=hint placeholder=placeholder required=required /> }.into_any(),
            }
        }
        Widget::Boolean => {
            let hint = help.unwrap_or_default();
            view! { <Checkbox name=name value=tick errors=errors hint=hint>{label}</Checkbox> }.into_any()
        }
        Widget::Rating => {
            let input = rating_input(name, text, field.best(), errors, required);
            view! { <Labelled name=name label=label errors=errors hint=help required=required group=true>{input}</Labelled> }.into_any()
        }
        Widget::Single => {
            let hint = help.unwrap_or_default();
            let mut choices: Vec<_> = field
                .choices
                .iter()
                .map(|one| choice(one.value.to_string(), one.label.clone()))
                .collect();
            // What the record holds can be kept even where the form no longer offers it.
            if let Some(held) = entry
                .base()
                .filter(|held| field.choices.iter().all(|one| one.value != *held))
            {
                choices.push(choice(held.to_string(), value::plain(&held)));
            }
            view! { <Select name=name label=label value=text errors=errors choices=choices hint=hint required=required /> }.into_any()
        }
        Widget::Many => {
            let offered = field.choices.iter().map(|one| Tick {
                value: one.value.to_string(),
                label: one.label.clone(),
            });
            let mut offered: Vec<Tick> = offered.collect();
            for held in ticks.get_untracked() {
                if !offered.contains(&held) {
                    offered.push(held);
                }
            }
            let list = check_list(field.label.clone(), offered, ticks);
            clear_when_changed(ticks, errors, name);
            view! { <Labelled name=name label=label errors=errors hint=help required=required group=true>{list}</Labelled> }.into_any()
        }
        Widget::Link => {
            let picker = link::picker(&field, ticks, around);
            clear_when_changed(ticks, errors, name);
            view! { <Labelled name=name label=label errors=errors hint=help required=required group=true>{picker}</Labelled> }.into_any()
        }
        Widget::File => {
            let hint = help.unwrap_or_else(|| customer::FILE_LIMITS.into());
            let list = files::list(&entry, name, around);
            view! { <Labelled name=name label=label errors=errors hint=Some(hint) required=required>{list}</Labelled> }
                .into_any()
        }
        Widget::Locked => {
            let shown = match entry.base() {
                Some(held) => around.app.with_value(|app| value::value(&field, Some(&held), app)),
                None => muted(help.unwrap_or_else(|| customer::FILLED_BY_APP.into())),
            };
            labelled_value(field.label.clone(), shown)
        }
        _ => line(entry, name, label, help, errors),
    }
}

/// A line of text, which is judged when it is left.
fn line(entry: Entry, name: &'static str, label: Text, help: Option<Text>, errors: Errors) -> AnyView {
    let field = entry.field.clone();
    let hint = help.unwrap_or_default();
    let limit = field.max_length.filter(|most| *most < 10_000).unwrap_or(10_000);
    let placeholder = field.placeholder.clone();
    let text = entry.text;
    let judge = Callback::new(move |()| {
        if let Err(flaw) = entry.read() {
            errors.replace(name, Some(flaw_text(&flaw)));
        }
    });
    view! {
        <TextInput name=name label=label value=text errors=errors kind=kind(field.widget) hint=hint placeholder=placeholder required=field.required limit=limit on_leave=judge />
    }
    .into_any()
}

fn clear_when_changed(ticks: RwSignal<Vec<Tick>>, errors: Errors, name: &'static str) {
    Effect::new(move |earlier: Option<()>| {
        ticks.track();
        if earlier.is_some() {
            errors.clear(name);
        }
    });
}

/// The label with the unit in which one fills in; a duration says how it is written instead.
fn labelled(field: &Field) -> Text {
    let (label, unit) = (field.label.clone(), field.unit.clone());
    let pattern = match (field.widget, field.seconds) {
        (Widget::Duration, true) => Some(customer::DURATION_SECONDS_PATTERN),
        (Widget::Duration, false) => Some(customer::DURATION_PATTERN),
        _ => None,
    };
    Text::from(move || match pattern {
        Some(pattern) => customer::in_brackets(&label, &pattern.get()),
        None if unit.is_empty() => label.clone(),
        None => customer::in_brackets(&label, &unit),
    })
}

fn kind(widget: Widget) -> Kind {
    match widget {
        Widget::Email => Kind::Email,
        Widget::Url => Kind::Url,
        Widget::Phone => Kind::Phone,
        Widget::Number => Kind::Decimal,
        Widget::Day => Kind::Day,
        Widget::Instant => Kind::Instant,
        _ => Kind::Line,
    }
}

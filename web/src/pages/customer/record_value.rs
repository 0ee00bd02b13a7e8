//! The values of a record on the screen, each as its widget reads.

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    api::DateTime,
    components::{
        badge::tag,
        layout::{Row, muted, one_line, outside_link},
        rating::stars,
    },
    format,
    forms::record::{Field, Widget, plain_text},
    i18n::{Text, live, texts::common},
};

/// One value; a dash where there is none.
pub fn value(field: &Field, value: Option<&Value>) -> AnyView {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return muted("—");
    };
    match field.widget {
        Widget::Boolean => {
            let yes = value.as_bool() == Some(true);
            Text::from(if yes { common::YES } else { common::NO }).into_view_any()
        }
        Widget::Rating => stars(value.as_u64().unwrap_or_default() as u32, field.best()),
        Widget::Number | Widget::Duration => with_unit(plain_text(value), &field.unit).into_any(),
        Widget::Day => {
            let day = crate::api::Date(plain_text(value));
            one_line(live(move || format::day(&day)))
        }
        Widget::Instant => {
            let instant = DateTime(plain_text(value));
            one_line(live(move || format::date_time(&instant)))
        }
        Widget::Single => tag(choice_label(field, value)),
        Widget::Many => {
            let badges: Vec<AnyView> = value
                .as_array()
                .into_iter()
                .flatten()
                .map(|value| tag(choice_label(field, value)))
                .collect();
            view! { <Row>{badges}</Row> }.into_any()
        }
        Widget::Url => {
            let url = plain_text(value);
            if url.starts_with("https://") || url.starts_with("http://") {
                outside_link(url.clone(), url)
            } else {
                url.into_any()
            }
        }
        _ => plain_text(value).into_any(),
    }
}

/// A value as a table cell shows it: long texts are cut.
pub fn cell(field: &Field, data: &Value) -> AnyView {
    const LONGEST: usize = 60;
    let found = data.get(&field.key);
    match (field.widget, found) {
        (Widget::Line | Widget::Long | Widget::Link | Widget::File | Widget::Locked, Some(found))
            if !found.is_null() =>
        {
            let text = plain_text(found);
            if text.chars().count() <= LONGEST {
                return text.into_any();
            }
            let cut: String = text.chars().take(LONGEST).collect();
            format!("{cut}…").into_any()
        }
        _ => value(field, found),
    }
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

fn choice_label(field: &Field, value: &Value) -> String {
    field
        .choices
        .iter()
        .find(|choice| choice.value == *value)
        .map_or_else(|| plain_text(value), |choice| choice.label.clone())
}

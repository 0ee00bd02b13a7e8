//! The values of a record on the screen, each as its widget reads.

use appshelf_rules::value::{duration_text, label};
use leptos::prelude::*;
use serde_json::Value;

use super::{
    super::rich_text,
    entry::{file_label, link_label},
};
use crate::{
    api::{DateTime, file::StoredFile, record::AppFrame},
    components::{
        badge::tag,
        file_drop::file_link,
        layout::{Row, Stack, link, mail_link, muted, one_line, outside_link, phone_link},
        rating::stars,
    },
    format,
    forms::record::{Field, Widget, plain_text},
    i18n::{Text, live, texts::common},
    routes::Customer,
};

/// A value as plain text.
pub fn plain(value: &Value) -> String {
    plain_text(value)
}

/// One value; a dash where there is none.
pub fn value(field: &Field, value: Option<&Value>, app: &AppFrame) -> AnyView {
    let Some(value) = value
        .filter(|value| !value.is_null() && **value != "" && value.as_array().is_none_or(|items| !items.is_empty()))
    else {
        return muted("—");
    };
    match field.looks {
        Widget::Boolean => {
            let yes = value.as_bool() == Some(true);
            Text::from(if yes { common::YES } else { common::NO }).into_view_any()
        }
        Widget::Rating => stars(value.as_u64().unwrap_or_default() as u32, field.best()),
        Widget::Number => with_unit(plain_text(value), &field.unit).into_any(),
        Widget::Duration => one_line(duration_text(field, value)),
        Widget::Day => {
            let day = crate::api::Date(plain_text(value));
            one_line(live(move || format::day(&day)))
        }
        Widget::Instant => {
            let instant = DateTime(plain_text(value));
            one_line(live(move || format::date_time(&instant)))
        }
        Widget::Single => tag(label(field, value)),
        Widget::Many => row(items(value).map(|value| tag(label(field, value)))),
        Widget::Link => row(items(value).map(|item| linked(field, item, app))),
        Widget::File => {
            let files: Vec<AnyView> = items(value).map(file).collect();
            view! { <Stack tight=true>{files}</Stack> }.into_any()
        }
        Widget::Url => {
            let url = plain_text(value);
            if appshelf_rules::format::is_url(&url) {
                outside_link(url.clone(), url)
            } else {
                url.into_any()
            }
        }
        Widget::Email => mail_link(plain_text(value)),
        Widget::Phone => phone_link(plain_text(value)),
        _ => plain_text(value).into_any(),
    }
}

/// A value where there is room for all of it: rich text as it was meant.
pub fn full(field: &Field, found: Option<&Value>, app: &AppFrame) -> AnyView {
    match found.and_then(Value::as_str).filter(|text| !text.is_empty()) {
        Some(text) if field.rich && field.looks == Widget::Long => rich_text(text.to_owned()),
        _ => value(field, found, app),
    }
}

/// A value as a table cell shows it: long texts are cut.
pub fn cell(field: &Field, data: &Value, app: &AppFrame) -> AnyView {
    let found = data.get(&field.key);
    match (field.looks, found) {
        (Widget::Line | Widget::Long | Widget::Locked, Some(found)) if !found.is_null() && *found != "" => {
            words(field, found).into_any()
        }
        (Widget::File, Some(found)) => {
            let names: Vec<String> = items(found).map(file_label).collect();
            if names.is_empty() {
                muted("—")
            } else {
                short(&format::list(&names)).into_any()
            }
        }
        _ => value(field, found, app),
    }
}

/// What a line has room for: the beginning of a text, without the marks of a rich one.
pub fn words(field: &Field, value: &Value) -> String {
    let text = match field.looks {
        Widget::Duration => duration_text(field, value),
        Widget::Single => label(field, value),
        Widget::Long if field.rich => plain_text(value)
            .replace("**", "")
            .lines()
            .map(|line| line.trim_matches([' ', '#', '>', '*', '-', '_', '`']))
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        _ => plain_text(value),
    };
    short(&text)
}

/// The beginning of a long text.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{cut}…")
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn row(views: impl Iterator<Item = AnyView>) -> AnyView {
    let views: Vec<AnyView> = views.collect();
    view! { <Row>{views}</Row> }.into_any()
}

/// A linked record leads to its own page; one that is gone or not the person's to see is told in words.
fn linked(field: &Field, item: &Value, app: &AppFrame) -> AnyView {
    let label = link_label(item);
    let record = item.get("record").and_then(Value::as_str);
    let readable = item.get("title").is_some();
    match (record, app.page(&field.target)) {
        (Some(record), Some(page)) if readable => {
            let address = Customer::Record(app.id.inner().to_owned(), page.key.clone(), record.to_owned()).address();
            link(address, short(&label))
        }
        _ => muted(short(&label)),
    }
}

/// A file can be saved where its bytes are here; what came as sample data is only its description.
fn file(item: &Value) -> AnyView {
    let Some(id) = item.get("file").and_then(Value::as_str) else {
        return muted(file_label(item));
    };
    file_link(StoredFile {
        id: cynic::Id::new(id),
        name: file_label(item),
        media_type: String::new(),
        size: item
            .get("size")
            .and_then(Value::as_i64)
            .and_then(|size| size.try_into().ok())
            .unwrap_or_default(),
    })
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

//! Typed text as values and values as text. Words for what is wrong are `check`'s flaws.

use serde_json::{Number, Value, json};

use crate::check::FlawKind;
use crate::form::{Field, Widget};
use crate::{duration, format, rich_text};

/// A value as plain text: what a cell without a widget shows, and what stands for a record.
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(plain_text).filter(|part| !part.is_empty()).collect();
            parts.join(", ")
        }
        // What a link leads to is no word: one that may not be named says nothing.
        Value::Object(members) => ["title", "name"]
            .iter()
            .find_map(|name| members.get(*name)?.as_str())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// A value as words that no language changes: days and times as people write them, the labels of choices, durations in hours
/// and minutes.
pub fn shown_text(field: &Field, value: &Value) -> String {
    match (field.looks, value) {
        (Widget::Boolean, Value::Bool(on)) => if *on { "✓" } else { "✗" }.to_owned(),
        (Widget::Instant, Value::String(text)) => format::readable_instant(text).unwrap_or_else(|| text.clone()),
        (Widget::Duration, Value::Number(_)) => duration_text(field, value),
        (Widget::Long, Value::String(text)) if field.rich => rich_text::plain(text),
        (Widget::Rating, Value::Number(stars)) => format!("{stars}/{}", field.best()),
        (Widget::Single, value) => label(field, value),
        (Widget::Many, Value::Array(items)) => {
            let labels: Vec<String> = items.iter().map(|item| label(field, item)).collect();
            labels.join(", ")
        }
        (_, value) => plain_text(value),
    }
}

/// A duration in hours and minutes; what is no number of seconds as it is.
pub fn duration_text(field: &Field, value: &Value) -> String {
    let shown = value
        .as_f64()
        .and_then(|seconds| duration::text(seconds, field.seconds));
    shown.unwrap_or_else(|| plain_text(value))
}

/// How people call one of the values to choose from.
pub fn label(field: &Field, value: &Value) -> String {
    let choice = field.choices.iter().find(|choice| choice.value == *value);
    choice.map_or_else(|| plain_text(value), |choice| choice.label.clone())
}

/// What a person typed into one field as its value; nothing where it is empty. Choices may be named by their label or their
/// value; links and files are not typed.
pub fn parse(field: &Field, text: &str) -> Result<Option<Value>, FlawKind> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match field.widget {
        Widget::Number | Widget::Rating => number(field, text)?,
        Widget::Duration if field.textual => Value::String(text.to_owned()),
        Widget::Duration => whole_or_not(duration::parse(text, field.seconds)?)?,
        Widget::Boolean => Value::Bool(truth(text).ok_or(FlawKind::WrongType("boolean"))?),
        Widget::Single => choice(field, text).ok_or(FlawKind::NotOffered)?,
        Widget::Many => several(field, text)?,
        Widget::Day => {
            let day = text.replace(['/', '.'], "-");
            let day = padded(&day).unwrap_or(day);
            if !format::is_day(&day) {
                return Err(FlawKind::BadFormat("date"));
            }
            Value::String(day)
        }
        Widget::Link | Widget::File | Widget::Locked => return Err(FlawKind::ReadOnly),
        Widget::Line | Widget::Email | Widget::Url | Widget::Phone | Widget::Long | Widget::Instant => {
            Value::String(text.to_owned())
        }
    };
    Ok(Some(value))
}

fn number(field: &Field, text: &str) -> Result<Value, FlawKind> {
    if field.textual {
        return Ok(Value::String(text.to_owned()));
    }
    let plain = without_thousands(text).ok_or(FlawKind::NotANumber)?;
    // Whole numbers travel as such, others as they were typed.
    if let Ok(whole) = plain.parse::<i64>() {
        return Ok(Value::Number(Number::from(whole)));
    }
    let read: f64 = plain.parse().map_err(|_| FlawKind::NotANumber)?;
    if field.whole && read.fract() != 0.0 {
        return Err(FlawKind::NotWhole);
    }
    whole_or_not(read)
}

/// A number without the commas between its thousands; nothing where a comma stands anywhere else: it may be meant as a
/// decimal point, and is not for us to drop.
fn without_thousands(text: &str) -> Option<String> {
    let is_comma = |c: char| matches!(c, ',' | '，');
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(is_comma);
    let first = groups.next()?.trim_start_matches(['+', '-']).len();
    let mut rest = groups.peekable();
    let one = rest.peek().is_none();
    let thousands = (1..=3).contains(&first) && rest.all(|group| group.len() == 3);
    ((one || thousands) && !fraction.contains(is_comma)).then(|| text.replace(is_comma, ""))
}

/// 3.0 is the whole number 3.
fn whole_or_not(read: f64) -> Result<Value, FlawKind> {
    if read.fract() == 0.0 && read.abs() < 9e15 {
        return Ok(json!(read as i64));
    }
    Number::from_f64(read).map(Value::Number).ok_or(FlawKind::NotANumber)
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "是" | "√" => Some(true),
        "false" | "no" | "n" | "0" | "否" | "×" => Some(false),
        _ => None,
    }
}

/// One of the choices, by its label or its value; any text where the form offers none.
fn choice(field: &Field, text: &str) -> Option<Value> {
    if field.choices.is_empty() {
        return Some(Value::String(text.to_owned()));
    }
    let known = |choice: &&crate::form::Choice| choice.label == text || plain_text(&choice.value) == text;
    field.choices.iter().find(known).map(|choice| choice.value.clone())
}

const SEPARATORS: [char; 6] = [',', '，', '、', ';', '；', '\n'];

/// Several choices of which each may hold a separator itself: what is longest is tried first.
fn several(field: &Field, text: &str) -> Result<Value, FlawKind> {
    let held = |choice: &crate::form::Choice| {
        let count = |text: &str| text.matches(SEPARATORS).count();
        count(&choice.label).max(count(&plain_text(&choice.value)))
    };
    let most = field.choices.iter().map(held).max().unwrap_or_default();
    let mut values: Vec<Value> = Vec::new();
    let mut left = text;
    while !left.is_empty() {
        let mut ends: Vec<usize> = left
            .match_indices(SEPARATORS)
            .map(|(at, _)| at)
            .take(most + 1)
            .collect();
        if ends.len() <= most {
            ends.push(left.len());
        }
        let part = |end: &usize| left[..*end].trim();
        let longest = ends
            .iter()
            .rev()
            .find_map(|end| Some((*end, choice(field, part(end))?)));
        let (end, value) = match longest {
            Some((end, value)) => (end, Some(value)),
            None if part(&ends[0]).is_empty() => (ends[0], None),
            None => return Err(FlawKind::NotOffered),
        };
        values.extend(value.filter(|value| *value != "" && !values.contains(value)));
        left = left[end..].trim_start_matches(SEPARATORS);
    }
    Ok(Value::Array(values))
}

/// 2026-9-1 as 2026-09-01.
fn padded(day: &str) -> Option<String> {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    fn field(schema: Value, ui: Value) -> Field {
        let form = Form::read(&json!({
            "schema": { "properties": { "f": schema } }, "ui": { "fields": { "f": ui } }
        }));
        form.fields.into_iter().next().expect("one field")
    }

    #[test]
    fn text_becomes_what_the_field_takes() {
        let number = field(json!({ "type": "number" }), json!({ "widget": "number" }));
        for (text, value) in [
            ("12", json!(12)),
            ("1,200.50", json!(1200.5)),
            ("-3.0", json!(-3)),
            ("1，234,567", json!(1_234_567)),
            ("-12,000", json!(-12_000)),
            (" 7 ", json!(7)),
        ] {
            assert_eq!(parse(&number, text), Ok(Some(value)), "{text}");
        }
        for text in [
            "seven", "NaN", "1 2", "1,5", "12,34", "1,23,4", "1.234,5", "1，5", "1234,567", ",100", "1,234,",
        ] {
            assert_eq!(parse(&number, text), Err(FlawKind::NotANumber), "{text}");
        }
        let whole = field(json!({ "type": "integer" }), json!({ "widget": "number" }));
        assert_eq!(parse(&whole, "1.5"), Err(FlawKind::NotWhole));
        let day = field(
            json!({ "type": "string", "format": "date" }),
            json!({ "widget": "date" }),
        );
        assert_eq!(parse(&day, "2026/9/1"), Ok(Some(json!("2026-09-01"))));
        assert_eq!(parse(&day, "2026-02-30"), Err(FlawKind::BadFormat("date")));
        let time = field(json!({ "type": "number" }), json!({ "widget": "duration" }));
        assert_eq!(parse(&time, "1:30"), Ok(Some(json!(5400))));
        assert_eq!(parse(&time, "0:00:01.5"), Ok(Some(json!(1.5))));
        assert_eq!(parse(&time, "90"), Err(FlawKind::BadFormat("duration")));
        let tick = field(json!({ "type": "boolean" }), json!({ "widget": "boolean" }));
        assert_eq!(
            (parse(&tick, "是"), parse(&tick, "")),
            (Ok(Some(json!(true))), Ok(None))
        );
    }

    #[test]
    fn d30_a_choice_may_hold_what_separates_choices() {
        let items = json!({ "type": "array", "items": { "enum": ["a;b", "a", "c,d;e", "f"] } });
        let many = field(items, json!({ "widget": "multiSelect" }));
        for (text, values) in [
            ("a;b", json!(["a;b"])),
            ("a;b; c,d;e", json!(["a;b", "c,d;e"])),
            ("a; f; a;b", json!(["a", "f", "a;b"])),
            ("f、a", json!(["f", "a"])),
        ] {
            assert_eq!(parse(&many, text), Ok(Some(values)), "{text}");
        }
        assert_eq!(parse(&many, "a;c"), Err(FlawKind::NotOffered));
        let free = field(json!({ "type": "array" }), json!({ "widget": "multiSelect" }));
        assert_eq!(parse(&free, "x; y;"), Ok(Some(json!(["x", "y"]))));
    }

    #[test]
    fn choices_are_named_by_label_or_value() {
        let ui = json!({ "widget": "multiSelect", "options": [{ "value": "a", "label": "甲" }, { "value": "b" }] });
        let many = field(json!({ "type": "array", "items": { "enum": ["a", "b"] } }), ui);
        assert_eq!(parse(&many, "甲、b，a"), Ok(Some(json!(["a", "b"]))));
        assert_eq!(parse(&many, "c"), Err(FlawKind::NotOffered));
        assert_eq!(parse(&many, ";a;;b;"), Ok(Some(json!(["a", "b"]))));
    }
}

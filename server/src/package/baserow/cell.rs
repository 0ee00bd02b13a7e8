//! How one value of an export's row becomes a value of a record. What cannot be read is counted with an example, so
//! that the report can say so once per field instead of once per row.

use serde_json::{Map, Number, Value, json};

use super::field::{Field, FieldKind};
use super::index::Index;
use super::text;

/// What went wrong with the values of one field.
#[derive(Default)]
pub(super) struct Losses {
    /// Values of another shape than the field's: how many, and the first.
    pub unreadable: (usize, String),
    /// References to rows or choices that are not in the file.
    pub dangling: (usize, String),
    /// Passwords left out.
    pub secrets: usize,
}

/// Reads a value; `None` means that the record has none.
pub(super) fn read(field: &mut Field, value: &Value, index: &Index<'_>, losses: &mut Losses) -> Option<Value> {
    if text::is_empty(value) {
        return None;
    }
    match field.kind {
        FieldKind::Number { .. } => read_number(field, value, losses),
        FieldKind::Rating { max } => {
            let stars = number(value).and_then(|n| n.as_u64());
            field.seen.above_max |= stars.is_some_and(|stars| stars > max);
            stars.map(Value::from).or_else(|| unreadable(value, losses))
        }
        FieldKind::Autonumber => number(value)
            .filter(Number::is_i64)
            .map(Value::Number)
            .or_else(|| unreadable(value, losses)),
        FieldKind::Duration => number(value).map(Value::Number).or_else(|| unreadable(value, losses)),
        FieldKind::Boolean => boolean(value).map(Value::Bool).or_else(|| unreadable(value, losses)),
        FieldKind::Date => Some(date(value).unwrap_or_else(|| as_text(value))),
        FieldKind::DateTime => Some(instant(value).unwrap_or_else(|| as_text(value))),
        FieldKind::Select => read_choice(field, value, losses).map(Value::String),
        FieldKind::MultiSelect => read_choices(field, value, losses),
        FieldKind::Link { table, .. } => read_links(field, table, value, index, losses),
        FieldKind::File => read_files(value, losses),
        FieldKind::Secret => {
            losses.secrets += 1;
            None
        }
        FieldKind::Text
        | FieldKind::LongText { .. }
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Phone
        | FieldKind::Uuid
        | FieldKind::RowDate { .. }
        | FieldKind::RowPerson { .. }
        | FieldKind::Computed
        | FieldKind::Foreign => Some(as_text(value)),
    }
}

/// A number, written as one or as digits in a text, exactly if a record can hold it exactly.
pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => {
            let text = text.trim();
            let whole = match text.split_once('.') {
                // 100.00 is 100; whole numbers stay whole.
                Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => whole,
                _ => text,
            };
            whole
                .parse::<i64>()
                .ok()
                .map(Number::from)
                .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
        }
        _ => None,
    }
}

fn read_number(field: &mut Field, value: &Value, losses: &mut Losses) -> Option<Value> {
    let Some(number) = number(value) else {
        return unreadable(value, losses);
    };
    field.seen.fraction |= number.is_f64();
    field.seen.negative |= number.as_f64().is_some_and(|number| number < 0.0);
    Some(Value::Number(number))
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "yes" => Some(true),
            "false" | "f" | "0" | "no" => Some(false),
            _ => None,
        },
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        _ => None,
    }
}

/// The day of a date or of an instant.
fn date(value: &Value) -> Option<Value> {
    let day = value.as_str()?.get(..10)?;
    let shape = |(at, byte): (usize, u8)| {
        if matches!(at, 4 | 7) {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    day.bytes().enumerate().all(shape).then(|| json!(day))
}

/// An instant; a bare day begins at midnight.
fn instant(value: &Value) -> Option<Value> {
    let text = value.as_str()?;
    date(value)?;
    Some(match text.len() {
        10 => json!(format!("{text}T00:00:00Z")),
        _ if text.as_bytes().get(10) == Some(&b' ') => json!(format!("{}T{}", &text[..10], &text[11..])),
        _ => json!(text),
    })
}

fn read_choice(field: &Field, value: &Value, losses: &mut Losses) -> Option<String> {
    let id = text::id_of(Some(value)).or_else(|| text::id_of(value.get("id")));
    let found = match (id, value) {
        (Some(id), _) => field.choice(id).map(str::to_owned),
        // Some exports name the choice instead of its id.
        (None, Value::String(name)) if field.choices.iter().any(|choice| choice.value == *name) => Some(name.clone()),
        _ => None,
    };
    if found.is_none() {
        note(&mut losses.dangling, value);
    }
    found.filter(|choice| !choice.is_empty())
}

fn read_choices(field: &Field, value: &Value, losses: &mut Losses) -> Option<Value> {
    let Value::Array(items) = value else {
        return unreadable(value, losses);
    };
    let mut chosen: Vec<String> = Vec::new();
    for item in items {
        if let Some(choice) = read_choice(field, item, losses)
            && !chosen.contains(&choice)
        {
            chosen.push(choice);
        }
    }
    (!chosen.is_empty()).then(|| json!(chosen))
}

fn read_links(field: &mut Field, table: i64, value: &Value, index: &Index<'_>, losses: &mut Losses) -> Option<Value> {
    let Value::Array(items) = value else {
        return unreadable(value, losses);
    };
    let mut links = Vec::new();
    for item in items {
        let row = text::id_of(Some(item)).or_else(|| text::id_of(item.get("id")));
        match row.and_then(|row| index.row(table, row)) {
            Some((position, title)) => links.push(json!({"position": position, "title": title})),
            None => note(&mut losses.dangling, item),
        }
    }
    field.seen.many |= links.len() > 1;
    (!links.is_empty()).then_some(Value::Array(links))
}

/// The bytes of files are not part of an export; their names are.
fn read_files(value: &Value, losses: &mut Losses) -> Option<Value> {
    let Value::Array(items) = value else {
        return unreadable(value, losses);
    };
    let mut files = Vec::new();
    for item in items {
        let Some(members) = item.as_object() else {
            note(&mut losses.unreadable, item);
            continue;
        };
        let stored = text::text_of(members, "name").or_else(|| text::text_of(members, "original_name"));
        let Some(name) = stored else {
            note(&mut losses.unreadable, item);
            continue;
        };
        let mut file = Map::new();
        file.insert("name".to_owned(), json!(name));
        if let Some(title) = text::text_of(members, "visible_name") {
            file.insert("title".to_owned(), json!(title));
        }
        for (key, detail) in members {
            if !matches!(key.as_str(), "name" | "visible_name" | "title" | "url" | "thumbnails")
                && !text::is_empty(detail)
            {
                file.insert(key.clone(), detail.clone());
            }
        }
        files.push(Value::Object(file));
    }
    (!files.is_empty()).then_some(Value::Array(files))
}

/// Any value as one text: a list of texts is joined, everything else is written as JSON.
pub(super) fn as_text(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        Value::Array(items) if items.iter().all(|item| item.is_string() || item.is_number()) => {
            let texts: Vec<String> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect();
            json!(texts.join(", "))
        }
        _ => json!(value.to_string()),
    }
}

fn unreadable(value: &Value, losses: &mut Losses) -> Option<Value> {
    note(&mut losses.unreadable, value);
    None
}

fn note(loss: &mut (usize, String), value: &Value) {
    if loss.0 == 0 {
        loss.1 = value.to_string().chars().take(80).collect();
    }
    loss.0 += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_whole_where_they_are() {
        for (text, expected) in [("100", "100"), ("100.00", "100"), ("-3.50", "-3.5"), ("0.1", "0.1")] {
            assert_eq!(number(&json!(text)).unwrap().to_string(), expected);
        }
        for bad in ["NaN", "Infinity", "abc", ""] {
            assert_eq!(number(&json!(bad)), None, "{bad}");
        }
    }

    #[test]
    fn days_and_instants_are_recognised_in_the_forms_that_occur() {
        assert_eq!(date(&json!("2023-10-02T19:11:26+00:00")), Some(json!("2023-10-02")));
        assert_eq!(date(&json!("10/02/2023")), None);
        assert_eq!(date(&json!("日期日期日期")), None);
        assert_eq!(instant(&json!("2023-10-02")), Some(json!("2023-10-02T00:00:00Z")));
        assert_eq!(
            instant(&json!("2023-10-02 10:00:00+00:00")),
            Some(json!("2023-10-02T10:00:00+00:00"))
        );
    }
}

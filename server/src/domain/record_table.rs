//! Records as lines of a table, in both directions: which column is which field, how a value is written into a cell, how a
//! cell becomes a value. Tables themselves are `csv` and `csv_read`.

use std::collections::HashMap;

use appshelf_rules::value::{self, duration_text, label, plain_text};
use appshelf_rules::{Field, FlawKind, Form, Widget};
use chrono::FixedOffset;
use serde_json::{Map, Value};

use super::cell_time;
use super::csv_read::Line;
use super::locale::{Locale, Text};
use super::problem::Problem;
use super::record_problem::RecordProblem;
use super::refusal::Refusal;

/// Most lines of one import.
pub const LINES: usize = 5000;

/// How many columns of a table stand for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// For each column the field that it fills.
    fields: Vec<Option<usize>>,
    /// Columns that are no field of the form.
    pub unknown: Vec<String>,
    /// Columns of fields that cannot be imported: calculated ones and files.
    pub left_out: Vec<String>,
    /// How many columns the head names.
    width: usize,
}

/// Columns about the record itself; they are written and not read.
const ABOUT: [(&str, &str); 4] = [
    ("编号", "ID"),
    ("创建时间", "Added at"),
    ("创建人", "Added by"),
    ("更新时间", "Changed at"),
];

/// The heads of the columns of an export: the form's fields, then what is about the record itself. Two fields of the same
/// name carry their keys.
pub fn heads(form: &Form, locale: Locale) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for field in &form.fields {
        *counts.entry(field.label.as_str()).or_default() += 1;
    }
    let head = |field: &Field| match counts.get(field.label.as_str()) {
        Some(1) => field.label.clone(),
        _ => format!("{} [{}]", field.label, field.key),
    };
    let about = ABOUT.iter().map(|(zh, en)| Text::new(*zh, *en).get(locale).to_owned());
    form.fields.iter().map(head).chain(about).collect()
}

/// A value as a cell shows it to somebody of that language and zone, so that an import reads it again.
pub fn cell(field: &Field, value: Option<&Value>, locale: Locale, zone: FixedOffset) -> String {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return String::new();
    };
    match (field.looks, value) {
        (_, Value::Bool(on)) => {
            let word = if *on {
                Text::new("是", "yes")
            } else {
                Text::new("否", "no")
            };
            word.get(locale).to_owned()
        }
        (Widget::Duration, value) => duration_text(field, value),
        (Widget::Instant, Value::String(text)) => cell_time::write(text, zone),
        (Widget::Single, value) => label(field, value),
        (Widget::Many, Value::Array(values)) => values
            .iter()
            .map(|value| label(field, value))
            .collect::<Vec<_>>()
            .join("; "),
        (Widget::Link | Widget::File, Value::Array(values)) => values
            .iter()
            .map(named)
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        (_, value) => plain_text(value),
    }
}

/// What a link or a file is called; nothing where its reader may not know, an id least of all.
fn named(item: &Value) -> String {
    let name = |key: &str| Some(item.get(key)?.as_str()?.to_owned());
    match item {
        Value::Object(_) => name("title").or_else(|| name("name")).unwrap_or_default(),
        item => plain_text(item),
    }
}

impl Columns {
    /// Reads the first line of a table; refused where no column is a field of the form.
    pub fn read(form: &Form, head: &Line) -> Result<Self, Refusal> {
        let mut columns = Self {
            fields: Vec::new(),
            unknown: Vec::new(),
            left_out: Vec::new(),
            width: head
                .cells
                .iter()
                .rposition(|name| !name.is_empty())
                .map_or(0, |last| last + 1),
        };
        for name in &head.cells {
            let found = place_of(form, name).filter(|place| !columns.fields.contains(&Some(*place)));
            let usable = found.filter(|place| !matches!(form.fields[*place].widget, Widget::Locked | Widget::File));
            if found.is_some() && usable.is_none() {
                columns.left_out.push(name.clone());
            }
            if found.is_none() && !name.is_empty() && !ABOUT.iter().any(|(zh, en)| name == zh || name == en) {
                columns.unknown.push(name.clone());
            }
            columns.fields.push(usable);
        }
        match columns.fields.iter().any(Option::is_some) {
            true => Ok(columns),
            false => Err(Refusal::invalid(
                "fileId",
                Problem::Record(RecordProblem::NoKnownColumn),
            )),
        }
    }

    /// The column that fills a field, from 1.
    pub fn place(&self, form: &Form, key: &str) -> Option<u32> {
        let field = form.fields.iter().position(|field| field.key == key)?;
        let column = self.fields.iter().position(|place| *place == Some(field))?;
        u32::try_from(column + 1).ok()
    }

    /// The first cell of a line that stands beyond the head and holds something, from 1.
    pub fn surplus(&self, line: &Line) -> Option<u32> {
        let beyond = line.cells.iter().skip(self.width).position(|cell| !cell.is_empty())?;
        u32::try_from(self.width + beyond + 1).ok()
    }

    /// The texts of a line's cells by field, without empty ones.
    pub fn texts<'a>(&'a self, form: &'a Form, line: &'a Line) -> impl Iterator<Item = (&'a Field, &'a str)> {
        let cells = self.fields.iter().zip(&line.cells);
        cells
            .filter_map(|(place, text)| Some((&form.fields[(*place)?], text.as_str())))
            .filter(|(_, text)| !text.is_empty())
    }
}

fn place_of(form: &Form, name: &str) -> Option<usize> {
    let by = |is: &dyn Fn(&Field) -> bool| form.fields.iter().position(is);
    let key = name
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once(" ["))
        .map(|(_, key)| key);
    by(&|field| field.label == name)
        .or_else(|| by(&|field| Some(field.key.as_str()) == key))
        .or_else(|| by(&|field| field.key == name))
        .or_else(|| by(&|field| field.label.to_lowercase() == name.to_lowercase()))
}

/// The texts of a cell of links: the whole, and its parts where it names several.
pub fn linked_texts(text: &str) -> Vec<&str> {
    let parts = text
        .split([';', '；', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let mut texts: Vec<&str> = std::iter::once(text).chain(parts).collect();
    texts.dedup();
    texts
}

/// A line as a record: values by field, or what is wrong with its cells. `zone` is that of times that name none, `link` finds
/// the records of a field by their text.
pub fn record<'a>(
    texts: impl Iterator<Item = (&'a Field, &'a str)>,
    zone: FixedOffset,
    link: &dyn Fn(&Field, &str) -> Result<Value, RecordProblem>,
) -> (Map<String, Value>, Vec<(String, Problem)>) {
    let (mut data, mut wrong) = (Map::new(), Vec::new());
    for (field, text) in texts {
        let read = match field.widget {
            Widget::Link => links(field, text, link).map(Some).map_err(Problem::Record),
            Widget::Instant => match cell_time::read(text, zone) {
                Some(at) => Ok(Some(Value::String(at))),
                None => Err(Problem::Record(RecordProblem::NotATime)),
            },
            _ => value::parse(field, text).map_err(|flaw: FlawKind| Problem::from(flaw)),
        };
        match read {
            Ok(Some(value)) => drop(data.insert(field.key.clone(), value)),
            Ok(None) => {}
            Err(problem) => wrong.push((field.key.clone(), problem)),
        }
    }
    (data, wrong)
}

/// A title may hold a separator: the whole text is tried first.
fn links(
    field: &Field,
    text: &str,
    link: &dyn Fn(&Field, &str) -> Result<Value, RecordProblem>,
) -> Result<Value, RecordProblem> {
    let whole = link(field, text);
    if let Ok(one) = whole {
        return Ok(Value::Array(vec![one]));
    }
    let parts = &linked_texts(text)[1..];
    if parts.is_empty() {
        return whole.map(|one| Value::Array(vec![one]));
    }
    let mut found: Vec<Value> = Vec::with_capacity(parts.len());
    for part in parts {
        let one = link(field, part)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(Value::Array(found))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        Form::read(&json!({
            "schema": { "properties": { "a": { "type": "string" }, "b": { "type": "string" }, "n": { "type": "number" },
                "t": { "type": "array", "items": { "enum": ["x", "y; z"] } }, "l": { "type": "array" }, "c": { "type": "string" }, "ok": { "type": "boolean" }, "d": { "type": "number" },
                "w": { "type": "string", "format": "date-time" } } },
            "ui": { "order": ["a", "b", "n", "t", "l", "c", "ok", "d", "w"], "fields": {
                "a": { "widget": "text", "label": "名称" }, "b": { "widget": "text", "label": "名称" }, "n": { "widget": "number", "label": "数量" },
                "t": { "widget": "multiSelect", "label": "标签", "options": [{ "value": "x", "label": "甲" }] },
                "l": { "widget": "link", "label": "客户", "target": "k" }, "c": { "widget": "computed", "label": "合计" }, "ok": { "widget": "boolean", "label": "好" },
                "d": { "widget": "duration", "label": "时长" }, "w": { "widget": "dateTime", "label": "时间" } } }
        }))
    }

    fn line(cells: &[&str]) -> Line {
        Line {
            number: 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        }
    }

    fn china() -> FixedOffset {
        FixedOffset::east_opt(8 * 3600).expect("a zone")
    }

    #[test]
    fn what_is_exported_is_read_again() {
        let form = form();
        let data = json!({ "a": "-1", "b": "q", "n": 1.5, "t": ["x", "y; z"], "l": [{ "record": "r1", "title": "A; B" }], "ok": false, "d": 5400,
            "w": "2026-09-01T08:00:00+08:00" });
        let heads = heads(&form, Locale::ZhCn);
        assert_eq!(heads[..3], ["名称 [a]", "名称 [b]", "数量"]);
        let cells: Vec<String> = form
            .fields
            .iter()
            .map(|field| cell(field, data.get(&field.key), Locale::ZhCn, china()))
            .collect();
        assert_eq!(
            cells,
            [
                "-1",
                "q",
                "1.5",
                "甲; y; z",
                "A; B",
                "",
                "否",
                "1:30",
                "2026-09-01 08:00:00"
            ]
        );
        let columns =
            Columns::read(&form, &line(&heads.iter().map(String::as_str).collect::<Vec<_>>())).expect("fields");
        assert_eq!(
            (columns.unknown.len(), columns.left_out.clone()),
            (0, vec!["合计".to_owned()])
        );
        let cells = line(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        let known = |_: &Field, text: &str| match text {
            "A; B" => Ok(json!({ "record": "r1", "title": "A; B" })),
            _ => Err(RecordProblem::NoSuchRecord),
        };
        let (read, wrong) = record(columns.texts(&form, &cells), china(), &known);
        assert_eq!((Value::Object(read), wrong), (data, Vec::new()));
    }

    #[test]
    fn columns_are_found_by_label_or_key_and_others_are_named() {
        let form = form();
        let columns = Columns::read(&form, &line(&["数量", "c", "b", "别的", "ID"])).expect("fields");
        assert_eq!(
            (columns.unknown.as_slice(), columns.left_out.as_slice()),
            (&["别的".to_owned()][..], &["c".to_owned()][..])
        );
        let cells = line(&["many", "5", "x", "y", "z"]);
        let none = |_: &Field, _: &str| Err(RecordProblem::NoSuchRecord);
        let (data, wrong) = record(columns.texts(&form, &cells), china(), &none);
        assert_eq!(Value::Object(data), json!({ "b": "x" }));
        assert_eq!(wrong, [("n".to_owned(), Problem::Record(RecordProblem::NotANumber))]);
        assert!(Columns::read(&form, &line(&["别的"])).is_err());
    }

    #[test]
    fn d30_cells_beyond_the_head_are_told_and_never_cut() {
        let columns = Columns::read(&form(), &line(&["数量", "别的", ""])).expect("fields");
        assert_eq!(columns.surplus(&line(&["1", "x", "", ""])), None);
        assert_eq!(columns.surplus(&line(&["1"])), None);
        assert_eq!(columns.surplus(&line(&["1", "x", "", "y"])), Some(4));
        assert_eq!(columns.surplus(&line(&["1", "234", "5"])), Some(3));
    }

    #[test]
    fn d30_a_cell_names_no_record_that_its_reader_may_not_read() {
        let form = form();
        let links = json!([{ "record": "record_1" }, { "record": "record_2", "title": "B" }, { "record": "record_2", "title": "B" }]);
        let field = form.field("l").expect("a field");
        assert_eq!(cell(field, Some(&links), Locale::En, china()), "B; B");
        let known = |_: &Field, text: &str| match text {
            "B" => Ok(json!({ "record": "r2", "title": "B" })),
            _ => Err(RecordProblem::NoSuchRecord),
        };
        let (read, _) = record([(field, "B; B")].into_iter(), china(), &known);
        assert_eq!(Value::Object(read), json!({ "l": [{ "record": "r2", "title": "B" }] }));
    }
}

//! What a record is to hold: typed values checked against the form, links to records that are there, files that were
//! uploaded for it. Nothing is written here.

use std::collections::{HashMap, HashSet};

use appshelf_rules::{Form, Widget};
use serde_json::{Map, Value, json};

use crate::auth::viewer::CustomerScope;
use crate::domain::id::{FileId, RecordId};
use crate::domain::problem::Problem;
use crate::domain::record_change::{self, FieldChange};
use crate::domain::record_form::RecordForm;
use crate::domain::record_index::RecordIndex;
use crate::domain::record_problem::RecordProblem;
use crate::domain::refusal::{Issue, Refusal};
use crate::store::conn::Conn;
use crate::store::page_access::{self, Access};
use crate::store::record::{self, AppRecord};
use crate::store::{Result, record_file};

/// The content of a record, ready to be written.
pub(super) struct Content {
    pub data: Value,
    pub index: RecordIndex,
    /// Every file that it holds.
    pub files: Vec<FileId>,
    /// What differs from the record as it stands; everything of a new one.
    pub changes: Vec<FieldChange>,
}

impl Content {
    /// Reads what a person filled in for a new record, or for the one that stands there.
    pub fn read(
        conn: &mut Conn,
        scope: &CustomerScope,
        access: &Access,
        kept: Option<&AppRecord>,
        data: &Value,
    ) -> Result<Self> {
        let definition: Value = serde_json::from_str(&access.page.definition)?;
        let form = Form::read(&definition);
        let before = match kept {
            Some(row) => serde_json::from_str::<Map<String, Value>>(&row.data)?,
            None => Map::new(),
        };
        let Some(typed) = data.as_object() else {
            return Err(Refusal::invalid("data", Problem::Record(RecordProblem::WrongType)).into());
        };
        let mut fields = settled(&form, typed, &before);
        let form_check = RecordForm::new(definition);
        let known = kept.map(|_| Value::Object(before.clone()));
        form_check.check(&Value::Object(fields.clone()), known.as_ref())?;
        let changes = record_change::between(&before, &fields);
        let mut issues = Vec::new();
        for field in form
            .fields
            .iter()
            .filter(|field| changes.iter().any(|change| change.field == field.key))
        {
            let Some(Value::Array(items)) = fields.get_mut(&field.key) else {
                continue;
            };
            let old = before
                .get(&field.key)
                .and_then(Value::as_array)
                .map_or(&[][..], Vec::as_slice);
            let wrong = match field.widget {
                Widget::Link => check_links(conn, scope, access, &field.target, items, old)?,
                Widget::File => check_files(conn, access, kept.map(|row| &row.id), items, old)?,
                _ => continue,
            };
            issues.extend(wrong.into_iter().map(|(place, problem)| Issue {
                path: vec!["data".to_owned(), field.key.clone(), place.to_string()],
                problem: Problem::Record(problem),
            }));
        }
        Refusal::unless_valid(issues)?;
        let changes = record_change::between(&before, &fields);
        let files = files_of(&form, &fields);
        let data = Value::Object(fields);
        Ok(Self {
            index: RecordIndex::of(&form, &data),
            data,
            files,
            changes,
        })
    }
}

/// The typed values without empty ones, with what nobody can fill in as it stands, and with links and files that are there
/// already as they stand: how they are called now is shown to people and changes nothing.
fn settled(form: &Form, typed: &Map<String, Value>, before: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = typed.clone();
    fields.retain(|_, value| !value.is_null());
    for field in &form.fields {
        let old = before.get(&field.key);
        match (field.widget, fields.get_mut(&field.key), old) {
            (Widget::Locked, None, Some(old)) => drop(fields.insert(field.key.clone(), old.clone())),
            (Widget::Link | Widget::File, Some(Value::Array(items)), old) => {
                let old = old.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                for item in items.iter_mut() {
                    if let Some(known) = old.iter().find(|known| is_same(known, item)) {
                        *item = known.clone();
                    }
                }
                once_each(items);
            }
            _ => {}
        }
    }
    // Fields that the form lost keep what they hold.
    for (key, value) in before {
        if form.field(key).is_none() {
            fields.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    fields
}

/// The same record or file twice in one field counts once.
fn once_each(items: &mut Vec<Value>) {
    let mut seen = HashSet::new();
    let id = |item: &Value| Some(item.get("record").or_else(|| item.get("file"))?.as_str()?.to_owned());
    items.retain(|item| id(item).is_none_or(|id| seen.insert(id)));
}

/// Whether an item is one that stands there: the same record or file, or the same text where there is neither.
fn is_same(known: &Value, item: &Value) -> bool {
    for id in ["record", "file"] {
        if let Some(id_of_item) = item.get(id) {
            return known.get(id) == Some(id_of_item);
        }
    }
    let text = |value: &Value| (value.get("name").cloned(), value.get("title").cloned());
    known == item || (text(known) == text(item) && text(item) != (None, None))
}

type Wrong = Vec<(usize, RecordProblem)>;

/// New links lead to records of the target page that the person reads; they take their names.
fn check_links(
    conn: &mut Conn,
    scope: &CustomerScope,
    access: &Access,
    target: &str,
    items: &mut [Value],
    old: &[Value],
) -> Result<Wrong> {
    let is_new = |item: &Value| !old.contains(item);
    let id_of = |item: &Value| item.get("record").and_then(Value::as_str)?.parse::<RecordId>().ok();
    let ids: Vec<RecordId> = items.iter().filter(|item| is_new(item)).filter_map(id_of).collect();
    let found: HashMap<RecordId, String> = match page_access::within(conn, scope, access.instance.clone(), target)? {
        Some(target) => record::by_ids(conn, &target, &ids)?
            .into_iter()
            .map(|row| (row.id, row.title))
            .collect(),
        None => HashMap::new(),
    };
    let mut wrong = Vec::new();
    for (place, item) in items.iter_mut().enumerate().filter(|(_, item)| is_new(item)) {
        match id_of(item).and_then(|id| Some((found.get(&id)?, id))) {
            Some((title, id)) => *item = json!({ "record": id, "title": title }),
            None => wrong.push((place, RecordProblem::NoSuchRecord)),
        }
    }
    Ok(wrong)
}

/// New files were uploaded by this person for this page.
fn check_files(
    conn: &mut Conn,
    access: &Access,
    record: Option<&RecordId>,
    items: &mut [Value],
    old: &[Value],
) -> Result<Wrong> {
    let is_new = |item: &Value| !old.contains(item);
    let ids: Vec<FileId> = items.iter().filter(|item| is_new(item)).filter_map(file_of).collect();
    let usable = record_file::usable(conn, access, record, &ids)?;
    let mut wrong = Vec::new();
    for (place, item) in items.iter_mut().enumerate().filter(|(_, item)| is_new(item)) {
        match file_of(item).and_then(|id| usable.iter().find(|file| file.id == id)) {
            Some(file) => {
                *item = json!({ "file": file.id, "name": file.name, "size": file.size, "mediaType": file.media_type });
            }
            None => wrong.push((place, RecordProblem::NoSuchFile)),
        }
    }
    Ok(wrong)
}

fn file_of(item: &Value) -> Option<FileId> {
    item.get("file").and_then(Value::as_str)?.parse().ok()
}

/// The files of file fields, and of fields that the form lost: with the form they may come back.
fn files_of(form: &Form, fields: &Map<String, Value>) -> Vec<FileId> {
    let may_hold = |key: &str| form.field(key).is_none_or(|field| field.widget == Widget::File);
    let held = fields.iter().filter(|(key, _)| may_hold(key));
    held.filter_map(|(_, value)| value.as_array())
        .flatten()
        .filter_map(file_of)
        .collect()
}

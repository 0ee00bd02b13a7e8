//! The records that the cells of an imported table name.

use std::collections::{HashMap, HashSet};

use appshelf_rules::{Field, Form, Widget};
use serde_json::{Value, json};

use crate::auth::viewer::CustomerScope;
use crate::domain::csv_read::Line;
use crate::domain::record_problem::RecordProblem;
use crate::domain::record_table::{Columns, linked_texts};
use crate::store::Result;
use crate::store::conn::Conn;
use crate::store::page_access::{self, Access};
use crate::store::{record, record_list};

/// The records that the cells of links name, by the title that people see or by their id; found with one query a field.
pub(super) struct Links(HashMap<String, HashMap<String, Vec<Value>>>);

impl Links {
    pub fn find(
        conn: &mut Conn,
        scope: &CustomerScope,
        access: &Access,
        form: &Form,
        columns: &Columns,
        rows: &[Line],
    ) -> Result<Self> {
        let mut texts: HashMap<&str, (&Field, HashSet<&str>)> = HashMap::new();
        for line in rows {
            for (field, text) in columns
                .texts(form, line)
                .filter(|(field, _)| field.widget == Widget::Link)
            {
                let (_, wanted) = texts.entry(&field.key).or_insert_with(|| (field, HashSet::new()));
                wanted.extend(linked_texts(text));
            }
        }
        let mut found = HashMap::new();
        for (key, (field, wanted)) in texts {
            let target = page_access::within(conn, scope, access.instance.clone(), &field.target)?;
            let by_text = match target {
                Some(target) => by_text(conn, &target, &wanted)?,
                None => HashMap::new(),
            };
            found.insert(key.to_owned(), by_text);
        }
        Ok(Self(found))
    }

    pub fn of(&self, field: &Field, text: &str) -> std::result::Result<Value, RecordProblem> {
        match self
            .0
            .get(&field.key)
            .and_then(|found| found.get(text))
            .map(Vec::as_slice)
        {
            Some([one]) => Ok(one.clone()),
            Some([_, _, ..]) => Err(RecordProblem::SeveralRecords),
            _ => Err(RecordProblem::NoSuchRecord),
        }
    }
}

/// The records of the target page that the person reads, by the title that people see or by id.
fn by_text(conn: &mut Conn, target: &Access, wanted: &HashSet<&str>) -> Result<HashMap<String, Vec<Value>>> {
    let mut found: HashMap<String, Vec<Value>> = HashMap::new();
    let link = |row: &record::AppRecord| json!({ "record": row.id, "title": row.title });
    let ids: Vec<_> = wanted.iter().filter_map(|text| text.parse().ok()).collect();
    for row in record::by_ids(conn, target, &ids)? {
        found.entry(row.id.to_string()).or_default().push(link(&row));
    }
    let titles: Vec<&str> = wanted.iter().copied().collect();
    for row in record_list::with_titles(conn, target, &titles)? {
        found.entry(row.title.clone()).or_default().push(link(&row));
    }
    Ok(found)
}

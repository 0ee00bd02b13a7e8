//! Importing a table of records: every line is read and checked first, and what is wrong is named with line and column. Either
//! all lines are written or, where the person says so, the good ones; in one transaction, so never half of them.

mod links;

use appshelf_rules::Form;
use chrono::FixedOffset;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::tick_test_record;
use crate::auth::viewer::{CustomerScope, Viewer};
use crate::domain::csv_read::{self, Line};
use crate::domain::file::FilePurpose;
use crate::domain::id::{FileId, InstanceId};
use crate::domain::locale::Locale;
use crate::domain::problem::Problem;
use crate::domain::record_form::RecordForm;
use crate::domain::record_index::RecordIndex;
use crate::domain::record_problem::RecordProblem;
use crate::domain::record_table::{Columns, LINES, record as record_of};
use crate::domain::refusal::Refusal;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page_access::{self, Access};
use crate::store::record::{self, NewRecord};
use crate::store::record_file::{self, RecordFile};
use crate::store::{Result, Tx, instance, suspension};

use links::Links;

/// Bad lines that are told one by one, and what is told of all of them together; of more only the number of lines is told.
const TOLD: usize = 200;
const TOLD_CELLS: usize = 1000;
/// Columns that are told by name, and characters of a name.
const TOLD_COLUMNS: usize = 50;
const TOLD_NAME: usize = 100;

/// Which table goes where.
#[derive(Clone, Debug)]
pub struct ImportOf {
    pub instance_id: InstanceId,
    pub page_key: String,
    pub file_id: FileId,
    /// That of times which name none.
    pub zone: FixedOffset,
}

/// What is wrong with a cell, or with a line that lacks one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadCell {
    /// The column from 1, where the table has one for the field.
    pub column: Option<u32>,
    /// Label of the field; none where it is about the whole line.
    pub field: Option<String>,
    pub zh: String,
    pub en: String,
}

/// A line that is not imported, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    pub line: u32,
    pub cells: Vec<BadCell>,
}

/// What an import found, and what it wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Lines with records.
    pub lines: usize,
    /// Records that were written.
    pub imported: usize,
    pub bad_lines: usize,
    /// The first of them.
    pub bad: Vec<BadLine>,
    /// The first columns that are no field of the form, and how many there are.
    pub unknown_columns: Vec<String>,
    #[serde(default)]
    pub unknown_column_count: usize,
    pub left_out_columns: Vec<String>,
}

/// The lines of a table, its head among them; or why it is none.
pub type Table = std::result::Result<Vec<Line>, Refusal>;

/// Reads the bytes of a table. It takes a while and needs no database.
pub fn table(bytes: &[u8]) -> Table {
    let wrong = |problem| Refusal::invalid("fileId", problem);
    let text = csv_read::decode(bytes).ok_or_else(|| wrong(Problem::FileBroken))?;
    let lines = csv_read::lines(&text).map_err(|at| wrong(Problem::Record(RecordProblem::UnclosedQuote(at.0))))?;
    match lines.len() {
        0 => Err(wrong(Problem::Record(RecordProblem::NoKnownColumn))),
        count if count > LINES + 1 => Err(wrong(Problem::Record(RecordProblem::TooManyLines(LINES)))),
        _ => Ok(lines),
    }
}

/// The uploaded table, which is its uploader's alone.
pub fn source(conn: &mut Conn, viewer: &Viewer, of: &ImportOf) -> Result<RecordFile> {
    let access = open(conn, &viewer.instance_user()?, of)?;
    find_source(conn, &access, of)
}

/// Says what an import would do.
pub fn check(conn: &mut Conn, viewer: &Viewer, of: &ImportOf, table: &[Line]) -> Result<ImportReport> {
    let scope = viewer.instance_user()?;
    let access = open(conn, &scope, of)?;
    Ok(read(conn, &scope, &access, table, of.zone)?.report)
}

/// Writes the records of a table: all of them, or with `skip_bad` those that are good. The table is used up by it.
pub fn import(tx: &mut Tx<'_>, viewer: &Viewer, of: &ImportOf, table: &[Line], skip_bad: bool) -> Result<ImportReport> {
    let scope = viewer.instance_user()?;
    let access = open(tx.conn, &scope, of)?;
    let file = find_source(tx.conn, &access, of)?;
    let Reading { good, mut report } = read(tx.conn, &scope, &access, table, of.zone)?;
    if good.is_empty() || (report.bad_lines > 0 && !skip_bad) {
        return Ok(report);
    }
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    let (id, organization) = (&access.instance.id, &access.instance.organization_id);
    let records: Vec<NewRecord> = good
        .iter()
        .map(|data| {
            let mut new = NewRecord::new(tx.id(), id, organization, &access.page.key, tx.now);
            new.row.created_by = Some(viewer.user_id.clone());
            new.with(data.to_string(), RecordIndex::of(&form, data))
        })
        .collect();
    record::insert(tx, &records)?;
    record_file::discard_one(tx, &file)?;
    tick_test_record(tx, viewer, &access)?;
    report.imported = records.len();
    tx.audit(Fact {
        organization_id: organization,
        action: "record.imported",
        object_id: id.as_str(),
        label: &access.page.name,
        before: None,
        after: Some(json!({ "pageKey": access.page.key, "records": report.imported, "file": file.name })),
    })?;
    Ok(report)
}

/// The report of an import that was made before, for whoever still sees the instance.
pub fn recalled(conn: &mut Conn, viewer: &Viewer, remembered: &str) -> Result<ImportReport> {
    let (id, report): (InstanceId, ImportReport) = serde_json::from_str(remembered)?;
    instance::get(conn, &viewer.instance_user()?, &id)?;
    Ok(report)
}

fn open(conn: &mut Conn, scope: &CustomerScope, of: &ImportOf) -> Result<Access> {
    let access = page_access::get(conn, scope, &of.instance_id, &of.page_key)?.of_form()?;
    access.require_open()?;
    suspension::require_covered(conn, &access.instance, &access.page.key)?;
    access.require_add()?;
    Ok(access)
}

fn find_source(conn: &mut Conn, access: &Access, of: &ImportOf) -> Result<RecordFile> {
    let file = record_file::find_in(conn, access, &of.file_id)?;
    let own = file.filter(|file| file.purpose == FilePurpose::RecordImport && file.created_by == access.person.user_id);
    own.ok_or_else(|| Refusal::invalid("fileId", Problem::Record(RecordProblem::NoSuchFile)).into())
}

/// The first names, each as far as it is told: a table may have as many columns as it has bytes.
fn told_names(names: &[String]) -> Vec<String> {
    let told = |name: &String| name.chars().take(TOLD_NAME).collect();
    names.iter().take(TOLD_COLUMNS).map(told).collect()
}

/// A table that was checked: what can be written, and what it found.
struct Reading {
    good: Vec<Value>,
    report: ImportReport,
}

fn read(conn: &mut Conn, scope: &CustomerScope, access: &Access, table: &[Line], zone: FixedOffset) -> Result<Reading> {
    let definition: Value = serde_json::from_str(&access.page.definition)?;
    let form = Form::read(&definition);
    let Some((head, rows)) = table.split_first() else {
        return Err(Refusal::invalid("fileId", Problem::Record(RecordProblem::NoKnownColumn)).into());
    };
    let columns = Columns::read(&form, head)?;
    let links = Links::find(conn, scope, access, &form, &columns, rows)?;
    let check = RecordForm::new(definition);
    let mut reading = Reading {
        good: Vec::with_capacity(rows.len()),
        report: ImportReport {
            lines: rows.len(),
            unknown_columns: told_names(&columns.unknown),
            unknown_column_count: columns.unknown.len(),
            left_out_columns: told_names(&columns.left_out),
            ..ImportReport::default()
        },
    };
    let bad_cell = |key: &str, problem: &Problem| BadCell {
        column: columns.place(&form, key),
        field: form.field(key).map(|field| field.label.clone()),
        zh: problem.message(Locale::ZhCn),
        en: problem.message(Locale::En),
    };
    let mut told = 0;
    for line in rows {
        let (data, wrong) = record_of(columns.texts(&form, line), zone, &|field, text| links.of(field, text));
        let data = Value::Object(data);
        let mut cells: Vec<BadCell> = wrong.iter().map(|(key, problem)| bad_cell(key, problem)).collect();
        cells.extend(columns.surplus(line).map(|column| BadCell {
            column: Some(column),
            ..bad_cell("", &Problem::Record(RecordProblem::SurplusCell))
        }));
        for issue in check.issues(&data, None) {
            let longest = || columns.texts(&form, line).max_by_key(|(_, text)| text.len());
            let key = match (issue.path.get(1), &issue.problem) {
                (Some(key), _) => key.as_str(),
                // A record that is too long as a whole is so by its longest cell.
                (None, Problem::TooLong { .. }) => longest().map_or("", |(field, _)| field.key.as_str()),
                (None, _) => "",
            };
            // A cell that could not be read is not missing as well.
            if !wrong.iter().any(|(wrong, _)| wrong == key) {
                cells.push(bad_cell(key, &issue.problem));
            }
        }
        if cells.is_empty() {
            reading.good.push(data);
            continue;
        }
        reading.report.bad_lines += 1;
        told += cells.len();
        if reading.report.bad.len() < TOLD && told <= TOLD_CELLS {
            let line = line.number;
            reading.report.bad.push(BadLine { line, cells });
        }
    }
    Ok(reading)
}

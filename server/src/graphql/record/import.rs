//! Importing records from an uploaded table.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use serde::Serialize;

use crate::auth::viewer::Viewer;
use crate::domain::cell_time::zone;
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::files::storage::StorageKey;
use crate::graphql::context::{Ask, idempotency_key, try_read, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::services::record::import::{self, BadCell, BadLine, ImportOf, ImportReport, Table};
use crate::store::{self, Fault, Tx};

/// Imports records.
#[derive(InputObject, Serialize)]
pub struct ImportRecordsInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the form page.
    pub page_key: String,
    /// A table that the viewer uploaded for this page: `PUT /files?purpose=RECORD_IMPORT`, CSV of at most 5 MiB and 5,000
    /// lines whose first line names fields by their label or key. It is used up by an import that writes.
    pub file_id: ID,
    /// Write nothing, only report.
    #[graphql(default)]
    pub check_only: bool,
    /// Write the good lines where others are bad; without it a bad line keeps everything from being written.
    #[graphql(default)]
    pub skip_bad_lines: bool,
    /// Minutes east of UTC in which times are meant that name no zone, as spreadsheet programs write them and an export does;
    /// +08:00 where it is left out.
    pub utc_offset: Option<i32>,
}

/// What is wrong with one cell of a table, or with a line that lacks one.
#[derive(Clone, SimpleObject)]
pub struct BadRecordCell {
    /// The column in the file, from 1; null where the table has none for the field.
    column: Option<i32>,
    /// Label of the field; null where it is about the whole line.
    field: Option<String>,
    /// In the caller's language.
    message: String,
}

/// A line of a table that cannot be imported.
#[derive(Clone, SimpleObject)]
pub struct BadRecordLine {
    /// Where it begins in the file, from 1.
    line: i32,
    /// What is wrong with it.
    cells: Vec<BadRecordCell>,
}

/// What an import found and wrote.
#[derive(SimpleObject)]
pub struct RecordImportReport {
    /// Lines with records.
    lines: i32,
    /// Records that were written.
    imported: i32,
    /// Lines that cannot be imported.
    bad_line_count: i32,
    /// The first 200 of them.
    bad_lines: Vec<BadRecordLine>,
    /// The first 50 columns that are no field of the form, each by the first 100 characters of its name; they are ignored.
    unknown_columns: Vec<String>,
    /// How many columns are no field of the form.
    unknown_column_count: i32,
    /// The first 50 columns of calculated fields and files; they are ignored.
    left_out_columns: Vec<String>,
}

result_union! {
    /// Result of importing records.
    ImportRecordsResult = RecordImportReport
}

#[derive(Default)]
pub struct RecordImportMutation;

#[Object]
impl RecordImportMutation {
    /// D30: imports records from a table, all or none of them unless bad lines are to be skipped; every bad line is named.
    async fn import_records(
        &self,
        ctx: &Context<'_>,
        input: ImportRecordsInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<ImportRecordsResult> {
        let locale = ctx.locale();
        let ended = import_records(ctx, input, idempotency_key).await?;
        outcome(ctx, ended, |report| {
            ImportRecordsResult::RecordImportReport(told(report, locale))
        })
    }
}

async fn import_records(
    ctx: &Context<'_>,
    input: ImportRecordsInput,
    key: Option<String>,
) -> Result<store::Result<ImportReport>> {
    let key = match idempotency_key(key.filter(|_| !input.check_only), "importRecords", &input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let of = match parse(&input) {
        Ok(of) => of,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    let table = match source(ctx, of.clone()).await? {
        Ok(table) => table,
        // A repeat finds its answer by the key; the table is used up by then. Anybody else is refused so again.
        Err(store::Error::Refused(refusal)) if key.is_some() => Err(refusal),
        Err(error) => return Ok(Err(error)),
    };
    if input.check_only {
        let table = match table {
            Ok(table) => table,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        return try_read(ctx, move |conn, viewer| import::check(conn, viewer, &of, &table)).await;
    }
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let table = table.as_ref().map_err(Clone::clone)?;
        let report = import::import(tx, viewer, &of, table, input.skip_bad_lines)?;
        Ok((serde_json::to_string(&(&of.instance_id, &report))?, report))
    };
    write_once(ctx, key, make, import::recalled).await
}

/// The uploaded table as it was read, away from the threads that serve.
async fn source(ctx: &Context<'_>, of: ImportOf) -> Result<store::Result<Table>> {
    let file = match try_read(ctx, move |conn, viewer| import::source(conn, viewer, &of)).await? {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let missing = || Fault::Inconsistent {
        table: "record_files",
        row: file.id.to_string(),
        what: "its bytes are not in the storage".to_owned(),
    };
    let Some(key) = StorageKey::from_stored(&file.storage_key) else {
        return Ok(Err(missing().into()));
    };
    let bytes = match ctx.app().files.read(&key).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(Err(missing().into())),
        Err(error) => return Ok(Err(anyhow::Error::from(error).into())),
    };
    let read = tokio::task::spawn_blocking(move || import::table(&bytes)).await;
    Ok(read.map_err(|error| anyhow::Error::from(error).into()))
}

fn parse(input: &ImportRecordsInput) -> std::result::Result<ImportOf, Refusal> {
    Ok(ImportOf {
        instance_id: input
            .instance_id
            .parse()
            .map_err(|_| Refusal::not_found().at("instanceId"))?,
        page_key: input.page_key.clone(),
        file_id: input.file_id.parse().map_err(|_| Refusal::not_found().at("fileId"))?,
        zone: zone(input.utc_offset),
    })
}

fn told(report: ImportReport, locale: Locale) -> RecordImportReport {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let cell = |cell: BadCell| BadRecordCell {
        column: cell.column.map(number),
        field: cell.field,
        message: match locale {
            Locale::ZhCn => cell.zh,
            Locale::En => cell.en,
        },
    };
    let bad = |bad: BadLine| BadRecordLine {
        line: number(bad.line),
        cells: bad.cells.into_iter().map(cell).collect(),
    };
    RecordImportReport {
        lines: count(report.lines),
        imported: count(report.imported),
        bad_line_count: count(report.bad_lines),
        bad_lines: report.bad.into_iter().map(bad).collect(),
        unknown_columns: report.unknown_columns,
        unknown_column_count: count(report.unknown_column_count),
        left_out_columns: report.left_out_columns,
    }
}

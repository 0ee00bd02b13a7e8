//! Lists of records: searched, filtered, sorted and paged by key. Sorted lists are driven by the index of values, all others
//! by the records of the page; no list reads more than the records of one page of one instance.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::Result;
use super::conn::{Conn, Dialect};
use super::membership::escape_like;
use super::page::{Page, PageRequest};
use super::page_access::{Access, Readable};
use super::record::AppRecord;
use super::record_condition::Condition;
use super::schema::{app_record_values, app_records};
use crate::domain::id::RecordId;
use crate::domain::problem::{Format, Problem};
use crate::domain::record_filter::{KeyPart, KeyTest, RecordFilter, SortDirection};
use crate::domain::refusal::Refusal;

/// Joins a sort key and an id into the key of a page; keys hold no control characters.
const BETWEEN: char = '\u{1}';

/// Most keys of one statement.
const KEYS: usize = 500;

/// Which names of linked records a person may look for.
#[derive(Clone, Debug, Default)]
pub struct LinkNames {
    /// Every record that the form's links may lead to is theirs to read, so that a search looks through all the names.
    pub searched: bool,
    /// What they read of each page that a condition asks links for.
    pub readable: HashMap<String, Readable>,
}

impl LinkNames {
    /// Which records of a page may be asked for by their names.
    pub fn readable(&self, page_key: &str) -> &Readable {
        self.readable.get(page_key).unwrap_or(&Readable::None)
    }
}

/// A record in a list, with the key by which the list goes on after it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: AppRecord,
    pub key: String,
}

/// Adds the conditions that every list has: whose records, what is searched, which values. `$drives` tells the tests that are
/// asked of the row of the index by which the query is driven. Of which page the records are is said once, by what drives the
/// query: said of both tables, a database might begin at the wrong one and sort the whole page.
macro_rules! narrowed {
    ($query:expr, $access:expr, $filter:expr, $links:expr, $drives:expr) => {{
        let mut query = $query.into_boxed::<Dialect>();
        if let Readable::Own(person) = $access.readable() {
            query = query.filter(app_records::created_by.eq(person));
        }
        if let Some(text) = &$filter.search {
            let like = format!("%{}%", escape_like(text));
            let found = app_records::search_text.like(like.clone()).escape('\\');
            query = match $links.searched {
                true => query.filter(found.or(app_records::link_text.like(like).escape('\\'))),
                false => query.filter(found),
            };
        }
        for test in &$filter.tests {
            let condition = match $drives(test) {
                true => Condition::driver(test, $links),
                false => Condition::probe(test, $links),
            };
            query = query.filter(condition);
        }
        query
    }};
}

/// A page of the records that the person reads. `links`: which names of linked records are theirs to look for.
pub fn list(
    conn: &mut Conn,
    access: &Access,
    filter: &RecordFilter,
    links: &LinkNames,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    if access.readable() == Readable::None {
        return Ok(page.cut(Vec::new()));
    }
    match (&filter.sort, single_value(filter)) {
        (Some((field, direction)), _) => by_value(conn, access, filter, links, (field, *direction), page),
        (None, Some(test)) => newest_of_value(conn, access, filter, links, test, page),
        (None, None) => newest(conn, access, filter, links, page),
    }
}

/// How many records the person reads.
pub fn count(conn: &mut Conn, access: &Access, filter: &RecordFilter, links: &LinkNames) -> Result<i64> {
    if access.readable() == Readable::None {
        return Ok(0);
    }
    let driver = app_records::table
        .filter(app_records::instance_id.eq(access.instance.id.clone()))
        .filter(app_records::page_key.eq(access.page.key.clone()));
    let query = narrowed!(driver, access, filter, links, |_: &KeyTest| false);
    Ok(query.count().get_result(conn)?)
}

/// Newest first, by the records of the page.
fn newest(
    conn: &mut Conn,
    access: &Access,
    filter: &RecordFilter,
    links: &LinkNames,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let driver = app_records::table
        .filter(app_records::instance_id.eq(access.instance.id.clone()))
        .filter(app_records::page_key.eq(access.page.key.clone()));
    let query = narrowed!(driver, access, filter, links, |_: &KeyTest| false);
    let query = super::page::paged!(query, page, app_records::id, descending).select(app_records::all_columns);
    let rows: Vec<AppRecord> = query.load(conn)?;
    let listed = |row: AppRecord| Listed {
        key: row.id.to_string(),
        row,
    };
    Ok(page.cut(rows.into_iter().map(listed).collect()))
}

/// A test for exactly one short value: its index then holds the records in their order.
fn single_value(filter: &RecordFilter) -> Option<&KeyTest> {
    let exact = |test: &&KeyTest| {
        !test.negated && matches!(&test.part, KeyPart::OneOf(keys) if keys.len() == 1 && keys[0].1.is_none())
    };
    filter.tests.iter().find(exact)
}

/// Newest first, by the index of the one value that is asked for.
fn newest_of_value(
    conn: &mut Conn,
    access: &Access,
    filter: &RecordFilter,
    links: &LinkNames,
    value: &KeyTest,
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let driver = app_record_values::table
        .inner_join(app_records::table.on(app_records::id.eq(app_record_values::record_id)))
        .filter(app_record_values::instance_id.eq(access.instance.id.clone()))
        .filter(app_record_values::page_key.eq(access.page.key.clone()))
        .filter(app_record_values::field_key.eq(value.field.clone()));
    // A field of several values has several rows: only this one test is about the row at hand.
    let query = narrowed!(driver, access, filter, links, |test: &KeyTest| std::ptr::eq(
        test, value
    ));
    let query =
        super::page::paged!(query, page, app_record_values::record_id, descending).select(app_records::all_columns);
    let rows: Vec<AppRecord> = query.load(conn)?;
    let listed = |row: AppRecord| Listed {
        key: row.id.to_string(),
        row,
    };
    Ok(page.cut(rows.into_iter().map(listed).collect()))
}

/// By the values of a field; the same values by id, so that pages neither repeat nor leave out.
fn by_value(
    conn: &mut Conn,
    access: &Access,
    filter: &RecordFilter,
    links: &LinkNames,
    (field, direction): (&str, SortDirection),
    page: &PageRequest,
) -> Result<Page<Listed>> {
    let driver = app_record_values::table
        .inner_join(app_records::table.on(app_records::id.eq(app_record_values::record_id)))
        .filter(app_record_values::instance_id.eq(access.instance.id.clone()))
        .filter(app_record_values::page_key.eq(access.page.key.clone()))
        .filter(app_record_values::field_key.eq(field.to_owned()));
    let mut query = narrowed!(driver, access, filter, links, |test: &KeyTest| test.field == field).limit(page.limit());
    let grows = (direction == SortDirection::Ascending) != page.backwards;
    if let Some(key) = &page.from {
        let refused = || Refusal::invalid("after", Problem::BadFormat { what: Format::Cursor });
        let (sort_key, id) = key.rsplit_once(BETWEEN).ok_or_else(refused)?;
        let id: RecordId = id.parse().map_err(|_| refused())?;
        let (row, than) = (
            "(app_record_values.sort_key, app_record_values.record_id)",
            if grows { ">" } else { "<" },
        );
        let after = diesel::dsl::sql::<Bool>(&format!("{row} {than} ("))
            .bind::<Text, _>(sort_key.to_owned())
            .sql(", ")
            .bind::<Text, _>(id.to_string())
            .sql(")");
        query = query.filter(after);
    }
    let (sort_key, id) = (app_record_values::sort_key, app_record_values::record_id);
    let query = match grows {
        true => query.order((sort_key.asc(), id.asc())),
        false => query.order((sort_key.desc(), id.desc())),
    };
    let rows: Vec<(AppRecord, String)> = query
        .select((app_records::all_columns, app_record_values::sort_key))
        .load(conn)?;
    let listed = |(row, key): (AppRecord, String)| Listed {
        key: format!("{key}{BETWEEN}{}", row.id),
        row,
    };
    Ok(page.cut(rows.into_iter().map(listed).collect()))
}

/// The records of a page that the person reads which have one of these titles.
pub fn with_titles(conn: &mut Conn, access: &Access, titles: &[&str]) -> Result<Vec<AppRecord>> {
    let mut found = Vec::new();
    for piece in titles.chunks(KEYS) {
        let query = app_records::table
            .filter(app_records::instance_id.eq(&access.instance.id))
            .filter(app_records::page_key.eq(&access.page.key))
            .filter(app_records::title.eq_any(piece))
            .select(app_records::all_columns)
            .into_boxed();
        let query = match access.readable() {
            Readable::All => query,
            Readable::Own(person) => query.filter(app_records::created_by.eq(person)),
            Readable::None => return Ok(Vec::new()),
        };
        found.extend(query.load::<AppRecord>(conn)?);
    }
    Ok(found)
}

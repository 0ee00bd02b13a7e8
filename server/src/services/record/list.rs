//! Lists of a page's records.

use std::collections::HashMap;
use std::sync::Arc;

use appshelf_rules::Form;

use super::{Shown, links};
use crate::auth::viewer::Viewer;
use crate::domain::page_permission::Rights;
use crate::domain::record_filter::{KeyPart, RecordFilter, RecordQuery};
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::page_access::{Access, Readable};
use crate::store::record_list::{self, LinkNames, Listed};
use crate::store::{Error, Result};

/// A record of a list with the key by which the list goes on after it.
#[derive(Clone, Debug)]
pub struct ListedRecord {
    pub shown: Shown,
    pub key: String,
}

/// A page of the records that the viewer reads; an empty one where the page has none.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    access: &Arc<Access>,
    query: &RecordQuery,
    page: &PageRequest,
) -> Result<Page<ListedRecord>> {
    let scope = viewer.instance_user()?;
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    let filter = query.parse(&form).map_err(Error::from)?;
    let names = names(conn, access, &form, &filter)?;
    let listed = record_list::list(conn, access, &filter, &names, page)?;
    let (has_next, has_previous) = (listed.has_next, listed.has_previous);
    let (keys, rows): (Vec<String>, Vec<_>) = listed.rows.into_iter().map(|Listed { row, key }| (key, row)).unzip();
    let shown = links::show(conn, &scope, access, &form, rows)?;
    let rows = keys
        .into_iter()
        .zip(shown)
        .map(|(key, shown)| ListedRecord { shown, key });
    Ok(Page {
        rows: rows.collect(),
        has_next,
        has_previous,
    })
}

/// How many records the viewer reads.
pub fn count(conn: &mut Conn, access: &Access, query: &RecordQuery) -> Result<i64> {
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    let filter = query.parse(&form).map_err(Error::from)?;
    let names = names(conn, access, &form, &filter)?;
    record_list::count(conn, access, &filter, &names)
}

/// Which names of linked records the viewer may look for, as far as the list asks.
fn names(conn: &mut Conn, access: &Access, form: &Form, filter: &RecordFilter) -> Result<LinkNames> {
    let asked = filter.tests.iter().filter_map(|test| match &test.part {
        KeyPart::Linked(linked) => Some(linked.target.as_str()),
        _ => None,
    });
    let targets: Vec<&str> = asked.collect();
    let rights = match targets.is_empty() {
        true => HashMap::new(),
        false => links::rights(conn, access, targets.into_iter())?,
    };
    let readable = |(target, rights): (String, Rights)| {
        let readable = match rights.see {
            true => Readable::of(&rights, &access.person),
            false => Readable::None,
        };
        (target, readable)
    };
    Ok(LinkNames {
        searched: filter.search.is_some() && links::are_searched(conn, access, form)?,
        readable: rights.into_iter().map(readable).collect(),
    })
}

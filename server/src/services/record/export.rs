//! Exporting a page's records as a table: those that the viewer reads, as the list is searched, filtered and sorted, part by
//! part while they are sent.

use std::collections::HashMap;
use std::sync::Arc;

use appshelf_rules::Form;
use chrono::FixedOffset;
use serde_json::json;

use super::list;
use crate::auth::viewer::Viewer;
use crate::domain::cell_time;
use crate::domain::id::{InstanceId, UserId};
use crate::domain::locale::Locale;
use crate::domain::record_filter::RecordQuery;
use crate::domain::record_table::{cell, heads};
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::page::PageRequest;
use crate::store::page_access::{self, Access};
use crate::store::{Result, Tx, membership};

/// One export on its way.
#[derive(Clone, Debug)]
pub struct Export {
    pub access: Arc<Access>,
    form: Arc<Form>,
    query: RecordQuery,
}

/// Lines that were read, and where the next begin.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub lines: Vec<Vec<String>>,
    pub next: Option<String>,
}

/// Begins an export; who took what along stands in the audit log.
pub fn begin(tx: &mut Tx<'_>, viewer: &Viewer, id: &InstanceId, page_key: &str, query: &RecordQuery) -> Result<Export> {
    let access = page_access::get(tx.conn, &viewer.instance_user()?, id, page_key)?.of_form()?;
    let form = Form::read(&serde_json::from_str(&access.page.definition)?);
    query.parse(&form)?;
    let conditions: Vec<&str> = query
        .conditions
        .iter()
        .map(|condition| condition.field.as_str())
        .collect();
    tx.audit(Fact {
        organization_id: &access.instance.organization_id,
        action: "record.exported",
        object_id: access.instance.id.as_str(),
        label: &access.page.name,
        before: None,
        after: Some(json!({ "pageKey": access.page.key, "searched": query.search.is_some(), "filtered": conditions })),
    })?;
    Ok(Export {
        access: Arc::new(access),
        form: Arc::new(form),
        query: query.clone(),
    })
}

impl Export {
    /// The heads of the columns.
    pub fn heads(&self, locale: Locale) -> Vec<String> {
        heads(&self.form, locale)
    }

    /// The next lines, for whoever still opens the page.
    pub fn part(
        &self,
        conn: &mut Conn,
        viewer: &Viewer,
        locale: Locale,
        zone: FixedOffset,
        page: &PageRequest,
    ) -> Result<Part> {
        let (id, key) = (&self.access.instance.id, &self.access.page.key);
        let access = page_access::get(conn, &viewer.instance_user()?, id, key)?.of_form()?;
        let listed = list::list(conn, viewer, &Arc::new(access), &self.query, page)?;
        let mut people: Vec<UserId> = listed
            .rows
            .iter()
            .filter_map(|row| row.shown.row.created_by.clone())
            .collect();
        people.sort();
        people.dedup();
        let names: HashMap<UserId, String> = membership::users_by_ids(conn, &people)?
            .into_iter()
            .map(|user| (user.id, user.name))
            .collect();
        let time = |at| cell_time::moment(at, zone);
        let next = listed
            .rows
            .last()
            .map(|row| row.key.clone())
            .filter(|_| listed.has_next);
        let line = |row: &list::ListedRecord| {
            let (data, row) = (&row.shown.data, &row.shown.row);
            let cells = self
                .form
                .fields
                .iter()
                .map(|field| cell(field, data.get(&field.key), locale, zone));
            let by = row
                .created_by
                .as_ref()
                .and_then(|id| names.get(id))
                .cloned()
                .unwrap_or_default();
            let changed = row.updated_at.map(time).unwrap_or_default();
            cells
                .chain([row.id.to_string(), time(row.created_at), by, changed])
                .collect()
        };
        Ok(Part {
            lines: listed.rows.iter().map(line).collect(),
            next,
        })
    }
}

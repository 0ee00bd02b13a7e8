//! Records of an instance's form pages. Whoever calls was allowed to see the instance.

use std::collections::HashMap;

use diesel::prelude::*;

use super::conn::{Conn, Dialect, on_each_backend};
use super::instance::AppInstance;
use super::membership::escape_like;
use super::page::{Page, PageRequest, paged};
use super::schema::app_records;
use super::{Result, Tx};
use crate::auth::viewer::CustomerScope;
use crate::domain::id::{InstanceId, OrganizationId, RecordId, UserId};
use crate::domain::instant::Instant;

/// One record of a form page.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = app_records, treat_none_as_default_value = false)]
pub struct AppRecord {
    pub id: RecordId,
    pub instance_id: InstanceId,
    pub organization_id: OrganizationId,
    pub page_key: String,
    /// JSON object by field key.
    pub data: String,
    /// Lower case text of the values: what the list searches.
    pub search_text: String,
    /// D22: came with a delivery.
    pub sample: bool,
    pub created_by: Option<UserId>,
    pub created_at: Instant,
}

fn of_page<'a>(instance: &AppInstance, page_key: &str, search: Option<&str>) -> app_records::BoxedQuery<'a, Dialect> {
    let query = app_records::table
        .filter(app_records::instance_id.eq(instance.id.clone()))
        .filter(app_records::page_key.eq(page_key.to_owned()))
        .into_boxed();
    match search.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let like = format!("%{}%", escape_like(&text.to_lowercase()));
            query.filter(app_records::search_text.like(like).escape('\\'))
        }
        None => query,
    }
}

/// Records of a page, newest first.
pub fn list(
    conn: &mut Conn,
    instance: &AppInstance,
    page_key: &str,
    search: Option<&str>,
    page: &PageRequest,
) -> Result<Page<AppRecord>> {
    let query = of_page(instance, page_key, search).select(app_records::all_columns);
    Ok(page.cut(paged!(query, page, app_records::id, descending).load(conn)?))
}

/// How many records of a page there are.
pub fn count(conn: &mut Conn, instance: &AppInstance, page_key: &str, search: Option<&str>) -> Result<i64> {
    Ok(of_page(instance, page_key, search).count().get_result(conn)?)
}

/// How many records each page of an instance has.
pub fn counts(conn: &mut Conn, instance: &AppInstance) -> Result<HashMap<String, i64>> {
    let query = app_records::table
        .filter(app_records::instance_id.eq(&instance.id))
        .group_by(app_records::page_key)
        .select((app_records::page_key, diesel::dsl::count_star()));
    Ok(query.load::<(String, i64)>(conn)?.into_iter().collect())
}

/// How many sample records an instance has.
pub fn sample_count(conn: &mut Conn, instance: &AppInstance) -> Result<i64> {
    let samples = app_records::table
        .filter(app_records::instance_id.eq(&instance.id))
        .filter(app_records::sample.eq(true));
    Ok(samples.count().get_result(conn)?)
}

/// Adds a record.
pub fn insert(tx: &mut Tx<'_>, record: &AppRecord) -> Result<()> {
    diesel::insert_into(app_records::table)
        .values(record)
        .execute(tx.conn)?;
    Ok(())
}

/// Most rows of one INSERT.
const ROWS: usize = 400;

/// Adds the sample data that came with a delivery.
pub fn insert_samples(tx: &mut Tx<'_>, records: &[AppRecord]) -> Result<()> {
    for piece in records.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(app_records::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// One record of an instance that the caller was allowed to see.
pub fn find(conn: &mut Conn, instance: &AppInstance, id: &RecordId) -> Result<Option<AppRecord>> {
    let query = app_records::table
        .find(id)
        .filter(app_records::instance_id.eq(&instance.id))
        .select(app_records::all_columns);
    Ok(query.first(conn).optional()?)
}

/// A record of the customer's by its id alone, or `None`. Whether the viewer sees its instance is still to be asked.
pub fn find_own(conn: &mut Conn, scope: &CustomerScope, id: &RecordId) -> Result<Option<AppRecord>> {
    let query = app_records::table
        .find(id)
        .filter(app_records::organization_id.eq(&scope.organization_id))
        .select(app_records::all_columns);
    Ok(query.first(conn).optional()?)
}

/// D22: removes all sample records of an instance and nothing else; how many they were.
pub fn delete_samples(tx: &mut Tx<'_>, instance: &AppInstance) -> Result<usize> {
    let samples = app_records::table
        .filter(app_records::instance_id.eq(&instance.id))
        .filter(app_records::sample.eq(true));
    Ok(diesel::delete(samples).execute(tx.conn)?)
}

//! Records of an instance's form pages, one by one. Whoever calls was allowed to see the instance and opened the page
//! (`page_access`). Lists of records are `record_list`, the index of their values `record_value`.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::conn::{Conn, on_each_backend};
use super::instance::AppInstance;
use super::page_access::{Access, Readable};
use super::schema::{app_record_changes, app_record_drafts, app_records};
use super::{Result, Tx, job, record_file, record_value};
use crate::auth::viewer::CustomerScope;
use crate::domain::id::{InstanceId, OrganizationId, RecordId, UserId, least_body};
use crate::domain::instant::Instant;
use crate::domain::job::JobKind;
use crate::domain::record_index::{RecordIndex, ValueKey};
use crate::domain::refusal::Refusal;

/// One record of a form page.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = app_records, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AppRecord {
    pub id: RecordId,
    pub instance_id: InstanceId,
    pub organization_id: OrganizationId,
    pub page_key: String,
    /// JSON object by field key.
    pub data: String,
    /// Lower case text of the values: what the list searches.
    pub search_text: String,
    /// D22: came with a delivery and was not changed since.
    pub sample: bool,
    pub created_by: Option<UserId>,
    pub created_at: Instant,
    /// Counts up with every change: compare and set.
    pub version: i32,
    /// None until it is changed.
    pub updated_at: Option<Instant>,
    pub updated_by: Option<UserId>,
    /// How people recognise it, as links show it.
    pub title: String,
    /// Lower case titles of linked records.
    pub link_text: String,
}

/// A record that is not there yet, with the keys of its values.
#[derive(Clone, Debug)]
pub struct NewRecord {
    pub row: AppRecord,
    pub values: Vec<ValueKey>,
}

impl NewRecord {
    /// A record of version 1; `index` is made of the same data.
    pub fn new(
        id: RecordId,
        instance: &InstanceId,
        organization: &OrganizationId,
        page_key: &str,
        at: Instant,
    ) -> Self {
        let row = AppRecord {
            id,
            instance_id: instance.clone(),
            organization_id: organization.clone(),
            page_key: page_key.to_owned(),
            data: "{}".to_owned(),
            search_text: String::new(),
            sample: false,
            created_by: None,
            created_at: at,
            version: 1,
            updated_at: None,
            updated_by: None,
            title: String::new(),
            link_text: String::new(),
        };
        Self {
            row,
            values: Vec::new(),
        }
    }

    /// With its data and the index made of it.
    pub fn with(mut self, data: String, index: RecordIndex) -> Self {
        self.row.data = data;
        self.row.set_index(&index);
        self.values = index.values;
        self
    }
}

impl AppRecord {
    /// Takes over what the record is found by.
    pub fn set_index(&mut self, index: &RecordIndex) {
        self.title.clone_from(&index.title);
        self.search_text.clone_from(&index.search_text);
        self.link_text.clone_from(&index.link_text);
    }
}

/// Most rows of one INSERT.
const ROWS: usize = 400;

/// Adds records with the index of their values.
pub fn insert(tx: &mut Tx<'_>, records: &[NewRecord]) -> Result<()> {
    for piece in records.chunks(ROWS) {
        let rows: Vec<&AppRecord> = piece.iter().map(|record| &record.row).collect();
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(app_records::table)
            .values(rows)
            .execute(conn))?;
        let values = piece.iter().map(|record| (&record.row, record.values.as_slice()));
        record_value::insert(tx, values)?;
    }
    Ok(())
}

/// Saves a changed record and its index if nobody else changed it in between; returns it with its new version.
pub fn update(tx: &mut Tx<'_>, record: &AppRecord, index: RecordIndex) -> Result<AppRecord> {
    let mut next = AppRecord {
        version: record.version + 1,
        ..record.clone()
    };
    next.set_index(&index);
    let unchanged = app_records::table
        .find(&record.id)
        .filter(app_records::version.eq(record.version));
    if diesel::update(unchanged).set(&next).execute(tx.conn)? != 1 {
        return Err(Refusal::stale().into());
    }
    record_value::delete(tx, std::slice::from_ref(&record.id))?;
    record_value::insert(tx, [(&next, index.values.as_slice())])?;
    Ok(next)
}

/// How many records each page of instances has; of one person's own where they are named.
pub fn counts(
    conn: &mut Conn,
    instances: &[InstanceId],
    own: Option<&UserId>,
) -> Result<HashMap<InstanceId, HashMap<String, i64>>> {
    let of_instances = app_records::table
        .filter(app_records::instance_id.eq_any(instances))
        .group_by((app_records::instance_id, app_records::page_key))
        .select((
            app_records::instance_id,
            app_records::page_key,
            diesel::dsl::count_star(),
        ));
    let counted: Vec<(InstanceId, String, i64)> = match own {
        Some(person) => of_instances.filter(app_records::created_by.eq(person)).load(conn)?,
        None => of_instances.load(conn)?,
    };
    let mut counts: HashMap<InstanceId, HashMap<String, i64>> = HashMap::new();
    for (instance, page, count) in counted {
        counts.entry(instance).or_default().insert(page, count);
    }
    Ok(counts)
}

/// How many sample records instances have; absent where there is none.
pub fn sample_counts(conn: &mut Conn, instances: &[InstanceId]) -> Result<HashMap<InstanceId, i64>> {
    let rows: Vec<(InstanceId, i64)> = app_records::table
        .filter(app_records::instance_id.eq_any(instances))
        .filter(app_records::sample.eq(true))
        .group_by(app_records::instance_id)
        .select((app_records::instance_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Those of some pages that have sample records, whether the instance has the pages or not.
pub fn with_samples(conn: &mut Conn, instance: &InstanceId, page_keys: &[&str]) -> Result<HashSet<String>> {
    if page_keys.is_empty() {
        return Ok(HashSet::new());
    }
    let query = app_records::table
        .filter(app_records::instance_id.eq(instance))
        .filter(app_records::sample.eq(true))
        .filter(app_records::page_key.eq_any(page_keys))
        .select(app_records::page_key)
        .distinct();
    Ok(query.load(conn)?.into_iter().collect())
}

/// How many records a page got since an instant. Ids grow with time, so that older ones are not looked at.
pub fn count_since(conn: &mut Conn, instance: &InstanceId, page_key: &str, since: Instant) -> Result<i64> {
    let least = format!("{}{}", RecordId::PREFIX, least_body(since.utc()));
    let query = app_records::table
        .filter(app_records::instance_id.eq(instance))
        .filter(app_records::page_key.eq(page_key))
        .filter(app_records::id.ge(least));
    Ok(query.count().get_result(conn)?)
}

/// One record of a page, if the person may read it.
pub fn find(conn: &mut Conn, access: &Access, id: &RecordId) -> Result<Option<AppRecord>> {
    Ok(by_ids(conn, access, std::slice::from_ref(id))?.pop())
}

/// One record of a page, or the refusal that there is none.
pub fn get(conn: &mut Conn, access: &Access, id: &RecordId) -> Result<AppRecord> {
    find(conn, access, id)?.ok_or_else(|| Refusal::not_found().into())
}

/// Those of the ids that are records of the page which the person may read.
pub fn by_ids(conn: &mut Conn, access: &Access, ids: &[RecordId]) -> Result<Vec<AppRecord>> {
    let query = app_records::table
        .filter(app_records::id.eq_any(ids))
        .filter(app_records::instance_id.eq(&access.instance.id))
        .filter(app_records::page_key.eq(&access.page.key))
        .select(app_records::all_columns)
        .into_boxed();
    let query = match access.readable() {
        Readable::All => query,
        Readable::Own(person) => query.filter(app_records::created_by.eq(person)),
        Readable::None => return Ok(Vec::new()),
    };
    Ok(query.load(conn)?)
}

/// A record of the customer's by its id alone, or `None`. Whether the viewer may read it is still to be asked.
pub fn find_own(conn: &mut Conn, scope: &CustomerScope, id: &RecordId) -> Result<Option<AppRecord>> {
    let query = app_records::table
        .find(id)
        .filter(app_records::organization_id.eq(&scope.organization_id))
        .select(app_records::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Records that are read at once where all of a page are.
const AT_ONCE: i64 = 500;

/// Most ids of one statement.
const IDS: usize = 500;

/// Deletes records and everything that hangs on them: the index of their values, their history, drafts and files. Links to
/// them keep their text.
pub fn delete(tx: &mut Tx<'_>, instance: &InstanceId, ids: &[RecordId]) -> Result<usize> {
    let mut deleted = 0;
    for piece in ids.chunks(IDS) {
        record_value::delete(tx, piece)?;
        record_file::discard_of(tx, piece)?;
        diesel::delete(app_record_changes::table.filter(app_record_changes::record_id.eq_any(piece)))
            .execute(tx.conn)?;
        let keys: Vec<&str> = piece.iter().map(RecordId::as_str).collect();
        let drafts = app_record_drafts::table
            .filter(app_record_drafts::instance_id.eq(instance))
            .filter(app_record_drafts::record_key.eq_any(keys));
        diesel::delete(drafts).execute(tx.conn)?;
        deleted += diesel::delete(app_records::table.filter(app_records::id.eq_any(piece))).execute(tx.conn)?;
    }
    Ok(deleted)
}

/// D22: removes all sample records of an instance and nothing else; how many they were.
pub fn delete_samples(tx: &mut Tx<'_>, instance: &AppInstance) -> Result<usize> {
    let samples = app_records::table
        .filter(app_records::instance_id.eq(&instance.id))
        .filter(app_records::sample.eq(true))
        .select(app_records::id);
    let ids: Vec<RecordId> = samples.load(tx.conn)?;
    delete(tx, &instance.id, &ids)
}

/// A record as a link to it needs to know it.
#[derive(Clone, Debug)]
pub struct LinkedRecord {
    pub page_key: String,
    pub title: String,
    pub created_by: Option<UserId>,
}

/// Records of an instance that links lead to. Who may see their names is for the caller to ask.
pub fn linked(conn: &mut Conn, instance: &AppInstance, ids: &[RecordId]) -> Result<HashMap<RecordId, LinkedRecord>> {
    let mut found = HashMap::with_capacity(ids.len());
    for piece in ids.chunks(IDS) {
        let query = app_records::table
            .filter(app_records::id.eq_any(piece))
            .filter(app_records::instance_id.eq(&instance.id))
            .select((
                app_records::id,
                app_records::page_key,
                app_records::title,
                app_records::created_by,
            ));
        let rows: Vec<(RecordId, String, String, Option<UserId>)> = query.load(conn)?;
        found.extend(rows.into_iter().map(|(id, page_key, title, created_by)| {
            let linked = LinkedRecord {
                page_key,
                title,
                created_by,
            };
            (id, linked)
        }));
    }
    Ok(found)
}

/// The next records of a page in the order of their ids, for the system's own work.
pub fn part(
    conn: &mut Conn,
    instance: &InstanceId,
    page_key: &str,
    after: Option<&RecordId>,
    limit: i64,
) -> Result<Vec<AppRecord>> {
    let query = app_records::table
        .filter(app_records::instance_id.eq(instance))
        .filter(app_records::page_key.eq(page_key))
        .order(app_records::id.asc())
        .limit(limit)
        .select(app_records::all_columns)
        .into_boxed();
    let query = match after {
        Some(id) => query.filter(app_records::id.gt(id)),
        None => query,
    };
    Ok(query.load(conn)?)
}

/// Shows the data of every record of a page that holds something under one of some keys, whether its form has them or not.
pub fn each_holding(
    conn: &mut Conn,
    access: &Access,
    keys: &[&str],
    mut see: impl FnMut(&Map<String, Value>),
) -> Result<()> {
    let named: Vec<String> = keys.iter().map(|key| format!("{}:", Value::from(*key))).collect();
    let mut after: Option<RecordId> = None;
    while !named.is_empty() {
        let query = app_records::table
            .filter(app_records::instance_id.eq(&access.instance.id))
            .filter(app_records::page_key.eq(&access.page.key))
            .order(app_records::id.asc())
            .limit(AT_ONCE)
            .select((app_records::id, app_records::data))
            .into_boxed();
        let query = match &after {
            Some(id) => query.filter(app_records::id.gt(id)),
            None => query,
        };
        let rows: Vec<(RecordId, String)> = query.load(conn)?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.clone());
        // Most rows say nothing of these keys and need not be read.
        for (_, data) in rows
            .iter()
            .filter(|(_, data)| named.iter().any(|key| data.contains(key.as_str())))
        {
            see(&serde_json::from_str(data)?);
        }
    }
    Ok(())
}

/// Writes the index of records anew; what they hold and their versions stay.
pub fn write_index(tx: &mut Tx<'_>, records: Vec<(AppRecord, RecordIndex)>) -> Result<()> {
    for (row, index) in &records {
        let found_by = (
            app_records::title.eq(&index.title),
            app_records::search_text.eq(&index.search_text),
            app_records::link_text.eq(&index.link_text),
        );
        diesel::update(app_records::table.find(&row.id))
            .set(found_by)
            .execute(tx.conn)?;
    }
    let ids: Vec<RecordId> = records.iter().map(|(row, _)| row.id.clone()).collect();
    record_value::delete(tx, &ids)?;
    record_value::insert(tx, records.iter().map(|(row, index)| (row, index.values.as_slice())))
}

/// Has the index of the records of pages written anew after their forms changed.
pub fn enqueue_index(tx: &mut Tx<'_>, instance: &InstanceId, page_keys: &[&str]) -> Result<()> {
    if page_keys.is_empty() {
        return Ok(());
    }
    let payload = serde_json::json!({ "instanceId": instance, "pageKeys": page_keys });
    // No key that keeps a second job away: one that runs may have begun with the form as it was.
    job::enqueue(tx, job::NewJob::new(JobKind::RecordIndex, payload)).map(drop)
}

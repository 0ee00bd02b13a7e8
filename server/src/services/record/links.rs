//! How links to other records are shown: by the name that the linked record has now, to those who may read it. One query for
//! all the links of a list.

use std::collections::HashMap;
use std::sync::Arc;

use appshelf_rules::{Field, Form, Widget};
use serde_json::{Map, Value};

use super::Shown;
use crate::auth::viewer::CustomerScope;
use crate::domain::id::RecordId;
use crate::domain::page_permission::{RecordAction, RecordReach, Rights};
use crate::domain::record_change::FieldChange;
use crate::store::conn::Conn;
use crate::store::page_access::Access;
use crate::store::record::{self, AppRecord, LinkedRecord};
use crate::store::{Result, page_setting};

/// The rights of a person on pages that links lead to.
pub(super) fn rights<'a>(
    conn: &mut Conn,
    access: &Access,
    targets: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Rights>> {
    let permissions = page_setting::permissions(conn, &access.instance)?;
    let right = |target: &str| (target.to_owned(), permissions.of(target).rights_of(&access.person));
    Ok(targets.map(right).collect())
}

fn links_of(form: &Form) -> impl Iterator<Item = &Field> {
    form.fields.iter().filter(|field| field.looks == Widget::Link)
}

/// Whether the person may read every record that the links of a form may lead to, so that their names may be searched.
pub(super) fn are_searched(conn: &mut Conn, access: &Access, form: &Form) -> Result<bool> {
    if access.person.unrestricted {
        return Ok(true);
    }
    let rights = rights(conn, access, links_of(form).map(|field| field.target.as_str()))?;
    Ok(rights.values().all(reads_all))
}

fn reads_all(rights: &Rights) -> bool {
    rights.see && rights.read == RecordReach::All
}

/// Records as their reader sees them.
pub(super) fn show(
    conn: &mut Conn,
    scope: &CustomerScope,
    access: &Arc<Access>,
    form: &Form,
    rows: Vec<AppRecord>,
) -> Result<Vec<Shown>> {
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let data: Map<String, Value> = serde_json::from_str(&row.data)?;
        records.push((row, data));
    }
    let targets: HashMap<&str, &str> = links_of(form)
        .map(|field| (field.key.as_str(), field.target.as_str()))
        .collect();
    let values = records
        .iter_mut()
        .flat_map(|(_, data)| data.iter_mut())
        .filter_map(|(key, value)| Some((Some(*targets.get(key.as_str())?), value)));
    name(conn, scope, access, values.collect())?;
    let shown = |(row, data)| Shown {
        row,
        data: Value::Object(data),
        access: Arc::clone(access),
    };
    Ok(records.into_iter().map(|record| shown(record).called(form)).collect())
}

/// Changes of a record as its reader sees them: what a link led to is told as the link itself would be.
pub(super) fn show_changes<'a>(
    conn: &mut Conn,
    scope: &CustomerScope,
    access: &Access,
    form: &'a Form,
    changes: impl Iterator<Item = &'a mut FieldChange>,
) -> Result<()> {
    let values = changes.flat_map(|change| {
        // A field that the form has no more may have been a link too.
        let target = form.field(&change.field).map(|field| field.target.as_str());
        [(target, &mut change.before), (target, &mut change.after)]
    });
    name(conn, scope, access, values.collect())
}

/// Names the links in values, each with the page that its field leads to, where that is known. One query for all.
fn name(
    conn: &mut Conn,
    scope: &CustomerScope,
    access: &Access,
    mut values: Vec<(Option<&str>, &mut Value)>,
) -> Result<()> {
    let mut ids: Vec<RecordId> = values
        .iter()
        .filter_map(|(_, value)| value.as_array())
        .flatten()
        .filter_map(record_of)
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    ids.sort();
    ids.dedup();
    let linked = record::linked(conn, &access.instance, &ids)?;
    let pages = linked.values().map(|record| record.page_key.as_str());
    let targets = values.iter().filter_map(|(target, _)| *target);
    let rights = rights(conn, access, pages.chain(targets))?;
    let readable = |record: &LinkedRecord| {
        let own = record.created_by.as_ref() == Some(&scope.user_id);
        rights
            .get(&record.page_key)
            .is_some_and(|rights| rights.may(RecordAction::Read, own))
    };
    for (target, value) in &mut values {
        let reads_target = access.person.unrestricted || target.and_then(|key| rights.get(key)).is_some_and(reads_all);
        for item in value.as_array_mut().into_iter().flatten() {
            let Some(id) = record_of(item) else { continue };
            let Some(members) = item.as_object_mut() else { continue };
            match linked.get(&id) {
                Some(record) if readable(record) => {
                    members.insert("title".to_owned(), Value::String(record.title.clone()));
                }
                // It keeps its end and says nothing.
                Some(_) => drop(members.remove("title")),
                // What is gone leads nowhere; its name is for those who might have read it, whoever made it.
                None => {
                    members.remove("record");
                    if !reads_target {
                        members.remove("title");
                    }
                }
            }
        }
    }
    Ok(())
}

/// The record to which an item of a link leads.
fn record_of(item: &Value) -> Option<RecordId> {
    item.get("record")?.as_str()?.parse().ok()
}

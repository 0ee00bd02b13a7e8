//! How links to other records are shown: by the name that the linked record has now, to those who may read it. One query for
//! all the links of a list.

use std::collections::HashMap;
use std::sync::Arc;

use appshelf_rules::{Form, Widget};
use serde_json::{Map, Value};

use super::Shown;
use crate::auth::viewer::CustomerScope;
use crate::domain::id::RecordId;
use crate::domain::page_permission::{RecordAction, RecordReach, Rights};
use crate::store::conn::Conn;
use crate::store::page_access::Access;
use crate::store::record::{self, AppRecord, LinkedRecord};
use crate::store::{Result, page_setting};

/// The rights of a person on the pages that the links of a form lead to.
fn rights(conn: &mut Conn, access: &Access, form: &Form) -> Result<HashMap<String, Rights>> {
    let targets = form.fields.iter().filter(|field| field.widget == Widget::Link);
    let permissions = page_setting::permissions(conn, &access.instance)?;
    let right = |target: &String| (target.clone(), permissions.of(target).rights_of(&access.person));
    Ok(targets.map(|field| &field.target).map(right).collect())
}

/// Whether the person may read every record that the links of a form may lead to, so that their names may be searched.
pub(super) fn are_searched(conn: &mut Conn, access: &Access, form: &Form) -> Result<bool> {
    if access.person.unrestricted {
        return Ok(true);
    }
    let rights = rights(conn, access, form)?;
    Ok(rights
        .values()
        .all(|rights| rights.see && rights.read == RecordReach::All))
}

/// Records as their reader sees them.
pub(super) fn show(
    conn: &mut Conn,
    scope: &CustomerScope,
    access: &Arc<Access>,
    form: &Form,
    rows: Vec<AppRecord>,
) -> Result<Vec<Shown>> {
    let links: Vec<&str> = form
        .fields
        .iter()
        .filter(|field| field.widget == Widget::Link)
        .map(|field| field.key.as_str())
        .collect();
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let data: Map<String, Value> = serde_json::from_str(&row.data)?;
        records.push((row, data));
    }
    let mut ids: Vec<RecordId> = records
        .iter()
        .flat_map(|(_, data)| links.iter().filter_map(|key| data.get(*key)?.as_array()))
        .flatten()
        .filter_map(|item| item.get("record")?.as_str()?.parse().ok())
        .collect();
    ids.sort();
    ids.dedup();
    let linked = record::linked(conn, &access.instance, &ids)?;
    let rights = match ids.is_empty() {
        true => HashMap::new(),
        false => rights(conn, access, form)?,
    };
    for (_, data) in &mut records {
        for key in &links {
            if let Some(Value::Array(items)) = data.get_mut(*key) {
                items.iter_mut().for_each(|item| name(item, &linked, &rights, scope));
            }
        }
    }
    let shown = |(row, data)| Shown {
        row,
        data: Value::Object(data),
        access: Arc::clone(access),
    };
    Ok(records.into_iter().map(shown).collect())
}

/// A link to a record that is gone keeps its text and leads nowhere; one that is not the person's to see keeps its end and
/// says nothing.
fn name(
    item: &mut Value,
    linked: &HashMap<RecordId, LinkedRecord>,
    rights: &HashMap<String, Rights>,
    scope: &CustomerScope,
) {
    let Some(members) = item.as_object_mut() else { return };
    let id = members
        .get("record")
        .and_then(Value::as_str)
        .and_then(|id| id.parse::<RecordId>().ok());
    let Some(id) = id else { return };
    let Some(record) = linked.get(&id) else {
        members.remove("record");
        return;
    };
    let own = record.created_by.as_ref() == Some(&scope.user_id);
    let readable = rights
        .get(&record.page_key)
        .is_some_and(|rights| rights.may(RecordAction::Read, own));
    match readable {
        true => drop(members.insert("title".to_owned(), Value::String(record.title.clone()))),
        false => drop(members.remove("title")),
    }
}

//! The views of a table stay with its form page as data: name, sort, hidden fields, and all the rest as it was.
//! Only lists have a counterpart in the product; the report names the others.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::field::Field;
use super::secret;
use super::text;
use crate::package::problems::At;
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// Maps the views of a table.
pub(super) fn read(draft: &mut Draft<'_, '_>, table: Node<'_>, fields: &[Field], at: &At<'_>) -> Vec<Value> {
    let at = at.member("views");
    let keys: HashMap<i64, &str> = fields
        .iter()
        .filter_map(|field| Some((field.id?, field.key.as_str())))
        .collect();
    let mut views = Vec::new();
    let mut foreign: BTreeMap<String, usize> = BTreeMap::new();
    let Some(list) = table.get("views") else {
        return views;
    };
    // They become part of the form's definition, which may be only so large; what does not fit is named.
    let mut room = draft.limits.piece_bytes / 2;
    for (index, node) in list.items().enumerate() {
        let at = at.item(index);
        if node.text().len() > room {
            draft.notes.unmapped(
                at,
                (
                    "表单定义放不下的视图",
                    "view for which the form's definition has no room",
                ),
                KeptAs::NotKept,
            );
            continue;
        }
        room -= node.text().len();
        let mut value = node.value();
        secret::blank(&mut value, &at.to_string(), &mut draft.notes);
        let Value::Object(source) = value else {
            draft
                .notes
                .unmapped(at, ("不是对象的视图", "view that is not an object"), KeptAs::NotKept);
            continue;
        };
        let type_name = text::text_of(&source, "type").unwrap_or("unknown").to_owned();
        if type_name != "grid" {
            *foreign.entry(type_name.clone()).or_default() += 1;
        }
        views.push(map(source, &type_name, &keys, draft.limits.name));
    }
    for (type_name, count) in foreign {
        draft.notes.unmapped(
            at,
            (
                format!("{count} 个 {type_name} 视图"),
                format!("{count} {type_name} views"),
            ),
            KeptAs::Definition,
        );
    }
    views
}

fn map(mut source: Map<String, Value>, type_name: &str, keys: &HashMap<i64, &str>, longest: usize) -> Value {
    let field = |value: &Value| text::id_of(value.get("field_id")).and_then(|id| keys.get(&id).copied());
    let list = |name: &str| {
        source
            .get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    let sorts: Vec<Value> = list("sortings")
        .iter()
        .filter_map(|sort| {
            let descending = sort.get("order").and_then(Value::as_str) == Some("DESC");
            Some(json!({"field": field(sort)?, "descending": descending}))
        })
        .collect();
    let mut options: Vec<&Value> = list("field_options").iter().collect();
    options.sort_by(|a, b| text::order(a.get("order")).total_cmp(&text::order(b.get("order"))));
    let is_hidden = |option: &Value| {
        let flag = |name: &str| option.get(name).and_then(Value::as_bool);
        flag("hidden").unwrap_or_else(|| !flag("enabled").unwrap_or(true))
    };
    let hidden: Vec<&str> = options
        .iter()
        .filter(|option| is_hidden(option))
        .filter_map(|option| field(option))
        .collect();
    let order: Vec<&str> = options.iter().filter_map(|option| field(option)).collect();
    let name = text::clean_name(text::text_of(&source, "name"), "View", longest);
    let id = text::id_of(source.get("id"));
    let mut view = json!({"name": name, "type": type_of(type_name), "order": order, "hidden": hidden, "sorts": sorts});
    if let Some(id) = id {
        view["key"] = json!(format!("view-{id}"));
    }
    for mapped in ["id", "name", "order"] {
        source.remove(mapped);
    }
    source.retain(|_, value| !text::is_empty(value));
    view["source"] = Value::Object(source);
    view
}

fn type_of(type_name: &str) -> &str {
    match type_name {
        "grid" => "list",
        "kanban" => "board",
        other => other,
    }
}

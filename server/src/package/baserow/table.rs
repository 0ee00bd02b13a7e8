//! A table of a database becomes a form page; its rows become sample rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::cell::{self, Losses};
use super::draft::{Draft, Piece};
use super::field::{Field, FieldKind};
use super::index::Table;
use super::secret;
use super::text;
use super::view;
use crate::domain::component::ComponentKind;
use crate::package::model::{JsonText, SampleRow};
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::{Kind, Node};

/// Members of a row that are about the row itself.
const ROW_FACTS: [&str; 6] = [
    "id",
    "order",
    "created_on",
    "updated_on",
    "created_by",
    "last_modified_by",
];

/// Maps one table.
pub(super) fn read(draft: &mut Draft<'_, '_>, table: &Table<'_>, at: &At<'_>) -> Result<(), Stop> {
    let node = table.node;
    let name = draft.name(node.get("name"), "Table", at);
    let mut fields = read_fields(draft, node, &at.member("fields"));
    let mut losses: Vec<Losses> = fields.iter().map(|_| Losses::default()).collect();
    let sample_rows = read_rows(draft, table, &mut fields, &mut losses, &at.member("rows"));
    report_fields(draft, &fields, &losses, node, at);
    let views = view::read(draft, node, &fields, at);
    let definition = define(draft, &name, &fields, views, node, at);
    let piece = Piece {
        key: table.key.clone(),
        kind: ComponentKind::FormPage,
        name,
        definition,
        dependencies: Vec::new(),
        features: Vec::new(),
        sample_rows,
    };
    draft.add(piece, at, node)
}

/// The fields as people see them: the primary one first, then by their order.
pub(super) fn read_fields(draft: &mut Draft<'_, '_>, table: Node<'_>, at: &At<'_>) -> Vec<Field> {
    let known = draft.index.ids();
    let mut fields: Vec<Field> = Vec::new();
    let mut keys = BTreeSet::new();
    // They become the form's definition, which may be only so large; what does not fit is named.
    let mut room = draft.limits.piece_bytes / 2;
    // Hardly a field takes less; with less room than that nobody need read on.
    const LEAST: usize = 256;
    const NO_ROOM: (&str, &str) = (
        "表单定义放不下的字段",
        "field for which the form's definition has no room",
    );
    for (index, node) in table.get("fields").into_iter().flat_map(Node::items).enumerate() {
        let at = at.item(index);
        if node.kind() != Kind::Object {
            draft
                .notes
                .unmapped(at, ("不是对象的字段", "field that is not an object"), KeptAs::NotKept);
            continue;
        }
        if room < LEAST {
            draft.notes.unmapped(at, NO_ROOM, KeptAs::NotKept);
            continue;
        }
        let Some(mut whole) = draft.tree(node, &at) else {
            continue;
        };
        secret::blank(&mut whole, &at.to_string(), &mut draft.notes);
        let Value::Object(source) = whole else { continue };
        let field = Field::read(source, index, &known, draft.limits.name);
        let size = field.size();
        if size > room {
            draft.notes.unmapped(at, NO_ROOM, KeptAs::NotKept);
            continue;
        }
        room -= size;
        if keys.insert(field.key.clone()) {
            fields.push(field);
        } else {
            draft.notes.unmapped(
                at,
                (
                    format!("与“{}”编号相同的字段", field.label),
                    format!("second field with the id of {:?}", field.label),
                ),
                KeptAs::NotKept,
            );
        }
    }
    fields.sort_by(|a, b| b.primary.cmp(&a.primary).then(a.order.total_cmp(&b.order)));
    fields
}

fn read_rows(
    draft: &mut Draft<'_, '_>,
    table: &Table<'_>,
    fields: &mut [Field],
    losses: &mut [Losses],
    at: &At<'_>,
) -> Vec<SampleRow> {
    let by_member: BTreeMap<String, usize> = fields
        .iter()
        .enumerate()
        .map(|(index, field)| (field.key.clone(), index))
        .collect();
    let mut strangers = BTreeSet::new();
    let mut facts = BTreeSet::new();
    let mut read = Vec::with_capacity(table.rows.len());
    for (position, row) in table.rows.iter().enumerate() {
        let mut values: Vec<Option<Value>> = vec![None; fields.len()];
        let mut row_facts: BTreeMap<&str, Value> = BTreeMap::new();
        for (name, node) in row.members() {
            if let Some(&index) = by_member.get(name.as_ref()) {
                values[index] = cell::read(&mut fields[index], &node.value(), &draft.index, &mut losses[index]);
            } else if let Some(fact) = ROW_FACTS.into_iter().find(|fact| *fact == name) {
                if !matches!(fact, "id" | "order") && !node.is_null() {
                    row_facts.insert(fact, node.value());
                }
            } else if !node.is_null() && strangers.len() < 100 {
                strangers.insert(name.chars().take(80).collect::<String>());
            }
        }
        fill_from_row(fields, &mut values, &row_facts);
        facts.extend(row_facts.into_keys());
        let mut data = Map::new();
        for (field, value) in fields.iter().zip(values) {
            if let Some(value) = value {
                data.insert(field.key.clone(), value);
            }
        }
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        read.push(SampleRow {
            position,
            data: JsonText::from_value(&Value::Object(data)),
        });
    }
    facts.retain(|fact| !is_filled(fields, fact));
    if !facts.is_empty() {
        let facts: Vec<_> = facts.into_iter().collect();
        draft.notes.unmapped(
            at,
            (
                format!("数据行的 {}", facts.join("、")),
                format!("row members {}", facts.join(", ")),
            ),
            KeptAs::NotKept,
        );
    }
    for stranger in strangers {
        draft.notes.unmapped(
            at,
            (
                format!("数据行的“{stranger}”，它不是字段"),
                format!("row member {stranger:?} that is not a field"),
            ),
            KeptAs::NotKept,
        );
    }
    read
}

/// When and by whom a row was made stands beside its values.
fn fill_from_row(fields: &[Field], values: &mut [Option<Value>], facts: &BTreeMap<&str, Value>) {
    for (field, value) in fields.iter().zip(values) {
        if let FieldKind::RowDate { member } | FieldKind::RowPerson { member } = field.kind
            && value.is_none()
        {
            *value = facts.get(member).map(cell::as_text);
        }
    }
}

fn is_filled(fields: &[Field], fact: &str) -> bool {
    fields.iter().any(|field| match field.kind {
        FieldKind::RowDate { member } | FieldKind::RowPerson { member } => member == fact,
        _ => false,
    })
}

/// What people call a row by: the primary field or, where that is calculated and an export holds no value of it, the first text.
fn title_field(fields: &[Field]) -> Option<&Field> {
    let primary = fields.iter().find(|field| field.primary)?;
    match primary.kind {
        FieldKind::Computed => fields
            .iter()
            .find(|field| field.kind == FieldKind::Text)
            .or(Some(primary)),
        _ => Some(primary),
    }
}

fn define(
    draft: &mut Draft<'_, '_>,
    name: &str,
    fields: &[Field],
    views: Vec<Value>,
    table: Node<'_>,
    at: &At<'_>,
) -> JsonText {
    let mut properties = Map::new();
    let mut shown = Map::new();
    for field in fields {
        let target = match field.kind {
            FieldKind::Link { table, .. } => draft.index.key(table),
            _ => None,
        };
        properties.insert(field.key.clone(), field.schema());
        shown.insert(field.key.clone(), field.ui(target));
    }
    let order: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    let mut ui = json!({"order": order, "fields": shown, "views": views});
    if let Some(title) = title_field(fields) {
        ui["titleField"] = json!(title.key);
    }
    let source = read_source(draft, table, at);
    let mut definition = json!({
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "title": name,
            "properties": properties
        },
        "ui": ui,
        "source": source
    });
    let mut text = JsonText::from_value(&definition);
    if text.as_str().len() > draft.limits.piece_bytes {
        // Fields and the rest were given less than that; views are the only part that grows without being needed.
        definition["ui"]["views"] = json!([]);
        text = JsonText::from_value(&definition);
        draft.notes.unmapped(
            at.member("views"),
            (
                "使表单定义过大的视图",
                "views that make the form's definition too large",
            ),
            KeptAs::NotKept,
        );
    }
    text
}

/// What else the table says, and where it comes from.
fn read_source(draft: &mut Draft<'_, '_>, table: Node<'_>, at: &At<'_>) -> Value {
    let mut source = Map::new();
    source.insert("system".to_owned(), json!("baserow"));
    let mut room = draft.limits.piece_bytes / 4;
    for (name, node) in table.members() {
        let at = at.member(&name);
        if matches!(name.as_ref(), "fields" | "views" | "rows") {
            if !matches!(node.kind(), Kind::Array | Kind::Null) {
                draft.notes.unmapped(
                    at,
                    (format!("“{name}”不是列表"), format!("{name} that are not a list")),
                    KeptAs::NotKept,
                );
            }
            continue;
        }
        if name == "name" || node.is_null() {
            continue;
        }
        // It becomes part of the form's definition, which may be only so large.
        if name.len() + node.text().len() > room {
            draft.notes.unmapped(
                at,
                (
                    format!("数据表的“{name}”，过大而未保留"),
                    format!("table member {name:?}, too large to keep"),
                ),
                KeptAs::NotKept,
            );
            continue;
        }
        room -= name.len() + node.text().len();
        let mut value = node.value();
        secret::blank(&mut value, &at.to_string(), &mut draft.notes);
        if !text::is_empty(&value) && !matches!(name.as_ref(), "id" | "order") {
            draft.notes.unmapped(
                at,
                (format!("数据表的“{name}”"), format!("table member {name:?}")),
                KeptAs::Definition,
            );
        }
        source.insert(name.into_owned(), value);
    }
    Value::Object(source)
}

fn report_fields(draft: &mut Draft<'_, '_>, fields: &[Field], losses: &[Losses], table: Node<'_>, at: &At<'_>) {
    let places: BTreeMap<String, usize> = table
        .get("fields")
        .into_iter()
        .flat_map(Node::items)
        .enumerate()
        .filter_map(|(index, field)| Some((format!("field_{}", text::id(field.get("id"))?), index)))
        .collect();
    let at = at.member("fields");
    for (field, losses) in fields.iter().zip(losses) {
        let index = places.get(&field.key).copied();
        let at = index.map_or(at, |index| at.item(index));
        let zh = format!("{} 字段“{}”", field.type_name, field.label);
        let what = format!("{} field {:?}", field.type_name, field.label);
        match &field.kind {
            FieldKind::Computed => {
                draft.notes.unmapped(
                    at,
                    (format!("{zh}的公式和取值"), format!("{what}: its formula and values")),
                    KeptAs::ReadOnlyText,
                );
            }
            FieldKind::Foreign | FieldKind::RowPerson { .. } => {
                draft.notes.unmapped(at, (zh, what), KeptAs::ReadOnlyText);
            }
            FieldKind::Secret => {
                let zh = format!("{zh}，其中有 {} 个加密的密码", losses.secrets);
                let what = format!("{what} with {} hashed passwords", losses.secrets);
                draft.notes.unmapped(at, (zh, what), KeptAs::Blank);
            }
            FieldKind::File => draft.notes.unmapped(
                at,
                (format!("{zh}的文件内容"), format!("{what}: the bytes of its files")),
                KeptAs::Metadata,
            ),
            _ if field.type_name == "ai" => {
                draft.notes.unmapped(
                    at,
                    (format!("{zh}的提示词"), format!("{what}: its prompt")),
                    KeptAs::Definition,
                );
            }
            _ => {}
        }
        report_losses(draft, field, losses, &at);
    }
}

fn report_losses(draft: &mut Draft<'_, '_>, field: &Field, losses: &Losses, at: &At<'_>) {
    let (count, example) = &losses.unreadable;
    if *count > 0 {
        draft.notes.warn(
            "VALUES_NOT_READ",
            at,
            format!(
                "“{}”有 {count} 个值无法按类型 {} 读取，已留空，例如 {example}",
                field.label, field.type_name
            ),
            format!(
                "{count} values of {:?} are not of the type {} and were left empty, for example {example}",
                field.label, field.type_name
            ),
        );
    }
    let (count, example) = &losses.dangling;
    if *count > 0 {
        draft.notes.warn(
            "REFERENCES_NOT_FOUND",
            at,
            format!("“{}”有 {count} 个引用指向文件中不存在的行或选项，已去除，例如 {example}", field.label),
            format!("{count} references of {:?} point to rows or options that are not in the file and were left out, for example {example}", field.label),
        );
    }
}

//! A user source, the list of people who may sign in to a builder, becomes a role component: the role names that it
//! knows, without any member.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::draft::{Draft, Piece};
use super::parts::{self, ObjectText};
use super::service::Needs;
use super::table;
use super::text;
use crate::domain::component::ComponentKind;
use crate::package::model::JsonText;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// Roles that are read from the rows of a table.
const ROLES: usize = 200;

/// Maps the user sources of an application.
pub(super) fn read<'a>(draft: &mut Draft<'a, '_>, app: Node<'a>, app_at: &At<'_>) -> Result<(), Stop> {
    let at = app_at.member("user_sources");
    for (index, node) in draft.list(app, "user_sources", app_at).enumerate() {
        read_one(draft, node, index, &at.item(index))?;
    }
    Ok(())
}

fn read_one(draft: &mut Draft<'_, '_>, node: Node<'_>, index: usize, at: &At<'_>) -> Result<(), Stop> {
    let key = draft.claim("user-source", text::id(node.get("id")), index, at);
    let name = draft.name(node.get("name"), "Role", at);
    let mut needs = Needs::default();
    let roles = read_roles(draft, node, at);
    let source = parts::rest(draft, node, &["name", "order"], &mut needs, at, &mut |_, _, _, _| true)?;
    let field = |name: &str| {
        text::id(node.get(name))
            .map(|id| json!(format!("field_{id}")))
            .unwrap_or_default()
    };
    let form = text::id(node.get("table_id")).and_then(|id| draft.index.key(id).map(str::to_owned));
    let people = json!({
        "form": form,
        "emailField": field("email_field_id"),
        "nameField": field("name_field_id"),
        "roleField": field("role_field_id")
    });
    let mut definition = ObjectText::new();
    definition.put("roles", &Value::Array(roles));
    definition.put("members", &json!([]));
    definition.put("people", &people);
    definition.put_text("source", &source);
    draft.notes.unmapped(
        at,
        (
            "用户来源的成员和登录方式；人员以组织账号登录",
            "the members and the sign-in of a user source; people sign in to the organisation",
        ),
        KeptAs::Definition,
    );
    let piece = Piece {
        key,
        kind: ComponentKind::Role,
        name,
        definition: JsonText::from_checked(definition.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, node)
}

/// The choices of the role field, or what its rows say where it is a free text.
fn read_roles(draft: &mut Draft<'_, '_>, node: Node<'_>, at: &At<'_>) -> Vec<Value> {
    let (Some(table), Some(role_field)) = (text::id(node.get("table_id")), text::id(node.get("role_field_id"))) else {
        return Vec::new();
    };
    let Some(table) = draft.index.table(table) else {
        return Vec::new();
    };
    let notes = std::mem::take(&mut draft.notes);
    // The table itself reports its fields; here they are only looked at.
    let fields = table::read_fields(draft, table.node, &at.member("role_field_id"));
    draft.notes = notes;
    let Some(field) = fields.iter().find(|field| field.id == Some(role_field)) else {
        return Vec::new();
    };
    if !field.choices.is_empty() {
        return field
            .choices
            .iter()
            .map(|choice| json!({"name": choice.value}))
            .collect();
    }
    let mut names = BTreeSet::new();
    for row in &table.rows {
        if let Some(name) = text::string(row.get(&field.key))
            && !name.trim().is_empty()
            && names.len() < ROLES
        {
            names.insert(name.trim().to_owned());
        }
    }
    names.into_iter().map(|name| json!({"name": name})).collect()
}

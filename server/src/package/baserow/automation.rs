//! An automation application: each of its workflows becomes one automation, trigger and timers included.

use serde_json::Value;

use super::draft::{Draft, Piece};
use super::parts::{self, ObjectText};
use super::service::Needs;
use super::text;
use crate::domain::component::ComponentKind;
use crate::package::model::JsonText;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// Maps an automation application.
pub(super) fn read<'a>(draft: &mut Draft<'a, '_>, app: Node<'a>, app_at: &At<'_>) -> Result<(), Stop> {
    let mut needs = Needs::default();
    let spoken_for = [
        "id",
        "name",
        "order",
        "type",
        "workflows",
        "integrations",
        "user_sources",
    ];
    parts::rest(
        draft,
        app,
        &spoken_for,
        &mut needs,
        app_at,
        &mut |draft, name, _, at| {
            draft.notes.unmapped(
                at,
                (format!("自动化的“{name}”"), format!("automation member {name:?}")),
                KeptAs::NotKept,
            );
            false
        },
    )?;
    let at = app_at.member("workflows");
    for (index, node) in draft.list(app, "workflows", app_at).enumerate() {
        read_workflow(draft, node, index, &at.item(index))?;
    }
    Ok(())
}

fn read_workflow(draft: &mut Draft<'_, '_>, node: Node<'_>, index: usize, at: &At<'_>) -> Result<(), Stop> {
    let key = draft.claim("workflow", text::id(node.get("id")), index, at);
    let name = draft.name(node.get("name"), "Automation", at);
    let mut needs = Needs::default();
    let mut trigger = None;
    let mut types = Vec::new();
    let nodes = parts::write_list(
        draft,
        node.get("nodes"),
        &mut needs,
        &at.member("nodes"),
        &mut |_, value, at| {
            let type_name = value.get("type").and_then(Value::as_str).unwrap_or("unknown");
            if trigger.is_none() && is_trigger(type_name) {
                trigger = Some(value.get("id").cloned().unwrap_or_default());
            } else if !is_known(type_name) {
                types.push((at.to_string(), type_name.to_owned()));
            }
        },
    )?;
    for (place, type_name) in types {
        draft.notes.unmapped(
            place,
            (
                format!("类型为“{type_name}”的自动化节点"),
                format!("automation node of type {type_name:?}"),
            ),
            KeptAs::Definition,
        );
    }
    let mut definition = ObjectText::new();
    definition.put("trigger", &trigger.unwrap_or_default());
    definition.put_text("nodes", &nodes);
    let rest = parts::rest(
        draft,
        node,
        &["name", "order", "nodes"],
        &mut needs,
        at,
        &mut |_, _, _, _| true,
    )?;
    definition.put_text("source", &rest);
    let piece = Piece {
        key,
        kind: ComponentKind::Automation,
        name,
        definition: JsonText::from_checked(definition.finish()),
        dependencies: needs.dependencies.into_iter().collect(),
        features: Vec::new(),
        sample_rows: Vec::new(),
    };
    draft.add(piece, at, node)
}

fn is_trigger(type_name: &str) -> bool {
    type_name.contains("trigger")
        || type_name == "periodic"
        || ["_created", "_updated", "_deleted", "_submitted", "_enters_view"]
            .iter()
            .any(|end| type_name.ends_with(end))
}

fn is_known(type_name: &str) -> bool {
    is_trigger(type_name)
        || ["_row", "_rows"].iter().any(|end| type_name.ends_with(end))
        || matches!(
            type_name,
            "http_request" | "smtp_email" | "router" | "iterator" | "ai_agent"
        )
}

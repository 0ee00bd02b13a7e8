//! Integrations of an application become connectors: their configuration without secrets.

use serde_json::Value;

use super::draft::{Draft, Piece};
use super::secret;
use super::service;
use super::text;
use crate::domain::component::{ComponentKind, Feature};
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// Access to the tables of the same file; nothing has to be connected.
const LOCAL: &str = "local_baserow";

/// Gives every integration of an application its key before anything refers to it.
pub(super) fn survey<'a>(draft: &mut Draft<'a, '_>, app: Node<'a>, app_at: &At<'_>) -> Vec<String> {
    let at = app_at.member("integrations");
    let mut keys = Vec::new();
    for (index, node) in draft.list(app, "integrations", app_at).enumerate() {
        let id = text::id(node.get("id"));
        // Everything that has a key is added later, so that one too many is enough for the refusal.
        if draft.is_full() {
            break;
        }
        let key = draft.claim("integration", id, index, &at.item(index));
        if let Some(id) = id {
            let is_local = text::string(node.get("type")).as_deref() == Some(LOCAL);
            draft
                .integrations
                .entry(id)
                .or_insert_with(|| (!is_local).then(|| key.clone()));
        }
        keys.push(key);
    }
    keys
}

/// Maps the integrations of an application, in step with their keys.
pub(super) fn read(draft: &mut Draft<'_, '_>, app: Node<'_>, keys: Vec<String>, at: &At<'_>) -> Result<(), Stop> {
    let at = at.member("integrations");
    let mut keys = keys.into_iter();
    for (index, node) in app.get("integrations").into_iter().flat_map(Node::items).enumerate() {
        let at = at.item(index);
        // What is too large is gone; the connector that others refer to is not.
        let mut value = draft.tree(node, &at).unwrap_or_default();
        let type_name = value
            .get("type")
            .and_then(Value::as_str)
            .filter(|name| !name.trim().is_empty())
            .unwrap_or("unknown")
            .to_owned();
        let secrets = secret::blank(&mut value, &at.to_string(), &mut draft.notes);
        if let Some(members) = value.as_object_mut() {
            // A person of the other system cannot act here.
            if members
                .remove("authorized_user")
                .is_some_and(|user| !text::is_empty(&user))
            {
                draft.notes.unmapped(
                    at.member("authorized_user"),
                    ("授权用户", "authorised user"),
                    KeptAs::NotKept,
                );
            }
        }
        let ours = connector_type(&type_name);
        if ours == "OTHER" {
            draft.notes.unmapped(
                at,
                (
                    format!("类型为“{type_name}”的集成"),
                    format!("integration of type {type_name:?}"),
                ),
                KeptAs::Definition,
            );
        }
        if !secrets.is_empty() {
            let names = secrets.join(", ");
            draft.notes.warn(
                "SECRETS_TO_FILL_IN",
                at,
                format!("连接器的密钥未导入，需重新填写：{names}"),
                format!("The connector's secrets were not imported and have to be filled in: {names}"),
            );
        }
        let piece = Piece {
            // The survey stops only where `add` refuses before the keys run out.
            key: keys.next().unwrap_or_else(|| format!("integration-y{index}")),
            kind: ComponentKind::Connector,
            name: draft.name(node.get("name").filter(|name| name.text() != "\"\""), &type_name, &at),
            definition: service::connector_definition(ours, value, secrets),
            dependencies: Vec::new(),
            features: if ours == "HTTP" {
                vec![Feature::HttpConnectors]
            } else {
                Vec::new()
            },
            sample_rows: Vec::new(),
        };
        draft.add(piece, &at, node)?;
    }
    Ok(())
}

fn connector_type(type_name: &str) -> &'static str {
    match type_name {
        LOCAL => "LOCAL",
        "smtp" => "SMTP",
        "ai" => "AI",
        "slack_bot" | "slack" => "SLACK",
        "http" | "http_request" | "core_http" => "HTTP",
        _ => "OTHER",
    }
}

//! The services that pages, automations and dashboards call: what they need of the package, without their secrets.
//! A request to the outside becomes a connector of its own, so that it travels only when connectors are chosen.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::draft::{Draft, Piece};
use super::secret;
use super::text;
use crate::domain::component::{ComponentKind, Feature};
use crate::package::model::JsonText;
use crate::package::problems::{At, Stop};
use crate::package::report::KeptAs;
use crate::package::walk::Node;

/// What the parts of one component need.
#[derive(Default)]
pub(super) struct Needs {
    /// Keys of components.
    pub dependencies: BTreeSet<String>,
}

/// Looks through one element, action, node or data source: takes out secrets, follows references to tables and
/// integrations, and moves requests to the outside into connectors.
pub(super) fn settle(
    draft: &mut Draft<'_, '_>,
    value: &mut Value,
    needs: &mut Needs,
    at: &At<'_>,
    node: Node<'_>,
) -> Result<(), Stop> {
    let name = ["name", "label", "title", "type"]
        .into_iter()
        .find_map(|member| {
            value
                .get(member)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        })
        .unwrap_or("HTTP")
        .to_owned();
    if let Some(service) = value.get_mut("service")
        && matches!(
            service.get("type").and_then(Value::as_str),
            Some("http_request" | "core_http_request")
        )
    {
        extract_request(draft, service, &name, needs, at, node)?;
    }
    secret::blank(value, &at.to_string(), &mut draft.notes);
    follow(draft, value, needs, at);
    Ok(())
}

fn extract_request(
    draft: &mut Draft<'_, '_>,
    service: &mut Value,
    name: &str,
    needs: &mut Needs,
    at: &At<'_>,
    node: Node<'_>,
) -> Result<(), Stop> {
    let place = at.member("service");
    let secrets = secret::blank(service, &place.to_string(), &mut draft.notes);
    let key = draft.claim("http", text::id_of(service.get("id")), draft.components.len(), &place);
    let label = text::clean_name(Some(name), "HTTP", draft.limits.name);
    let definition = connector_definition("HTTP", service.clone(), secrets);
    *service = json!({"id": service["id"], "type": service["type"], "connector": key});
    needs.dependencies.insert(key.clone());
    let piece = Piece {
        key,
        kind: ComponentKind::Connector,
        name: label,
        definition,
        dependencies: Vec::new(),
        features: vec![Feature::HttpConnectors],
        sample_rows: Vec::new(),
    };
    draft.add(piece, &place, node)
}

/// The definition of a connector: its type, its configuration, and what has to be filled in.
pub(super) fn connector_definition(type_name: &str, configuration: Value, secrets: Vec<String>) -> JsonText {
    let secrets: Vec<Value> = secrets
        .into_iter()
        .map(|name| json!({"name": name, "value": ""}))
        .collect();
    JsonText::from_value(&json!({
        "type": type_name,
        "configuration": configuration,
        "secrets": secrets,
        "source": {"system": "baserow"}
    }))
}

/// Collects the tables and integrations that a value names at any depth; those not in the file go into the report.
pub(super) fn follow(draft: &mut Draft<'_, '_>, value: &Value, needs: &mut Needs, at: &At<'_>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let Some(id) = text::id_of(Some(member)) else {
                    follow(draft, member, needs, at);
                    continue;
                };
                match name.as_str() {
                    "table_id" => match draft.index.key(id) {
                        Some(key) => {
                            needs.dependencies.insert(key.to_owned());
                        }
                        None => missing(draft, at, &format!("数据表 {id} "), &format!("table {id}")),
                    },
                    "integration_id" => match draft.integrations.get(&id) {
                        Some(Some(key)) => {
                            needs.dependencies.insert(key.clone());
                        }
                        // Reading the application's own tables needs no connection.
                        Some(None) => {}
                        None => missing(draft, at, &format!("集成 {id} "), &format!("integration {id}")),
                    },
                    _ => {}
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                follow(draft, item, needs, at);
            }
        }
        _ => {}
    }
}

fn missing(draft: &mut Draft<'_, '_>, at: &At<'_>, zh: &str, en: &str) {
    draft.notes.unmapped(
        at,
        (
            format!("对{zh}的引用，文件中没有它"),
            format!("reference to {en}, which is not in the file"),
        ),
        KeptAs::Definition,
    );
}

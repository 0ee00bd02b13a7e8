//! What a component's definition looks like once it has arrived (D23, D24): connectors without their secrets and code, roles
//! and contacts without their members, everything else as it is. Whether it travels at all is decided in `preflight`.

mod secret;

use secret::blank;
use serde_json::{Map, Value};

use super::component::ComponentKind;

/// A definition as it arrives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrival {
    pub definition: Value,
    /// Names of the secrets that were blanked, each once.
    pub secrets: Vec<String>,
    /// Whether code was taken out.
    pub code_removed: bool,
}

/// Whether a component of this kind arrives just as it is.
pub const fn is_unchanged(kind: ComponentKind) -> bool {
    match kind {
        ComponentKind::Connector | ComponentKind::Role | ComponentKind::Contact => false,
        ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
        | ComponentKind::AiAssistant
        | ComponentKind::DataPreparation
        | ComponentKind::Automation
        | ComponentKind::CustomComponent
        | ComponentKind::CoolApp
        | ComponentKind::Dashboard => true,
    }
}

/// Takes out what never leaves the partner.
pub fn arriving(kind: ComponentKind, mut definition: Value) -> Arrival {
    let mut secrets = Vec::new();
    let mut code_removed = false;
    match kind {
        ComponentKind::Connector => {
            code_removed = remove_code(&mut definition);
            blank(&mut definition, &mut secrets);
            secrets.sort_unstable();
            secrets.dedup();
        }
        ComponentKind::Role | ComponentKind::Contact => remove_members(&mut definition),
        ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
        | ComponentKind::AiAssistant
        | ComponentKind::DataPreparation
        | ComponentKind::Automation
        | ComponentKind::CustomComponent
        | ComponentKind::CoolApp
        | ComponentKind::Dashboard => {}
    }
    Arrival {
        definition,
        secrets,
        code_removed,
    }
}

/// Member names that hold a function's code.
const CODE: [&str; 5] = ["code", "sourcecode", "functioncode", "script", "handler"];

/// Takes the code out of a connector that runs as a function: at any depth where its type says so, at the top elsewhere.
fn remove_code(definition: &mut Value) -> bool {
    let is_function = definition
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|name| folded(name).contains("function"));
    match (is_function, definition) {
        (true, definition) => remove_code_inside(definition),
        (false, Value::Object(members)) => remove_code_of(members),
        (false, _) => false,
    }
}

fn remove_code_inside(value: &mut Value) -> bool {
    match value {
        Value::Object(members) => {
            let removed = remove_code_of(members);
            members
                .values_mut()
                .map(remove_code_inside)
                .fold(removed, |a, b| a || b)
        }
        // Counted, not asked for the first: every item must be gone through.
        Value::Array(items) => {
            items
                .iter_mut()
                .map(remove_code_inside)
                .filter(|removed| *removed)
                .count()
                > 0
        }
        _ => false,
    }
}

fn remove_code_of(members: &mut Map<String, Value>) -> bool {
    let mut removed = false;
    for (name, member) in members.iter_mut() {
        if CODE.contains(&folded(name).as_str()) && holds_something(member) {
            *member = Value::String(String::new());
            removed = true;
        }
    }
    removed
}

/// D24: whoever was a member at the partner is nobody at the customer.
fn remove_members(definition: &mut Value) {
    if let Value::Object(members) = definition {
        for (name, member) in members.iter_mut() {
            if ["members", "users", "people", "memberids", "userids"].contains(&folded(name).as_str()) {
                *member = Value::Array(Vec::new());
            }
        }
    }
}

fn holds_something(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        // A flag or a count named after a secret is none.
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn d23_no_secret_of_a_connector_arrives() {
        let definition = json!({
            "type": "HTTP",
            "configuration": {
                "url": "https://jo:pass1@erp.example/api?api_key=abc2&page=1",
                "headers": [{"key": "Authorization", "value": "Bearer abc3"}, {"key": "Accept", "value": "text/csv"}],
                "nested": [{"clientSecret": "abc4", "client_id": "kept", "retries": 3}],
                "parameters": [{"name": "access_token", "value": "abc5"}],
                "headerMap": {},
            },
            "secrets": [{"name": "ERP key", "value": "abc6"}],
        });
        let arrival = arriving(ComponentKind::Connector, definition);
        let text = arrival.definition.to_string();
        for secret in ["pass1", "abc2", "abc3", "abc4", "abc5", "abc6"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        for kept in ["erp.example", "page=1", "text/csv", "kept", "\"retries\":3"] {
            assert!(text.contains(kept), "{kept} not in {text}");
        }
        assert_eq!(
            arrival.secrets,
            ["Authorization", "ERP key", "access_token", "clientSecret", "url"]
        );
    }

    #[test]
    fn d23_a_function_connector_comes_without_code() {
        let definition = json!({"type": "FUNCTION", "configuration": {"code": "return 1", "timeout": 5}});
        let arrival = arriving(ComponentKind::Connector, definition);
        assert!(arrival.code_removed);
        assert_eq!(arrival.definition["configuration"], json!({"code": "", "timeout": 5}));
    }

    #[test]
    fn d24_roles_and_contacts_arrive_without_members() {
        for kind in [ComponentKind::Role, ComponentKind::Contact] {
            let arrival = arriving(kind, json!({"members": ["user_1"], "rights": ["read"]}));
            assert_eq!(arrival.definition, json!({"members": [], "rights": ["read"]}));
        }
    }

    #[test]
    fn d21_other_definitions_arrive_as_they_are() {
        let definition = json!({
            "schema": {"properties": {"password": {"type": "string"}}},
            "secret": "s", "code": "c", "members": ["m"],
        });
        for kind in ComponentKind::ALL {
            let same = arriving(kind, definition.clone()).definition == definition;
            assert_eq!(same, is_unchanged(kind), "{kind}");
        }
    }
}

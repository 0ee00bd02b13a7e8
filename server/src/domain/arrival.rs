//! What a component's definition looks like once it has arrived (D23, D24): connectors without their secrets and code, roles
//! and contacts without their members, assistants inactive, everything else as it is. Whether it travels at all is decided in
//! `preflight`.

mod secret;

use secret::blank;
use serde_json::Value;

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
        ComponentKind::Connector | ComponentKind::Role | ComponentKind::Contact | ComponentKind::AiAssistant => false,
        ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
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
        ComponentKind::AiAssistant => deactivate(&mut definition),
        ComponentKind::FormPage
        | ComponentKind::CustomPage
        | ComponentKind::Portal
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

/// Member names that hold code wherever they stand.
const CODE: [&str; 5] = ["code", "sourcecode", "functioncode", "script", "handler"];

/// Members of a function that are no code: how it is called, what it is given, what it is allowed. Any other text goes.
const NO_CODE: [&str; 22] = [
    "type",
    "name",
    "key",
    "label",
    "title",
    "description",
    "help",
    "runtime",
    "language",
    "version",
    "method",
    "path",
    "url",
    "baseurl",
    "in",
    "format",
    "default",
    "unit",
    "required",
    "enum",
    "region",
    "schedule",
];

/// Takes the code out of a connector: where its type says that it is a function every text that is not known to be something
/// else, elsewhere what is called code at the top.
fn remove_code(definition: &mut Value) -> bool {
    let is_function = definition
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|name| folded(name).contains("function"));
    let Value::Object(members) = definition else {
        return false;
    };
    let mut removed = false;
    for (name, member) in members.iter_mut() {
        let plain = folded(name);
        if CODE.contains(&plain.as_str()) && holds_something(member) {
            *member = Value::String(String::new());
            removed = true;
        } else if is_function && plain != "secrets" {
            removed |= remove_unknown(&plain, member);
        }
    }
    removed
}

/// Blanks the texts inside a member, unless it is known to hold no code.
fn remove_unknown(name: &str, member: &mut Value) -> bool {
    match member {
        Value::String(text) if !NO_CODE.contains(&name) && !text.is_empty() => {
            text.clear();
            true
        }
        Value::Object(members) => {
            let mut removed = false;
            for (name, member) in members.iter_mut() {
                removed |= remove_unknown(&folded(name), member);
            }
            removed
        }
        Value::Array(items) => {
            let mut removed = false;
            for item in items {
                removed |= remove_unknown(name, item);
            }
            removed
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// D24: an assistant waits until the customer activates it.
fn deactivate(definition: &mut Value) {
    if let Some(active) = definition.get_mut("active") {
        *active = Value::Bool(false);
    }
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
    fn d23_a_secret_is_found_however_it_is_written_down() {
        let definition = json!({
            "type": "HTTP",
            "configuration": {
                "url": "erp.example/api?token=L1&page=1", "database": "jo:L16@db.example/main",
                "headers": "Authorization: Bearer L2\nAccept: text/csv", "pwd": "L3",
                "auth": {"user": "u", "pass": "L4"}, "query": [{"name": "key", "value": "L5"}],
                "headerList": [{"header": "X-Api-Key", "content": "L6"}], "body": "{\"password\":\"L7\",\"page\":2}",
                "accountKey": "L8", "hmacKey": "L9", "sas": "L10", "jwt": "L11",
                "params": [{"field": "api_key", "data": "L12"}], "connection": "Server=db;Password=L17;Port=1",
                "paths": [{"key": "name", "value": "{name}"}], "mail": "it@example.com",
            },
            "secrets": ["L13", {"name": "k", "secret": "L14", "value": "x"}, {"name": "z", "label": "Z", "default": "L15"}],
        });
        let arrival = arriving(ComponentKind::Connector, definition);
        let text = arrival.definition.to_string();
        for number in 1..=17 {
            assert!(!text.contains(&format!("L{number}")), "L{number} in {text}");
        }
        for kept in [
            "erp.example/api?token=&page=1",
            "text/csv",
            "{name}",
            "it@example.com",
            "Port=1",
            "\"label\":\"Z\"",
            "page",
        ] {
            assert!(text.contains(kept), "{kept} not in {text}");
        }
        for name in [
            "Authorization",
            "X-Api-Key",
            "api_key",
            "key",
            "pass",
            "password",
            "secret 1",
            "k",
            "z",
        ] {
            assert!(
                arrival.secrets.iter().any(|secret| secret == name),
                "{name} in {:?}",
                arrival.secrets
            );
        }
    }

    #[test]
    fn d23_whatever_may_be_code_of_a_function_stays_behind() {
        let definition = json!({
            "type": "FUNCTION", "functionBody": "C1",
            "configuration": {"functions": [{"name": "sum", "body": "C2", "source": "C3", "js": ["C4"]}], "runtime": "nodejs20", "timeout": 5},
        });
        let arrival = arriving(ComponentKind::Connector, definition);
        let text = arrival.definition.to_string();
        assert!(arrival.code_removed);
        assert!(
            !text.contains("C1") && !text.contains("C2") && !text.contains("C3") && !text.contains("C4"),
            "{text}"
        );
        assert!(
            text.contains("sum") && text.contains("nodejs20") && text.contains("5"),
            "{text}"
        );
    }

    #[test]
    fn d24_an_assistant_arrives_inactive() {
        let arrival = arriving(
            ComponentKind::AiAssistant,
            json!({"instructions": "help", "active": true}),
        );
        assert_eq!(arrival.definition, json!({"instructions": "help", "active": false}));
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
            "secret": "s", "code": "c", "members": ["m"], "active": true,
        });
        for kind in ComponentKind::ALL {
            let same = arriving(kind, definition.clone()).definition == definition;
            assert_eq!(same, is_unchanged(kind), "{kind}");
        }
    }
}

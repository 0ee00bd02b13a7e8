//! Takes secrets out of what is imported: passwords, keys, tokens, and the values of request headers. What a package
//! carries may be sent to others, so that a doubtful value goes rather than stays; its name remains, to be filled in.

use serde_json::{Map, Value};

use super::notes::Notes;
use crate::package::report::KeptAs;

/// Parts of member names that stand for a secret, compared without case and punctuation.
const SECRET: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "signingkey",
    "token",
    "authorization",
    "credential",
    "bearer",
    "connectionstring",
    "aisettings",
    "icalurl",
    "cookie",
];

/// Request headers whose values are no secrets.
const PLAIN_HEADERS: [&str; 7] = [
    "accept",
    "acceptcharset",
    "acceptencoding",
    "acceptlanguage",
    "cachecontrol",
    "contenttype",
    "useragent",
];

/// Blanks every secret inside a value and reports each; returns the names of what has to be filled in.
pub(super) fn blank(value: &mut Value, place: &str, notes: &mut Notes) -> Vec<String> {
    let mut names = Vec::new();
    blank_inside(value, place, notes, &mut names);
    names
}

/// The same where nobody is told.
pub(in crate::package) fn blank_silently(value: &mut Value) -> Vec<String> {
    blank(value, "$", &mut Notes::default())
}

/// Whether a member of this name holds a secret.
fn is_secret(name: &str) -> bool {
    let name = folded(name);
    // An id of a field that holds passwords is not a password.
    !name.ends_with("id") && !name.ends_with("ids") && SECRET.iter().any(|secret| name.contains(secret))
}

fn blank_inside(value: &mut Value, place: &str, notes: &mut Notes, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            blank_request(members, place, notes, names);
            for (name, member) in members.iter_mut() {
                let inner = format!("{place}.{name}");
                if is_secret(name) && holds_something(member) {
                    *member = Value::Null;
                    notes.unmapped(
                        &inner,
                        (format!("密钥“{name}”"), format!("secret {name:?}")),
                        KeptAs::Blank,
                    );
                    names.push(name.clone());
                } else if let (true, Value::String(address)) = (folded(name).ends_with("url"), &mut *member) {
                    if let Some(plain) = without_secrets(address) {
                        *address = plain;
                        notes.unmapped(
                            &inner,
                            (
                                format!("地址“{name}”中的密钥"),
                                format!("secret in the address {name:?}"),
                            ),
                            KeptAs::Blank,
                        );
                        names.push(name.clone());
                    }
                } else {
                    blank_inside(member, &inner, notes, names);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                blank_inside(item, &format!("{place}[{index}]"), notes, names);
            }
        }
        _ => {}
    }
}

/// Headers, query parameters and form data are lists of `{key, value}`; the body is a text of any shape.
fn blank_request(members: &mut Map<String, Value>, place: &str, notes: &mut Notes, names: &mut Vec<String>) {
    for list in ["headers", "query_params", "form_data"] {
        let Some(Value::Array(pairs)) = members.get_mut(list) else {
            continue;
        };
        for (index, pair) in pairs.iter_mut().enumerate() {
            let key = pair.get("key").and_then(Value::as_str).unwrap_or("").to_owned();
            let doubtful = if list == "headers" {
                !PLAIN_HEADERS.contains(&folded(&key).as_str())
            } else {
                is_secret(&key) || folded(&key) == "key"
            };
            if doubtful && pair.get("value").is_some_and(holds_something) {
                pair["value"] = Value::Null;
                notes.unmapped(
                    format!("{place}.{list}[{index}].value"),
                    (format!("密钥“{key}”"), format!("secret {key:?}")),
                    KeptAs::Blank,
                );
                names.push(key);
            }
        }
    }
    if let Some(body) = members.get_mut("body_content")
        && SECRET.iter().any(|secret| folded(&body.to_string()).contains(secret))
    {
        *body = Value::Null;
        notes.unmapped(
            format!("{place}.body_content"),
            ("含有密钥的请求内容", "request body that names a secret"),
            KeptAs::Blank,
        );
        names.push("body_content".to_owned());
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

/// An address without user, password and secret parameters; `None` if it has none of them.
fn without_secrets(address: &str) -> Option<String> {
    let mut plain = address.to_owned();
    if let Some((scheme, rest)) = address.split_once("://") {
        let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        if let Some(at) = rest[..authority].rfind('@') {
            plain = format!("{scheme}://{}", &rest[at + 1..]);
        }
    }
    if let Some((before, query)) = plain.clone().split_once('?') {
        let kept: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) if !value.is_empty() && (is_secret(name) || folded(name) == "key") => {
                    format!("{name}=")
                }
                _ => pair.to_owned(),
            })
            .collect();
        plain = format!("{before}?{}", kept.join("&"));
    }
    (plain != address).then_some(plain)
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_blanked_and_reported_and_the_rest_is_kept() {
        let mut value = json!({
            "host": "smtp.example", "username": "u", "password": "p", "password_field_id": 5, "max_tokens": 100,
            "use_tls": true, "url": "https://u:p@api.example/x?key=1&page=2",
            "headers": [{"key": "Authorization", "value": "Bearer x"}, {"key": "Content-Type", "value": "text/plain"}, {"key": "X-Shop", "value": "7"}],
            "query_params": [{"key": "api_key", "value": "k"}, {"key": "page", "value": "1"}],
            "body_content": {"formula": "'{\"token\": \"t\"}'"},
            "inner": [{"client_secret": "s", "github_issues_api_token": ""}],
        });
        let mut notes = Notes::default();
        let names = blank(&mut value, "$.x", &mut notes);
        assert_eq!(
            value,
            json!({
                "host": "smtp.example", "username": "u", "password": null, "password_field_id": 5, "max_tokens": 100,
                "use_tls": true, "url": "https://api.example/x?key=&page=2",
                "headers": [{"key": "Authorization", "value": null}, {"key": "Content-Type", "value": "text/plain"}, {"key": "X-Shop", "value": null}],
                "query_params": [{"key": "api_key", "value": null}, {"key": "page", "value": "1"}],
                "body_content": null,
                "inner": [{"client_secret": null, "github_issues_api_token": ""}],
            })
        );
        assert_eq!(names.len(), 7);
        assert_eq!(notes.unmapped.len(), 7);
        assert!(
            notes
                .unmapped
                .iter()
                .any(|entry| entry.place == "$.x.inner[0].client_secret")
        );
    }
}

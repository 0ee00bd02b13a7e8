//! Finds and blanks the secrets of a connector's definition (D23), however its maker wrote them down. Their names remain, so
//! that people know what to fill in.

use serde_json::{Map, Value};

use super::{folded, holds_something};

/// Parts of member names that stand for a secret, compared without case and punctuation.
const SECRET: [&str; 17] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "appkey",
    "accesskey",
    "privatekey",
    "signingkey",
    "token",
    "authorization",
    "credential",
    "bearer",
    "connectionstring",
    "cookie",
    "密码",
    "密钥",
];

/// Headers whose values are no secrets; any other may carry one.
const PLAIN_HEADERS: [&str; 7] = [
    "accept",
    "acceptcharset",
    "acceptencoding",
    "acceptlanguage",
    "cachecontrol",
    "contenttype",
    "useragent",
];

fn is_secret(name: &str) -> bool {
    let name = folded(name);
    !name.ends_with("id") && SECRET.iter().any(|secret| name.contains(secret))
}

/// Blanks every secret inside a value and notes its name. A doubtful value goes rather than stays.
pub(super) fn blank(value: &mut Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match folded(name).as_str() {
                    // The package's own list of what is to be filled in.
                    "secrets" => blank_listed(member, names),
                    "headers" => blank_headers(member, names),
                    _ if is_secret(name) && holds_something(member) => {
                        *member = Value::String(String::new());
                        names.push(name.clone());
                    }
                    _ => blank_address(name, member, names),
                }
            }
            blank_pair(members, names);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| blank(item, names)),
        _ => {}
    }
}

/// `[{name, value}]`, or an object of names and values.
fn blank_listed(list: &mut Value, names: &mut Vec<String>) {
    match list {
        Value::Array(items) => {
            for item in items {
                let name = ["name", "key"].iter().find_map(|member| item.get(*member)?.as_str());
                names.extend(name.map(str::to_owned));
                if let Some(value) = item.get_mut("value") {
                    *value = Value::String(String::new());
                }
            }
        }
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                names.push(name.clone());
                *value = Value::String(String::new());
            }
        }
        other => *other = Value::Null,
    }
}

/// Headers as an object or as a list of pairs: all but a few well-known ones may carry a secret.
fn blank_headers(headers: &mut Value, names: &mut Vec<String>) {
    let doubtful = |name: &str| !PLAIN_HEADERS.contains(&folded(name).as_str());
    match headers {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if doubtful(name) && holds_something(value) {
                    names.push(name.clone());
                    *value = Value::String(String::new());
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                let name = ["name", "key"].iter().find_map(|member| item.get(*member)?.as_str());
                let name = name.unwrap_or_default().to_owned();
                if let Some(value) = item
                    .get_mut("value")
                    .filter(|value| doubtful(&name) && holds_something(value))
                {
                    *value = Value::String(String::new());
                    names.push(name);
                }
            }
        }
        _ => {}
    }
}

/// `{"name": "api_key", "value": "…"}`, however the pair's members are called.
fn blank_pair(members: &mut Map<String, Value>, names: &mut Vec<String>) {
    let named = ["name", "key"]
        .iter()
        .find_map(|member| members.get(*member)?.as_str())
        .filter(|name| is_secret(name))
        .map(str::to_owned);
    if let (Some(name), Some(value)) = (named, members.get_mut("value"))
        && holds_something(value)
    {
        *value = Value::String(String::new());
        names.push(name);
    }
}

/// Addresses lose their user, password and secret parameters; everything else is looked into.
fn blank_address(name: &str, member: &mut Value, names: &mut Vec<String>) {
    let Value::String(text) = member else {
        return blank(member, names);
    };
    let Ok(mut address) = url::Url::parse(text) else {
        return;
    };
    let has_user = !address.username().is_empty() || address.password().is_some();
    let doubtful = |key: &str| is_secret(key) || folded(key) == "key";
    let secret_parameters = address
        .query_pairs()
        .any(|(key, value)| doubtful(&key) && !value.is_empty());
    if !has_user && !secret_parameters {
        return;
    }
    // Addresses that cannot carry a user have none to lose.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    if secret_parameters {
        let kept: Vec<(String, String)> = address
            .query_pairs()
            .map(|(key, value)| {
                let value = if doubtful(&key) {
                    String::new()
                } else {
                    value.into_owned()
                };
                (key.into_owned(), value)
            })
            .collect();
        address.query_pairs_mut().clear().extend_pairs(kept);
    }
    *text = address.into();
    names.push(name.to_owned());
}

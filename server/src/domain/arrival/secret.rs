//! Finds and blanks the secrets of a connector's definition (D23), however its maker wrote them down. Their names remain, so
//! that people know what to fill in. A doubtful value goes rather than stays.

use serde_json::{Map, Value};

use super::{folded, holds_something};

/// Parts of member names that stand for a secret, compared without case and punctuation.
const SECRET: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "authorization",
    "credential",
    "bearer",
    "connectionstring",
    "cookie",
    "signature",
    "jwt",
    "密码",
    "密钥",
    "口令",
];

/// Whole names that do.
const SECRET_NAMES: [&str; 4] = ["auth", "pass", "sas", "pem"];

/// Keys that open nothing.
const PLAIN_KEYS: [&str; 5] = ["publickey", "primarykey", "foreignkey", "sortkey", "partitionkey"];

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

/// Members that name what another member of the same object holds.
const NAMING: [&str; 8] = ["name", "key", "header", "field", "param", "parameter", "label", "title"];

/// Members beside a name that say how a value is given, never which.
const DESCRIBING: [&str; 6] = ["type", "in", "description", "help", "required", "enabled"];

/// Whether a member beside a value names or describes it.
fn tells_of_it(name: &str) -> bool {
    let name = folded(name);
    NAMING.contains(&name.as_str()) || DESCRIBING.contains(&name.as_str())
}

fn is_secret(name: &str) -> bool {
    let name = folded(name);
    let is_key = name.ends_with("key") && name != "key" && !PLAIN_KEYS.contains(&name.as_str());
    let stands_for_one = SECRET.iter().any(|secret| name.contains(secret)) || is_key;
    (stands_for_one && !name.ends_with("id")) || SECRET_NAMES.contains(&name.as_str())
}

/// What a parameter is called may be a secret where a member's name is none: `?key=…`.
fn is_secret_parameter(name: &str) -> bool {
    is_secret(name) || folded(name) == "key"
}

fn is_doubtful_header(name: &str) -> bool {
    !PLAIN_HEADERS.contains(&folded(name).as_str())
}

/// Blanks every secret inside a value and notes its name.
pub(super) fn blank(value: &mut Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let plain = folded(name);
                if plain == "secrets" {
                    // The package's own list of what is to be filled in.
                    blank_listed(member, names);
                } else if plain.contains("header") {
                    blank_headers(member, names);
                } else if is_secret(name) && holds_something(member) && !member.is_object() {
                    *member = Value::String(String::new());
                    names.push(name.clone());
                } else {
                    blank_member(name, member, names);
                }
            }
            blank_pair(members, names, is_secret_parameter);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| blank(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What an object calls itself, and what it holds under that name: everything but names and descriptions.
fn blank_pair(members: &mut Map<String, Value>, names: &mut Vec<String>, doubtful: fn(&str) -> bool) {
    let Some(named) = name_in(members).filter(|name| doubtful(name)) else {
        return;
    };
    let mut blanked = false;
    for (name, member) in members.iter_mut() {
        if !tells_of_it(name) && holds_something(member) {
            *member = Value::String(String::new());
            blanked = true;
        }
    }
    names.extend(blanked.then_some(named));
}

fn name_in(members: &Map<String, Value>) -> Option<String> {
    let named = |wanted: &str| {
        let found = members.iter().find(|(name, _)| folded(name) == wanted)?.1.as_str()?;
        Some(found.to_owned())
    };
    NAMING.iter().find_map(|wanted| named(wanted))
}

/// `[{name, value}]`, texts, or an object of names and values: what is in the list of secrets is one, however it is written.
fn blank_listed(list: &mut Value, names: &mut Vec<String>) {
    match list {
        Value::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                let nameless = format!("secret {}", place + 1);
                match item {
                    Value::Object(members) => {
                        names.push(name_in(members).unwrap_or(nameless));
                        members.retain(|name, _| tells_of_it(name));
                        members.insert("value".to_owned(), Value::String(String::new()));
                    }
                    item => {
                        *item = Value::String(String::new());
                        names.push(nameless);
                    }
                }
            }
        }
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                names.push(name.clone());
                *value = Value::String(String::new());
            }
        }
        other => {
            names.extend(holds_something(other).then(|| "secrets".to_owned()));
            *other = Value::Null;
        }
    }
}

/// Headers as an object, as a list of pairs or as text, a line each: all but a few well-known ones may carry a secret.
fn blank_headers(headers: &mut Value, names: &mut Vec<String>) {
    match headers {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if is_doubtful_header(name) && holds_something(value) {
                    names.push(name.clone());
                    *value = Value::String(String::new());
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Object(members) => blank_pair(members, names, is_doubtful_header),
                    item => blank_headers(item, names),
                }
            }
        }
        Value::String(text) => {
            let lines: Vec<String> = text.lines().map(|line| header_line(line, names)).collect();
            *text = lines.join("\n");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn header_line(line: &str, names: &mut Vec<String>) -> String {
    match line.split_once(':') {
        Some((name, value)) if is_doubtful_header(name) && !value.trim().is_empty() => {
            names.push(name.trim().to_owned());
            format!("{name}: ")
        }
        _ => line.to_owned(),
    }
}

/// A text is looked into as the JSON, the address or the parameters that it may be; everything else member by member.
fn blank_member(name: &str, member: &mut Value, names: &mut Vec<String>) {
    let Value::String(text) = member else {
        return blank(member, names);
    };
    if let Ok(mut inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text) {
        let before = names.len();
        blank(&mut inner, names);
        if names.len() > before {
            *text = inner.to_string();
        }
        return;
    }
    let without_user = without_user(text);
    let kept = without_parameters(&without_user);
    if kept != *text {
        *text = kept;
        names.push(name.to_owned());
    }
}

/// An address, with or without its scheme, without user and password.
fn without_user(text: &str) -> String {
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text[start..].find(['/', '?', '#']).map_or(text.len(), |at| start + at);
    let authority = &text[start..end];
    let Some((user, host)) = authority.rsplit_once('@') else {
        return text.to_owned();
    };
    let is_address = start > 0 || (user.contains(':') && !user.starts_with("mailto:"));
    match is_address && !authority.contains(char::is_whitespace) {
        true => format!("{}{host}{}", &text[..start], &text[end..]),
        false => text.to_owned(),
    }
}

/// `…?token=…&page=1`, `user=…;password=…`: parameters that are secrets lose their values.
fn without_parameters(text: &str) -> String {
    let parts = text.split_inclusive(['?', '&', ';', '\n']);
    let kept = parts.map(|part| {
        let bare = part.trim_end_matches(['?', '&', ';', '\n']);
        match bare.split_once('=') {
            Some((name, value)) if is_secret_parameter(name.trim()) && !value.trim().is_empty() => {
                format!("{name}={}", &part[bare.len()..])
            }
            _ => part.to_owned(),
        }
    });
    kept.collect()
}

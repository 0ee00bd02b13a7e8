//! Reads the loosely typed members of an export: ids that may be numbers or texts, names that may be anything.
//! Whatever is of another type than expected counts as absent; the import must not fail for it.

use serde_json::{Map, Value};

use crate::package::walk::{Kind, Node};

/// An id, written as a number or as digits in a text.
pub(super) fn id(node: Option<Node<'_>>) -> Option<i64> {
    let node = node?;
    match node.kind() {
        Kind::Number => node.text().parse().ok(),
        Kind::String => node.string()?.trim().parse().ok(),
        _ => None,
    }
}

/// The same for a tree.
pub(super) fn id_of(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, or nothing.
pub(super) fn string(node: Option<Node<'_>>) -> Option<String> {
    node?.string().map(std::borrow::Cow::into_owned)
}

/// A text member of a tree; empty counts as absent.
pub(super) fn text_of<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A name as it may stand in a package: one line, no control characters, at most `longest` characters, never empty.
pub(super) fn clean_name(raw: Option<&str>, fallback: &str, longest: usize) -> String {
    let line: String = raw
        .unwrap_or("")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let line = line.trim();
    let line = if line.is_empty() { fallback } else { line };
    if line.chars().count() <= longest {
        return line.to_owned();
    }
    line.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// Whether a value says nothing: null, an empty text, list or object.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Where something stands in the row of things that carry an `order`: a number or a decimal in a text.
pub(super) fn order(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Number(number)) => number.as_f64().unwrap_or(f64::MAX),
        Some(Value::String(text)) => text
            .trim()
            .parse()
            .ok()
            .filter(|order: &f64| order.is_finite())
            .unwrap_or(f64::MAX),
        _ => f64::MAX,
    }
}

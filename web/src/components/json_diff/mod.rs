//! What two JSON values have that the other lacks, as a list of names with before and after. Equal parts are left out.

use leptos::prelude::*;
use serde_json::Value;

use crate::i18n::texts::operator;

/// One difference: the path to it, and both values where there are any.
#[derive(Debug, PartialEq)]
struct Difference {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// The differences as a list; words where there are none.
pub fn json_diff(before: &Value, after: &Value) -> AnyView {
    let mut found = Vec::new();
    compare(String::new(), before, after, &mut found);
    if found.is_empty() {
        return view! { <p class="text-muted">{operator::NO_DIFFERENCE}</p> }.into_any();
    }
    let items: Vec<AnyView> = found.into_iter().map(item).collect();
    view! { <dl class="space-y-2 text-start">{items}</dl> }.into_any()
}

fn item(difference: Difference) -> AnyView {
    view! {
        <div>
            <dt class="font-mono text-xs text-muted break-all">{difference.path}</dt>
            {difference.before.map(|before| view! {
                <dd class="break-all"><span class="sr-only">{operator::BEFORE}": "</span><del class="text-error">{before}</del></dd>
            })}
            {difference.after.map(|after| view! {
                <dd class="break-all"><span class="sr-only">{operator::AFTER}": "</span><ins class="text-success no-underline">{after}</ins></dd>
            })}
        </div>
    }
    .into_any()
}

fn compare(path: String, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    if let (Some(old), Some(new)) = (members(before), members(after)) {
        let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let inner = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            compare(
                inner,
                old.get(name).unwrap_or(&Value::Null),
                new.get(name).unwrap_or(&Value::Null),
                found,
            );
        }
        return;
    }
    found.push(Difference {
        path,
        before: shown(before),
        after: shown(after),
    });
}

/// The members of an object; nothing at all has none, so that what was made or removed is listed name by name.
fn members(value: &Value) -> Option<&serde_json::Map<String, Value>> {
    static EMPTY: std::sync::LazyLock<serde_json::Map<String, Value>> = std::sync::LazyLock::new(serde_json::Map::new);
    match value {
        Value::Object(members) => Some(members),
        Value::Null => Some(&EMPTY),
        _ => None,
    }
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(before: Value, after: Value) -> Vec<String> {
        let mut found = Vec::new();
        compare(String::new(), &before, &after, &mut found);
        found.into_iter().map(|one| one.path).collect()
    }

    #[test]
    fn only_what_differs_is_named_by_its_path() {
        let before = json!({"status": "READY", "range": {"whole": true, "departments": []}, "name": "a"});
        let after = json!({"status": "ENABLED", "range": {"whole": false, "departments": []}, "name": "a"});
        assert_eq!(paths(before, after), ["range.whole", "status"]);
    }

    #[test]
    fn what_was_made_is_named_member_by_member() {
        assert_eq!(paths(Value::Null, json!({"a": 1, "b": {"c": 2}})), ["a", "b.c"]);
    }

    #[test]
    fn a_scalar_against_an_object_is_one_difference() {
        assert_eq!(paths(json!({"a": 1}), json!({"a": {"b": 2}})), ["a"]);
    }
}

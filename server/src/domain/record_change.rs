//! What one change of a record changed, field by field (the history of a record). Who and when is the row's.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One field before and after; null for no value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// The fields in which two states of a record differ, in the order of their keys.
pub fn between(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldChange> {
    let value = |of: &Map<String, Value>, key: &str| of.get(key).cloned().unwrap_or(Value::Null);
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .map(|key| FieldChange {
            field: key.clone(),
            before: value(before, key),
            after: value(after, key),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_fields_that_differ_are_told() {
        let object = |value: Value| value.as_object().cloned().expect("an object");
        let changes = between(
            &object(json!({"a": 1, "b": 2, "c": 3})),
            &object(json!({"a": 1, "b": 5, "d": 4})),
        );
        let told: Vec<(&str, &Value, &Value)> = changes
            .iter()
            .map(|change| (change.field.as_str(), &change.before, &change.after))
            .collect();
        assert_eq!(
            told,
            [
                ("b", &json!(2), &json!(5)),
                ("c", &json!(3), &Value::Null),
                ("d", &Value::Null, &json!(4))
            ]
        );
    }
}

//! What of a connector may leave its owner: the definition and its configuration, never a secret and never code (D23).

use serde_json::Value;

use super::baserow::secret;
use super::model::JsonText;

/// A connector as it may be handed to another organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    /// The definition with every secret blank and without code.
    pub definition: JsonText,
    /// The names of what the receiver has to fill in.
    pub to_fill_in: Vec<String>,
    /// Whether the connector ran code of its own, which stays behind.
    pub code_left: bool,
}

/// Takes the secrets and the code out of a connector's definition. Beside the listed `secrets` everything goes whose
/// name says that it is one.
pub fn hand_over(definition: &JsonText) -> Handed {
    let mut value = definition.to_value();
    let mut to_fill_in = Vec::new();
    if let Some(secrets) = value.get_mut("secrets").and_then(Value::as_array_mut) {
        for listed in secrets.iter_mut().filter_map(Value::as_object_mut) {
            listed.insert("value".to_owned(), Value::String(String::new()));
            let name = listed
                .get("label")
                .or_else(|| listed.get("name"))
                .and_then(Value::as_str);
            to_fill_in.extend(name.map(str::to_owned));
        }
    }
    // The list itself is named like a secret; its names have to stay.
    let listed = value.as_object_mut().and_then(|members| members.remove("secrets"));
    to_fill_in.extend(secret::blank_silently(&mut value));
    let code_left = value
        .as_object_mut()
        .is_some_and(|members| members.remove("code").is_some());
    if let (Some(members), Some(listed)) = (value.as_object_mut(), listed) {
        members.insert("secrets".to_owned(), listed);
    }
    Handed {
        definition: JsonText::from_value(&value),
        to_fill_in,
        code_left,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn d23_secrets_are_blank_in_the_target_and_listed_and_code_stays_behind() {
        let definition = JsonText::from_value(&json!({
            "type": "FUNCTION", "code": "return 1", "configuration": {"baseUrl": "https://a.example", "token": "t"},
            "secrets": [{"name": "apiKey", "label": "密钥", "value": "v"}, {"name": "appSecret"}]
        }));
        let handed = hand_over(&definition);
        let expected = json!({
            "type": "FUNCTION", "configuration": {"baseUrl": "https://a.example", "token": null},
            "secrets": [{"name": "apiKey", "label": "密钥", "value": ""}, {"name": "appSecret", "value": ""}]
        });
        assert_eq!(handed.definition.to_value(), expected);
        assert_eq!(handed.to_fill_in, ["密钥", "appSecret", "token"]);
        assert!(handed.code_left);
    }
}

//! Whether a record fits its form page: the page's JSON Schema decides, and fields that are read-only for people are not
//! theirs to fill. Rendering the form is the front end's.

use serde_json::Value;

use super::problem::Problem;
use super::refusal::{Issue, Refusal};

/// Most problems that are told at once.
const MOST: usize = 50;
/// Most characters of a record as JSON.
const MOST_CHARACTERS: usize = 256 * 1024;

/// Checks a record that a person typed against a form page's definition (`{"schema": …, "ui": …}`). Every problem is tied
/// to its field as `data.<field>`.
pub fn check(definition: &Value, data: &Value) -> Result<(), Refusal> {
    let Some(fields) = data.as_object() else {
        return Err(Refusal::invalid("data", wrong("expected an object of fields")));
    };
    if data.to_string().chars().count() > MOST_CHARACTERS {
        return Err(Refusal::invalid("data", Problem::TooLong { max: MOST_CHARACTERS }));
    }
    let known = definition["schema"]["properties"].as_object();
    let mut issues: Vec<Issue> = fields
        .keys()
        .filter_map(|key| {
            let problem = match known.is_some_and(|known| known.contains_key(key)) {
                false => wrong("the form has no such field"),
                true if read_only(definition, key) => wrong("the field is calculated and cannot be filled in"),
                true => return None,
            };
            Some(Issue::new(&format!("data.{key}"), problem))
        })
        .collect();
    match jsonschema::validator_for(&definition["schema"]) {
        Ok(validator) => issues.extend(validator.iter_errors(data).take(MOST).map(|error| {
            let place = error.instance_path().to_string().replace('/', ".");
            Issue::new(&format!("data{place}"), wrong(&error.to_string()))
        })),
        Err(error) => issues.push(Issue::new(
            "pageKey",
            wrong(&format!("the form's own schema is broken: {error}")),
        )),
    }
    Refusal::unless_valid(issues)
}

fn wrong(detail: &str) -> Problem {
    Problem::RecordInvalid {
        detail: detail.chars().take(300).collect(),
    }
}

fn read_only(definition: &Value, key: &str) -> bool {
    definition["ui"]["fields"][key]["readOnly"] == Value::Bool(true)
        || definition["schema"]["properties"][key]["readOnly"] == Value::Bool(true)
}

/// What a list of records searches: the values as lower case text, at most 4,000 characters.
pub fn search_text(data: &Value) -> String {
    let mut text = String::new();
    collect(data, &mut text);
    text.chars().take(4000).collect::<String>().to_lowercase()
}

fn collect(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Number(number) => {
            into.push_str(&number.to_string());
            into.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        Value::Object(values) => values.values().for_each(|value| collect(value, into)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Value {
        json!({
            "schema": {
                "type": "object",
                "properties": { "name": { "type": "string", "minLength": 1 }, "count": { "type": "integer" }, "sum": { "type": "number" } },
                "required": ["name"]
            },
            "ui": { "fields": { "sum": { "readOnly": true } } }
        })
    }

    #[test]
    fn a_record_that_fits_is_taken() {
        assert_eq!(check(&form(), &json!({ "name": "泵 3", "count": 2 })), Ok(()));
    }

    #[test]
    fn every_problem_is_tied_to_its_field() {
        let refusal = check(&form(), &json!({ "count": "two", "sum": 3, "other": 1 })).expect_err("four problems");
        let paths: Vec<String> = refusal.issues().iter().map(|issue| issue.path.join(".")).collect();
        for expected in ["data", "data.count", "data.sum", "data.other"] {
            assert!(paths.iter().any(|path| path == expected), "{expected} in {paths:?}");
        }
    }

    #[test]
    fn values_of_every_depth_are_searched() {
        assert_eq!(search_text(&json!({ "a": "Ä", "b": [1, { "c": "X" }] })), "ä\n1\nx\n");
    }
}

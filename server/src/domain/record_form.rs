//! Whether a record fits its form page: the rules that both sides run (`appshelf_rules`), then the whole of the page's JSON
//! Schema. Rendering the form is the front end's; whether links and files exist is the services'.

use appshelf_rules::FlawKind;
use jsonschema::PatternOptions;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value};

use super::locale::Text;
use super::problem::Problem;
use super::record_problem::RecordProblem;
use super::refusal::{Issue, Refusal};
use super::schema_rule;

/// Most problems that are told at once.
const MOST: usize = 50;
/// Most characters of a record as JSON.
pub const MOST_CHARACTERS: usize = 256 * 1024;
/// Bytes that one regular expression of a form may take when it is compiled.
const PATTERN_BYTES: usize = 256 * 1024;

/// A form page's definition (`{"schema": …, "ui": …}`), made ready to check many records.
pub struct RecordForm {
    definition: Value,
    /// An error where the form's own schema is broken.
    validator: Result<jsonschema::Validator, String>,
}

impl RecordForm {
    /// Reads the schema once.
    pub fn new(definition: Value) -> Self {
        let validator = jsonschema::draft202012::options()
            .offline()
            .with_pattern_options(
                PatternOptions::regex()
                    .size_limit(PATTERN_BYTES)
                    .dfa_size_limit(PATTERN_BYTES),
            )
            .should_validate_formats(false)
            .build(&definition["schema"])
            .map_err(|error| error.to_string());
        Self { definition, validator }
    }

    /// Checks what a person filled in. `kept` is the record as it stands where one is changed: what is not touched is not
    /// held against them. Every problem is tied to its field as `data.<field>`.
    pub fn check(&self, data: &Value, kept: Option<&Value>) -> Result<(), Refusal> {
        Refusal::unless_valid(self.issues(data, kept))
    }

    /// Everything that is wrong.
    pub fn issues(&self, data: &Value, kept: Option<&Value>) -> Vec<Issue> {
        let Some(fields) = data.as_object() else {
            return vec![Issue::new("data", Problem::Record(RecordProblem::WrongType))];
        };
        if data.to_string().chars().count() > MOST_CHARACTERS {
            return vec![Issue::new("data", Problem::TooLong { max: MOST_CHARACTERS })];
        }
        let kept = kept.and_then(Value::as_object);
        let flaws = appshelf_rules::check(&self.definition, fields, kept);
        let mut flawed: Vec<String> = flaws.iter().map(|flaw| flaw.path[0].clone()).collect();
        let mut issues: Vec<Issue> = flaws
            .into_iter()
            .take(MOST)
            .map(|flaw| Issue {
                path: std::iter::once("data".to_owned()).chain(flaw.path).collect(),
                problem: flaw.kind.into(),
            })
            .collect();
        match &self.validator {
            Ok(validator) => {
                for error in validator.iter_errors(data).take(MOST) {
                    let (path, problem) = told(&error);
                    // One field, one reason; and nobody is asked for what they cannot or did not touch.
                    let held = path.first().is_none_or(|key| {
                        !flawed.contains(key) && !unchanged(key, fields, kept) && !self.is_locked(key)
                    });
                    if held && issues.len() < MOST {
                        flawed.extend(path.first().cloned());
                        let path = std::iter::once("data".to_owned()).chain(path).collect();
                        issues.push(Issue { path, problem });
                    }
                }
            }
            Err(error) => issues.push(Issue::new(
                "pageKey",
                Problem::RecordInvalid {
                    detail: Text::new(
                        format!("表单自身的定义有误（{error}）"),
                        format!("the form's own schema is broken: {error}"),
                    ),
                },
            )),
        }
        issues
    }

    fn is_locked(&self, key: &str) -> bool {
        let property = &self.definition["schema"]["properties"][key];
        appshelf_rules::check::is_locked(property, &self.definition["ui"]["fields"][key])
    }
}

/// Where an error of the schema is and what to say about it.
fn told(error: &jsonschema::ValidationError<'_>) -> (Vec<String>, Problem) {
    let pointer = error.instance_path().to_string();
    let steps = pointer.split('/').skip(1);
    let mut path: Vec<String> = steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    if let ValidationErrorKind::Required { property } = error.kind() {
        path.extend(property.as_str().map(str::to_owned));
        return (path, Problem::from(FlawKind::Required));
    }
    (path, schema_rule::broken(error.kind()))
}

fn unchanged(key: &str, fields: &Map<String, Value>, kept: Option<&Map<String, Value>>) -> bool {
    let kept = kept.and_then(|kept| kept.get(key));
    kept.is_some() && kept == fields.get(key)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> RecordForm {
        RecordForm::new(json!({
            "schema": {
                "type": "object",
                "properties": {
                    "name": { "type": "string", "minLength": 1 }, "count": { "type": "integer" }, "sum": { "type": "number" },
                    "code": { "type": "string", "pattern": "^[A-Z]+$" }
                },
                "required": ["name", "sum"]
            },
            "ui": { "fields": { "sum": { "readOnly": true } } }
        }))
    }

    fn paths(issues: &[Issue]) -> Vec<String> {
        issues.iter().map(|issue| issue.path.join(".")).collect()
    }

    #[test]
    fn a_record_that_fits_is_taken_though_nobody_can_fill_in_what_is_calculated() {
        assert_eq!(form().check(&json!({ "name": "泵 3", "count": 2 }), None), Ok(()));
    }

    #[test]
    fn every_problem_is_tied_to_its_field_and_told_once() {
        let issues = form().issues(&json!({ "count": "two", "sum": 3, "other": 1, "code": "a" }), None);
        let mut found = paths(&issues);
        found.sort();
        assert_eq!(
            found,
            ["data.code", "data.count", "data.name", "data.other", "data.sum"]
        );
    }

    #[test]
    fn what_is_not_touched_is_not_held_against_whoever_changes_the_rest() {
        let kept = json!({ "name": "", "count": "two", "sum": 3, "gone": 1 });
        let mut data = kept.clone();
        data["code"] = json!("A");
        assert_eq!(form().check(&data, Some(&kept)), Ok(()));
        data["sum"] = json!(4);
        assert_eq!(paths(&form().issues(&data, Some(&kept))), ["data.sum"]);
    }

    #[test]
    fn the_server_agrees_with_the_front_end_on_every_case_of_the_table() {
        let table: Value = serde_json::from_str(include_str!("../../../rules/cases.json")).expect("the table is JSON");
        for case in table["cases"].as_array().expect("a list of cases") {
            let form = RecordForm::new(json!({
                "schema": { "type": "object", "properties": { "f": case["schema"] } },
                "ui": { "fields": { "f": case["ui"] } }
            }));
            for value in case["fits"].as_array().into_iter().flatten() {
                assert_eq!(
                    paths(&form.issues(&json!({ "f": value }), None)),
                    Vec::<String>::new(),
                    "{value} in {case}"
                );
            }
            for value in case["differs"].as_array().into_iter().flatten() {
                assert!(
                    !form.issues(&json!({ "f": value }), None).is_empty(),
                    "{value} in {case}"
                );
            }
        }
    }
}

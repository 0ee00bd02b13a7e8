//! What to say about a rule of JSON Schema that a record breaks, in both languages. Rules that forms are mostly made of are
//! flaws that both sides know (`appshelf_rules`) before the whole of the schema is asked.

use appshelf_rules::FlawKind;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use super::locale::Text;
use super::problem::Problem;
use super::record_problem::RecordProblem;

/// Characters of a regular expression that are told.
const SHOWN: usize = 100;

/// The sentence beside the field.
pub fn broken(kind: &Kind) -> Problem {
    known(kind).unwrap_or_else(|| Problem::RecordInvalid { detail: words(kind) })
}

/// Rules that have a sentence already.
fn known(kind: &Kind) -> Option<Problem> {
    let size = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
    let number = |limit: &Value| limit.as_f64().unwrap_or_default();
    Some(match kind {
        Kind::MinLength { limit } => Problem::TooShort { min: size(*limit) },
        Kind::MaxLength { limit } => Problem::TooLong { max: size(*limit) },
        Kind::MinItems { limit } => Problem::TooFew { min: size(*limit) },
        Kind::MaxItems { limit } => Problem::TooMany { max: size(*limit) },
        Kind::UniqueItems => FlawKind::Repeated.into(),
        Kind::Enum { .. } | Kind::Constant { .. } => FlawKind::NotOffered.into(),
        Kind::Type { .. } => Problem::Record(RecordProblem::WrongType),
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => FlawKind::TooSmall(number(limit)).into(),
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => FlawKind::TooLarge(number(limit)).into(),
        Kind::MultipleOf { multiple_of } => FlawKind::NotAMultiple(*multiple_of).into(),
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => {
            Problem::Record(RecordProblem::UnknownField)
        }
        _ => return None,
    })
}

fn words(kind: &Kind) -> Text {
    let (zh, en) = match kind {
        Kind::MinProperties { limit } => {
            return Text::new(
                format!("至少填写 {limit} 个字段"),
                format!("at least {limit} fields are to be filled in"),
            );
        }
        Kind::MaxProperties { limit } => {
            return Text::new(
                format!("最多填写 {limit} 个字段"),
                format!("at most {limit} fields may be filled in"),
            );
        }
        Kind::Pattern { pattern } => {
            let pattern: String = pattern.chars().take(SHOWN).collect();
            return Text::new(format!("须符合格式 {pattern}"), format!("it is to match {pattern}"));
        }
        Kind::FalseSchema | Kind::Not { .. } => ("不允许这样的内容", "this is not allowed"),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => {
            ("不符合任何一种允许的形式", "it has none of the forms that are allowed")
        }
        Kind::OneOfMultipleValid { .. } => (
            "同时符合多种形式，只能符合其中一种",
            "it has several forms of which it is to have one",
        ),
        Kind::Contains => ("列表中缺少必须包含的内容", "the list lacks an entry that it is to have"),
        other => {
            let rule = other.keyword();
            return Text::new(format!("不符合规则“{rule}”"), format!("it breaks the rule \"{rule}\""));
        }
    };
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::domain::locale::Locale;
    use crate::domain::record_form::RecordForm;

    #[test]
    fn p4_what_only_the_schema_knows_is_said_in_the_readers_language() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for more in [
            json!({ "maxProperties": 1 }),
            json!({ "minProperties": 3 }),
            json!({ "not": { "required": ["a"] } }),
            json!({ "anyOf": [{ "required": ["c"] }] }),
            json!({ "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            json!({ "propertyNames": { "maxLength": 0 } }),
            json!({ "if": { "required": ["a"] }, "then": false }),
            json!({ "patternProperties": { "^a": { "pattern": "^x$" } } }),
            json!({ "patternProperties": { "^a": { "minLength": 9 } } }),
            json!({ "patternProperties": { "^n": { "minimum": 9, "multipleOf": 4 } } }),
            json!({ "patternProperties": { "^l": { "contains": { "type": "string" }, "minItems": 3 } } }),
        ] {
            let mut schema = json!({ "properties": { "a": {}, "b": {}, "n": {}, "l": {} } });
            for (keyword, value) in more.as_object().into_iter().flatten() {
                schema[keyword] = value.clone();
            }
            let form = RecordForm::new(json!({ "schema": schema }));
            let mut data = json!({ "a": "1", "b": "2" });
            if more["patternProperties"].is_object() {
                data["n"] = json!(3);
                data["l"] = json!([1]);
            }
            let issues = form.issues(&data, None);
            assert!(!issues.is_empty(), "{more}");
            for issue in issues {
                let (zh, en) = (issue.message(Locale::ZhCn), issue.message(Locale::En));
                assert!(
                    han(&zh) && !zh.contains(" is ") && !zh.contains(" has ") && !han(&en),
                    "{more}: {zh} / {en}"
                );
            }
        }
    }
}

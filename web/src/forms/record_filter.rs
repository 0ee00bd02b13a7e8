//! What a list of records is narrowed to and sorted by, as it stands in the address: conditions as JSON in `f`, the order as
//! `asc:field` or `desc:field` in `sort`. Which condition suits which field follows the server's rules.

use serde_json::{Value, json};

use super::record::{Field, Form, Widget};
use crate::api::record::{RecordConditionInput, RecordSortInput, RecordTest, SortDirection};

/// One condition: a field, how it is compared, with what (empty for the tests that need nothing).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub field: String,
    pub test: RecordTest,
    pub value: String,
    /// How people call the value where it is an id.
    pub label: String,
}

/// Every test with its word in the address.
const WORDS: [(RecordTest, &str); 10] = [
    (RecordTest::Equals, "is"),
    (RecordTest::Differs, "not"),
    (RecordTest::Contains, "has"),
    (RecordTest::AnyOf, "any"),
    (RecordTest::Before, "before"),
    (RecordTest::After, "after"),
    (RecordTest::Less, "less"),
    (RecordTest::Greater, "more"),
    (RecordTest::Empty, "empty"),
    (RecordTest::Filled, "filled"),
];

/// Most conditions of one list.
pub const MOST: usize = 10;

pub fn word_of(test: RecordTest) -> &'static str {
    WORDS
        .iter()
        .find(|(known, _)| *known == test)
        .map_or("", |(_, word)| word)
}

pub fn test_of(word: &str) -> Option<RecordTest> {
    WORDS.iter().find(|(_, known)| *known == word).map(|(test, _)| *test)
}

/// Whether a test compares with a value.
pub fn needs_value(test: RecordTest) -> bool {
    !matches!(test, RecordTest::Empty | RecordTest::Filled)
}

/// What a field can be asked, the most usual first.
pub fn tests_for(field: &Field) -> &'static [RecordTest] {
    use RecordTest::{After, Before, Contains, Differs, Empty, Equals, Filled, Greater, Less};
    match field.widget {
        Widget::Boolean => &[Equals],
        Widget::Day | Widget::Instant => &[Equals, Before, After, Empty, Filled],
        Widget::Number | Widget::Duration | Widget::Rating => &[Equals, Greater, Less, Differs, Empty, Filled],
        Widget::Single | Widget::Many | Widget::Link => &[Equals, Differs, Empty, Filled],
        Widget::File => &[Filled, Empty],
        _ => &[Contains, Equals, Differs, Empty, Filled],
    }
}

/// The conditions that the address holds. What the form does not have any more is left out.
pub fn parse(form: &Form, address: &str) -> Vec<Condition> {
    let Ok(Value::Array(items)) = serde_json::from_str(address) else {
        return Vec::new();
    };
    let text = |item: &Value, place: usize| item.get(place).and_then(Value::as_str).unwrap_or_default().to_owned();
    items
        .iter()
        .filter_map(|item| {
            let field = form.field(&text(item, 0))?;
            let test = test_of(&text(item, 1)).filter(|test| tests_for(field).contains(test))?;
            Some(Condition {
                field: field.key.clone(),
                test,
                value: text(item, 2),
                label: text(item, 3),
            })
        })
        .take(MOST)
        .collect()
}

/// The conditions as the address holds them; empty for none.
pub fn write(conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    let item = |condition: &Condition| {
        let mut item = vec![json!(condition.field), json!(word_of(condition.test))];
        if needs_value(condition.test) {
            item.push(json!(condition.value));
        }
        if !condition.label.is_empty() {
            item.push(json!(condition.label));
        }
        Value::Array(item)
    };
    Value::Array(conditions.iter().map(item).collect()).to_string()
}

/// The conditions for the server.
pub fn inputs(conditions: &[Condition]) -> Option<Vec<RecordConditionInput>> {
    let input = |condition: &Condition| RecordConditionInput {
        field: condition.field.clone(),
        test: condition.test,
        values: needs_value(condition.test)
            .then(|| condition.value.clone())
            .into_iter()
            .collect(),
    };
    (!conditions.is_empty()).then(|| conditions.iter().map(input).collect())
}

/// The conditions as the address of an export has them; empty for none.
pub fn export(conditions: &[Condition]) -> String {
    let items = inputs(conditions).unwrap_or_default();
    if items.is_empty() {
        return String::new();
    }
    serde_json::to_string(&items).unwrap_or_default()
}

/// The order that the address asks for, where the form can be sorted so.
pub fn sort(form: &Form, address: &str) -> Option<RecordSortInput> {
    let (way, key) = address.split_once(':')?;
    let direction = match way {
        "asc" => SortDirection::Ascending,
        "desc" => SortDirection::Descending,
        _ => return None,
    };
    let field = form.field(key).filter(|field| field.is_sortable())?;
    Some(RecordSortInput {
        field: field.key.clone(),
        direction,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form::read(&json!({
            "schema": { "properties": { "name": { "type": "string" }, "on": { "type": "string" }, "of": { "type": "array" } } },
            "ui": { "fields": { "name": { "widget": "text" }, "on": { "widget": "date" }, "of": { "widget": "link", "target": "x" } } }
        }))
    }

    #[test]
    fn conditions_travel_through_the_address() {
        let conditions = vec![
            Condition {
                field: "name".to_owned(),
                test: RecordTest::Contains,
                value: "a\"b".to_owned(),
                label: String::new(),
            },
            Condition {
                field: "on".to_owned(),
                test: RecordTest::Empty,
                value: String::new(),
                label: String::new(),
            },
        ];
        assert_eq!(parse(&form(), &write(&conditions)), conditions);
        assert_eq!(write(&[]), "");
    }

    #[test]
    fn what_does_not_fit_the_form_is_left_out() {
        assert_eq!(
            parse(&form(), r#"[["gone","is","x"],["name","before","x"],["name"],7]"#),
            []
        );
        assert_eq!(parse(&form(), "nonsense"), []);
        assert!(sort(&form(), "asc:of").is_none());
        assert!(sort(&form(), "asc:name").is_some());
        assert!(sort(&form(), "name").is_none());
    }
}

//! What a list of records is narrowed to and sorted by, parsed against the form's fields into keys that the store compares.

use appshelf_rules::{Field, Form, Widget, duration, value};
use chrono::{Duration, NaiveDate};

use super::id::RecordId;
use super::problem::Problem;
use super::record_index::{instant, instant_key, key_of, number_key, start_of_day, text_key};
use super::record_problem::RecordProblem;
use super::refusal::{Issue, Refusal};
use super::words::words;

/// Most conditions of one list.
const CONDITIONS: usize = 10;
/// Most values of one condition.
const VALUES: usize = 100;

words! {
    /// How a field is compared. A link is compared by the id of a linked record, and by the titles of those that the viewer may
    /// read.
    RecordTest {
        /// Is this value; of several, one of them is.
        Equals = "EQUALS",
        /// Is another value, or none.
        Differs = "DIFFERS",
        /// The text contains this, without regard to case; the title of a linked record does.
        Contains = "CONTAINS",
        /// Is one of these values.
        AnyOf = "ANY_OF",
        /// The day or instant is earlier.
        Before = "BEFORE",
        /// The day or instant is later.
        After = "AFTER",
        /// The number is smaller.
        Less = "LESS",
        /// The number is greater.
        Greater = "GREATER",
        /// Has no value.
        Empty = "EMPTY",
        /// Has a value.
        Filled = "FILLED",
    }
}

words! {
    /// Which way a list runs.
    SortDirection {
        /// Smallest, earliest or first in the alphabet at the top.
        Ascending = "ASCENDING",
        /// The other way round.
        Descending = "DESCENDING",
    }
}

/// A condition as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub field: String,
    pub test: RecordTest,
    pub values: Vec<String>,
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordQuery {
    pub search: Option<String>,
    /// A field, and which way; newest first where none is given.
    pub sort: Option<(String, SortDirection)>,
    pub conditions: Vec<Condition>,
}

/// A condition on the keys of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTest {
    pub field: String,
    pub part: KeyPart,
    /// True: no value may fit.
    pub negated: bool,
}

/// Which keys fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// One of these, with the whole text where the key is only its beginning.
    OneOf(Vec<(String, Option<String>)>),
    /// From (inclusive) to (exclusive).
    Between(String, String),
    Below(String),
    Above(String),
    /// Contains this text in lower case.
    Contains(String),
    Linked(Linked),
    Empty,
}

/// Which linked records are meant: some by their ids, and those of the form's target that are called so and that the person
/// reads, which the form does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub ids: Vec<String>,
    /// In lower case.
    pub titles: Vec<String>,
    /// The titles need only contain one of them.
    pub within: bool,
    /// The page that the field links to.
    pub target: String,
}

/// A list, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// Lower case; none where nothing is searched.
    pub search: Option<String>,
    pub sort: Option<(String, SortDirection)>,
    pub tests: Vec<KeyTest>,
}

impl RecordQuery {
    /// Ties the query to a form; every problem at once.
    pub fn parse(&self, form: &Form) -> Result<RecordFilter, Refusal> {
        let mut issues = Vec::new();
        if let Some((key, _)) = &self.sort
            && !form.field(key).is_some_and(Field::is_sortable)
        {
            issues.push(Issue::new("sort.field", Problem::Record(RecordProblem::NotSortable)));
        }
        if self.conditions.len() > CONDITIONS {
            issues.push(Issue::new("filters", Problem::TooMany { max: CONDITIONS }));
        }
        let mut tests = Vec::new();
        for (index, condition) in self.conditions.iter().take(CONDITIONS).enumerate() {
            match condition.parse(form) {
                Ok(test) => tests.push(test),
                Err((member, problem)) => issues.push(Issue::new(&format!("filters.{index}.{member}"), problem)),
            }
        }
        Refusal::unless_valid(issues)?;
        let search = self.search.as_deref().map(|text| text.trim().to_lowercase());
        Ok(RecordFilter {
            search: search.filter(|text| !text.is_empty()),
            sort: self.sort.clone(),
            tests,
        })
    }
}

type Wrong = (&'static str, Problem);

impl Condition {
    fn parse(&self, form: &Form) -> Result<KeyTest, Wrong> {
        let unknown = ("field", Problem::Record(RecordProblem::UnknownField));
        let field = form.field(&self.field).ok_or(unknown)?;
        let test = |part| KeyTest {
            field: field.key.clone(),
            part,
            negated: matches!(self.test, RecordTest::Differs | RecordTest::Filled),
        };
        if matches!(self.test, RecordTest::Empty | RecordTest::Filled) {
            return Ok(test(KeyPart::Empty));
        }
        if self.values.is_empty() {
            return Err(("values", Problem::Required));
        }
        if self.values.len() > VALUES {
            return Err(("values", Problem::TooMany { max: VALUES }));
        }
        let ordered = match self.test {
            RecordTest::Before | RecordTest::After => matches!(field.widget, Widget::Day | Widget::Instant),
            RecordTest::Less | RecordTest::Greater => {
                matches!(
                    field.widget,
                    Widget::Number | Widget::Duration | Widget::Rating | Widget::Locked
                )
            }
            _ => true,
        };
        if !ordered {
            return Err(("test", Problem::Record(RecordProblem::WrongTest)));
        }
        let first = self.values[0].as_str();
        if field.widget == Widget::Link
            && let Some(linked) = self.linked(field)
        {
            return Ok(test(KeyPart::Linked(linked)));
        }
        Ok(test(match self.test {
            RecordTest::Contains => KeyPart::Contains(text_key(first).1.unwrap_or_else(|| text_key(first).0)),
            RecordTest::Before | RecordTest::Less => KeyPart::Below(moment(field, first)?.0),
            RecordTest::After | RecordTest::Greater => {
                // After a day is after its end.
                let (from, end) = moment(field, first)?;
                end.map_or(KeyPart::Above(from), KeyPart::Above)
            }
            _ => match (moment_of_day(field, first), self.values.len()) {
                (Some((from, end)), 1) => KeyPart::Between(from, end),
                _ => {
                    let keys = self.values.iter().map(|text| wanted(field, text));
                    KeyPart::OneOf(keys.collect::<Result<Vec<_>, _>>()?.concat())
                }
            },
        }))
    }
}

impl Condition {
    /// What a link is asked for where it is not by ids alone, which are keys like others.
    fn linked(&self, field: &Field) -> Option<Linked> {
        let is_id = |text: &&String| text.is_empty() || text.parse::<RecordId>().is_ok();
        let asked = match self.test {
            RecordTest::AnyOf => &self.values[..],
            _ => &self.values[..1],
        };
        let titles = asked.iter().filter(|text| !is_id(text));
        let titles: Vec<String> = titles.map(|text| text.trim().to_lowercase()).collect();
        (!titles.is_empty()).then(|| Linked {
            ids: asked.iter().filter(is_id).cloned().collect(),
            titles,
            within: self.test == RecordTest::Contains,
            target: field.target.clone(),
        })
    }
}

/// The key of a wanted value. A tick that was never touched is a no.
fn wanted(field: &Field, text: &str) -> Result<Vec<(String, Option<String>)>, Wrong> {
    Ok(match field.widget {
        Widget::Boolean => match value::parse(field, text) {
            Ok(Some(on)) if on == true => vec![key_of(field, &on)],
            Ok(Some(off)) => vec![key_of(field, &off), (String::new(), None)],
            _ => return Err(("values", Problem::Record(RecordProblem::WrongType))),
        },
        Widget::Duration => vec![(number_key(seconds(field, text)?), None)],
        Widget::Number | Widget::Rating => match value::parse(field, text) {
            Ok(Some(number)) => vec![key_of(field, &number)],
            _ => return Err(("values", Problem::Record(RecordProblem::NotANumber))),
        },
        Widget::Instant => match instant(text) {
            Some(at) => vec![(instant_key(at), None)],
            None => return Err(("values", Problem::Record(RecordProblem::NotAnInstant))),
        },
        Widget::Single | Widget::Many => {
            let known = field
                .choices
                .iter()
                .find(|choice| value::plain_text(&choice.value) == text);
            vec![known.map_or_else(|| text_key(text), |choice| key_of(field, &choice.value))]
        }
        Widget::Link => vec![(text.to_owned(), None)],
        _ => vec![text_key(text)],
    })
}

/// The key of something that is earlier, later, smaller or greater; of a day among instants also the key of its end.
fn moment(field: &Field, text: &str) -> Result<(String, Option<String>), Wrong> {
    if let Some((from, end)) = moment_of_day(field, text) {
        // What is later than the day is not earlier than its end.
        return Ok((from, Some(before(&end))));
    }
    match field.widget {
        Widget::Day if appshelf_rules::format::is_day(text.trim()) => Ok((text.trim().to_owned(), None)),
        Widget::Day => Err(("values", Problem::Record(RecordProblem::NotADay))),
        Widget::Instant => match instant(text) {
            Some(at) => Ok((instant_key(at), None)),
            None => Err(("values", Problem::Record(RecordProblem::NotAnInstant))),
        },
        Widget::Duration => Ok((number_key(seconds(field, text)?), None)),
        _ => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok((number_key(number), None)),
            _ => Err(("values", Problem::Record(RecordProblem::NotANumber))),
        },
    }
}

/// The seconds of a duration: as they are kept, or as people write it.
fn seconds(field: &Field, text: &str) -> Result<f64, Wrong> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => duration::parse(text, field.seconds).map_err(|flaw| ("values", Problem::from(flaw))),
    }
}

/// The keys of the beginning and the end of a day, where a field of instants is asked for a day.
fn moment_of_day(field: &Field, text: &str) -> Option<(String, String)> {
    if field.widget != Widget::Instant {
        return None;
    }
    let day: NaiveDate = text.trim().parse().ok()?;
    let (from, end) = (start_of_day(day)?, start_of_day(day + Duration::days(1))?);
    Some((instant_key(from), instant_key(end)))
}

/// The last key that is smaller.
fn before(key: &str) -> String {
    instant(key).map_or_else(|| key.to_owned(), |at| instant_key(at - Duration::microseconds(1)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        Form::read(&json!({
            "schema": { "properties": {
                "name": { "type": "string" }, "amount": { "type": "number" }, "on": { "type": "string" }, "at": { "type": "string" },
                "done": { "type": "boolean" }, "of": { "type": "array" }
            } },
            "ui": { "fields": {
                "name": { "widget": "text" }, "amount": { "widget": "number" }, "on": { "widget": "date" }, "at": { "widget": "dateTime" },
                "done": { "widget": "boolean" }, "of": { "widget": "link", "target": "x" }
            } }
        }))
    }

    fn parse(field: &str, test: RecordTest, values: &[&str]) -> Result<KeyTest, Vec<String>> {
        let condition = Condition {
            field: field.to_owned(),
            test,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let query = RecordQuery {
            conditions: vec![condition],
            ..RecordQuery::default()
        };
        match query.parse(&form()) {
            Ok(filter) => Ok(filter.tests.into_iter().next().expect("one test")),
            Err(refusal) => Err(refusal.issues().iter().map(|issue| issue.path.join(".")).collect()),
        }
    }

    #[test]
    fn a_condition_is_one_on_keys() {
        let part = |field, test, values: &[&str]| parse(field, test, values).expect("it fits").part;
        assert_eq!(
            part("name", RecordTest::Contains, &["采购A"]),
            KeyPart::Contains("采购a".to_owned())
        );
        assert_eq!(
            part("on", RecordTest::Before, &["2026-09-01"]),
            KeyPart::Below("2026-09-01".to_owned())
        );
        assert_eq!(
            part("at", RecordTest::Equals, &["2026-09-01"]),
            KeyPart::Between(
                "2026-08-31T16:00:00.000000Z".to_owned(),
                "2026-09-01T16:00:00.000000Z".to_owned()
            )
        );
        assert_eq!(
            part("at", RecordTest::After, &["2026-09-01"]),
            KeyPart::Above("2026-09-01T15:59:59.999999Z".to_owned())
        );
        assert_eq!(
            part("done", RecordTest::Equals, &["false"]),
            KeyPart::OneOf(vec![("0".to_owned(), None), (String::new(), None)])
        );
        assert!(parse("name", RecordTest::Filled, &[]).expect("it fits").negated);
    }

    #[test]
    fn d30_links_are_asked_for_by_what_people_read_and_by_ids() {
        let id = "record_01K6A0000000000000000000AA";
        let part = |test, values: &[&str]| parse("of", test, values).expect("it fits").part;
        let linked = |ids: &[&str], titles: &[&str], within| {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            let target = "x".to_owned();
            KeyPart::Linked(Linked {
                ids: owned(ids),
                titles: owned(titles),
                within,
                target,
            })
        };
        assert!(id.parse::<RecordId>().is_ok(), "an id");
        assert_eq!(
            part(RecordTest::Equals, &[id]),
            KeyPart::OneOf(vec![(id.to_owned(), None)])
        );
        assert_eq!(
            part(RecordTest::Equals, &[" Blue Sea"]),
            linked(&[], &["blue sea"], false)
        );
        assert_eq!(part(RecordTest::Contains, &["Sea"]), linked(&[], &["sea"], true));
        assert_eq!(
            part(RecordTest::AnyOf, &[id, "A", "B"]),
            linked(&[id], &["a", "b"], false)
        );
        assert!(parse("of", RecordTest::Differs, &["A"]).expect("it fits").negated);
    }

    #[test]
    fn what_a_field_cannot_be_asked_is_refused_at_its_place() {
        for (field, test, values, at) in [
            ("nothing", RecordTest::Equals, &["x"][..], "filters.0.field"),
            ("name", RecordTest::Before, &["x"], "filters.0.test"),
            ("amount", RecordTest::Greater, &["x"], "filters.0.values"),
            ("amount", RecordTest::Equals, &["x"], "filters.0.values"),
            ("on", RecordTest::After, &["soon"], "filters.0.values"),
            ("name", RecordTest::Equals, &[], "filters.0.values"),
        ] {
            assert_eq!(parse(field, test, values), Err(vec![at.to_owned()]), "{field} {test}");
        }
        let query = RecordQuery {
            sort: Some(("of".to_owned(), SortDirection::Ascending)),
            ..RecordQuery::default()
        };
        assert!(query.parse(&form()).is_err());
    }
}

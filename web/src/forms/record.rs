//! What the front end adds to the rules of records that both sides share (`appshelf_rules`): the words for what is wrong, in
//! the person's language, and the way from an issue of the server to its field.

pub use appshelf_rules::{Field, FlawKind, Form, Widget};

use serde_json::Value;

use crate::{
    format,
    i18n::{
        Text,
        texts::{common, customer},
    },
};

/// A value as plain text, as a sentence of the language has it.
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(plain_text).filter(|part| !part.is_empty()).collect();
            format::list(&parts)
        }
        other => appshelf_rules::value::plain_text(other),
    }
}

/// The sentence beside the field.
pub fn flaw_text(kind: &FlawKind) -> Text {
    match kind.clone() {
        FlawKind::Required => common::REQUIRED.into(),
        FlawKind::UnknownField => customer::UNKNOWN_FIELD.into(),
        FlawKind::ReadOnly => customer::READ_ONLY_FIELD.into(),
        FlawKind::WrongType(_) => customer::WRONG_TYPE.into(),
        FlawKind::NotANumber => customer::NUMBER_FORM.into(),
        FlawKind::NotWhole => customer::WHOLE_NUMBER.into(),
        FlawKind::TooSmall(least) => Text::from(move || customer::at_least(&least)),
        FlawKind::TooLarge(most) => Text::from(move || customer::at_most(&most)),
        FlawKind::NotAMultiple(step) => Text::from(move || customer::multiple_of(&step)),
        FlawKind::TooShort(least) => Text::from(move || customer::too_short(&least)),
        FlawKind::TooLong(most) => Text::from(move || customer::too_long(&most)),
        FlawKind::TooFew(least) => Text::from(move || customer::too_few(&least)),
        FlawKind::TooMany(most) => Text::from(move || customer::too_many(&most)),
        FlawKind::Repeated => customer::REPEATED.into(),
        FlawKind::NotOffered => customer::CHOOSE_FROM_LIST.into(),
        FlawKind::BadFormat("date") => customer::DAY_FORM.into(),
        FlawKind::BadFormat("date-time") => customer::INSTANT_FORM.into(),
        FlawKind::BadFormat("duration") => customer::DURATION_FORM.into(),
        FlawKind::BadFormat("duration-seconds") => customer::DURATION_SECONDS_FORM.into(),
        FlawKind::BadFormat("email") => customer::EMAIL_FORM.into(),
        FlawKind::BadFormat("uri") => customer::URL_FORM.into(),
        FlawKind::BadFormat("phone") => customer::PHONE_FORM.into(),
        FlawKind::BadFormat(_) => customer::WRONG_TYPE.into(),
    }
}

/// The field that an issue of the server is about: the part of its path after `data`.
pub fn field_of_issue(form: &Form, path: &[String]) -> Option<String> {
    let joined = path.join(".");
    let rest = joined.split_once("data.").map_or(joined.as_str(), |(_, rest)| rest);
    form.fields
        .iter()
        .map(|field| field.key.as_str())
        .filter(|key| rest == *key || rest.strip_prefix(*key).is_some_and(|more| more.starts_with('.')))
        .max_by_key(|key| key.len())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn issues_of_the_server_find_their_field() {
        let form = Form::read(&json!({
            "schema": { "properties": { "name": {}, "name.first": {}, "state": {} } }, "ui": { "fields": {} }
        }));
        let path = |text: &str| -> Vec<String> { text.split('/').map(str::to_owned).collect() };
        assert_eq!(field_of_issue(&form, &path("input/data/name")).as_deref(), Some("name"));
        assert_eq!(
            field_of_issue(&form, &path("data.name.first")).as_deref(),
            Some("name.first")
        );
        assert_eq!(field_of_issue(&form, &path("data.state.0")).as_deref(), Some("state"));
        assert_eq!(field_of_issue(&form, &path("input/data")), None);
    }
}

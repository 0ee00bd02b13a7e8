//! Two people changed one record: what the other one saved stands beside what was typed here, and nothing is lost of either.

use leptos::prelude::*;
use serde_json::Value;

use super::{entry::Entry, value};
use crate::{
    api::{
        DateTime,
        record::{AppFrame, Record},
    },
    components::{
        alert::{Alert, Level},
        button::{Button, Look},
        change_list::{Change, change_list},
        dynamic::dynamic,
        layout::Stack,
    },
    format,
    i18n::{Text, texts::customer},
};

/// What was found when the record was read anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    by: String,
    at: Option<DateTime>,
    /// Keys of the fields that both changed, or that a draft of an older version holds.
    both: Vec<String>,
    of_draft: bool,
}

impl Conflict {
    /// Takes over what somebody else saved and notes where both changed the same field.
    pub fn with(newest: &Record, entries: &[Entry]) -> Self {
        let both = entries
            .iter()
            .filter(|entry| entry.rebase(newest.data.0.get(&entry.field.key)))
            .map(|entry| entry.field.key.clone())
            .collect();
        Self::of(newest, both, false)
    }

    /// A draft of an older version: every field that it holds may be one that somebody else changed since.
    pub fn of_draft(record: &Record, entries: &[Entry]) -> Self {
        let touched = entries.iter().filter(|entry| entry.is_touched());
        Self::of(record, touched.map(|entry| entry.field.key.clone()).collect(), true)
    }

    fn of(record: &Record, both: Vec<String>, of_draft: bool) -> Self {
        Self {
            by: record
                .updated_by
                .as_ref()
                .map_or_else(String::new, |by| by.name.clone()),
            at: record.updated_at.clone(),
            both,
            of_draft,
        }
    }
}

pub fn panel(conflict: Conflict, entries: Vec<Entry>, app: StoredValue<AppFrame>) -> AnyView {
    let Conflict { by, at, both, of_draft } = conflict;
    let title = Text::from(move || {
        let at = at.as_ref().map(format::date_time).unwrap_or_default();
        customer::changed_meanwhile(&by, &at)
    });
    let hint = match (both.is_empty(), of_draft) {
        (true, _) => customer::CONFLICT_NONE,
        (false, true) => customer::CONFLICT_DRAFT,
        (false, false) => customer::CONFLICT_BOTH,
    };
    let differing: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| both.contains(&entry.field.key))
        .collect();
    view! {
        <Alert level=Level::Warning title=title>
            <Stack tight=true>
                <p>{hint}</p>
                {dynamic(move || {
                    let changes: Vec<Change> = differing.iter().filter_map(|entry| change(entry, app)).collect();
                    (!changes.is_empty()).then(|| change_list(changes, (customer::THEIRS.into(), customer::YOURS.into())))
                })}
            </Stack>
        </Alert>
    }
    .into_any()
}

/// Nothing once they are equal.
fn change(entry: &Entry, app: StoredValue<AppFrame>) -> Option<Change> {
    entry.track();
    let mine = entry.draft()?;
    let theirs = entry.base();
    let shown = |value: Option<&Value>| app.with_value(|app| value::value(&entry.field, value, app));
    let take = {
        let entry = entry.clone();
        Callback::new(move |()| entry.put(entry.base().as_ref()))
    };
    let label = entry.field.label.clone();
    let name = Text::from(move || format!("{}: {label}", customer::TAKE_THEIRS.get()));
    Some(Change {
        name: entry.field.label.clone().into(),
        before: shown(theirs.as_ref()),
        after: shown(Some(&mine)),
        action: Some(
            view! { <Button label=customer::TAKE_THEIRS name=name on_press=take small=true look=Look::Plain /> }
                .into_any(),
        ),
    })
}

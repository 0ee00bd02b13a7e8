//! Two people edited one form: what the other one saved is under the edit now, and the edit is whole.

use leptos::prelude::*;

use crate::{
    components::{
        alert::{Alert, Level},
        layout::paragraph,
    },
    format,
    forms::definition::Rebased,
    i18n::{Text, live, texts::pages},
};

/// What is told of it: by whom, and the names of the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    by: Option<String>,
    both: Vec<String>,
    added: Vec<String>,
    gone: Vec<String>,
}

impl Conflict {
    pub fn of(rebased: &Rebased, by: Option<String>) -> Self {
        let labels = rebased
            .fields
            .iter()
            .filter(|field| rebased.both.contains(&field.key))
            .map(|field| field.label.clone());
        Self {
            by,
            both: labels.collect(),
            added: rebased.added.clone(),
            gone: rebased.gone.clone(),
        }
    }
}

pub fn panel(conflict: Conflict) -> AnyView {
    let Conflict { by, both, added, gone } = conflict;
    let title = Text::from(move || {
        let by = by.as_deref().unwrap_or(pages::CONFLICT_SOMEBODY.get());
        pages::conflict_title(&by)
    });
    let named = |names: Vec<String>, words: fn(&dyn std::fmt::Display) -> String| {
        (!names.is_empty()).then(|| paragraph(live(move || words(&format::list(&names)))))
    };
    view! {
        <Alert level=Level::Warning title=title>
            {paragraph(pages::CONFLICT_HINT)}
            {named(both, pages::conflict_both)}
            {named(added, pages::conflict_added)}
            {named(gone, pages::conflict_gone)}
        </Alert>
    }
    .into_any()
}

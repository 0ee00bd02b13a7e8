//! Forms without a screen: what is wrong with which field, where it came from, and how it goes away. Pure but for the
//! signal that screens follow.

pub mod calendar;
pub mod definition;
pub mod form_draft;
pub mod market_search;
pub mod process;
pub mod product;
pub mod project;
pub mod record;
pub mod record_filter;
pub mod submission;

use std::{cell::RefCell, collections::HashSet};

use leptos::prelude::*;

use crate::{api::Refused, i18n::Text};

/// What is wrong with one field. `name` is the field's name in the contract and the end of its element's id.
#[derive(Clone)]
pub struct FieldError {
    pub name: String,
    pub message: Text,
}

/// Everything that is wrong with a form. Copies are handles of the same list.
#[derive(Clone, Copy)]
pub struct Errors {
    list: RwSignal<Vec<FieldError>>,
    /// How often the form was sent and found wrong.
    refusals: RwSignal<u32>,
}

impl Default for Errors {
    fn default() -> Self {
        Self::new()
    }
}

impl Errors {
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            refusals: RwSignal::new(0),
        }
    }

    /// Replaces the list when the form is sent; true where nothing is wrong.
    pub fn set(&self, errors: Vec<FieldError>) -> bool {
        let clean = errors.is_empty();
        self.list.set(errors);
        if !clean {
            self.refusals.update(|count| *count += 1);
        }
        clean
    }

    /// Replaces the list while the form is filled in: nothing was sent, so nothing calls for attention.
    pub fn show(&self, errors: Vec<FieldError>) {
        self.list.set(errors);
    }

    /// Counts the refusals; views that read it follow each.
    pub fn refusals(&self) -> u32 {
        self.refusals.get()
    }

    /// Takes over what the server refused, field by field. True where at least one field is named.
    pub fn take(&self, refused: &Refused) -> bool {
        let mut errors: Vec<FieldError> = refused
            .issues
            .iter()
            .map(|issue| FieldError {
                name: issue.field().to_owned(),
                message: issue.message.clone().into(),
            })
            .collect();
        if let (true, Some(name)) = (errors.is_empty(), refused.path.last().filter(|name| *name != "input")) {
            errors.push(FieldError {
                name: name.clone(),
                message: refused.message.clone().into(),
            });
        }
        !self.set(errors)
    }

    /// Typing in a field takes back what was said about it.
    pub fn clear(&self, name: &str) {
        if self
            .list
            .with_untracked(|errors| errors.iter().any(|error| error.name == name))
        {
            self.list.update(|errors| errors.retain(|error| error.name != name));
        }
    }

    /// Says something about one field, in place of what was said before.
    pub fn replace(&self, name: &'static str, message: Option<Text>) {
        self.clear(name);
        if let Some(message) = message {
            self.list.update(|errors| {
                errors.push(FieldError {
                    name: name.to_owned(),
                    message,
                })
            });
        }
    }

    /// What is wrong with a field; views that read it follow it.
    pub fn of(&self, name: &str) -> Option<Text> {
        self.list.with(|errors| {
            errors
                .iter()
                .find(|error| error.name == name)
                .map(|error| error.message.clone())
        })
    }

    pub fn all(&self) -> Vec<FieldError> {
        self.list.get()
    }
}

/// The id of a field's element, for links from the summary.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

thread_local! {
    static NAMES: RefCell<HashSet<&'static str>> = RefCell::new(HashSet::new());
}

/// A name that is data (the key of a record's field) for as long as the application runs. Bounded by the forms that somebody opens.
pub fn interned(key: &str) -> &'static str {
    NAMES.with_borrow_mut(|names| {
        if let Some(known) = names.get(key).copied() {
            return known;
        }
        let kept: &'static str = Box::leak(key.to_owned().into_boxed_str());
        names.insert(kept);
        kept
    })
}

//! Which checks stand beside their fields: those of fields that somebody was in, and all of them once the person asked. What was typed
//! since the report is not judged by it.

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;

use super::{Wizard, saving};
use crate::{
    api::product::{ListingIssue, ListingStep},
    forms::{
        FieldError,
        product::place::{self, field_of, part_of},
    },
};

/// How much keeps a step from being handed in.
pub fn count(wizard: Wizard, step: ListingStep) -> usize {
    let refused = wizard.typed.with(|form| {
        form.unreadable()
            .iter()
            .filter(|(path, _)| place::step_of(path) == step)
            .count()
    });
    let told = wizard
        .draft
        .with(|draft| draft.preflight.iter().filter(|issue| issue.step == step).count());
    told.max(refused)
}

/// Notes that somebody was in a field, when they leave it.
pub fn touch(wizard: Wizard, event: &web_sys::FocusEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let field = target.and_then(|target| target.closest("[id^='field-']").ok().flatten());
    let Some(name) = field.and_then(|field| field.id().strip_prefix("field-").map(str::to_owned)) else {
        return;
    };
    if !wizard.touched.with_untracked(|touched| touched.contains(&name)) {
        wizard.touched.update(|touched| {
            touched.insert(name);
        });
    }
}

/// Shows the checks beside the fields whenever one of their reasons changes.
pub fn follow(wizard: Wizard) {
    Effect::new(move |_| {
        let issues = wizard.draft.with(|draft| draft.preflight.clone());
        let all = wizard.checked.get();
        let touched = wizard.touched.get();
        let reported = wizard.reported.get();
        let refused = wizard.refused.get();
        let latest = saving::lock(&wizard.engine()).latest.clone();
        let now = saving::json(&latest);
        let mut errors: Vec<FieldError> = latest
            .unreadable()
            .into_iter()
            .filter(|(path, _)| all || touched.contains(path))
            .map(|(name, words)| FieldError {
                name,
                message: words.into(),
            })
            .collect();
        let fresh = |field: &str| value_at(&reported, field) == value_at(&now, field);
        for (field, message) in refused.into_iter().filter(|(field, _)| !field.is_empty()) {
            errors.push(FieldError {
                name: field,
                message: message.into(),
            });
        }
        for issue in issues.iter().filter(|issue| !issue.path.is_empty()) {
            let field = field_of(&issue.path);
            let said = errors.iter().any(|error| error.name == field);
            if !said && fresh(field) && (all || touched.contains(field)) {
                errors.push(error_of(issue, &now));
            }
        }
        wizard.errors.show(errors);
    });
}

/// What is said beside a field; of a list, with the part that it is said of.
fn error_of(issue: &ListingIssue, form: &Value) -> FieldError {
    let field = field_of(&issue.path);
    let part = part_of(&issue.path).and_then(|at| match &value_at(form, field)?[at] {
        Value::String(word) if field == "tags" => Some(word.clone()),
        Value::Array(contact) => contact.get(1)?.as_str().map(str::to_owned),
        _ => Some((at + 1).to_string()),
    });
    let message = match part {
        Some(part) => format!("{part}: {}", issue.message),
        None => issue.message.clone(),
    };
    FieldError {
        name: field.to_owned(),
        message: message.into(),
    }
}

fn value_at<'a>(form: &'a Value, field: &str) -> Option<&'a Value> {
    form.pointer(&format!("/{}", field.replace('.', "/")))
}

//! Two people, or two windows, wrote one draft: what was taken over is named, and what both changed stands side by side with a choice.

use leptos::prelude::*;
use serde_json::Value;

use super::{Wizard, saving};
use crate::{
    browser,
    components::{
        alert::{Alert, Level},
        button::{Button, Look},
        dynamic::dynamic,
        field::{RadioGroup, choice},
        layout::{Row, Stack, focusable, paragraph},
    },
    format,
    forms::{
        Errors, interned,
        product::{
            ProductForm,
            merge::{self, Conflict},
            place,
        },
    },
    i18n::{Text, live, texts::shelves as words},
    labels::product as lists,
};

const PLACE: &str = "product-conflict";

pub fn panel(wizard: Wizard) -> AnyView {
    Effect::new(move |_| {
        if wizard.conflicts.with(|list| !list.is_empty()) {
            browser::after(0, || browser::focus(PLACE));
        }
    });
    dynamic(move || {
        let conflicts = wizard.conflicts.get();
        let taken = wizard.taken.get();
        match (conflicts.is_empty(), taken.is_empty()) {
            (false, _) => focusable(PLACE, choices(wizard, conflicts, &taken)),
            (true, false) => {
                view! { <Alert level=Level::Info title=words::MERGED_TITLE>{merged(wizard, &taken)}</Alert> }.into_any()
            }
            (true, true) => ().into_any(),
        }
    })
}

/// The names of what somebody else changed.
fn merged(wizard: Wizard, taken: &[Vec<String>]) -> AnyView {
    let form = wizard.typed.get_untracked();
    let names: Vec<Text> = taken.iter().map(|path| place::label(&in_place(path, &form))).collect();
    paragraph(live(move || {
        let mut said: Vec<String> = Vec::new();
        for name in names.iter().map(|name| name.get().to_string()) {
            if !said.contains(&name) {
                said.push(name);
            }
        }
        words::merged_fields(&format::list(&said))
    }))
}

/// A path in which plans stand by their ids, as the form counts them.
fn in_place(path: &[String], form: &ProductForm) -> String {
    let part = |(at, part): (usize, &String)| {
        let plan = (at == 1 && path[0] == "plans").then(|| form.plans.iter().position(|plan| plan.id == *part));
        plan.map_or_else(|| part.clone(), |found| found.unwrap_or(form.plans.len()).to_string())
    };
    path.iter().enumerate().map(part).collect::<Vec<_>>().join(".")
}

fn choices(wizard: Wizard, conflicts: Vec<Conflict>, taken: &[Vec<String>]) -> AnyView {
    let form = wizard.typed.get_untracked();
    let errors = Errors::new();
    let chosen: Vec<(Conflict, RwSignal<String>)> = conflicts
        .into_iter()
        .map(|conflict| (conflict, RwSignal::new("mine".to_owned())))
        .collect();
    let rows: Vec<AnyView> = chosen
        .iter()
        .map(|(conflict, choice)| row(conflict, *choice, &form, errors))
        .collect();
    let chosen = StoredValue::new(chosen);
    let settle = Callback::new(move |()| {
        let theirs = chosen.with_value(|chosen| {
            let picked = chosen.iter().filter(|(_, choice)| choice.get_untracked() == "theirs");
            picked.map(|(conflict, _)| conflict.clone()).collect::<Vec<_>>()
        });
        settle(wizard, &theirs);
    });
    let others = (!taken.is_empty()).then(|| merged(wizard, taken));
    view! {
        <Alert level=Level::Warning title=words::CONFLICT_TITLE>
            {paragraph(words::CONFLICT_HINT)}
            {others}
            <Stack tight=true>{rows}</Stack>
            <Row><Button label=words::CONFLICT_SETTLE on_press=settle look=Look::Primary small=true /></Row>
        </Alert>
    }
    .into_any()
}

/// The choices as they were made; then everything is saved.
fn settle(wizard: Wizard, theirs: &[Conflict]) {
    let engine = wizard.engine();
    let form = {
        let mut state = saving::lock(&engine);
        let chosen = theirs.iter().fold(saving::json(&state.latest), |form, conflict| {
            merge::with_theirs(&form, conflict)
        });
        if let Ok(form) = serde_json::from_value(chosen) {
            state.latest = form;
        }
        state.held = false;
        state.latest.clone()
    };
    wizard.values.set(&form);
    wizard.typed.set(form);
    wizard.told(Vec::new(), Vec::new());
    wizard.save();
}

fn row(conflict: &Conflict, value: RwSignal<String>, form: &ProductForm, errors: Errors) -> AnyView {
    let path = in_place(&conflict.path, form);
    let name = interned(&format!("conflict.{path}"));
    let field = conflict.path.last().cloned().unwrap_or_default();
    let (mine, theirs) = (shown(&field, &conflict.mine), shown(&field, &conflict.theirs));
    let choices = vec![
        choice("mine", words::CONFLICT_MINE).hint(mine),
        choice("theirs", words::CONFLICT_THEIRS).hint(theirs),
    ];
    view! { <RadioGroup name=name label=place::label(&path) value=value errors=errors choices=choices required=true /> }
        .into_any()
}

/// A value as people read it, cut where it is long.
fn shown(field: &str, value: &Value) -> Text {
    const MOST: usize = 200;
    let (field, value) = (field.to_owned(), value.clone());
    Text::from(move || {
        let text = said(&field, &value);
        match text.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None if text.is_empty() => words::NOTHING.get().to_owned(),
            None => text,
        }
    })
}

fn said(field: &str, value: &Value) -> String {
    match value {
        Value::Null => words::TAKEN_AWAY.get().to_owned(),
        Value::String(text) => {
            let table = match field {
                "chargeForm" => lists::CHARGE_FORMS,
                "chargingRule" => lists::CHARGING_RULES,
                "trial" => lists::TRIALS,
                "openingOrder" => lists::OPENING_ORDERS,
                "promotionMode" => lists::PROMOTION_MODES,
                "salesChannel" => lists::SALES_CHANNELS,
                "iconId" | "categoryId" if !text.is_empty() => return words::ANOTHER.get().to_owned(),
                "industries" => lists::INDUSTRIES,
                _ => &[],
            };
            let size = lists::sizes()
                .into_iter()
                .find(|(word, _)| field == "sizes" && word == text);
            let known = lists::of(table, text).or(size.map(|(_, key)| key));
            known.map_or_else(|| text.clone(), |key| key.get().to_owned())
        }
        Value::Array(items) if field == "screenshotIds" => words::pictures(items.len() as u64),
        Value::Array(items) if field == "contactIds" => {
            let names = items.iter().filter_map(|contact| contact.get(1)?.as_str());
            format::list(&names.map(str::to_owned).collect::<Vec<_>>())
        }
        Value::Array(items) => format::list(&items.iter().map(|item| said(field, item)).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let name = fields.get("name").or(fields.get("title")).and_then(Value::as_str);
            match name {
                Some(name) => name.to_owned(),
                None => words::PRESENT.get().to_owned(),
            }
        }
        other => other.to_string(),
    }
}

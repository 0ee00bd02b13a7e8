//! Fields in which one chooses: from a list, by radio buttons, by a tick.

use leptos::prelude::*;

use crate::components::dynamic::{dynamic, said, told};

use super::{Field, Ids};
use crate::{
    forms::Errors,
    i18n::{Text, texts::common},
};

/// One of the values to choose from.
#[derive(Clone)]
pub struct Choice {
    pub value: String,
    pub label: Text,
    pub hint: Option<Text>,
}

pub fn choice(value: impl Into<String>, label: impl Into<Text>) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: None,
    }
}

impl Choice {
    pub fn hint(self, hint: impl Into<Text>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// A native list. The empty value stands for no choice.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: Text,
    value: RwSignal<String>,
    errors: Errors,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] empty: Option<Text>,
    /// Something is always chosen.
    #[prop(optional)]
    fixed: bool,
) -> AnyView {
    let ids = Ids::of(name);
    let has_hint = hint.is_some();
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    let empty = empty.unwrap_or_else(|| common::CHOOSE.into());
    let options: Vec<AnyView> = (!fixed)
        .then(|| choice("", empty))
        .into_iter()
        .chain(choices)
        .map(|choice| option(choice, value))
        .collect();
    view! {
        <Field name=name label=label errors=errors hint=hint required=required>
            <select
                id=ids.control
                name=name
                class="select w-full"
                class=("select-error", wrong)
                aria-required=required.then_some("true")
                aria-invalid=said(wrong)
                aria-describedby=told(move || described.described_by(has_hint, wrong()))
                on:change=move |event| { errors.clear(name); value.set(event_target_value(&event)); }
            >
                {options}
            </select>
        </Field>
    }
    .into_any()
}

fn option(choice: Choice, value: RwSignal<String>) -> AnyView {
    let own = choice.value.clone();
    view! { <option value=choice.value prop:selected=move || value.with(|value| *value == own)>{choice.label}</option> }
        .into_any()
}

/// A few values, all in sight.
#[component]
pub fn RadioGroup(
    name: &'static str,
    #[prop(into)] label: Text,
    value: RwSignal<String>,
    errors: Errors,
    choices: Vec<Choice>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional)] required: bool,
) -> AnyView {
    let radios: Vec<AnyView> = choices
        .into_iter()
        .map(|choice| radio(name, choice, value, errors))
        .collect();
    view! {
        <Field name=name label=label errors=errors hint=hint required=required group=true>
            <div class="flex flex-wrap gap-x-6 gap-y-2">{radios}</div>
        </Field>
    }
    .into_any()
}

fn radio(name: &'static str, choice: Choice, value: RwSignal<String>, errors: Errors) -> AnyView {
    let (own, chosen) = (choice.value.clone(), choice.value.clone());
    view! {
        <label class="flex cursor-pointer items-start gap-2">
            <input
                type="radio"
                class="radio radio-sm mt-0.5"
                name=name
                value=choice.value
                prop:checked=move || value.with(|value| *value == own)
                on:change=move |_| { errors.clear(name); value.set(chosen.clone()); }
            />
            <span>
                {choice.label}
                {choice.hint.map(|hint| view! { <span class="block text-xs text-muted">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}

/// One tick. `children` are its words, so that they may hold a link.
#[component]
pub fn Checkbox(
    name: &'static str,
    value: RwSignal<bool>,
    errors: Errors,
    #[prop(optional, into)] hint: Option<Text>,
    children: Children,
) -> AnyView {
    let ids = Ids::of(name);
    let has_hint = hint.is_some();
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    let hint_id = format!("{}-hint", ids.control);
    let error_id = format!("{}-error", ids.control);
    view! {
        <div>
            <label class="flex cursor-pointer items-start gap-2">
                <input
                    id=ids.control
                    type="checkbox"
                    class="checkbox checkbox-sm mt-0.5"
                    class=("checkbox-error", wrong)
                    name=name
                    prop:checked=value
                    aria-invalid=said(wrong)
                    aria-describedby=told(move || described.described_by(has_hint, wrong()))
                    on:change=move |event| { errors.clear(name); value.set(event_target_checked(&event)); }
                />
                <span>{children()}</span>
            </label>
            {hint.map(|hint| view! { <p id=hint_id class="ms-7 text-xs text-muted">{hint}</p> })}
            {dynamic(move || errors.of(name).map(|message| view! { <p id=error_id.clone() class="ms-7 text-error">{message}</p> }))}
        </div>
    }
    .into_any()
}

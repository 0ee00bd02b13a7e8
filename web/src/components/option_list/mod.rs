//! One of many, all in sight, with what cannot be chosen greyed beside its reason. Radio buttons in cards.

use leptos::prelude::*;

use super::field::Field;
use crate::{
    forms::Errors,
    i18n::{Text, texts::common},
};

/// One thing to choose.
#[derive(Clone)]
pub struct Item {
    pub value: String,
    pub label: Text,
    pub hint: Text,
    /// Why it cannot be chosen.
    pub barrier: Option<Text>,
}

#[component]
pub fn OptionList(
    name: &'static str,
    #[prop(into)] label: Text,
    items: Vec<Item>,
    value: RwSignal<String>,
    errors: Errors,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let many = items.len() > 6;
    let rows: Vec<AnyView> = items
        .into_iter()
        .map(|item| row(name, item, value, errors, typed))
        .collect();
    view! {
        <Field name=name label=label errors=errors hint=None required=true group=true>
            {many.then(|| view! {
                <input
                    type="search"
                    class="input input-sm mb-2 w-full"
                    aria-label=common::FILTER
                    placeholder=common::FILTER
                    on:input=move |event| typed.set(event_target_value(&event).to_lowercase())
                />
            })}
            <div class="max-h-80 divide-y divide-base-300 overflow-y-auto rounded-field border border-base-300">{rows}</div>
        </Field>
    }
    .into_any()
}

fn row(name: &'static str, item: Item, value: RwSignal<String>, errors: Errors, typed: RwSignal<String>) -> AnyView {
    let own = item.value.clone();
    let chosen = item.value.clone();
    let closed = item.barrier.is_some();
    let words = item.label.clone();
    let hidden = move || typed.with(|typed| !typed.is_empty() && !words.get().to_lowercase().contains(typed.as_str()));
    let id = format!("{name}-{own}-reason");
    let described = closed.then(|| id.clone());
    view! {
        <label class="flex items-start gap-3 p-3" class=("cursor-pointer", !closed) class=("cursor-not-allowed", closed) class=("hover:bg-base-200", !closed) class:hidden=hidden>
            <input
                type="radio"
                class="radio radio-sm mt-0.5"
                name=name
                value=item.value
                disabled=closed
                aria-describedby=described
                prop:checked=move || value.with(|value| *value == own)
                on:change=move |_| { errors.clear(name); value.set(chosen.clone()); }
            />
            <span class="min-w-0">
                <span class="block" class=("font-medium", !closed) class=("text-muted", closed)>{item.label}</span>
                <span class="block text-xs text-muted">{item.hint}</span>
                {item.barrier.map(|barrier| view! { <span id=id class="block text-xs text-warning">{barrier}</span> })}
            </span>
        </label>
    }
    .into_any()
}

//! Filters of a list; each is one value of the address.

use leptos::prelude::*;

use crate::{i18n::Text, navigation};

/// Filters side by side, below each other on phones.
#[component]
pub fn FilterBar(children: Children) -> AnyView {
    view! { <div class="flex flex-wrap items-end gap-3">{children()}</div> }.into_any()
}

/// A choice that stands in the address.
#[component]
pub fn SelectFilter(name: &'static str, #[prop(into)] label: Text, choices: Vec<(&'static str, Text)>) -> AnyView {
    let current = navigation::query(name);
    let options: Vec<AnyView> = choices
        .into_iter()
        .map(|(value, words)| view! { <option value=value prop:selected=move || current.with(|current| current == value)>{words}</option> }.into_any())
        .collect();
    view! {
        <label class="block max-sm:w-full">
            <span class="mb-1 block text-xs text-muted">{label}</span>
            <select class="select w-full sm:w-40" on:change=move |event| navigation::set_query(&[(name, &event_target_value(&event))])>{options}</select>
        </label>
    }
    .into_any()
}

/// A day that stands in the address.
#[component]
pub fn DayFilter(name: &'static str, #[prop(into)] label: Text) -> AnyView {
    let current = navigation::query(name);
    view! {
        <label class="block max-sm:w-full">
            <span class="mb-1 block text-xs text-muted">{label}</span>
            <input
                type="date"
                class="input w-full sm:w-40"
                prop:value=current
                on:change=move |event| navigation::set_query(&[(name, &event_target_value(&event))])
            />
        </label>
    }
    .into_any()
}

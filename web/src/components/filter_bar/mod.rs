//! Filters of a list; each is one value of the address.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::{
    i18n::{Text, texts::common},
    navigation,
};

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

/// A button that opens and closes a part of the page below it.
pub fn disclosure(label: impl Into<Text>, picture: Icon, open: RwSignal<bool>) -> AnyView {
    let label: Text = label.into();
    view! {
        <button
            type="button"
            class="btn btn-outline border-outline bg-base-100 font-normal"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {icon(picture)}
            {label}
        </button>
    }
    .into_any()
}

/// A condition that narrows the list, in words, with the address of the list without it.
pub struct Chip {
    pub label: Text,
    pub without: String,
}

/// The conditions in force, each with its way out. Nothing for none.
pub fn chips(label: impl Into<Text>, chips: Vec<Chip>) -> Option<AnyView> {
    if chips.is_empty() {
        return None;
    }
    let label: Text = label.into();
    let items: Vec<AnyView> = chips.into_iter().map(chip).collect();
    Some(view! { <ul class="flex flex-wrap gap-2" aria-label=label>{items}</ul> }.into_any())
}

fn chip(chip: Chip) -> AnyView {
    let words = chip.label.clone();
    let name = Text::from(move || format!("{}: {}", common::REMOVE.get(), words.get()));
    view! {
        <li class="flex items-center gap-1 rounded-field border border-base-300 bg-base-100 py-0.5 ps-3 pe-1">
            <span class="break-all">{chip.label}</span>
            <a class="btn btn-ghost btn-square btn-xs" href=chip.without aria-label=name>{icon(Icon::Close)}</a>
        </li>
    }
    .into_any()
}

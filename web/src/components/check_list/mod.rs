//! Many of many: a list of ticks, and what was chosen as labels that can be taken away.

use leptos::prelude::*;

use crate::components::dynamic::dynamic;

use super::icon::{Icon, icon};
use crate::i18n::{Text, texts::common};

/// Something that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub value: String,
    pub label: String,
}

/// The list. `label` names the group; what is ticked stands in `chosen`, in the order of ticking.
pub fn check_list(label: impl Into<Text>, items: Vec<Tick>, chosen: RwSignal<Vec<Tick>>) -> AnyView {
    let label: Text = label.into();
    let rows: Vec<AnyView> = items.into_iter().map(|item| row(item, chosen)).collect();
    view! {
        <div class="max-h-60 overflow-y-auto rounded-field border border-base-300" role="group" aria-label=label>
            <div class="divide-y divide-base-300">{rows}</div>
        </div>
    }
    .into_any()
}

fn row(item: Tick, chosen: RwSignal<Vec<Tick>>) -> AnyView {
    let own = item.value.clone();
    let ticked = move || chosen.with(|chosen| chosen.iter().any(|tick| tick.value == own));
    let label = item.label.clone();
    let toggle = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|tick| tick.value != item.value);
            if on {
                chosen.push(item.clone());
            }
        });
    };
    view! {
        <label class="flex cursor-pointer items-center gap-3 px-3 py-2 hover:bg-base-200">
            <input type="checkbox" class="checkbox checkbox-sm" prop:checked=ticked on:change=toggle />
            <span class="min-w-0 break-words">{label}</span>
        </label>
    }
    .into_any()
}

/// What is chosen, each with a button that takes it away.
pub fn chosen_labels(chosen: RwSignal<Vec<Tick>>) -> AnyView {
    dynamic(move || {
        let labels: Vec<AnyView> = chosen
            .get()
            .into_iter()
            .map(|tick| chosen_label(tick, chosen))
            .collect();
        (!labels.is_empty()).then(|| view! { <ul class="flex flex-wrap gap-2">{labels}</ul> })
    })
}

fn chosen_label(tick: Tick, chosen: RwSignal<Vec<Tick>>) -> AnyView {
    let name = tick.label.clone();
    let remove = move |_| chosen.update(|chosen| chosen.retain(|other| other.value != tick.value));
    let label = {
        let name = name.clone();
        Text::from(move || format!("{}: {name}", common::REMOVE.get()))
    };
    view! {
        <li class="flex items-center gap-1 rounded-field bg-base-200 py-1 ps-3 pe-1">
            <span class="break-all">{name}</span>
            <button type="button" class="btn btn-ghost btn-square btn-xs" aria-label=label on:click=remove>{icon(Icon::Close)}</button>
        </li>
    }
    .into_any()
}

/// A search field for a list that stands in a form: it keeps its words to itself.
pub fn quiet_search(label: impl Into<Text>, typed: RwSignal<String>) -> AnyView {
    let label: Text = label.into();
    view! {
        <label class="input w-full">
            {icon(Icon::Search)}
            <input
                type="search"
                placeholder=label.clone()
                aria-label=label
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

//! A few of a few, all in sight: ticks beside each other.

use leptos::prelude::*;

use super::field::Field;
use crate::{
    forms::Errors,
    i18n::{Key, Text},
};

/// Ticks for `words`; `value` holds what is ticked, in the order of the words.
pub fn tick_group(
    name: &'static str,
    label: impl Into<Text>,
    hint: impl Into<Text>,
    words: Vec<(&'static str, Key)>,
    value: RwSignal<Vec<String>>,
    errors: Errors,
) -> AnyView {
    let (label, hint): (Text, Text) = (label.into(), hint.into());
    let order: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
    let ticks: Vec<AnyView> = words
        .into_iter()
        .map(|(word, key)| tick(name, word, key, order.clone(), value, errors))
        .collect();
    view! {
        <Field name=name label=label errors=errors hint=Some(hint) group=true>
            <div class="flex flex-wrap gap-x-5 gap-y-2">{ticks}</div>
        </Field>
    }
    .into_any()
}

fn tick(
    name: &'static str,
    word: &'static str,
    key: Key,
    order: Vec<&'static str>,
    value: RwSignal<Vec<String>>,
    errors: Errors,
) -> AnyView {
    let ticked = move || value.with(|chosen| chosen.iter().any(|own| own == word));
    let toggle = move |event: web_sys::Event| {
        errors.clear(name);
        let on = event_target_checked(&event);
        let held = |known: &&str| {
            let was = value.with_untracked(|chosen| chosen.iter().any(|own| own == *known));
            if *known == word { on } else { was }
        };
        let now = order
            .iter()
            .filter(|known| held(known))
            .map(|known| (*known).to_owned());
        let now: Vec<String> = now.collect();
        value.set(now);
    };
    view! {
        <label class="flex cursor-pointer items-center gap-2 py-0.5">
            <input type="checkbox" class="checkbox checkbox-sm" prop:checked=ticked on:change=toggle />
            <span>{key}</span>
        </label>
    }
    .into_any()
}

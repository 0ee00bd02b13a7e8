//! A field for several short words: typed one after another, each taken by Enter, a comma or leaving the field, and taken away again.

use leptos::prelude::*;

use super::{
    dynamic::{dynamic, said, told},
    field::{Field, Ids},
    icon::{Icon, icon},
};
use crate::{
    forms::Errors,
    i18n::{Text, texts::common},
};

/// At most `most` words; more are refused by not being taken.
pub fn tag_input(
    name: &'static str,
    label: impl Into<Text>,
    hint: impl Into<Text>,
    value: RwSignal<Vec<String>>,
    most: usize,
    errors: Errors,
) -> AnyView {
    let (label, hint): (Text, Text) = (label.into(), hint.into());
    let typed = RwSignal::new(String::new());
    let take = move || {
        let words = typed.get_untracked();
        let new: Vec<String> = words
            .split([',', '，', '、', ';', '；'])
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        if new.is_empty() {
            return;
        }
        let room = most.saturating_sub(value.with_untracked(Vec::len));
        let (fits, rest) = new.split_at(new.len().min(room));
        let known =
            |word: &&String| value.with_untracked(|value| value.iter().any(|own| own.eq_ignore_ascii_case(word)));
        let fresh: Vec<String> = fits.iter().filter(|word| !known(word)).cloned().collect();
        typed.set(rest.join("、"));
        if !fresh.is_empty() {
            errors.clear(name);
            value.update(|value| value.extend(fresh));
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        // While a word is being composed, Enter belongs to the input method.
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            take();
        }
    };
    let on_input = move |event: web_sys::Event| {
        typed.set(event_target_value(&event));
        if typed.with_untracked(|typed| typed.ends_with([',', '，', '、', ';', '；'])) {
            take();
        }
    };
    let ids = Ids::of(name);
    let wrong = move || errors.of(name).is_some();
    let described = ids.clone();
    view! {
        <Field name=name label=label errors=errors hint=Some(hint)>
            {dynamic(move || {
                let words: Vec<AnyView> = value.get().into_iter().enumerate().map(|(at, word)| chip(at, word, value)).collect();
                (!words.is_empty()).then(|| view! { <ul class="mb-2 flex flex-wrap gap-2">{words}</ul> })
            })}
            <span class="input w-full" class=("input-error", wrong)>
                <input
                    id=ids.control
                    type="text"
                    class="min-w-0 grow"
                    autocomplete="off"
                    prop:value=typed
                    aria-invalid=said(wrong)
                    aria-describedby=told(move || described.described_by(true, wrong()))
                    on:input=on_input
                    on:keydown=on_key
                    on:blur=move |_| take()
                />
                <span class="text-xs text-muted" aria-hidden="true">{dynamic(move || format!("{} / {most}", value.with(Vec::len)))}</span>
            </span>
        </Field>
    }
    .into_any()
}

fn chip(at: usize, word: String, value: RwSignal<Vec<String>>) -> AnyView {
    let label = {
        let word = word.clone();
        Text::from(move || format!("{}: {word}", common::REMOVE.get()))
    };
    let remove = move |_| {
        value.update(|value| {
            if at < value.len() {
                value.remove(at);
            }
        });
    };
    view! {
        <li class="flex items-center gap-1 rounded-field bg-base-200 py-1 ps-3 pe-1">
            <span class="break-all">{word}</span>
            <button type="button" class="btn btn-ghost btn-square btn-xs" aria-label=label on:click=remove>{icon(Icon::Close)}</button>
        </li>
    }
    .into_any()
}

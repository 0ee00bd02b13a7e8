//! The steps of a form that has several, as addresses: where one is, and how much is left to do on each.

use leptos::prelude::*;

use super::dynamic::dynamic;
use crate::{i18n::Text, navigation};

/// One step: its value in the address (empty for the first), its words, and how much is wrong with it.
pub struct StepTab {
    pub value: &'static str,
    pub label: Text,
    pub open: Signal<usize>,
    /// What the number says, for those who hear it.
    pub open_words: Text,
}

/// The steps for the query value `name`; `label` names the row.
pub fn stepper(name: &'static str, label: impl Into<Text>, steps: Vec<StepTab>) -> AnyView {
    let label: Text = label.into();
    let current = navigation::query(name);
    let items: Vec<AnyView> = steps
        .into_iter()
        .enumerate()
        .map(|(at, step)| item(name, at + 1, step, current))
        .collect();
    view! {
        <nav aria-label=label class="rounded-box border border-base-300 bg-base-100 shadow-raised">
            <ol class="grid divide-base-300 max-sm:divide-y sm:grid-cols-3 sm:divide-x">{items}</ol>
        </nav>
    }
    .into_any()
}

fn item(name: &'static str, number: usize, step: StepTab, current: Memo<String>) -> AnyView {
    let value = step.value;
    let here = move || current.with(|current| current == value);
    let (open, words) = (step.open, step.open_words);
    view! {
        <li class="min-w-0">
            <a
                class="flex min-h-12 items-center gap-3 px-4 py-2 hover:bg-base-200"
                class=("font-semibold", here)
                class=("text-primary", here)
                href=move || navigation::address_with(&[(name, value)])
                aria-current=move || here().then_some("step")
            >
                <span
                    class="flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-medium"
                    class=("bg-primary", here)
                    class=("text-primary-content", here)
                    class=("bg-base-300", move || !here())
                    aria-hidden="true"
                >
                    {number}
                </span>
                <span class="min-w-0 flex-1 break-words">{step.label}</span>
                {dynamic(move || (open.get() > 0).then(|| view! {
                    <span class="badge badge-sm badge-soft badge-warning shrink-0">
                        <span aria-hidden="true">{open.get()}</span>
                        <span class="sr-only">{words.clone()}</span>
                    </span>
                }))}
            </a>
        </li>
    }
    .into_any()
}
